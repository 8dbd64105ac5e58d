//! `completions` and `man`: what shells and manuals know of the arguments, made from their definition.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::config::nearest;

use super::args::Cli;
use super::{Status, complain, print};

/// Writes the script with which `shell` completes the arguments.
pub(super) fn completions(shell: Shell) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), NAME, &mut script);
    finish(|out| out.write_all(&script))
}

/// Writes the manual page of the program, or of the command called `name`.
pub(super) fn man(name: Option<&str>) -> Status {
    let mut program = Cli::command();
    program.build();
    let page = match name {
        None => Ok(Man::new(program)),
        Some(name) => command(&program, name),
    };
    match page {
        Ok(page) => finish(|out| page.render(out)),
        Err(why) => {
            complain(why);
            Status::Trouble
        }
    }
}

const NAME: &str = "migration-lint";

/// The command called `name`, as a page of its own.
fn command(program: &Command, name: &str) -> Result<Man, String> {
    let Some(command) = program.find_subcommand(name) else {
        let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
        let advice = match nearest(name, names.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("there are {}", names.join(", ")),
        };
        return Err(format!("there is no command `{name}`; {advice}"));
    };
    Ok(Man::new(command.clone()).title(format!("{NAME}-{name}")))
}

fn finish(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Status {
    print(write).map_or_else(|status| status, |()| Status::Clean)
}
