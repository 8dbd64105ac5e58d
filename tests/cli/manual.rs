//! `completions` and `man`: shells read the scripts, and the manual's own renderer the pages.

use std::process::{Command, Stdio};

use super::rig::Project;

const COMMANDS: [&str; 7] = ["rules", "explain", "replay", "schema", "new", "init", "baseline"];

#[test]
fn each_shell_gets_a_script_that_names_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = Project::new().run(&["completions", shell]).clean().stdout;
        for word in COMMANDS.into_iter().chain(["target-postgres", "git-index"]) {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(Project::new().run(&["completions", "tcsh"]).status, 2);
}

/// What bash offers for the last of `words`.
#[cfg(unix)]
fn offered(words: &[&str]) -> String {
    let script = Project::new().run(&["completions", "bash"]).clean().stdout;
    let (line, last, before) = (words.join(" "), words[words.len() - 1], words[words.len() - 2]);
    let ask = format!(
        "{script}\nset -- $(complete -p migration-lint); while [ \"$1\" != -F ]; do shift; done
         COMP_WORDS=({line}); COMP_CWORD={}; \"$2\" migration-lint '{last}' '{before}'; echo \"${{COMPREPLY[@]}}\"",
        words.len() - 1
    );
    let output = Command::new("bash").args(["--norc", "-c", &ask]).output().expect("there is a bash");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}

#[test]
#[cfg(unix)]
fn bash_completes_with_it() {
    assert_eq!(offered(&["migration-lint", "repl"]), "replay");
    assert_eq!(offered(&["migration-lint", "--git"]), "--git-index");
    assert_eq!(offered(&["migration-lint", "replay", "--format", "js"]), "json");
}

/// A page as people see it; its renderer may find nothing wrong with it.
fn rendered(page: &str) -> String {
    let mut groff = Command::new("groff");
    groff.args(["-man", "-ww", "-Tutf8", "-P-cbou"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = groff.spawn().expect("there is a groff: tests/run installs it");
    std::io::Write::write_all(&mut child.stdin.take().expect("is piped"), page.as_bytes()).expect("groff reads");
    let output = child.wait_with_output().expect("groff ends");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    // Lines are as wide as the renderer likes.
    String::from_utf8(output.stdout).expect("UTF-8").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_program_and_each_command_have_a_manual_page() {
    let project = Project::new();
    let page = rendered(&project.run(&["man"]).clean().stdout);
    for word in COMMANDS.into_iter().chain(["--fail-on", "Exit status: 0 nothing found", "migration-lint-replay(1)"]) {
        assert!(page.contains(word), "{word}: {page}");
    }
    for command in COMMANDS {
        let page = rendered(&project.run(&["man", command]).clean().stdout);
        assert!(page.contains(&format!("migration-lint-{command} - ")), "{page}");
        assert!(page.contains(&format!("migration-lint {command}")), "{page}");
    }
    project.run(&["man", "repaly"]).said(2, &["migration-lint: there is no command `repaly`; did you mean `replay`?"]);
}
