//! A project: a folder with a configuration, and a thread that keeps its histories worked out.
//!
//! What happens to its files comes in as [`Event`]s. The thread takes all that are there before it works anything out, so that of many changes
//! only the last counts, and stops working between two migrations when another comes. Questions are answered in their order, on what is known
//! when they come; those for findings wait until everything is. Invariant: what is shown of a file is about the text that the editor has of it,
//! and true, even where more will follow.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use lsp_server::Request;
use lsp_types::request::{DocumentDiagnosticRequest, Request as _};

use crate::engine::{Choice, Job, Limits, Live, Settled, Tree, absolute, decode, moment, read};
use crate::text::SourceFile;

use super::answer;
use super::client::Client;
use super::configuration::{self, Configuration};
use super::document::Document;
use super::told::{Board, Told};

/// Statements nest deeper than a thread's usual stack.
const STACK: usize = 16 << 20;

/// Where what comes next takes longer, what is known of an edited file is shown before: where it does not, showing it twice would only flicker, and
/// take its time.
const SLOW: Duration = Duration::from_millis(15);

/// Something that happens to a project.
#[derive(Debug)]
pub(super) enum Event {
    /// The editor has this text of a file.
    Text(PathBuf, Document),
    /// The editor has a file no longer.
    Closed(PathBuf),
    /// Something about these files may be another on the disk.
    Disk(Vec<PathBuf>),
    /// Somebody asks.
    Asked(Request),
}

/// A project, as the thread that reads messages sees it.
pub(super) struct Project {
    /// Its folder.
    pub(super) folder: PathBuf,
    inbox: Sender<Event>,
    waiting: Arc<AtomicUsize>,
    thread: Option<JoinHandle<()>>,
}

impl Project {
    /// Starts one.
    ///
    /// # Errors
    /// The system has no thread left.
    pub(super) fn start(folder: PathBuf, client: Client, board: Board) -> std::io::Result<Self> {
        let (inbox, events) = mpsc::channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let keeper = Keeper {
            folder: folder.clone(),
            client,
            events,
            waiting: Arc::clone(&waiting),
            open: BTreeMap::new(),
            beside: BTreeSet::new(),
            searched: Vec::new(),
            settings: Vec::new(),
            questions: VecDeque::new(),
            good: None,
            told: Told::on(board),
            is_over: false,
        };
        let builder = std::thread::Builder::new().name("project".to_owned()).stack_size(STACK);
        let thread = Some(builder.spawn(move || keeper.keep())?);
        Ok(Self { folder, inbox, waiting, thread })
    }

    /// Tells it what happened.
    pub(super) fn tell(&self, event: Event) {
        self.waiting.fetch_add(1, Ordering::Release);
        // A thread that is gone has said why; nothing else can be done.
        let _ = self.inbox.send(event);
    }

    /// Ends it, when it has done what it was told before; what was shown of its files is taken back.
    pub(super) fn end(mut self) {
        let thread = self.thread.take();
        drop(self);
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

/// The thread's side.
pub(super) struct Keeper {
    pub(super) folder: PathBuf,
    pub(super) client: Client,
    events: Receiver<Event>,
    waiting: Arc<AtomicUsize>,
    /// What the editor has.
    pub(super) open: BTreeMap<PathBuf, Document>,
    /// Files outside of the configured directory that were opened.
    beside: BTreeSet<PathBuf>,
    /// What is linted.
    searched: Vec<PathBuf>,
    /// Files that are part of the configuration.
    settings: Vec<PathBuf>,
    questions: VecDeque<Request>,
    /// The last configuration without mistakes.
    good: Option<SourceFile>,
    pub(super) told: Told,
    /// Nobody will tell anything any more.
    is_over: bool,
}

/// What an event asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum After {
    GoOn,
    /// Files may have come or gone: all are read anew.
    Reread,
    /// The configuration is read anew, and everything else.
    Again,
}

impl Keeper {
    fn keep(mut self) {
        while !self.is_over {
            self.keep_configured();
        }
        self.told.take_back(&self.client, &self.open);
    }

    /// Keeps the project as long as its configuration and the places of its files stay.
    fn keep_configured(&mut self) {
        let configuration = Configuration::read(&self.folder, &self.open, &mut self.good);
        self.told.configure(&self.client, &configuration);
        self.settings.clone_from(&configuration.beside);
        let (folder, choice) = (self.folder.clone(), Choice::default());
        let paths = self.paths(&configuration);
        self.searched.clone_from(&paths);
        if paths.is_empty() {
            self.told.take_back_findings(&self.client, &self.open);
            return self.wait_for_work();
        }
        let job = || Job {
            tree: Tree::Disk,
            directory: &folder,
            root: &folder,
            config: &configuration.config,
            choice: &choice,
            paths: &paths,
            stdin: None,
            start: &configuration.start,
            limits: Limits { changes: None, baseline: configuration.baseline.as_ref(), ..Limits::default() },
            now: Some(moment(None)),
            cache: None,
        };
        let mut live = Live::open(job());
        self.take_open(&mut live);
        let mut edited: BTreeSet<PathBuf> = self.open.keys().cloned().collect();
        let (mut is_settled, mut is_first, mut is_slow, mut is_slow_work) = (false, true, false, true);
        while !self.is_over {
            while let Some(event) = self.take(is_settled && live.is_whole() && self.questions.is_empty()) {
                is_settled = false;
                match self.apply(&mut live, &mut edited, event) {
                    After::GoOn => {}
                    After::Reread if self.paths(&configuration) == paths => {
                        live.reopen(job());
                        self.take_open(&mut live);
                    }
                    After::Reread | After::Again => return,
                }
            }
            if self.is_over {
                return;
            }
            // What is quickly told of what somebody looks at comes first.
            if !live.is_whole() && is_slow_work {
                self.tell_for_now(&mut live, &mut edited, Live::glance_unless_current);
            }
            let waiting = Arc::clone(&self.waiting);
            let goes_on = move || waiting.load(Ordering::Acquire) == 0;
            let begin = Instant::now();
            live.work(&goes_on);
            if !edited.is_empty() {
                is_slow_work = begin.elapsed() > SLOW;
            }
            if !live.is_whole() || is_slow {
                self.tell_for_now(&mut live, &mut edited, Live::settle_for_now);
            }
            if live.is_whole() && !is_settled {
                if live.reorder() {
                    edited.extend(self.open.keys().cloned());
                    continue;
                }
                let begin = Instant::now();
                // What comes in meanwhile is more urgent, and everything is looked for again after it.
                let Some(mut settled) = live.settle(&goes_on) else { continue };
                is_slow = begin.elapsed() > SLOW;
                if std::mem::take(&mut is_first) {
                    // What an earlier configuration found elsewhere is not found any more.
                    settled.files.extend(self.told.files().map(|path| shown(path)));
                }
                let note = live.deployed_nowhere();
                self.told.settle(&self.client, &self.folder, &self.open, settled);
                self.told.note_once(&self.client, note);
                edited.clear();
                is_settled = true;
            }
            // At first what is known is better than nothing, if the rest is asked for; later nobody wants to see findings go and come again.
            while let Some(question) = self.next_question(is_settled || (is_first && self.client.can.pull_again)) {
                answer::answer(self, &mut live, question);
            }
        }
    }

    /// What the editor has counts instead of what was read.
    fn take_open(&mut self, live: &mut Live<'_>) {
        self.told.note(&self.client, live.notes());
        for (path, document) in &self.open {
            self.overlay(live, path, document);
        }
    }

    /// The next question that can be answered: what is found is told when everything is known, everything else at once.
    fn next_question(&mut self, can_tell_findings: bool) -> Option<Request> {
        let is_ready = |question: &Request| can_tell_findings || question.method != DocumentDiagnosticRequest::METHOD;
        let place = self.questions.iter().position(is_ready)?;
        self.questions.remove(place)
    }

    /// Waits until there may be something to search: a file is opened, the configuration changes, or files come. Nothing is searched before.
    fn wait_for_work(&mut self) {
        while let Some(question) = self.questions.pop_front() {
            answer::without_files(self, question);
        }
        while let Some(event) = self.take(true) {
            match event {
                Event::Text(path, document) => {
                    let is_news = self.is_setting(&path) || !self.open.contains_key(&path);
                    self.open.insert(path, document);
                    if is_news {
                        return;
                    }
                }
                Event::Closed(path) => drop(self.open.remove(&path)),
                Event::Disk(paths) if paths.iter().any(|path| self.is_setting(path) || is_sql(path) || path.is_dir()) => return,
                Event::Disk(_) => {}
                Event::Asked(request) => answer::without_files(self, request),
            }
        }
    }

    /// Whether a file is the configuration, or one that it names and that was read with it.
    fn is_setting(&self, path: &Path) -> bool {
        configuration::is_one(path) || self.settings.iter().any(|file| file == path)
    }

    /// Whether a file is linted because it is open: one that is no migration by its name is left alone, and so is its folder.
    fn is_linted_beside(&self, path: &Path) -> bool {
        is_sql(path) && !self.is_setting(path) && is_like_migration(path.strip_prefix(&self.folder).unwrap_or(path))
    }

    /// Sets what the editor has of a file; whether that is something else than was known.
    fn overlay(&self, live: &mut Live<'_>, path: &Path, document: &Document) -> bool {
        let name = shown(path);
        let is_searched = || self.searched.iter().any(|folder| path.starts_with(folder));
        let is_linted = live.has(&name) || (is_sql(path) && is_searched() && !self.is_setting(path) && !live.excludes(path));
        is_linted && live.set_text(&name, decode(document.text().as_bytes().to_vec()))
    }

    /// Takes the next event; waits for one if there is nothing else to do.
    fn take(&mut self, idle: bool) -> Option<Event> {
        let event = match idle {
            true => self.events.recv().map_err(|_| mpsc::TryRecvError::Disconnected),
            false => self.events.try_recv(),
        };
        match event {
            Ok(event) => {
                self.waiting.fetch_sub(1, Ordering::AcqRel);
                Some(event)
            }
            Err(mpsc::TryRecvError::Empty) => None,
            Err(mpsc::TryRecvError::Disconnected) => {
                self.is_over = true;
                None
            }
        }
    }

    /// The paths that are linted: the configured directory, and the folders of migrations that are open outside of it.
    fn paths(&mut self, configuration: &Configuration) -> Vec<PathBuf> {
        let directory =
            configuration.config.house.migration_directory.as_ref().map(|(folder, _)| absolute(&self.folder, Path::new(folder)));
        let is_outside = |path: &Path| directory.as_ref().is_none_or(|directory| !path.starts_with(directory));
        self.beside = self.open.keys().filter(|path| is_outside(path) && self.is_linted_beside(path)).cloned().collect();
        let around: BTreeSet<PathBuf> = self.beside.iter().filter_map(|path| folder_of_history(path)).collect();
        directory.into_iter().filter(|directory| directory.is_dir()).chain(around.into_iter().filter(|folder| folder.is_dir())).collect()
    }

    fn apply(&mut self, live: &mut Live<'_>, edited: &mut BTreeSet<PathBuf>, event: Event) -> After {
        match event {
            Event::Asked(request) => self.questions.push_back(request),
            Event::Text(path, document) => {
                let is_searched = self.searched.iter().any(|folder| path.starts_with(folder)) || live.has(&shown(&path));
                let is_outside = !is_searched && self.is_linted_beside(&path);
                if configuration::is_one(&path) || (is_outside && self.beside.insert(path.clone())) {
                    self.open.insert(path, document);
                    return After::Again;
                }
                live.set_now(moment(None));
                // Of what is only opened all is told already, or will be.
                if self.overlay(live, &path, &document) || !(live.is_whole() || self.told.has(&path)) {
                    edited.insert(path.clone());
                }
                self.open.insert(path, document);
            }
            Event::Closed(path) => {
                self.open.remove(&path);
                edited.remove(&path);
                let was_beside = self.beside.remove(&path);
                let after = self.reread(live, &path);
                return if was_beside { after.max(After::Reread) } else { after };
            }
            Event::Disk(paths) => {
                let paths: Vec<PathBuf> = paths.into_iter().filter(|path| self.is_setting(path) || !self.open.contains_key(path)).collect();
                return paths.iter().map(|path| self.reread(live, path)).max().unwrap_or(After::GoOn);
            }
        }
        After::GoOn
    }

    /// Takes a file as it is on the disk.
    fn reread(&self, live: &mut Live<'_>, path: &Path) -> After {
        let name = shown(path);
        if self.is_setting(path) {
            return After::Again;
        }
        match read(Tree::Disk, path) {
            Ok(file) if live.has(&name) => drop(live.set_text(&name, file)),
            // A file that was not there before, and may be left out.
            Ok(_) if is_relevant(path) => return After::Reread,
            Ok(_) => {}
            Err(_) if live.has(&name) && is_sql(path) => live.remove(&name),
            Err(_) if live.has(&name) => return After::Reread,
            // A folder may have gone with what was in it.
            Err(_) if live.has_below(&name) => return After::Reread,
            Err(_) => {}
        }
        After::GoOn
    }

    /// Tells what is known of files that were edited, before everything is.
    fn tell_for_now<'a>(&mut self, live: &mut Live<'a>, edited: &mut BTreeSet<PathBuf>, what: impl Fn(&Live<'a>, &str) -> Option<Settled>) {
        let mut untold = BTreeSet::new();
        for path in std::mem::take(edited) {
            match what(live, &shown(&path)) {
                Some(settled) => {
                    self.told.settle(&self.client, &self.folder, &self.open, settled);
                    live.tell_again(&shown(&path));
                    if !live.is_current(&shown(&path)) {
                        untold.insert(path);
                    }
                }
                None => drop(untold.insert(path)),
            }
        }
        *edited = untold;
    }
}

/// Whole paths are shown as they are where nothing else is asked for.
fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn is_sql(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql"))
}

/// Whether a new file of this name may be one that is linted, or say how others are.
fn is_relevant(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    is_sql(path) || name.ends_with(".toml") || name.ends_with(".conf") || name.ends_with(".md") || name.ends_with(".json")
}

/// Whether a path is one that migrations have: its name begins with a number, as Flyway's do behind a letter, or is a part's, or one of its folders is
/// called after migrations.
fn is_like_migration(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let is_numbered = name.trim_start_matches(['v', 'u', 'b']).starts_with(|c: char| c.is_ascii_digit());
    let is_part = ["up.sql", "down.sql", "migration.sql"].iter().any(|part| name.ends_with(part));
    let is_called_so =
        |folder: &Path| folder.file_name().is_some_and(|name| name.to_string_lossy().to_ascii_lowercase().contains("migrat"));
    is_numbered || is_part || name.starts_with("r__") || path.ancestors().skip(1).any(is_called_so)
}

/// The folder that a file's history is in: its own, or the one above where a directory is a migration.
fn folder_of_history(path: &Path) -> Option<PathBuf> {
    let parent = path.parent()?;
    let is_part = path.file_name().is_some_and(|name| ["up.sql", "down.sql", "migration.sql"].iter().any(|part| name == *part));
    Some(if is_part { parent.parent().unwrap_or(parent) } else { parent }.to_owned())
}
