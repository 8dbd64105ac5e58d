//! `migration-lint new`: a migration that is born compliant.

use std::fs;
use std::path::{Path, PathBuf};

use crate::engine::{self, Choice, NewFile, Reading, Start, Tree, Wish};
use crate::text::SourceFile;

use super::args::NewArgs;
use super::configuration::{self, Found};
use super::{Status, complain, print};

/// Makes the files of a new migration, prints their paths, and says what is left to do.
pub(super) fn new(args: &NewArgs) -> Status {
    let (made, left) = match make(args) {
        Ok(made) => made,
        Err(why) => {
            complain(why);
            return Status::Trouble;
        }
    };
    match print(|out| made.iter().try_for_each(|path| writeln!(out, "{path}"))) {
        Ok(()) => {
            left.iter().for_each(|sentence| complain(format!("to do: {sentence}")));
            Status::Clean
        }
        Err(status) => status,
    }
}

/// The paths of what was made, and what is left to do.
fn make(args: &NewArgs) -> Result<(Vec<String>, Vec<String>), String> {
    let directory = std::env::current_dir().map_err(|error| format!("the working directory: {error}"))?;
    let named = args.directory.as_ref().map(|folder| engine::absolute(&directory, folder));
    let found = configuration::find(Tree::Disk, &args.configuration, &directory, named.as_deref().unwrap_or(&directory));
    if found.reading == Reading::Part {
        return Err("nothing is made as long as the configuration can't be read".to_owned());
    }
    let configured = found.config.house.migration_directory.as_ref().map(|(folder, _)| engine::absolute(&found.root, Path::new(folder)));
    let folder = named
        .or(configured)
        .ok_or("name the folder with `--directory`: no configuration says where the migrations are (`database.migrations.directory`)")?;
    let template = template(&found, &directory)?;
    let now = engine::moment(args.date.as_deref());
    let paths: Vec<PathBuf> = folder.is_dir().then(|| folder.clone()).into_iter().collect();
    let (choice, start) = (Choice::default(), Start::new(&found.config, None, None, None));
    let job = found.job(&directory, &paths, &choice, &start);
    let wish = Wish {
        description: &args.description,
        schema: args.schema.as_deref(),
        table: args.table.as_deref(),
        now: &now,
        template: template.as_ref(),
        layout: args.layout,
    };
    let (files, left) = engine::compose(job, &engine::shown(&directory, &folder), wish)?;
    write(&folder, &files)?;
    Ok((files.iter().map(|file| engine::shown(&directory, &folder.join(&file.path))).collect(), left))
}

/// Makes all of `files` or none.
fn write(folder: &Path, files: &[NewFile]) -> Result<(), String> {
    let path = |file: &NewFile| folder.join(&file.path);
    if let Some(there) = files.iter().find(|file| path(file).exists()) {
        return Err(format!("{}: there is such a file already, and it stays as it is", path(there).display()));
    }
    for (at, file) in files.iter().enumerate() {
        if let Err(why) = engine::replace(&path(file), None, &file.text) {
            files[..at].iter().for_each(|made| drop(fs::remove_file(path(made))));
            return Err(format!("{}: {why}", path(file).display()));
        }
    }
    Ok(())
}

fn template(found: &Found, directory: &Path) -> Result<Option<SourceFile>, String> {
    let Some((path, _)) = &found.config.lint.template else { return Ok(None) };
    let path = found.root.join(path);
    let name = engine::shown(directory, &path);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(SourceFile::new(name, text))),
        Err(error) => Err(format!("{name}: the template: {}", engine::reason(&error))),
    }
}
