//! `afterword serve`: the site in the browser, new with every save.

use std::{
    path::Path,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

use clap::Args;
use rayon::ThreadPool;

use crate::{
    cli::{
        ExitStatus, Global, Io,
        audience::Audience,
        historian::{self, News},
        live::{Made, Maker},
        session::Session,
    },
    diagnostic::{Diagnostic, Level},
    error::{Error, Result},
    load::Root,
    pipeline::{self, Reading},
    report::{Format, Look, Report},
    serve::{self, Address, Stage, Status},
    watch::Changes,
    words::Count,
};

/// How many errors are told after each change; `afterword check` tells all of them.
const SHOWN: usize = 5;
/// How long it has to be quiet before the documents are checked: whoever writes is served first.
const QUIET: Duration = Duration::from_millis(400);

/// Show the site in the browser, and bring it up to date whenever something is saved
#[derive(Debug, Args)]
#[command(after_help = "\
What is saved, be it a document, `book.toml`, a template, a style or a picture, is seen at once: only what is different in \
the open page changes. What is wrong with the site is said on the page and here. Nothing is written to disk. The site answers to this machine only, unless `--host` says otherwise; it has no password. \
Ctrl-C ends it.

Examples:
  afterword serve --open
  afterword serve --root incidents --port 8080")]
pub(super) struct Arguments {
    /// The port [default: the first free one from 3000 on]
    #[arg(short, long, value_name = "PORT")]
    port: Option<u16>,
    /// The name or address of this machine to answer to
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// Open the site in the browser
    #[arg(short, long)]
    open: bool,
    #[command(flatten)]
    audience: Audience,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let root = Root::find(global.root.as_deref(), &io.current)?;
    let maker = Maker::new(&root, arguments.audience.audience(), io);
    // Watched before it is read: what is saved in between is not missed.
    let changes = Changes::watch(&maker.watched()?)?;
    let address = Address { host: arguments.host.clone(), port: arguments.port };
    let (audience, current, quiet) = (arguments.audience, io.current.clone(), global.quiet);
    let begin = move |stage: Stage| {
        let stage = Arc::new(stage);
        let (read, to_check) = mpsc::channel();
        let count = Arc::new(AtomicUsize::new(0));
        let teller = Arc::clone(&stage);
        if !quiet {
            let count = Arc::clone(&count);
            let check = move || check_when_quiet((&to_check, &count), &teller, audience, &current);
            one_thread()?.spawn(check);
        }
        let (told, news) = mpsc::channel();
        historian::watch_commits(&root, &told);
        let listener = Arc::clone(&stage);
        thread::spawn(move || historian::keep_up(&news, &listener, audience.audience()));
        let keeper = one_thread()?;
        thread::spawn(move || {
            make_again_and_again(maker, (changes, &count), (&stage, &keeper), |made| {
                let (root, reading) = (made.root.clone(), Arc::clone(&made.reading));
                let change = count.load(Ordering::Relaxed);
                // When nobody checks, nobody is told.
                drop(read.send(Read { root, reading, change }));
                drop(told.send(News::Made(made.root.clone(), Arc::clone(&made.live))));
            });
        });
        Ok(())
    };
    let open = arguments.open;
    let mut tell = |status| match status {
        Status::Listening(url) => {
            io.out.line(&if quiet { url.clone() } else { format!("serving at {url}  (Ctrl-C ends it)") })?;
            if open {
                open_browser(&url);
            }
            Ok(())
        }
        Status::Said(text) if !quiet => io.out.line(&text),
        Status::Said(_) => Ok(()),
        Status::Failed(error) => {
            let text = crate::cli::describe(&error, io);
            io.err.print(&text)
        }
    };
    serve::serve(&address, begin, &mut tell)?;
    Ok(ExitStatus::Clean)
}

/// For work that nobody waits for: its one thread leaves the others to whoever waits for a page.
fn one_thread() -> Result<ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    pool.map_err(|error| Error::new("cannot start the server").because(error))
}

/// Puts the site on the stage, now and after every change.
#[expect(clippy::disallowed_methods, reason = "how long it took is told to the user, and nowhere else")]
fn make_again_and_again(
    mut maker: Maker,
    (mut changes, count): (Changes, &AtomicUsize),
    (stage, keeper): (&Stage, &ThreadPool),
    made: impl Fn(&Made),
) {
    let mut touched = None;
    loop {
        let start = Instant::now();
        let made_now = maker.make(touched.as_ref());
        let is_made = made_now.is_ok();
        match made_now {
            Ok(new) => {
                let before = stage.show(new.live.clone(), new.notices.clone());
                // To forget a large site is work.
                keeper.spawn(move || drop(before));
                let what = match &touched {
                    None => {
                        format!("read {}", Count(new.reading.archive.postmortems().len(), "postmortem"))
                    }
                    Some(touched) => format!("{} changed", Count(touched.len(), "path")),
                };
                stage.say(format!("{what}, ready after {:.2} s", start.elapsed().as_secs_f64()));
                made(&new);
            }
            Err(error) => stage.fail(error),
        }
        if let Ok(watched) = maker.watched()
            && let Err(error) = changes.turn_to(&watched)
        {
            stage.fail(error);
        }
        keeper.install(|| maker.keep());
        let Some(paths) = changes.wait() else { return };
        count.fetch_add(1, Ordering::Relaxed);
        // What had changed before an attempt that failed has still to be read.
        touched = is_made.then_some(paths);
    }
}

/// What was read after so many changes.
struct Read {
    root: Root,
    reading: Arc<Reading>,
    change: usize,
}

/// Says in the terminal what is wrong with the documents, when nothing has changed for a while; `changes` counts on.
fn check_when_quiet(
    (read, changes): (&Receiver<Read>, &AtomicUsize),
    stage: &Stage,
    audience: Audience,
    current: &Path,
) {
    let mut last = String::new();
    while let Ok(mut latest) = read.recv() {
        loop {
            match read.recv_timeout(QUIET) {
                Ok(newer) => latest = newer,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let Read { root, reading, change } = latest;
        let is_over = || changes.load(Ordering::Relaxed) != change;
        // What has been read since is checked instead.
        let Some(analysis) = pipeline::judge_unless(Reading::clone(&reading), &is_over) else { continue };
        let analysis = audience.of(analysis);
        let text = findings(&Session::new(root, analysis, current));
        if text != last {
            stage.say(text.clone());
            last = text;
        }
    }
}

/// The first errors, and how many there are of what.
fn findings(session: &Session) -> String {
    let report = session.report();
    let errors = report.diagnostics.iter().filter(|found| found.level == Level::Error);
    let first: Vec<Diagnostic> = errors.take(SHOWN).cloned().collect();
    let look = Look { color: false, width: 100, quiet: false };
    let shown = Report { diagnostics: &first, ..report.clone() };
    format!("{}{}", shown.to_text(Format::Short, look), report.conclusion())
}

/// Asks the system to open an address. When it cannot, the address is on the screen anyway.
#[expect(clippy::disallowed_methods, reason = "the user asked for the browser")]
fn open_browser(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        thread::spawn(move || drop(child.wait()));
    }
}
