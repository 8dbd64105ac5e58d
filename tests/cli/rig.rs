//! A project in a folder of its own, and the program run in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A file with one finding of `ban-syntax-error`, on its first line.
pub const WRONG: &str = "SELECT FROM WHERE;\n";
/// A file without findings.
pub const RIGHT: &str = "SELECT 1;\n";

/// A folder with files, which is gone at the end of the test.
pub struct Project {
    folder: TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Project {
    /// An empty one.
    pub fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder can be made") }
    }

    /// With files: path and content.
    pub fn with<C: AsRef<[u8]>>(files: impl IntoIterator<Item = (&'static str, C)>) -> Self {
        let project = Self::new();
        files.into_iter().for_each(|(path, content)| project.write(path, content));
        project
    }

    /// Writes a file, in folders that are made where they are missing.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("below the project's folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }

    /// Where a path of the project is.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Runs git in the project, as somebody who is nobody.
    pub fn git(&self, arguments: &[&str]) {
        let run = self.git_in("", arguments);
        assert!(run.status == 0, "{arguments:?}: {run:?}");
    }

    /// Runs git in a folder of the project, with the program on the path of its hooks.
    pub fn git_in(&self, folder: &str, arguments: &[&str]) -> Run {
        let identity =
            ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"];
        let mut command = Command::new("git");
        command.current_dir(self.path(folder)).args(identity).args(arguments).env("PATH", path_with_program());
        finish(command, b"")
    }

    /// Makes everything that is there one commit.
    pub fn commit(&self) {
        self.git(&["init", "-q"]);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "x"]);
    }

    /// Runs the program in the project.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments)
    }

    /// Runs the program in a folder of the project.
    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        finish(command(&self.path(folder), arguments), b"")
    }

    /// Runs the program with a text on standard input.
    pub fn run_with(&self, arguments: &[&str], stdin: impl AsRef<[u8]>) -> Run {
        finish(command(self.folder.path(), arguments), stdin.as_ref())
    }

    /// Runs the program with a variable in its environment.
    pub fn run_where(&self, variable: (&str, &str), arguments: &[&str]) -> Run {
        let mut command = command(self.folder.path(), arguments);
        command.env(variable.0, variable.1);
        finish(command, b"")
    }

    /// Runs the program as a user who is not allowed everything, if the tests run as root.
    #[cfg(unix)]
    pub fn run_as_nobody(&self, arguments: &[&str]) -> Run {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        use std::os::unix::process::CommandExt;
        let mut command = command(self.folder.path(), arguments);
        if fs::metadata(self.folder.path()).expect("the project is there").uid() == 0 {
            fs::set_permissions(self.folder.path(), PermissionsExt::from_mode(0o755)).expect("root may");
            // A copy that everyone can reach: the build's own folder may be root's alone. Another process writes it: what a test that starts a
            // program at the same time inherits of a file that is open for writing would keep this one from being run.
            let program = self.path(".program");
            let copied = Command::new("cp").arg(command.get_program()).arg(&program).status().expect("cp starts");
            assert!(copied.success(), "the program can be copied");
            let mut as_nobody = Command::new(program);
            as_nobody.args(command.get_args()).current_dir(self.folder.path()).uid(65_534).gid(65_534);
            command = as_nobody;
        }
        finish(command, b"")
    }
}

/// The variable `PATH` with the program on it.
pub fn path_with_program() -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_migration-lint")).parent().expect("it lies in a folder");
    format!("{}:{}", folder.display(), std::env::var("PATH").expect("it is set"))
}

/// The program in `folder`, in an environment that says nothing about colours or a CI service.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_migration-lint"));
    command.args(arguments).current_dir(folder);
    let of_ci = ["GITHUB_STEP_SUMMARY", "GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA", "CI_PROJECT_URL", "CI_COMMIT_SHA"];
    for variable in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"].into_iter().chain(of_ci) {
        command.env_remove(variable);
    }
    command.env("LANG", "C.UTF-8").env("LC_ALL", "C.UTF-8");
    command
}

fn finish(mut command: Command, stdin: &[u8]) -> Run {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    // A program that does not read its input has closed it.
    let _ = child.stdin.take().expect("is piped").write_all(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
    let status = output.status.code().expect("the program was not killed");
    Run { status, stdout: text(output.stdout), stderr: text(output.stderr) }
}

impl Run {
    /// Nothing was found, nothing went wrong, and nothing but the report was written.
    #[track_caller]
    pub fn clean(self) -> Self {
        assert_eq!((self.status, self.stderr.as_str()), (0, ""), "{self:?}");
        self
    }

    /// There are findings, and nothing went wrong.
    #[track_caller]
    pub fn found(self) -> Self {
        assert_eq!((self.status, self.stderr.as_str()), (1, ""), "{self:?}");
        self
    }

    /// The status, with each line of standard error that was expected.
    #[track_caller]
    pub fn said(self, status: i32, lines: &[&str]) -> Self {
        assert_eq!((self.status, self.stderr.lines().collect::<Vec<_>>().as_slice()), (status, lines), "{self:?}");
        self
    }

    /// The lines of standard output.
    pub fn lines(&self) -> Vec<&str> {
        self.stdout.lines().collect()
    }

    /// Of findings in format `concise`, path and line: `a.sql:1`.
    pub fn places(&self) -> Vec<String> {
        self.stdout.lines().map(|line| line.splitn(3, ':').take(2).collect::<Vec<_>>().join(":")).collect()
    }
}
