//! A PostgreSQL server of the tests' own.
//!
//! A cluster lives in a temporary directory and listens on a socket in it, so that it meets no other server, and a connection needs no
//! password. It is gone when it is dropped. It is gone as well when the process dies without dropping it, by Ctrl-C or a timeout: a guard, a
//! shell that waits for the end of its standard input, stops the server and removes the directory.
//!
//! PostgreSQL refuses to run as root. Where the tests do, the server runs as `postgres`, or else as `nobody`.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use postgres::error::DbError;
use postgres::{Client, Config, NoTls};

/// The socket is `.s.PGSQL.<port>` in the cluster's directory; nothing listens on the network.
const PORT: u16 = 5432;

/// A running server.
pub struct Cluster {
    directory: PathBuf,
    guard: Child,
    databases: AtomicU32,
}

impl Cluster {
    /// Starts a server that nothing else uses, as tests of roles or settings need it. It takes a second or two.
    pub fn start() -> Cluster {
        let bin = PathBuf::from(
            std::env::var_os("MIGRATION_LINT_PG_BIN")
                .expect("this test needs a PostgreSQL server: run `tests/run`, which finds or installs one"),
        );
        let directory = tempfile::Builder::new().prefix("migration-lint-").tempdir().expect("a temporary directory").keep();
        let owner = server_user(&directory);
        if let Some((uid, gid)) = owner {
            chown(&directory, Some(uid), Some(gid)).expect("root gives its directory away");
        }
        let server = Server { bin, directory: &directory, owner };
        let guard = server.guard();
        let data = directory.join("data");
        server.run("initdb", &["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"], &data);
        configure(&data, &directory);
        server.run("pg_ctl", &["start", "--wait", "--silent", "--log=log", "-D"], &data);
        Cluster { directory, guard, databases: AtomicU32::new(0) }
    }

    /// The server that tests share: it starts with the first that asks, and stops with the last that holds it.
    pub fn shared() -> Arc<Cluster> {
        static SHARED: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let cluster = Arc::new(Cluster::start());
            *shared = Arc::downgrade(&cluster);
            cluster
        })
    }

    /// Where the cluster keeps everything.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// A new, empty database.
    pub fn database(self: &Arc<Cluster>) -> Database {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.connect("postgres").batch_execute(&format!("CREATE DATABASE {name}")).expect("the server creates a database");
        Database { cluster: Arc::clone(self), name }
    }

    /// A new database with everything that `template`, to which nobody is connected, holds.
    pub fn copy(self: &Arc<Cluster>, template: &Database) -> Database {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let sql = format!("CREATE DATABASE {name} TEMPLATE {} STRATEGY file_copy", template.name);
        self.connect("postgres").batch_execute(&sql).expect("the server copies a database");
        Database { cluster: Arc::clone(self), name }
    }

    /// Drops every role that a test made.
    pub fn forget_roles(&self) {
        let sql = "SELECT format('DROP OWNED BY %1$I; DROP ROLE %1$I', rolname) FROM pg_roles WHERE oid >= 16384";
        let mut client = self.connect("postgres");
        for row in client.query(sql, &[]).expect("the catalog answers") {
            client.batch_execute(row.get(0)).ok();
        }
    }

    fn connect(&self, database: &str) -> Client {
        Config::new()
            .host_path(&self.directory)
            .port(PORT)
            .user("postgres")
            .dbname(database)
            .connect(NoTls)
            .unwrap_or_else(|error| panic!("the server takes no connection: {error}"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        // A panic here would hide the failure of the test that is ending.
        self.guard.wait().ok();
    }
}

/// A database of a running server, which it keeps alive.
pub struct Database {
    cluster: Arc<Cluster>,
    name: String,
}

impl Database {
    /// A fresh session, as superuser.
    pub fn connect(&self) -> Client {
        self.cluster.connect(&self.name)
    }

    /// Takes the database away; nobody is connected to it any more.
    pub fn drop(self) {
        self.cluster.connect("postgres").batch_execute(&format!("DROP DATABASE {}", self.name)).expect("the server drops a database");
    }

    /// Runs SQL in a session of its own, as a runner runs a migration. The error is the server's, with its SQLSTATE.
    pub fn run(&self, sql: &str) -> Result<(), Box<DbError>> {
        let answer = |error: postgres::Error| error.as_db_error().unwrap_or_else(|| panic!("the server is gone: {error}")).clone();
        self.connect().batch_execute(sql).map_err(|error| Box::new(answer(error)))
    }
}

/// The programs of a server, run as its user.
struct Server<'a> {
    bin: PathBuf,
    directory: &'a Path,
    owner: Option<(u32, u32)>,
}

impl Server<'_> {
    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.directory).env("LC_ALL", "C");
        if let Some((uid, gid)) = self.owner {
            command.uid(uid).gid(gid);
        }
        command
    }

    fn run(&self, program: &str, arguments: &[&str], data: &Path) {
        let program = self.bin.join(program);
        let output = self.command(&program).args(arguments).arg(data).output();
        let output = output.unwrap_or_else(|error| panic!("{} does not run: {error}", program.display()));
        if !output.status.success() {
            let log = fs::read_to_string(self.directory.join("log")).unwrap_or_default();
            panic!("{} failed: {}{log}", program.display(), String::from_utf8_lossy(&output.stderr));
        }
    }

    /// In a process group of its own, so that Ctrl-C does not end it with the tests.
    fn guard(&self) -> Child {
        self.command("sh")
            .args(["-c", r#"cat; "$1"/pg_ctl stop -m immediate -D "$2"/data; cd /; rm -rf "$2""#, "sh"])
            .args([self.bin.as_path(), self.directory])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("a shell runs")
    }
}

/// Whom the server runs as where that is not the tests' own user: user and group id.
fn server_user(directory: &Path) -> Option<(u32, u32)> {
    if directory.metadata().expect("the directory was just made").uid() != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("a system has users");
    let find = |name: &str| {
        let fields: Vec<&str> = users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|user| user[0] == name)?;
        Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
    };
    Some(find("postgres").or_else(|| find("nobody")).expect("a user `postgres` or `nobody` to run the server, which root can't"))
}

/// The settings of a server whose data nobody will miss.
fn configure(data: &Path, directory: &Path) {
    let socket = directory.to_str().expect("a path in UTF-8").replace('\'', "''");
    let mut file = fs::OpenOptions::new().append(true).open(data.join("postgresql.conf")).expect("initdb wrote it");
    write!(
        file,
        "listen_addresses = ''\nunix_socket_directories = '{socket}'\nport = {PORT}\n\
         fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nautovacuum = off\njit = off\ntimezone = 'UTC'\n"
    )
    .expect("a file in a temporary directory can be written");
}
