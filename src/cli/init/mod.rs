//! `afterword init`: a new knowledge base, or the folder that is there already.
//!
//! Nothing is asked, and no file is ever written over. What is found in an existing folder stands in the `book.toml`
//! with the evidence beside it, so that a person can judge it.

mod detect;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{
    cli::{ExitStatus, Global, Io, init::detect::Found, io},
    config::{Config, Roots},
    error::{Error, Result},
    load::{self, CONFIG, Root},
    pipeline,
    words::Count,
    write,
};

const EXAMPLE: &str = include_str!("example.md");
const BOOK: &str = include_str!("book.toml");
const GITHUB: &str = include_str!("github.yml");

/// Begin a knowledge base, or adopt a folder of documents
#[derive(Debug, Args)]
#[command(after_help = "\
In a folder without documents, a `book.toml` and a first example are written. In a folder with documents, they are \
read, and a `book.toml` says what was found in them. No file that is there is changed.

Examples:
  afterword init incidents-kb
  afterword init --ci github      # in the folder of your documents")]
pub(super) struct Arguments {
    /// The folder; it is made if it is not there [default: the current one]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Also write a workflow that checks pull requests and builds the site: github
    #[arg(long, value_name = "SYSTEM", hide_possible_values = true)]
    ci: Option<Ci>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Ci {
    // .github/workflows/postmortems.yml
    Github,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let given = arguments.folder.as_ref().or(global.root.as_ref());
    let folder = given.map_or_else(|| io.current.clone(), |folder| io.current.join(folder));
    write::create_folder(&folder)?;
    let root = Root::at(&folder)?;
    let is_configured = root.config.is_some();
    let documents = documents(&root, io)?;
    let mut done = Done { io, root: folder, quiet: global.quiet };
    match (&documents, is_configured) {
        (_, true) => done.kept(CONFIG)?,
        (Some(found), false) => done.write(CONFIG, &found.book_toml())?,
        (None, false) => {
            done.write(CONFIG, BOOK)?;
            let day = done.io.today.to_string();
            let name = format!("postmortems/{day}-example-checkout-latency.md");
            done.write(&name, &EXAMPLE.replace("{{ date }}", &day))?;
        }
    }
    if arguments.ci == Some(Ci::Github) {
        let name = ".github/workflows/postmortems.yml";
        if write::is_taken(&done.root.join(name)) { done.kept(name)? } else { done.write(name, GITHUB)? }
    }
    done.end(documents.as_ref())?;
    Ok(ExitStatus::Clean)
}

/// What documents the folder has, if any. Without a configuration, all Markdown below it is looked at.
fn documents(root: &Root, io: &Io<'_>) -> Result<Option<Found>> {
    let mut config = root.config.as_ref().map(|file| Config::parse(file).0).unwrap_or_default();
    if root.config.is_none() {
        config.book.src = Roots(vec![".".to_owned()]);
    } else if root.source_folders(&config).is_err() {
        return Err(Error::new("the folder of the documents is not there")
            .help(format!("correct `src` in `{CONFIG}`")));
    }
    let sources = load::load(root, &config, None)?;
    if sources.documents.is_empty() {
        return Ok(None);
    }
    let analysis = pipeline::analyze(sources, config, Vec::new(), io.today);
    Ok(Some(Found::new(&analysis)))
}

/// Says what is done while it is done.
struct Done<'a, 'io> {
    io: &'a mut Io<'io>,
    root: PathBuf,
    quiet: bool,
}

impl Done<'_, '_> {
    fn write(&mut self, name: &str, text: &str) -> Result<()> {
        write::create(&self.root.join(name), text)?;
        let word = self.io.out.paint("wrote", io::GOOD);
        self.say(&format!("{word} {name}"))
    }

    fn kept(&mut self, name: &str) -> Result<()> {
        self.say(&format!("kept  {name}, which was there already"))
    }

    fn say(&mut self, text: &str) -> Result<()> {
        if self.quiet { Ok(()) } else { self.io.out.line(text) }
    }

    fn end(mut self, found: Option<&Found>) -> Result<()> {
        if let Some(found) = found {
            let count = Count(found.documents, "document");
            self.say(&format!("read  {count} in {}", found.places()))?;
        }
        let root = if self.root == self.io.current {
            String::new()
        } else {
            let below = self.root.strip_prefix(&self.io.current).unwrap_or(&self.root);
            format!(" --root {}", quoted(&below.display().to_string()))
        };
        let next =
            if found.is_some() { "look at what it makes of them" } else { "look at it in the browser" };
        self.say(&format!(
            "\nNext: `afterword serve --open{root}` to {next}, `afterword check{root}` for what to improve"
        ))
    }
}

/// A word for the shell.
fn quoted(word: &str) -> String {
    let is_plain = word.chars().all(|letter| letter.is_alphanumeric() || "-_./".contains(letter));
    if is_plain { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
