//! `migration-lint init`: a configuration, a hook and a CI job for a project that has none.
//!
//! Nothing is asked, nothing that is there is written over, and everything that was done or left is said.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::{Config, FILE_NAMES};
use crate::engine::{self, Choice, Reading, Repository, Start, Survey, Tree};
use crate::rules;
use crate::text::{Edit, SourceFile};

use super::args::{ConfigurationArgs, InitArgs};
use super::configuration::{self, Found};
use super::service::{self, quoted};
use super::squawk::Carried;
use super::{Status, complain, counted, print};

/// Sets the project of the working directory up.
pub(super) fn init(args: &InitArgs) -> Status {
    match set_up(args) {
        Ok(said) => match print(|out| said.iter().try_for_each(|line| writeln!(out, "{line}"))) {
            Ok(()) => Status::Clean,
            Err(status) => status,
        },
        Err(why) => {
            complain(why);
            Status::Trouble
        }
    }
}

fn set_up(args: &InitArgs) -> Result<Vec<String>, String> {
    let directory = std::env::current_dir().map_err(|error| format!("the working directory: {error}"))?;
    let named = args.directory.as_ref().map(|folder| engine::absolute(&directory, folder));
    if let (Some(folder), Some(written)) = (&named, &args.directory)
        && !folder.is_dir()
    {
        return Err(format!("{}: no such folder", written.display()));
    }
    let found = configuration::find(
        Tree::Disk,
        &ConfigurationArgs { config: None, isolated: false },
        &directory,
        named.as_deref().unwrap_or(&directory),
    );
    if found.reading == Reading::Part {
        return Err("nothing is set up as long as the configuration can't be read".to_owned());
    }
    // What a hook or a job needs is known before anything is written.
    let repository = match args.hook {
        true => Some(Repository::of(&directory).map_err(|why| format!("`--hook` asks git: {why}; {WITHOUT_GIT}"))?),
        false => Repository::of(&directory).ok(),
    };
    let root = repository.as_ref().map_or(directory.as_path(), |repository| repository.root.as_path());
    let (folder, mut said) = migrations(&directory, named, &found)?;
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if (args.hook || args.ci.is_some()) && !real(&folder).starts_with(real(root)) {
        let (folder, root) = (engine::shown(&directory, &folder), engine::shown(&directory, root));
        return Err(format!(
            "{folder}: not below {root}, so that no hook and no job there sees it; leave `--hook` and `--ci` out, or run this there"
        ));
    }
    let carried = match &args.from {
        Some(file) => Carried::read(&directory, file)?,
        None => Carried::default(),
    };
    said.extend(carried.said.iter().cloned());
    if args.from.is_some() && found.config.source.as_ref().is_some_and(|source| has_section(source.text())) {
        return Err("`--from` writes a section `migration_lint`, and there is one: carry over by hand what it lacks".to_owned());
    }
    let section = section(&carried);
    let place = service::Place::new(root, &found.root, &folder);
    let mut setup = Setup { directory: &directory, section: &section, said: &mut said };
    setup.configuration(&found, &folder)?;
    if let Some(repository) = repository.as_ref().filter(|_| args.hook) {
        // Husky's own folder is written anew whenever it likes; what people write stands above it.
        let folder = if repository.hooks.ends_with(".husky/_") { repository.hooks.join("..") } else { repository.hooks.clone() };
        let hook = engine::absolute(&folder, Path::new("pre-commit"));
        let (text, needs) = service::hook(&place);
        setup.make(&hook, &text, "a hook", &needs)?;
        executable(&hook, &text);
    }
    if let Some(ci) = args.ci {
        let (path, text, needs) = service::job(ci, &place);
        setup.make(&root.join(path), &text, "a job", needs)?;
    }
    let mut operand = String::new();
    if let Some((configured, _)) = &found.config.house.migration_directory
        && engine::absolute(&found.root, Path::new(configured)) != folder
    {
        let (file, lies) = (found.config.source.as_ref().map_or("", SourceFile::path), engine::shown(&found.root, &folder));
        said.push(format!(
            "{file}: `database.migrations.directory` is `{configured}`, and the migrations lie in `{lies}`: write that there"
        ));
        operand = format!(" {}", engine::shown(&directory, &folder));
    }
    said.push(format!(
        "next: `migration-lint{operand}` says what it finds, and `migration-lint baseline{operand}` takes all of that for known"
    ));
    Ok(said)
}

const WITHOUT_GIT: &str = "make a repository with `git init`, run this within one, or leave `--hook` out";

/// How many other histories are named: the largest say what kind of folder is meant.
const SHOWN: usize = 5;

/// The folder of the migrations, and what there is to say of it: the one that is named or configured, or the largest history that is found.
fn migrations(directory: &Path, named: Option<PathBuf>, found: &Found) -> Result<(PathBuf, Vec<String>), String> {
    let configured = found.config.house.migration_directory.as_ref().map(|(folder, _)| found.root.join(folder));
    let given = named.or(configured);
    let paths = [given.clone().unwrap_or_else(|| directory.to_owned())];
    let (choice, start) = (Choice::default(), Start::new(&found.config, None, None, None));
    let job = found.job(directory, &paths, &choice, &start);
    let mut histories = engine::survey(job);
    histories.sort_by_key(|one| std::cmp::Reverse(one.migrations));
    let is_own = |one: &&Survey| given.as_deref().is_none_or(|folder| one.folder == engine::shown(directory, folder));
    let own = histories.iter().find(is_own);
    let told = |one: &Survey| format!("{}: {}, laid out as {}", one.folder, counted(one.migrations, "migration"), one.layout.name());
    let mut said: Vec<String> = own.map(told).into_iter().collect();
    let folder = match (given, own) {
        (Some(folder), _) => folder,
        (None, Some(own)) => engine::absolute(directory, Path::new(&own.folder)),
        (None, None) => return Err("there are no migrations here: name their folder, as in `migration-lint init db/migrations`".to_owned()),
    };
    let others: Vec<&Survey> = histories.iter().filter(|one| own.is_none_or(|own| one.folder != own.folder)).collect();
    said.extend(others.iter().take(SHOWN).map(|one| format!("also found: {}", told(one))));
    if others.len() > SHOWN {
        said.push(format!("also found: {} more", counted(others.len() - SHOWN, "folder")));
    }
    Ok((folder, said))
}

struct Setup<'s> {
    directory: &'s Path,
    /// Our section, as it is to be written.
    section: &'s str,
    said: &'s mut Vec<String>,
}

impl Setup<'_> {
    fn configuration(&mut self, found: &Found, folder: &Path) -> Result<(), String> {
        let Some(source) = &found.config.source else {
            let path = found.root.join(FILE_NAMES[1]);
            let text = format!("{}{}", directory_section(&engine::shown(&found.root, folder)), self.section);
            return self.make(&path, &text, "the configuration", "a section `migration_lint`");
        };
        let (path, text) = (self.directory.join(source.path()), source.text());
        if has_section(text) {
            self.said.push(format!("{}: left as it is: it has a section `migration_lint`", source.path()));
            return Ok(());
        }
        let gap = if text.is_empty() || text.ends_with('\n') { "\n" } else { "\n\n" };
        let section = match found.config.house.migration_directory {
            Some(_) => String::new(),
            None => directory_section(&engine::shown(&found.root, folder)),
        };
        let is_sound = |text: &String| Config::parse(&SourceFile::new(source.path(), text.as_str()), &rules::known_names()).1.is_empty();
        let ours = self.section;
        let end = text.len() as u32;
        let with = |lines: String| format!("{text}{}", engine::fitted(text, &Edit::insertion(end, lines)).text);
        let candidates = [with(format!("{gap}{section}{ours}")), with(format!("{gap}{ours}"))];
        let Some(after) = candidates.iter().find(|text| is_sound(text)) else {
            return Err(format!("{}: a section can't be added at its end: add `migration_lint:` by hand", source.path()));
        };
        engine::replace(&path, Some(text), after).map_err(|why| format!("{}: {why}", source.path()))?;
        self.said.push(format!("{}: a section `migration_lint` is added", source.path()));
        if !section.is_empty() && *after == candidates[1] {
            let folder = quoted(&engine::shown(&found.root, folder));
            self.said.push(format!("{}: add `migrations: {{directory: {folder}}}` to `database` yourself", source.path()));
        }
        Ok(())
    }

    /// Makes a file, unless there is one: then `needs` is what it should say.
    fn make(&mut self, path: &Path, text: &str, what: &str, needs: &str) -> Result<(), String> {
        let name = engine::shown(self.directory, path);
        if path.exists() {
            self.said.push(format!("{name}: left as it is, for it was there already: {what} needs {needs} in it"));
            return Ok(());
        }
        engine::replace(path, None, text).map_err(|why| format!("{name}: {why}"))?;
        self.said.push(format!("{name}: {what} is made"));
        Ok(())
    }
}

/// A hook that can't be run is passed over by git.
fn executable(path: &Path, made: &str) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Where this fails git says so itself.
        if fs::read_to_string(path).is_ok_and(|text| text == made) {
            drop(fs::set_permissions(path, fs::Permissions::from_mode(0o755)));
        }
    }
}

fn directory_section(folder: &str) -> String {
    format!("database:\n  migrations:\n    # Where the migrations are.\n    directory: {}\n\n", quoted(folder))
}

fn has_section(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("migration_lint:"))
}

/// Our section, with what is carried over.
fn section(carried: &Carried) -> String {
    let (mut section, list) = (SECTION.to_owned(), |lines: &[String]| lines.iter().map(|line| format!("\n    {line}")).collect::<String>());
    if let Some(version) = carried.target {
        section = section.replace("target_postgres: 15\n", &format!("target_postgres: {version}\n"));
    }
    if !carried.exclude.is_empty() {
        section = section.replace("  exclude: []\n", &format!("  exclude:{}\n", list(&carried.exclude)));
    }
    if !carried.rules.is_empty() {
        section = section.replace("  rules: {}\n", &format!("  rules:{}\n", list(&carried.rules)));
    }
    section
}

const SECTION: &str = "# migration-lint: what is left out has its default. `migration-lint rules` lists the rules, `migration-lint explain RULE` says what one checks.
migration_lint:
  # The major version of PostgreSQL that the migrations run on.
  target_postgres: 15

  # How files are named, ordered and paired with their down migration. auto: told from the files.
  layout: auto

  # partial: an object that no file creates is assumed to be there. complete: it is not there.
  history: partial

  # The last migration that is deployed, by its number or its id: nobody is told any more how it should have been written.
  applied_until: null

  # Findings that are known; `migration-lint baseline` writes the file. null: migration-lint-baseline.json beside this file.
  baseline: null

  # Files that are no migrations, as globs:
  #   - \"**/*.template.sql\"
  exclude: []

  # Severity and options of rules, by rule or group:
  #   doctrine: warning               # off, info, warning or error
  rules: {}
";
