//! How the made-up archive came to be: each document in a commit of its own two days after its incident, and later commits
//! that close items, put them off, change the text or rename the file. What the last commit leaves is the archive.
//!
//! It is told as a stream for `git fast-import`, which takes seconds where twenty thousand calls of git take minutes.

use std::io::{self, Write};

use chrono::{Days, NaiveDate};

use crate::generate;

/// A document is changed for so many days after it was written.
const CHANGED_FOR: u64 = 120;

/// One of so many documents had another name at first.
const RENAMED: u64 = 50;

/// One version of one document.
struct Version {
    day: NaiveDate,
    number: u64,
    /// How many versions come after it.
    left: u64,
    is_first: bool,
}

/// Tells the history of the first `documents` documents in so many commits, at least one for each, and one more for the
/// `book.toml`.
pub fn tell(documents: u64, commits: u64, to: &mut dyn Write) -> io::Result<()> {
    for version in versions(documents, commits) {
        let Version { day, number, left, is_first } = version;
        let document = generate::document(number);
        begin(if is_first { "Write down" } else { "Follow up" }, day, to)?;
        let draft = document.path.replacen(".md", "-draft.md", 1);
        let had_a_draft = number % RENAMED == 3 && edits(number, documents, commits) > 0;
        if had_a_draft && left == 0 {
            writeln!(to, "D {draft}")?;
        }
        let path = if had_a_draft && left > 0 { draft } else { document.path };
        let text = (0..left).fold(document.text, |text, nth| before(&text, number + nth));
        writeln!(to, "M 100644 inline {path}\ndata {}\n{text}", text.len())?;
    }
    let book = generate::book();
    begin("Configure", day(documents) + Days::new(CHANGED_FOR), to)?;
    writeln!(to, "M 100644 inline book.toml\ndata {}\n{book}\ndone", book.len())
}

fn begin(message: &str, day: NaiveDate, to: &mut dyn Write) -> io::Result<()> {
    let seconds = day.and_time(chrono::NaiveTime::default()).and_utc().timestamp() + 12 * 3600;
    writeln!(to, "commit refs/heads/main\ncommitter Made up <made-up@example.com> {seconds} +0000")?;
    writeln!(to, "data {}\n{message}", message.len())
}

/// All versions in the order in which they were committed.
fn versions(documents: u64, commits: u64) -> Vec<Version> {
    let mut versions = Vec::new();
    for number in 0..documents {
        let edits = edits(number, documents, commits);
        let mut after: Vec<u64> =
            (1..=edits).map(|nth| 1 + (number * 7_919 + nth * 104_729) % CHANGED_FOR).collect();
        after.sort_unstable();
        let after = std::iter::once(0).chain(after);
        versions.extend(after.zip((0..=edits).rev()).map(|(after, left)| Version {
            day: day(number) + Days::new(after),
            number,
            left,
            is_first: left == edits,
        }));
    }
    versions.sort_by_key(|version| (version.day, version.number, std::cmp::Reverse(version.left)));
    versions
}

/// When a document was written.
fn day(number: u64) -> NaiveDate {
    let path = generate::document(number).path;
    let name = path.rsplit('/').next().unwrap_or_default();
    name.get(..10).and_then(|day| day.parse::<NaiveDate>().ok()).unwrap_or_default() + Days::new(2)
}

/// How often a document was changed: of four, one never, two as often as on average, and one twice as often.
fn edits(number: u64, documents: u64, commits: u64) -> u64 {
    let all = commits.saturating_sub(documents);
    let share = |upto: u64| all * (number - number % 4 + upto) / documents.max(1);
    match number % 4 {
        0 => 0,
        1 => share(1) - share(0),
        2 => share(2) - share(1),
        _ => share(4) - share(2),
    }
}

/// A version as it was before a change of one of three kinds.
fn before(text: &str, change: u64) -> String {
    let changed = match change % 3 {
        0 => text.replacen("- [x] ", "- [ ] ", 1).replacen("| done |", "| open |", 1),
        1 => text.replacen("96 minutes", "90 minutes", 1),
        _ => put_off(text).unwrap_or_else(|| text.to_owned()),
    };
    if changed == text { format!("{text}\nA note of draft {change}.\n") } else { changed }
}

/// The first item as it was when it was due a month earlier.
fn put_off(text: &str) -> Option<String> {
    let list = text.find(", due 20").map(|at| at + ", due ".len());
    let at = list.or_else(|| Some(text.find("| P")? + "| P0 | ".len()))?;
    let due: NaiveDate = text.get(at..at + 10)?.parse().ok()?;
    Some(format!("{}{}{}", &text[..at], due - Days::new(30), &text[at + 10..]))
}
