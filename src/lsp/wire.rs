//! Messages between client and server: JSON-RPC over standard input and output.
//!
//! A message that is no JSON-RPC is answered with an error, and the next one is read. Where not even a message's length can be read, nobody can
//! tell where the next begins, and the conversation ends.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

/// The longest message that is read, in bytes: no text of the size that is linted takes more.
const LONGEST: usize = 1 << 30;

/// What was read.
#[derive(Debug)]
pub(super) enum Incoming {
    Message(Message),
    /// Something that is no message; what is to be answered.
    Garbled(Value),
}

/// Reads the next message; none at the end.
///
/// # Errors
/// Nothing more can be read.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = read_length(input)? else { return Ok(None) };
    let mut body = vec![0; length];
    input.read_exact(&mut body)?;
    let value: Value = match serde_json::from_slice(&body) {
        Ok(value) => value,
        Err(error) => return Ok(Some(Incoming::Garbled(error_about(&Value::Null, ErrorCode::ParseError, &error.to_string())))),
    };
    let id = value.get("id").cloned().unwrap_or_default();
    Ok(Some(match message(value) {
        Some(message) => Incoming::Message(message),
        None => Incoming::Garbled(error_about(&id, ErrorCode::InvalidRequest, "this is no request, no response and no notification")),
    }))
}

fn message(value: Value) -> Option<Message> {
    let id = |value: &Value| -> Option<RequestId> { serde_json::from_value(value.get("id")?.clone()).ok() };
    let method = value.get("method").map(|method| method.as_str().map(str::to_owned));
    let params = value.get("params").cloned().unwrap_or_default();
    match (method, value.get("id")) {
        (Some(method), None) => Some(Message::Notification(Notification { method: method?, params })),
        (Some(method), Some(_)) => Some(Message::Request(Request { id: id(&value)?, method: method?, params })),
        (None, Some(_)) => Some(Message::Response(serde_json::from_value::<Response>(value).ok()?)),
        (None, None) => None,
    }
}

fn error_about(id: &Value, code: ErrorCode, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code as i32, "message": message}})
}

/// Reads the header of a message; none at the end.
fn read_length(input: &mut impl BufRead) -> io::Result<Option<usize>> {
    let invalid = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(1 << 12).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            let length: usize = length.ok_or_else(|| invalid("a message without `Content-Length`".to_owned()))?;
            return if length <= LONGEST { Ok(Some(length)) } else { Err(invalid(format!("a message of {length} bytes"))) };
        }
        let (name, value) = line.split_once(':').ok_or_else(|| invalid(format!("a header `{line}`")))?;
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse().map_err(|_| invalid(format!("a header `{line}`")))?);
        }
    }
}

/// Writes a message.
///
/// # Errors
/// Nobody reads any more.
pub(super) fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

/// A message as it is written.
pub(super) fn written(message: &Message) -> Value {
    let mut value = match message {
        Message::Request(request) => json!(request),
        Message::Response(response) => json!(response),
        Message::Notification(notification) => json!(notification),
    };
    if let Some(fields) = value.as_object_mut() {
        fields.insert("jsonrpc".to_owned(), json!("2.0"));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(body: &str) -> Vec<u8> {
        format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    }

    #[test]
    fn what_is_no_message_is_answered_and_the_next_is_read() {
        let bodies = ["{", "[1]", r#"{"jsonrpc":"2.0","id":7}"#, r#"{"jsonrpc":"2.0","id":1,"method":5}"#, r#"{"method":"exit"}"#];
        let bytes: Vec<u8> = bodies.into_iter().flat_map(framed).collect();
        let mut input = bytes.as_slice();
        for code in [-32700, -32600, -32600, -32600] {
            let Ok(Some(Incoming::Garbled(answer))) = read(&mut input) else { panic!("{code}") };
            assert_eq!(answer["error"]["code"], code);
        }
        let Ok(Some(Incoming::Message(Message::Notification(last)))) = read(&mut input) else { panic!("the last is a notification") };
        assert_eq!(last.method, "exit");
        assert!(matches!(read(&mut input), Ok(None)));
    }

    #[test]
    fn a_message_whose_length_is_not_told_ends_the_conversation() {
        for bytes in ["hello\r\n\r\n", "Content-Length: x\r\n\r\n", "A: b\r\n\r\n", "Content-Length: 9999999999\r\n\r\n"] {
            assert!(read(&mut bytes.as_bytes()).is_err(), "{bytes}");
        }
    }
}
