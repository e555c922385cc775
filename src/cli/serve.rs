//! `afterword serve`: the site in the browser, new with every save.

use std::{
    path::Path,
    process::{Command, Stdio},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Instant,
};

use chrono::NaiveDate;
use clap::Args;

use crate::{
    cli::{ExitStatus, Global, Io, audience::Audience, session::Session, site},
    diagnostic::{Diagnostic, Level},
    error::Result,
    load::{self, Root},
    pipeline,
    render::Content,
    report::{Format, Look, Report},
    serve::{self, Address, Snapshot, Status},
    watch::{Changes, Watched},
    words::Count,
};

/// How many errors are told after each build; `afterword check` tells all of them.
const SHOWN: usize = 5;

/// Show the site in the browser, and reload it whenever something is saved
#[derive(Debug, Args)]
#[command(after_help = "\
Nothing is written to disk. The site answers to this machine only, unless `--host` says otherwise; it has no password. \
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
    let (config, _) = pipeline::configuration(&root);
    let mut folders = root.source_folders(&config)?;
    folders.extend([load::TEMPLATES, load::THEMES].map(|name| root.folder.join(name)));
    let locales = config.sections.locales.iter().map(|name| root.folder.join(&name.value));
    folders.extend(
        locales.filter_map(|file| file.parent().map(Path::to_path_buf)).filter(|at| *at != root.folder),
    );
    let out = root.folder.join(&config.build.build_dir);
    let mut changes = Changes::watch(&Watched { root: root.folder.clone(), folders, out })?;
    let (again, asked) = mpsc::channel();
    thread::spawn(move || {
        while changes.wait().is_some() {
            if again.send(()).is_err() {
                return;
            }
        }
    });
    let address = Address { host: arguments.host.clone(), port: arguments.port };
    let (folder, current, today) = (root.folder, io.current.clone(), io.today);
    let audience = arguments.audience;
    let build = move || snapshot(&folder, &current, audience, today);
    let (open, quiet) = (arguments.open, global.quiet);
    let mut tell = |status| match status {
        Status::Listening(url) => {
            io.out.line(&if quiet { url.clone() } else { format!("serving at {url}  (Ctrl-C ends it)") })?;
            if open {
                open_browser(&url);
            }
            Ok(())
        }
        Status::Built(summary) if !quiet => io.out.line(&summary),
        Status::Built(_) => Ok(()),
        Status::Failed(error) => {
            let text = crate::cli::describe(&error, io);
            io.err.print(&text)
        }
    };
    serve::serve(&address, Arc::new(build), asked, &mut tell)?;
    Ok(ExitStatus::Clean)
}

/// The whole site in memory, from the files as they are now.
#[expect(clippy::disallowed_methods, reason = "how long it took is told to the user, and nowhere else")]
fn snapshot(folder: &Path, current: &Path, audience: Audience, today: NaiveDate) -> Result<Snapshot> {
    let start = Instant::now();
    let root = Root::at(folder)?;
    let mut analysis = audience.of(pipeline::open(&root, None, today)?);
    // The page for what is not found has absolute links, and this site is at the top of its host.
    analysis.config.output.html.site_url = Some("/".to_owned());
    let mut session = Session::new(root, analysis, current);
    let files = Mutex::new(std::collections::BTreeMap::new());
    let problems = site::render(&session.analysis, |artifact| {
        let bytes = match artifact.content {
            Content::Bytes(bytes) => bytes,
            Content::File(file) => load::read_asset(&file)?,
        };
        files.lock().unwrap_or_else(PoisonError::into_inner).insert(artifact.path, bytes.into());
        Ok(())
    })?;
    session.add_problems(problems);
    let report = session.report();
    // What is wrong with a document is shown by `check` and in the editor. What is wrong with the site itself is shown
    // on it, because the page does not look as whoever is at it expects.
    let about_site = |found: &&Diagnostic| !report.documents.contains(&*found.path);
    let errors: Vec<_> = report.diagnostics.iter().filter(|found| found.level == Level::Error).collect();
    let lines = |chosen: Vec<Diagnostic>| {
        let look = Look { color: false, width: 100, quiet: false };
        let report = Report { diagnostics: &chosen, ..report.clone() };
        report.to_text(Format::Short, look).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let notices = lines(errors.iter().copied().filter(about_site).cloned().collect());
    let mut summary = lines(errors.into_iter().take(SHOWN).cloned().collect());
    summary.push(format!(
        "built {} in {:.2} s; {}",
        Count(session.analysis.archive.postmortems().len(), "postmortem"),
        start.elapsed().as_secs_f64(),
        report.conclusion()
    ));
    let summary = summary.join("\n");
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Snapshot { files, notices, summary })
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
