//! Neovim, with the settings that `editors/README.md` has for pasting.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::project::Project;

/// Waits for findings, shows them, asks for a hover, and applies the first fix.
const SCRIPT: &str = r#"
local function say(text) io.stdout:write(text .. "\n") end
local ok = vim.wait(20000, function() return #vim.diagnostic.get(0) == 2 end, 20)
if not ok then say("findings never came: " .. vim.inspect(vim.diagnostic.get(0))) vim.cmd("cquit") end
for _, one in ipairs(vim.diagnostic.get(0)) do
  say(("%d:%d %s: %s"):format(one.lnum + 1, one.col + 1, one.code or one.user_data.lsp.code, one.message))
end
local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000)
  for _, answer in pairs(answers or {}) do return answer.result end
end
local encoding = (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1].offset_encoding
vim.api.nvim_win_set_cursor(0, { 2, 12 })
local hover = ask("textDocument/hover", vim.lsp.util.make_position_params(0, encoding))
say(hover.contents.value)
vim.api.nvim_win_set_cursor(0, { 1, 12 })
local params = vim.lsp.util.make_range_params(0, encoding)
params.context = { diagnostics = {} }
local action = ask("textDocument/codeAction", params)[1]
say(action.title)
vim.lsp.util.apply_workspace_edit(action.edit, encoding)
say(vim.api.nvim_buf_get_lines(0, 0, 1, false)[1])
local done = vim.wait(20000, function() return #vim.diagnostic.get(0, { lnum = 0 }) == 0 end, 20)
say(done and "mended" or vim.inspect(vim.diagnostic.get(0)))
vim.cmd("qall!")
"#;

fn program() -> String {
    std::env::var("MIGRATION_LINT_NVIM").expect("MIGRATION_LINT_NVIM names Neovim: run the tests with tests/run")
}

/// What Neovim says of itself.
pub fn version() -> String {
    let output = Command::new(program()).arg("--version").output().expect("Neovim runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The settings of `editors/README.md`: the first for any Neovim, the second from 0.11 on.
pub fn settings() -> String {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/README.md")).expect("is there");
    let said = version();
    let mut numbers = said.trim_start_matches("NVIM v").split('.').map(|number| number.parse::<u32>().unwrap_or(0));
    let newer = (numbers.next(), numbers.next()) >= (Some(0), Some(11));
    let block = page.split("```lua\n").nth(if newer { 2 } else { 1 });
    block.and_then(|rest| rest.split("```").next()).expect("has settings for Neovim").to_owned()
}

/// Opens a file in Neovim with the settings in `init.lua`, and lets it do what `script.lua` says.
pub fn neovim(project: &Project, file: &str) -> Output {
    let folder = Path::new(env!("CARGO_BIN_EXE_migration-lint")).parent().expect("is in a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new(program())
        .args(["--headless", "-n", "-u", "init.lua", file, "-c", "luafile script.lua", "-c", "cquit"])
        .current_dir(project.path(""))
        .env("PATH", format!("{}:{path}", folder.display()))
        .env("HOME", project.path(""))
        .env("XDG_STATE_HOME", project.path(""))
        .output()
        .expect("Neovim runs")
}

#[test]
fn the_settings_as_pasted_show_findings_a_hover_and_a_fix() {
    let settings = settings();
    let project = Project::with([
        ("init.lua", settings.as_str()),
        ("script.lua", SCRIPT),
        (
            "migration-lint.yaml",
            "database: {migrations: {directory: m}}\nmigration_lint: {rules: {require-idempotency: error, schema: 'off'}}\n",
        ),
        ("m/001_a.sql", "/* 𝄞 */ CREATE TABLE t (a int);\nALTER TABLE t ADD COLUMN a text;\n"),
    ]);
    let output = neovim(&project, "m/001_a.sql");
    let said = String::from_utf8_lossy(&output.stdout).replace('\r', "");
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("1:12 require-idempotency: table `t` is created without `IF NOT EXISTS`"), "{said}{output:?}");
    assert!(said.contains("2:26 ban-failing-statement: ") || said.contains("ban-failing-statement: this fails"), "{said}");
    assert!(said.contains("```sql\nCREATE TABLE public.t (\n    a integer\n);\n```\n\nmade by `001_a`, line 1"), "{said}");
    assert!(said.contains("add `IF NOT EXISTS`\n/* 𝄞 */ CREATE TABLE IF NOT EXISTS t (a int);\nmended\n"), "{said}{output:?}");
}
