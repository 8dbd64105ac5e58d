//! A client of the server that does what a test says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long something may take before a test says that it never comes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server, and what it has said.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    next: i64,
    /// What was last shown of each file, by its URI.
    pub shown: BTreeMap<String, Vec<Value>>,
    /// What else was said and not asked for yet.
    pub heard: Vec<Value>,
    answers: BTreeMap<i64, Value>,
    /// What the server says of itself.
    pub server: Value,
}

/// A file as the protocol names it.
pub fn uri(path: &Path) -> String {
    let mut uri = String::from("file://");
    for byte in path.to_str().expect("is UTF-8").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' => uri.push(byte as char),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

impl Client {
    /// Starts a server without a word to it.
    pub fn silent() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_migration-lint"))
            .arg("server")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let output = BufReader::new(child.stdout.take().expect("is piped"));
        let (send, messages) = mpsc::channel();
        std::thread::spawn(move || read_all(output, &send));
        let input = child.stdin.take();
        Self { child, input, messages, next: 0, shown: BTreeMap::new(), heard: Vec::new(), answers: BTreeMap::new(), server: Value::Null }
    }

    /// One that works in `folder` and can do what `capabilities` say.
    pub fn able(folders: &[PathBuf], capabilities: Value) -> Self {
        let mut client = Self::silent();
        let folders: Vec<Value> = folders.iter().map(|folder| json!({"uri": uri(folder), "name": "a"})).collect();
        client.server = client.ask("initialize", json!({"processId": null, "capabilities": capabilities, "workspaceFolders": folders}));
        client.tell("initialized", json!({}));
        client
    }

    /// One that works in `folder`.
    pub fn new(folder: &Path) -> Self {
        Self::able(&[folder.to_owned()], json!({}))
    }

    /// Sends bytes as they are.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("is open");
        // A server that has ended reads nothing more; what it did is for the test to see.
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends a notification.
    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request, and waits for what comes of it.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let response = self.response(method, params);
        assert!(response.get("error").is_none(), "{method}: {response}");
        response["result"].clone()
    }

    /// Sends a request, and waits for the whole response.
    pub fn response(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.wait(&format!("an answer to {method}"), |client| client.answers.remove(&id))
    }

    /// Opens a file with a text.
    pub fn open(&mut self, path: &Path, text: &str) {
        let document = json!({"uri": uri(path), "languageId": "sql", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Changes the whole text of an open file.
    pub fn change(&mut self, path: &Path, version: i32, text: &str) {
        self.change_part(path, version, json!({"text": text}));
    }

    /// Makes a change of an open file.
    pub fn change_part(&mut self, path: &Path, version: i32, change: Value) {
        let document = json!({"uri": uri(path), "version": version});
        self.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": [change]}));
    }

    /// Waits until `seen` gives something of what was said.
    pub fn wait<T>(&mut self, what: &str, mut seen: impl FnMut(&mut Self) -> Option<T>) -> T {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = seen(self) {
                return found;
            }
            let left = end.saturating_duration_since(Instant::now());
            match self.messages.recv_timeout(left) {
                Ok(message) => self.take(message),
                Err(_) => {
                    let said = self.last_words();
                    panic!("{what} never came; shown: {:#?}; heard: {:#?}; said: {said}", self.shown, self.heard);
                }
            }
        }
    }

    /// Waits until the rules of the findings that are shown of a file are `rules`, in their order.
    pub fn wait_for_rules(&mut self, path: &Path, rules: &[&str]) {
        let uri = uri(path);
        let what = format!("{rules:?} in {uri}");
        self.wait(&what, |client| {
            let found = client.shown.get(&uri)?.iter().map(|finding| finding["code"].as_str().unwrap_or_default());
            found.eq(rules.iter().copied()).then_some(())
        });
    }

    /// What is shown of a file.
    pub fn findings(&self, path: &Path) -> &[Value] {
        self.shown.get(&uri(path)).map(Vec::as_slice).unwrap_or_default()
    }

    fn take(&mut self, message: Value) {
        if let (Some(id), None) = (message["id"].as_i64(), message.get("method")) {
            self.answers.insert(id, message);
        } else if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            let uri = params["uri"].as_str().expect("names a file").to_owned();
            self.shown.insert(uri, params["diagnostics"].as_array().expect("is a list").clone());
        } else {
            if message.get("method").is_some() && message.get("id").is_some() {
                self.send(&json!({"jsonrpc": "2.0", "id": message["id"], "result": null}));
            }
            self.heard.push(message);
        }
    }

    /// Takes leave, and gives how the server ended.
    pub fn leave(mut self) -> ExitStatus {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        self.end()
    }

    /// Closes the server's input, and gives how it ended.
    pub fn end(mut self) -> ExitStatus {
        drop(self.input.take());
        self.child.wait().expect("it ends")
    }

    fn last_words(&mut self) -> String {
        drop(self.input.take());
        let mut text = String::new();
        let _ = self.child.kill();
        if let Some(stderr) = &mut self.child.stderr {
            let _ = stderr.read_to_string(&mut text);
        }
        text
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_all(mut output: impl BufRead, send: &mpsc::Sender<Value>) {
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if output.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            match line.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse().expect("a length"),
                None => break,
            }
        }
        let mut body = vec![0; length];
        output.read_exact(&mut body).expect("a message is whole");
        if send.send(serde_json::from_slice(&body).expect("a message is JSON")).is_err() {
            return;
        }
    }
}
