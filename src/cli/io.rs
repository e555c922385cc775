//! What a command may see of the world: two streams, a folder, a day, a terminal.
//!
//! The only place that asks the system for them. Commands take an [`Io`], so that a test needs no process.

#![expect(clippy::disallowed_methods, reason = "this is where the environment and the clock are read")]

use std::{
    env,
    io::{self, IsTerminal, Write},
    path::PathBuf,
};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use chrono::NaiveDate;

use crate::error::{Error, Result};

/// The width of text that goes to a file or a program.
const WIDTH: usize = 100;

/// What a command may see of the world.
pub struct Io<'a> {
    /// Where answers go.
    pub out: Stream<'a>,
    /// Where everything else goes: errors, progress, what was done.
    pub err: Stream<'a>,
    /// The folder in which the program was started.
    pub current: PathBuf,
    /// The day, unless `--today` names another.
    pub today: NaiveDate,
    /// How many columns the terminal has.
    pub width: usize,
    /// True when more than ASCII may be drawn: on a terminal whose locale says so, and in what goes to a file.
    pub unicode: bool,
    /// The file to which a step of GitHub Actions may add a page, when this is one.
    pub step_summary: Option<PathBuf>,
    /// The folder of the user for what can be made again; none when nothing is to be kept.
    pub caches: Option<PathBuf>,
}

#[cfg(test)]
impl Io<'static> {
    /// A terminal of so many columns that keeps nothing of what is sent to it.
    pub(super) fn of_width(width: usize, unicode: bool) -> Self {
        Self {
            out: Stream::plain(std::io::sink()),
            err: Stream::plain(std::io::sink()),
            current: PathBuf::new(),
            today: NaiveDate::default(),
            width,
            unicode,
            step_summary: None,
            caches: None,
        }
    }
}

/// A stream and what it can show.
pub struct Stream<'a> {
    to: Box<dyn Write + 'a>,
    /// True when somebody is looking.
    pub is_terminal: bool,
    /// True when colours may be sent.
    pub color: bool,
}

impl<'a> Stream<'a> {
    /// A stream that nobody looks at.
    pub fn plain(to: impl Write + 'a) -> Self {
        Self { to: Box::new(to), is_terminal: false, color: false }
    }

    /// Sends a text.
    pub fn print(&mut self, text: &str) -> Result<()> {
        let sent = self.to.write_all(text.as_bytes()).and_then(|()| self.to.flush());
        sent.map_err(|error| Error::new("cannot print the answer").because(error))
    }

    /// Sends what is made while it is sent.
    pub fn send(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        let mut to = io::BufWriter::with_capacity(1 << 16, &mut self.to);
        let sent = write(&mut to).and_then(|()| to.flush());
        sent.map_err(|error| Error::new("cannot print the answer").because(error))
    }

    /// Sends a line.
    pub fn line(&mut self, text: &str) -> Result<()> {
        self.print(&format!("{text}\n"))
    }

    /// The text in a style, where colours may be sent.
    pub fn paint(&self, text: &str, style: Style) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// For headings and commands.
pub(super) const STRONG: Style = Style::new().bold();
/// For what is less important.
pub(super) const FAINT: Style = Style::new().dimmed();
/// For what went wrong.
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// For what wants attention.
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// For what went well.
pub(super) const GOOD: Style = AnsiColor::Green.on_default();

impl Io<'static> {
    /// The real world.
    pub fn system() -> Result<Self> {
        let current = env::current_dir()
            .map_err(|error| Error::new("cannot find out in which folder this is").because(error))?;
        let stream = |to: Box<dyn Write>, is_terminal: bool, choice: ColorChoice| Stream {
            to,
            is_terminal,
            color: choice != ColorChoice::Never,
        };
        let (out, err) = (io::stdout(), io::stderr());
        Ok(Self {
            out: stream(
                Box::new(AutoStream::always(io::stdout())),
                out.is_terminal(),
                AutoStream::choice(&out),
            ),
            err: stream(
                Box::new(AutoStream::always(io::stderr())),
                err.is_terminal(),
                AutoStream::choice(&err),
            ),
            current,
            today: chrono::Local::now().date_naive(),
            width: width(),
            unicode: !out.is_terminal() || has_unicode(),
            step_summary: env::var_os("GITHUB_STEP_SUMMARY")
                .filter(|path| !path.is_empty())
                .map(PathBuf::from),
            caches: caches(),
        })
    }
}

/// Where programs of this system keep what they can make again.
fn caches() -> Option<PathBuf> {
    let stated = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = if cfg!(windows) {
        stated("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        stated("HOME").map(|home| home.join("Library/Caches"))
    } else {
        stated("XDG_CACHE_HOME").or_else(|| stated("HOME").map(|home| home.join(".cache")))
    };
    folder.map(|folder| folder.join("afterword"))
}

/// What the locale says; where nothing does, as on Windows, terminals have known UTF-8 for years.
fn has_unicode() -> bool {
    let stated = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
    let mut stated = stated.filter(|value| !value.is_empty());
    stated.next().is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

fn width() -> usize {
    let stated = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    stated.or_else(terminal_width).filter(|columns| *columns > 0).unwrap_or(WIDTH).clamp(40, 240)
}

#[cfg(unix)]
fn terminal_width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout())
        .or_else(|_| rustix::termios::tcgetwinsize(io::stderr()))
        .ok()?;
    Some(usize::from(size.ws_col))
}

#[cfg(not(unix))]
fn terminal_width() -> Option<usize> {
    None
}
