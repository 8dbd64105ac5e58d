-- Takes pictures of what Neovim shows: findings, a hover, and the text after a fix.
vim.o.columns, vim.o.lines, vim.o.termguicolors, vim.o.number, vim.o.signcolumn, vim.o.showmode = 136, 14, true, true, "yes", false
vim.o.laststatus, vim.o.ruler, vim.o.fillchars = 0, false, "eob: "
local colors = {
  Normal = { fg = "#c0caf5", bg = "#1a1b26" }, LineNr = { fg = "#565f89" }, SignColumn = { bg = "#1a1b26" }, EndOfBuffer = { fg = "#1a1b26" },
  Statement = { fg = "#bb9af7" }, Type = { fg = "#7dcfff" }, Comment = { fg = "#7a84b0" }, Special = { fg = "#bb9af7" }, Number = { fg = "#e0af68" },
  String = { fg = "#9ece6a" }, Operator = { fg = "#89ddff" }, NormalFloat = { fg = "#c0caf5", bg = "#2a2e45" },
  DiagnosticError = { fg = "#f7768e" }, DiagnosticWarn = { fg = "#e0af68" }, DiagnosticInfo = { fg = "#7dcfff" },
  DiagnosticUnderlineError = { underline = true, sp = "#f7768e" }, DiagnosticUnderlineWarn = { underline = true, sp = "#e0af68" },
}
vim.cmd("syntax on")
for group, style in pairs(colors) do vim.api.nvim_set_hl(0, group, style) end
-- What is on the screen is still shown in the colors from before.
vim.cmd("redraw!")

-- From 0.11 on what is found is not written beside the lines unless that is asked for.
vim.diagnostic.config({ virtual_text = true })

local function fail(text) io.stderr:write(text .. "\n") vim.cmd("cquit") end
local function wait(what, test) if not vim.wait(20000, test, 20) then fail(what .. ": " .. vim.inspect(vim.diagnostic.get(0))) end end

local function cell(grid, row, column)
  local ok, found = pcall(vim.api.nvim__inspect_cell, grid, row, column)
  return ok and #found > 0 and { found[1], found[2] } or nil
end

-- The grid of a window that lies above the others: the first behind the whole screen's that is as large.
local function float()
  vim.cmd("redraw")
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      local place = vim.api.nvim_win_get_position(window)
      local height, width = vim.api.nvim_win_get_height(window), vim.api.nvim_win_get_width(window)
      for grid = 2, 99 do
        if cell(grid, height - 1, width - 1) then return grid, place[1], place[2], height, width end
      end
    end
  end
end

local function picture(name)
  vim.cmd("mode | redraw!")
  local rows = {}
  for row = 0, vim.o.lines - 2 do
    rows[row + 1] = {}
    for column = 0, vim.o.columns - 1 do rows[row + 1][column + 1] = cell(1, row, column) end
  end
  local grid, top, left, height, width = float()
  for row = 0, (grid and height or 0) - 1 do
    for column = 0, width - 1 do
      local found = cell(grid, row, column)
      if found and rows[top + row + 1] then rows[top + row + 1][left + column + 1] = found end
    end
  end
  local file = io.open(name .. ".json", "w")
  file:write(vim.fn.json_encode(rows))
  file:close()
end

wait("findings never came", function() return #vim.diagnostic.get(0) == 2 end)
vim.api.nvim_win_set_cursor(0, { 3, 46 })
vim.lsp.buf.hover()
wait("the hover never came", function() return float() ~= nil end)
picture("neovim-hover")
vim.api.nvim_win_close(vim.tbl_filter(function(w) return vim.api.nvim_win_get_config(w).relative ~= "" end, vim.api.nvim_list_wins())[1], true)
-- Not before the hover: until a window has been opened, what is on the screen has colors that nothing has any more.
picture("neovim-findings")
vim.api.nvim_win_set_cursor(0, { 3, 46 })
local offered
vim.ui.select = function(items, options, choose)
  offered = vim.tbl_map(function(item) return options.format_item(item) end, items)
  choose(items[1], 1)
end
vim.lsp.buf.code_action()
wait("the fix never came", function() return offered and vim.api.nvim_buf_line_count(0) > 5 end)
wait("the findings stay", function() return #vim.diagnostic.get(0) == 1 end)
picture("neovim-fixed")
vim.cmd("qall!")
