//! Writing: a file is replaced as a whole or not at all.
//!
//! The new text goes into a file beside the old one, which then takes its name. Invariants: a file that is no longer what was read stays as it
//! is, and so does one whose new text could not be written; owner and permissions stay, and a link stays a link.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::NamedTempFile;

/// Writes `after` where `before` stood; where nothing stood, into a new file.
///
/// # Errors
/// What is in the way, for people. The file is then what it was.
pub fn replace(path: &Path, before: Option<&str>, after: &str) -> Result<(), String> {
    match before {
        Some(before) => replace_file(path, before, after),
        None => create(path, after),
    }
}

/// A folder of this process alone among the temporary files, made when it is first asked for; it stays. None where there can't be one.
pub fn own_folder() -> Option<&'static Path> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    let make = || Some(tempfile::Builder::new().prefix("migration-lint-").tempdir().ok()?.keep());
    FOLDER.get_or_init(make).as_deref()
}

/// Writes what may be lost, into a file of the program's own; nothing if it can't be written whole.
pub(super) fn keep(path: &Path, bytes: &[u8]) {
    let Some(folder) = path.parent() else { return };
    let written = fs::create_dir_all(folder).and_then(|()| beside(path, bytes));
    drop(written.map(|file| file.persist(path)));
}

fn replace_file(path: &Path, before: &str, after: &str) -> Result<(), String> {
    let place = fs::canonicalize(path).map_err(|error| failed(&error))?;
    let metadata = fs::metadata(&place).map_err(|error| failed(&error))?;
    if metadata.permissions().readonly() {
        return Err("it is read-only, and stays as it is".to_owned());
    }
    let is_what_was_read = || fs::read(&place).is_ok_and(|bytes| bytes == before.as_bytes());
    if !is_what_was_read() {
        return Err("it has changed since it was read, and stays as it is; run again".to_owned());
    }
    let written = beside(&place, after.as_bytes()).and_then(|file| {
        // First whose it is: a change of that takes bits from the mode (POSIX.1-2017, chown).
        keep_owner(file.as_file(), &metadata);
        file.as_file().set_permissions(metadata.permissions())?;
        file.as_file().sync_all()?;
        Ok(file)
    });
    let file = written.map_err(|error| failed(&error))?;
    if !is_what_was_read() {
        return Err("it has changed since it was read, and stays as it is; run again".to_owned());
    }
    file.persist(&place).map(drop).map_err(|error| failed(&error.error))
}

/// Gives the file to whom the old one belongs, as far as that is allowed: root may, and others may choose among their groups.
#[cfg(unix)]
fn keep_owner(file: &fs::File, old: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if fchown(file, Some(old.uid()), Some(old.gid())).is_err() {
        drop(fchown(file, None, Some(old.gid())));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &fs::File, _: &fs::Metadata) {}

fn create(path: &Path, after: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    }
    let mut file = fs::File::create_new(path).map_err(|error| failed(&error))?;
    file.write_all(after.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| {
        // Half a file is worse than none, and nobody has seen it yet.
        drop(fs::remove_file(path));
        failed(&error)
    })
}

fn beside(place: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = place.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".migration-lint-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    Ok(file)
}

fn failed(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "it can't be written: permission denied; it stays as it is".to_owned(),
        io::ErrorKind::AlreadyExists => "there is such a file already, and it stays as it is".to_owned(),
        _ => format!("it can't be written: {error}; it stays as it is"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_meanwhile_stays_and_so_does_everything_else_of_it() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("001_a.sql");
        fs::write(&path, "changed").expect("a file can be written");
        assert!(replace(&path, Some("read"), "mended").is_err_and(|why| why.contains("has changed")));
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "changed");
        assert_eq!(replace(&path, Some("changed"), "mended"), Ok(()));
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "mended");
        assert!(replace(&path, None, "new").is_err_and(|why| why.contains("such a file")));
        assert_eq!(fs::read_dir(folder.path()).expect("it is a folder").count(), 1, "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder can be made");
        let (path, link) = (folder.path().join("001_a.sql"), folder.path().join("link.sql"));
        fs::write(&path, "old").expect("a file can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o754)).expect("its own file");
        symlink(&path, &link).expect("links can be made");
        assert_eq!(replace(&link, Some("old"), "new"), Ok(()));
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "new");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o754);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("its own file");
        assert!(replace(&path, Some("new"), "newer").is_err_and(|why| why.contains("read-only")));
    }
    #[cfg(unix)]
    #[test]
    fn a_file_stays_whose_it_is() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("001_a.sql");
        fs::write(&path, "old").expect("a file can be written");
        // Only root can give a file away; anybody else's stays their own.
        let is_given = chown(&path, Some(1234), Some(5678)).is_ok();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).expect("its own file");
        let before = fs::metadata(&path).expect("it is there");
        assert_eq!(replace(&path, Some("old"), "new"), Ok(()));
        let after = fs::metadata(&path).expect("it is there");
        assert_eq!((after.uid(), after.gid(), after.mode()), (before.uid(), before.gid(), before.mode()));
        assert!(!is_given || (after.uid(), after.gid()) == (1234, 5678));
    }
}
