//! The packages: built from this repository, installed from the local file into an empty environment, and asked for their version.
//!
//! They hold the program that the tests have built, so that nothing is compiled twice.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const VERSION: &str = concat!("migration-lint ", env!("CARGO_PKG_VERSION"), "\n");

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn python() -> String {
    std::env::var("MIGRATION_LINT_PYTHON").unwrap_or_else(|_| {
        panic!("MIGRATION_LINT_PYTHON names no Python with maturin: `tests/run` finds or installs one and runs every test")
    })
}

/// What a command says on standard output; it has to succeed.
fn said(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The files in `folder` whose names end like that.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("it is there").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.to_string_lossy().ends_with(ending)).collect()
}

/// The folder that Cargo builds in, which the program lies in.
fn target() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_migration-lint"));
    program.parent().and_then(Path::parent).expect("it lies in a folder of its profile").to_owned()
}

#[test]
fn the_wheel_brings_the_program() {
    let folder = TempDir::new().expect("a folder can be made");
    let wheels = folder.path().join("wheels");
    let mut maturin = Command::new(python());
    maturin.args(["-m", "maturin", "build", "--profile", "dev", "--offline", "--locked", "--compatibility", "linux", "--out"]);
    said(maturin.arg(&wheels).current_dir(repository()).env("CARGO_TARGET_DIR", target()));
    let wheels = files(&wheels, ".whl");
    let [wheel] = wheels.as_slice() else { panic!("one wheel: {wheels:?}") };
    let name = wheel.file_name().expect("a file").to_string_lossy();
    assert!(name.starts_with(concat!("postgresql_migration_lint-", env!("CARGO_PKG_VERSION"), "-py3-none-")), "{name}");

    let environment = folder.path().join("environment");
    said(Command::new(python()).args(["-m", "venv"]).arg(&environment));
    let programs = environment.join(if cfg!(windows) { "Scripts" } else { "bin" });
    said(Command::new(programs.join("python")).args(["-m", "pip", "install", "--quiet", "--no-index"]).arg(wheel));
    assert_eq!(said(Command::new(programs.join("migration-lint")).arg("--version")), VERSION);
}

#[test]
fn the_npm_package_brings_the_program() {
    let folder = TempDir::new().expect("a folder can be made");
    let machine = said(Command::new("node").args(["-p", "`${process.platform} ${process.arch}`"]));
    let (platform, arch) = machine.trim().split_once(' ').expect("two words");
    let packages = folder.path().join("packages");
    let mut build = Command::new("node");
    build.arg(repository().join("packaging/npm/build.js")).args([env!("CARGO_BIN_EXE_migration-lint"), platform, arch]).arg(&packages);
    said(&mut build);
    let project = folder.path().join("project");
    std::fs::create_dir(&project).expect("a folder can be made");
    for name in ["postgresql-migration-lint".to_owned(), format!("postgresql-migration-lint-{platform}-{arch}")] {
        said(Command::new("npm").args(["pack", "--silent", "--pack-destination"]).arg(&project).current_dir(packages.join(name)));
    }
    let archives = files(&project, ".tgz");
    assert_eq!(archives.len(), 2, "{archives:?}");
    let mut install = Command::new("npm");
    said(install.args(["install", "--silent", "--no-audit", "--offline"]).args(&archives).current_dir(&project));
    let program = project.join("node_modules/.bin/migration-lint");
    assert_eq!(said(Command::new(&program).arg("--version")), VERSION);
    // The exit status and standard input are the program's own.
    let status = |arguments: &[&str]| Command::new(&program).args(arguments).current_dir(&project).output().expect("it runs").status.code();
    assert_eq!((status(&["gone.sql"]), status(&["rules"])), (Some(2), Some(0)));
    std::fs::write(project.join("001_a.sql"), "SELECT FROM WHERE;\n").expect("a file can be written");
    assert_eq!(status(&["001_a.sql", "--isolated"]), Some(1));

    std::fs::remove_dir_all(project.join(format!("node_modules/postgresql-migration-lint-{platform}-{arch}"))).expect("it is there");
    let output = Command::new(&program).arg("--version").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not installed"), "{output:?}");
}
