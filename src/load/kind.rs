//! Which files are postmortems.
//!
//! The rule, for folders that nobody prepared for Afterword:
//!
//! 1. A file is Markdown when its name ends in `.md`, `.markdown`, `.qmd` or another such ending, behind which
//!    generators may put theirs (`.html.md.erb`); or when its name has no ending and its text begins as a document does:
//!    with front matter, or with a heading and another one further down. Scripts, and build files such as `Makefile`,
//!    whose comments look like headings, are not Markdown.
//! 2. Markdown is a postmortem, except for
//!    - what every repository has: `CONTRIBUTING`, `CHANGELOG`, `LICENSE`, `CODE_OF_CONDUCT`, `SECURITY`, `SUPPORT`,
//!      `GOVERNANCE`;
//!    - templates: files that begin with `_`; those whose name begins with `template` or consists of nothing but words
//!      such as `incident report template`; files in a folder called `template`, `templates` or `_templates`, unless
//!      their names have a day (`2026-03-14-search`): some web frameworks keep all pages there;
//!    - `README`, `index` and `SUMMARY`, which describe a folder. They are postmortems where a folder stands for one incident:
//!      where no other Markdown is in it or below it, and where the name of the folder has a number in it that is more
//!      than a year or month. The folders of the archive itself never stand for one incident.
//!
//! What is not a postmortem is an asset: it can be linked to, and nobody has to wonder where it went.

use std::{collections::BTreeMap, path::PathBuf};

use crate::{load::walk::Found, source};

/// What a file is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A postmortem.
    Document,
    /// Anything else.
    Asset,
}

/// Names without ending, in lower case, of files that are about a repository and not about an incident.
const HOUSEKEEPING: [&str; 8] = [
    "changelog",
    "code-of-conduct",
    "code_of_conduct",
    "contributing",
    "governance",
    "license",
    "security",
    "support",
];

/// The words of which the name of a template consists.
const TEMPLATE_WORDS: [&str; 20] = [
    "a",
    "analysis",
    "blank",
    "blameless",
    "cause",
    "doc",
    "document",
    "example",
    "incident",
    "mortem",
    "new",
    "our",
    "post",
    "postmortem",
    "rca",
    "report",
    "retrospective",
    "review",
    "root",
    "template",
];

/// What each file is taken for. The files are sorted by path; `folders` are the folders of the archive.
pub(super) fn kinds(found: &[Found], folders: &[PathBuf]) -> Vec<Kind> {
    // How many documents, files that describe a folder apart, are in each folder or below it.
    let mut below: BTreeMap<&str, usize> = BTreeMap::new();
    for file in found.iter().filter(|file| markdown_stem(file).is_some_and(|stem| !describes_folder(&stem))) {
        let mut folder = parent(&file.path);
        loop {
            *below.entry(folder).or_default() += 1;
            if folder.is_empty() {
                break;
            }
            folder = parent(folder);
        }
    }
    let kind = |file: &Found| {
        let Some(stem) = markdown_stem(file) else { return Kind::Asset };
        let folder = parent(&file.path);
        let is_document = if describes_folder(&stem) {
            let is_top = file.file.parent().is_some_and(|folder| folders.iter().any(|top| top == folder));
            let is_alone = !below.contains_key(folder);
            !is_top && (is_alone || names_an_incident(last(folder))) && !is_template(folder, &stem)
        } else {
            !HOUSEKEEPING.contains(&stem.as_str()) && !is_template(folder, &stem)
        };
        if is_document { Kind::Document } else { Kind::Asset }
    };
    found.iter().map(kind).collect()
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn last(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, last)| last)
}

/// The name without endings, in lower case, of a Markdown file.
fn markdown_stem(file: &Found) -> Option<String> {
    if let Some(stem) = source::markdown_stem(&file.path) {
        return Some(stem.to_lowercase());
    }
    file.is_markdown_by_text.then(|| last(&file.path).to_lowercase())
}

/// True when only the text of a file can tell whether it is Markdown.
pub(super) fn needs_text(path: &str) -> bool {
    let name = last(path).to_lowercase();
    !name.contains('.') && !name.ends_with("file") && !NOT_MARKDOWN.contains(&name.as_str())
}

/// Names without ending of files in whose comments every line begins as a heading does.
const NOT_MARKDOWN: [&str; 6] = ["authors", "codeowners", "copying", "notice", "owners", "version"];

/// True for the beginning of a text that is a Markdown document.
pub(super) fn is_markdown_text(head: &[u8]) -> bool {
    // The head may end within a character.
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(head.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let mut lines =
        text.trim_start_matches('\u{feff}').lines().map(str::trim_end).skip_while(|line| line.is_empty());
    let Some(first) = lines.next() else { return false };
    let mut rest = lines.peekable();
    if let fence @ ("---" | "+++") = first {
        return rest.any(|line| line == fence);
    }
    let is_underlined = rest.next_if(|line| is_underline(line)).is_some();
    let goes_on = |line: &str| line.starts_with("##") && is_heading(line) || is_underline(line);
    (is_underlined || is_heading(first)) && rest.any(goes_on)
}

fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    line.len() - words.len() <= 6 && words.len() < line.len() && words.starts_with(' ')
}

fn is_underline(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

fn describes_folder(stem: &str) -> bool {
    stem == "summary" || source::names_its_folder(stem)
}

fn is_template(folder: &str, stem: &str) -> bool {
    let is_template_folder = |name: &str| {
        let name = name.to_lowercase();
        ["template", "templates", "_templates"].contains(&name.as_str())
    };
    let mut words = stem.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let has_number = stem.contains(|letter: char| letter.is_ascii_digit());
    stem.starts_with('_')
        || !has_day(stem) && folder.split('/').any(is_template_folder)
        || (stem.starts_with("template") && !has_number)
        || (stem.contains("template") && words.all(|word| TEMPLATE_WORDS.contains(&word)))
}

/// True for a name with a whole date in it: `2026-03-14-search`.
fn has_day(stem: &str) -> bool {
    let numbers = || stem.split(|letter: char| !letter.is_ascii_digit()).map(str::len);
    let parts = [4, 2, 2];
    numbers()
        .zip(numbers().skip(1))
        .zip(numbers().skip(2))
        .any(|((year, month), day)| [year, month, day] == parts)
}

/// True for `2024-01-02-disk-full`, `INC-123`, `pm7`; not for `2024`, `2024-03`, `database`.
fn names_an_incident(folder: &str) -> bool {
    let digits = folder.chars().filter(char::is_ascii_digit).count();
    let is_period =
        folder.chars().all(|letter| letter.is_ascii_digit() || "-_.".contains(letter)) && digits <= 6;
    digits > 0 && !is_period
}
