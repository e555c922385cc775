//! `afterword init`: a new knowledge base, or the folder that is there already.
//!
//! Nothing is asked, and no file is ever written over. What is found in an existing folder stands in the `book.toml`
//! with the evidence beside it, so that a person can judge it; what is wrong with its documents today goes into a
//! baseline, so that a check is about what comes.

mod ci;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    check::{BASELINE, Baseline},
    cli::{
        ExitStatus, Global, Io,
        init::ci::{Ci, Home, Piece, quoted},
        io,
    },
    config::{Config, Roots},
    error::Result,
    load::{self, CONFIG, Root},
    pipeline,
    source::{SourceFile, join},
    survey::{self, Place, Survey},
    words::{Count, list},
    write,
};

const EXAMPLE: &str = include_str!("example.md");
const BOOK: &str = include_str!("book.toml");

/// Begin a knowledge base, or adopt a folder of documents
#[derive(Debug, Args)]
#[command(after_help = "\
In a folder without documents, a `book.toml` and a first example are written. In a folder with documents, they are \
read: a `book.toml` says what was found in them, and a baseline accepts the findings of today, so that the first check \
is green. No file that is there is changed, and a second run adds what is missing.

Examples:
  afterword init incidents-kb
  afterword init --ci github --ci pre-commit      # in the folder of your documents")]
pub(super) struct Arguments {
    /// The folder; it is made if it is not there [default: the current one]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Also write what a system needs to run Afterword; may be given several times
    #[arg(long, value_name = "SYSTEM")]
    ci: Vec<Ci>,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let given = arguments.folder.as_ref().or(global.root.as_ref());
    let folder = given.map_or_else(|| io.current.clone(), |folder| io.current.join(folder));
    write::create_folder(&folder)?;
    let root = Root::at(&folder)?;
    let is_configured = root.config.is_some();
    let found = if is_configured { None } else { look_around(&root, io)? };
    let mut done = Done {
        below: below(&folder, &io.current),
        root: folder,
        lines: Vec::new(),
        wrote: io.out.paint("wrote", io::GOOD),
    };
    let systems: BTreeSet<Ci> = arguments.ci.iter().copied().collect();
    let set_up = done
        .set_up(found.as_ref(), is_configured, &io.today.to_string())
        .and_then(|()| done.wire(&systems, &root.folder));
    if set_up.is_ok() {
        done.end(found.as_ref(), &systems);
    }
    if !global.quiet {
        for line in &done.lines {
            io.out.line(line)?;
        }
    }
    set_up.map(|()| ExitStatus::Clean)
}

/// What a folder of documents is set up with.
struct Found {
    survey: Survey,
    place: Place,
    /// The text of `book.toml`.
    configuration: String,
    /// What stands today; none when there is nothing to accept, or a baseline already.
    baseline: Option<Baseline>,
}

impl Found {
    /// What was read, in a line or two, for whoever is above that folder.
    fn in_words(&self, below: &str) -> String {
        let Self { survey, place, .. } = self;
        let said = |folder: &String| match (folder.as_str(), below) {
            (".", "") => "this folder".to_owned(),
            (".", _) => format!("`{below}`"),
            (_, "") => format!("`{folder}`"),
            _ => format!("`{below}/{folder}`"),
        };
        let folders: Vec<String> = place.folders.taken.iter().map(said).collect();
        let years = match survey.years {
            Some((first, last)) if first == last => format!(", of {first}"),
            Some((first, last)) => format!(", {first} to {last}"),
            None => String::new(),
        };
        let kinds = [
            (survey.services.len(), "service"),
            (survey.teams.len(), "team"),
            (survey.zones.len(), "time zone"),
        ];
        let severities = match survey.severities.iter().filter(|name| name.documents > 0).count() {
            0 => None,
            1 => Some("1 severity".to_owned()),
            several => Some(format!("{several} severities")),
        };
        let named: Vec<String> = severities
            .into_iter()
            .chain(
                kinds.into_iter().filter(|(count, _)| *count > 0).map(|(n, noun)| Count(n, noun).to_string()),
            )
            .collect();
        let named = if named.is_empty() { String::new() } else { format!("\nfound {}", list(&named)) };
        format!("read  {} in {}{years}{named}", Count(survey.documents, "document"), list(&folders))
    }
}

/// What documents the folder has, if any: all Markdown below it is looked at, and then read again as what is written
/// down of it says.
fn look_around(root: &Root, io: &Io<'_>) -> Result<Option<Found>> {
    let mut config = Config::default();
    config.book.src = Roots::at([".".to_owned()]);
    let all = load::load(root, &config, None)?;
    if all.documents.is_empty() {
        return Ok(None);
    }
    let count = all.documents.len();
    let analysis = pipeline::analyze(all, config.clone(), Vec::new(), io.today);
    let folders = survey::Folders::of(analysis.archive.postmortems());
    config.book.src = Roots::at(folders.taken.clone());
    let sources = load::load(root, &config, None)?;
    let others = count.saturating_sub(sources.documents.len());
    let analysis = pipeline::analyze(sources, config, Vec::new(), io.today);
    let place = Place { folders, others };
    let survey = Survey::new(analysis.archive.postmortems(), analysis.dates());
    let mut configuration = survey.book_toml(&place);

    let (config, findings) = Config::parse(&SourceFile::new(CONFIG, configuration.as_str()));
    let analysis = pipeline::analyze(analysis.sources, config, findings, io.today);
    let stands = Baseline::of(&analysis.diagnostics, |path| analysis.sources.file(path));
    let is_held = write::is_taken(&root.folder.join(BASELINE));
    if is_held || !stands.is_empty() {
        let accepts = if is_held {
            "The findings that are accepted as they stand".to_owned()
        } else {
            format!("{} of today, accepted as they stand", Count(stands.len(), "finding"))
        };
        let _ = write!(
            configuration,
            "\n[check]\n# {accepts}, so that a check reports what is new. `afterword check --update-baseline`\n\
             # takes out those that are fixed.\nbaseline = \"{BASELINE}\"\n"
        );
    }
    let baseline = Some(stands).filter(|stands| !is_held && !stands.is_empty());
    Ok(Some(Found { survey, place, configuration, baseline }))
}

/// The way from one folder to another below it, with `/` between its parts; the whole path of one that is elsewhere.
fn below(folder: &Path, current: &Path) -> String {
    folder.strip_prefix(current).unwrap_or(folder).display().to_string().replace('\\', "/")
}

/// What is done, and the lines that say so. They are printed when all is done: a reader who leaves must not stop it.
struct Done {
    root: PathBuf,
    /// The way to it from where the command was given, with `/` between its parts; the whole path for another place.
    below: String,
    lines: Vec<String>,
    /// The word of its line.
    wrote: String,
}

impl Done {
    fn set_up(&mut self, found: Option<&Found>, is_configured: bool, today: &str) -> Result<()> {
        match found {
            _ if is_configured => self.kept(CONFIG),
            Some(found) => {
                self.lines.push(found.in_words(&self.below));
                if let Some(baseline) = &found.baseline {
                    self.write(BASELINE, &baseline.to_json())?;
                }
                self.write(CONFIG, &found.configuration)?;
            }
            None => {
                self.write(CONFIG, BOOK)?;
                let name = format!("postmortems/{today}-example-checkout-latency.md");
                self.write(&name, &EXAMPLE.replace("{{ date }}", today))?;
            }
        }
        Ok(())
    }

    /// Writes what the systems need, at the top of the repository. A file that other tools have a part in is written
    /// when it is not there; else it is said what belongs into it.
    fn wire(&mut self, systems: &BTreeSet<Ci>, folder: &Path) -> Result<()> {
        let top = load::repository(folder).unwrap_or(folder);
        let up = "../".repeat(folder.strip_prefix(top).map_or(0, |below| below.iter().count()));
        let root = Root::at(folder)?;
        let folders = root.source_folders(&pipeline::configuration(&root).0)?;
        let home = Home::new(top, folder, &folders);
        let mut shared: BTreeMap<&str, Vec<(&str, String)>> = BTreeMap::new();
        for piece in systems.iter().flat_map(|system| system.pieces(&home)) {
            let name = format!("{up}{}", piece.path());
            let file = top.join(piece.path());
            match piece {
                Piece::Own { .. } if write::is_taken(&file) => self.kept(&name),
                Piece::Own { text, .. } => self.write(&name, &text)?,
                Piece::Shared { path, below, lines, sign } => {
                    let is_there = load::is_file(&file)
                        && String::from_utf8_lossy(&load::read_asset(&file)?).contains(sign);
                    if is_there {
                        self.kept(&name);
                    } else {
                        shared.entry(path).or_default().push((below, lines));
                    }
                }
            }
        }
        for (path, parts) in shared {
            let name = format!("{up}{path}");
            let below = parts.first().map_or("", |(below, _)| below);
            let lines: String = parts.iter().map(|(_, lines)| lines.as_str()).collect();
            if write::is_taken(&top.join(path)) {
                self.lines.push(format!("\nadd this to {}, below `{below}`:\n\n{lines}", self.said(&name)));
            } else {
                self.write(&name, &format!("{below}\n{lines}"))?;
            }
        }
        Ok(())
    }

    fn write(&mut self, name: &str, text: &str) -> Result<()> {
        write::create(&self.root.join(name), text)?;
        self.lines.push(format!("{} {}", self.wrote, self.said(name)));
        Ok(())
    }

    fn kept(&mut self, name: &str) {
        self.lines.push(format!("kept  {}, which was there already", self.said(name)));
    }

    /// The name of a file as whoever gave the command would write it.
    fn said(&self, name: &str) -> String {
        match join(&self.below, name) {
            _ if self.below.is_empty() => name.to_owned(),
            Some(path) if self.below.starts_with('/') => format!("/{path}"),
            Some(path) => path,
            None => format!("{}/{name}", self.below),
        }
    }

    fn end(&mut self, found: Option<&Found>, systems: &BTreeSet<Ci>) {
        if let Some(baseline) = found.and_then(|found| found.baseline.as_ref()) {
            let stands = Count(baseline.len(), "finding");
            self.lines.push(format!(
                "\nThe baseline accepts {stands} as they stand; `afterword check` reports what is new."
            ));
        }
        let root = match self.below.as_str() {
            "" => String::new(),
            below => format!(" --root {}", quoted(below)),
        };
        let next =
            if found.is_some() { "look at what it makes of them" } else { "look at it in the browser" };
        if systems.contains(&Ci::PreCommit) {
            self.lines.push(
                "\n`pre-commit install`, once in each clone, lets git run the check before a commit."
                    .to_owned(),
            );
        }
        self.lines.push(format!(
            "\nNext: read {}, then `afterword serve --open{root}` to {next}, `afterword check{root}` before each commit",
            self.said(CONFIG)
        ));
    }
}
