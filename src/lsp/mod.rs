//! Floor 10: the language server: a conversation over standard input and output, on the same engine as the command line.
//!
//! One thread reads messages, one writes them, one decides what they are about (`server`), and each project has one that keeps it worked out
//! (`project`). Invariant: whatever a client sends, the server goes on or ends as it should; it never loses a text.

mod answer;
mod client;
mod configuration;
mod document;
mod finding;
mod position;
mod project;
mod server;
mod told;
mod uri;
mod wire;

use std::io;
use std::process::ExitCode;
use std::sync::mpsc;

use client::Client;
use server::{End, Server};
use wire::Incoming;

/// Serves the client at standard input and output until it says that it is over.
///
/// The status is 0 if the client took its leave as the protocol wants, and 1 if it was gone before.
pub fn serve() -> ExitCode {
    let (out, answers) = mpsc::channel();
    let writer = std::thread::spawn(move || {
        let mut output = io::stdout().lock();
        // Nobody reads any more: the reading thread will find out too.
        while let Ok(message) = answers.recv() {
            if wire::write(&mut output, &message).is_err() {
                break;
            }
        }
    });
    let mut server = Server::new(Client::new(out));
    let end = converse(&mut server);
    server.end();
    let _ = writer.join();
    match end {
        End::Orderly => ExitCode::SUCCESS,
        End::Gone => ExitCode::FAILURE,
    }
}

fn converse(server: &mut Server) -> End {
    let mut input = io::stdin().lock();
    loop {
        let ended = match wire::read(&mut input) {
            Ok(Some(Incoming::Message(message))) => server.take(message),
            Ok(Some(Incoming::Garbled(answer))) => {
                server.refuse(answer);
                None
            }
            Ok(None) => Some(End::Gone),
            Err(error) => {
                eprintln!("migration-lint: standard input: {error}; the conversation ends here");
                Some(End::Gone)
            }
        };
        if let Some(end) = ended {
            return end;
        }
    }
}
