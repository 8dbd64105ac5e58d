//! Paths as editors write them: `file:///a%20b.sql`, `file:///c%3A/a.sql` where drives have letters, `file://server/share/a.sql`.
//!
//! What one system makes of a URI can be tested on another: nothing here asks where it runs but the two functions at the top.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::engine::absolute;
use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Whose paths they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum System {
    Unix,
    Windows,
}

/// Where it runs.
const HERE: System = if cfg!(windows) { System::Windows } else { System::Unix };

/// What stands in a URI as something else than a letter or digit.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The path of a file; none of what is no file, or one of another machine.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    // Two spellings of a path are one file.
    read(uri.as_str(), HERE).map(|path| absolute(Path::new(""), Path::new(&path)))
}

/// The file at a whole path; none where that can't be written as one.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    Uri::from_str(&written(path.to_str()?, HERE)).ok()
}

fn read(uri: &str, system: System) -> Option<String> {
    let rest = uri.strip_prefix("file://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    let has_drive = path.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) && path.as_bytes().get(2) == Some(&b':');
    match (host, system) {
        // `/c:/a` is `c:/a`.
        ("" | "localhost", System::Windows) if has_drive => Some(path[1..].to_owned()),
        ("" | "localhost", _) => Some(path),
        (server, System::Windows) => Some(format!("//{server}{path}")),
        (_, System::Unix) => None,
    }
}

fn written(path: &str, system: System) -> String {
    let path = if system == System::Windows { path.replace('\\', "/") } else { path.to_owned() };
    let encoded = utf8_percent_encode(&path, ENCODED);
    match system {
        System::Windows if path.starts_with("//") => format!("file:{encoded}"),
        _ if path.starts_with('/') => format!("file://{encoded}"),
        _ => format!("file:///{encoded}"),
    }
}

#[cfg(test)]
mod tests {
    use super::System::{Unix, Windows};
    use super::*;

    #[test]
    fn a_path_comes_back_from_its_uri() {
        for (path, system) in [
            ("/a b/ü#?%41.sql", Unix),
            ("/m/001_a.sql", Unix),
            ("/𝄞/[1].sql", Unix),
            ("/c:/a\\b.sql", Unix),
            ("C:/a b/ü#%41.sql", Windows),
            ("//server/a share/1.sql", Windows),
        ] {
            let uri = written(path, system);
            assert!(Uri::from_str(&uri).is_ok(), "{uri}");
            assert_eq!(read(&uri, system).as_deref(), Some(path), "{uri}");
        }
    }

    #[test]
    fn a_drive_has_a_letter_where_there_are_drives() {
        for uri in ["file:///c%3A/a.sql", "file:///c:/a.sql", "file://localhost/c%3a/a.sql"] {
            assert_eq!(read(uri, Windows).as_deref(), Some("c:/a.sql"), "{uri}");
            assert_eq!(read(uri, Unix).as_deref(), Some("/c:/a.sql"), "{uri}");
        }
        assert_eq!(written(r"c:\m\ä.sql", Windows), "file:///c%3A/m/%C3%A4.sql");
        assert_eq!(written(r"\\server\share\a.sql", Windows), "file://server/share/a.sql");
    }

    #[test]
    fn what_editors_write_otherwise_is_the_same_path() {
        let uri = |text: &str| path_of(&Uri::from_str(text).expect("is a URI"));
        assert_eq!(uri("file:///a/b%2Bc+d.sql"), Some(PathBuf::from("/a/b+c+d.sql")));
        assert_eq!(uri("file:///a/%c3%a4%23.sql"), Some(PathBuf::from("/a/ä#.sql")));
        assert_eq!(uri("file://localhost/a.sql"), Some(PathBuf::from("/a.sql")));
        assert_eq!(uri("file:///a/x/../b/./c.sql"), Some(PathBuf::from("/a/b/c.sql")));
        assert_eq!(uri("untitled:Untitled-1"), None);
    }

    #[test]
    fn what_is_no_path_here_is_none() {
        // A file of another machine, and bytes that are no text.
        assert_eq!((read("file://server/a.sql", Unix), read("file:///%FF.sql", Unix), read("file:", Unix)), (None, None, None));
        assert_eq!(read("file://server/share/a.sql", Windows).as_deref(), Some("//server/share/a.sql"));
        // What stands behind a percent sign and is no number stands for itself.
        assert_eq!(read("file:///100%/%zz.sql", Unix).as_deref(), Some("/100%/%zz.sql"));
    }
}
