//! What an existing folder holds: where its postmortems are, and what they name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::{
    model::{Fact, Postmortem, SectionKind},
    pipeline::Analysis,
    words::{Count, list},
};

/// Words in the names of folders that hold postmortems.
const FOLDER_WORDS: [&str; 8] =
    ["incident", "outage", "post-mortem", "post_mortem", "postmortem", "retrospective", "rca", "coe"];

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// How many documents there are in `folders`.
    pub(super) documents: usize,
    /// The folders of the postmortems, below the root; `.` is the root itself.
    pub(super) folders: Vec<String>,
    /// How many other Markdown documents there are.
    others: usize,
    severities: BTreeMap<String, usize>,
    services: BTreeMap<String, usize>,
    teams: BTreeMap<String, usize>,
}

impl Found {
    pub(super) fn new(analysis: &Analysis) -> Self {
        let postmortems = analysis.archive.postmortems();
        let folders = folders(postmortems);
        let (own, others): (Vec<&Postmortem>, Vec<&Postmortem>) = postmortems
            .iter()
            .partition(|postmortem| folders.iter().any(|folder| is_below(&postmortem.path, folder)));
        let mut found = Self {
            documents: own.len(),
            folders,
            others: others.len(),
            severities: BTreeMap::new(),
            services: BTreeMap::new(),
            teams: BTreeMap::new(),
        };
        for postmortem in own {
            count(&mut found.severities, postmortem.severity.as_slice());
            count(&mut found.services, &postmortem.services);
            count(&mut found.teams, &postmortem.teams);
        }
        found
    }

    /// `incidents`, or `a and b`.
    pub(super) fn places(&self) -> String {
        let places: Vec<String> = self
            .folders
            .iter()
            .map(|folder| if folder == "." { "this folder".to_owned() } else { format!("`{folder}`") })
            .collect();
        list(&places)
    }

    /// A configuration that says what was found and nothing else.
    pub(super) fn book_toml(&self) -> String {
        let folders: Vec<String> = self.folders.iter().map(|folder| quoted(folder)).collect();
        let src = match folders.as_slice() {
            [only] => only.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        let others = match self.others {
            0 => String::new(),
            others => format!("; {} elsewhere did not look like postmortems", Count(others, "Markdown file")),
        };
        let mut out = format!(
            "# What Afterword found in this folder. Every key is optional; change what is wrong, delete what you do not need.\n\
             \n[book]\ntitle = \"Postmortems\"\n# {} with {}{others}.\nsrc = {src}\n",
            if self.folders.len() == 1 { "The folder" } else { "The folders" },
            Count(self.documents, "document"),
        );
        if !self.severities.is_empty() {
            out.push_str(
                "\n# The severities that the documents state. Put them in order, the worst first, and make spellings of the\n\
                 # same severity aliases of one: `aliases = [\"critical\", \"P1\"]`.\n",
            );
            table(&mut out, "severity", &self.severities);
        }
        if !self.services.is_empty() {
            out.push_str(
                "\n# The services that the documents name. Once services are listed here, `afterword check` reports others.\n",
            );
            table(&mut out, "service", &self.services);
        }
        if !self.teams.is_empty() {
            out.push_str("\n# The teams that the documents name.\n");
            table(&mut out, "team", &self.teams);
        }
        out
    }
}

fn table(out: &mut String, name: &str, entries: &BTreeMap<String, usize>) {
    for (id, documents) in entries {
        let _ = write!(out, "[[{name}]] # {}\nid = {}\n", Count(*documents, "document"), quoted(id));
    }
}

/// A basic TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn count(counts: &mut BTreeMap<String, usize>, facts: &[Fact<String>]) {
    let names: BTreeSet<&str> =
        facts.iter().map(|fact| fact.value.trim()).filter(|name| !name.is_empty()).collect();
    for name in names {
        *counts.entry(name.to_owned()).or_default() += 1;
    }
}

/// The folders that hold the postmortems. From the top down, a folder is taken when at least half of the documents in
/// and below it look like postmortems; of a folder with one single subfolder of documents, that one is taken.
fn folders(postmortems: &[Postmortem]) -> Vec<String> {
    let documents: Vec<(&str, bool)> = postmortems
        .iter()
        .map(|postmortem| (postmortem.path.as_str(), looks_like_a_postmortem(postmortem)))
        .collect();
    let mut taken = Vec::new();
    take("", &documents, &mut taken);
    if taken.is_empty() {
        // Nothing looks like one: the documents are what the user says they are.
        taken.push(common_folder(&documents));
    }
    taken.sort();
    taken.into_iter().map(|folder| if folder.is_empty() { ".".to_owned() } else { folder }).collect()
}

fn take(folder: &str, documents: &[(&str, bool)], taken: &mut Vec<String>) {
    let like = documents.iter().filter(|(_, like)| *like).count();
    if like == 0 {
        return;
    }
    if like * 2 >= documents.len() {
        taken.push(common_folder(documents));
        return;
    }
    let mut below: BTreeMap<&str, Vec<(&str, bool)>> = BTreeMap::new();
    for document in documents {
        let rest = document.0.get(folder.len()..).unwrap_or_default().trim_start_matches('/');
        if let Some((name, _)) = rest.split_once('/') {
            below.entry(name).or_default().push(*document);
        }
    }
    let before = taken.len();
    for (name, documents) in below {
        let folder = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        take(&folder, &documents, taken);
    }
    if taken.len() == before {
        // They lie among other documents, in this very folder.
        taken.push(folder.to_owned());
    }
}

/// The deepest folder that holds all of the documents.
fn common_folder(documents: &[(&str, bool)]) -> String {
    let folders = documents.iter().map(|(path, _)| path.rsplit_once('/').map_or("", |(folder, _)| folder));
    let common = folders
        .map(|folder| folder.split('/').collect::<Vec<_>>())
        .reduce(|a, b| a.into_iter().zip(b).take_while(|(a, b)| a == b).map(|(part, _)| part).collect());
    let mut common = common.unwrap_or_default();
    // A year, or the folder of one incident, is not where the next document belongs.
    while common.len() > 1
        && common.last().is_some_and(|name| name.contains(|letter: char| letter.is_ascii_digit()))
    {
        common.pop();
    }
    common.join("/")
}

fn looks_like_a_postmortem(postmortem: &Postmortem) -> bool {
    let path = postmortem.path.to_lowercase();
    let kinds = [
        SectionKind::Impact,
        SectionKind::Detection,
        SectionKind::Timeline,
        SectionKind::Trigger,
        SectionKind::RootCause,
        SectionKind::Resolution,
        SectionKind::Lessons,
        SectionKind::ActionItems,
    ];
    let sections = kinds.into_iter().filter(|kind| postmortem.section(*kind).is_some()).count();
    sections >= 2 || postmortem.timeline.len() >= 2 || FOLDER_WORDS.iter().any(|word| path.contains(word))
}

fn is_below(path: &str, folder: &str) -> bool {
    folder == "." || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders_of(documents: &[(&str, bool)]) -> Vec<String> {
        let mut taken = Vec::new();
        take("", documents, &mut taken);
        taken
    }

    #[test]
    fn the_folder_of_the_postmortems_is_found_among_other_documentation() {
        assert_eq!(
            folders_of(&[("docs/incidents/2024/a.md", true), ("docs/incidents/2024/b.md", true)]),
            ["docs/incidents"]
        );
        assert_eq!(
            folders_of(&[
                ("docs/api.md", false),
                ("docs/cli.md", false),
                ("docs/x/a.md", true),
                ("setup.md", false)
            ]),
            ["docs/x"]
        );
        assert_eq!(folders_of(&[("a/1.md", true), ("b/2.md", true), ("c/d.md", false)]), [""]);
        assert_eq!(folders_of(&[("a.md", true), ("b.md", false), ("c.md", false)]), [""]);
        assert_eq!(folders_of(&[("a.md", false)]), [""; 0]);
    }

    #[test]
    fn what_was_found_is_a_configuration_that_can_be_read() {
        let found = Found {
            documents: 3,
            folders: vec!["docs/in \"quotes\"".to_owned(), "incidents".to_owned()],
            others: 1,
            severities: BTreeMap::from([("SEV1".to_owned(), 2), ("high".to_owned(), 1)]),
            services: BTreeMap::from([("check\\out".to_owned(), 1)]),
            teams: BTreeMap::new(),
        };
        let text = found.book_toml();
        let file = crate::source::SourceFile::new("book.toml", text.clone());
        let (config, findings) = crate::config::Config::parse(&file);
        assert_eq!(findings, [], "{text}");
        assert_eq!(config.book.src.0, found.folders);
        let ids: Vec<_> = config.severities.iter().map(|severity| severity.id.as_str()).collect();
        assert_eq!(ids, ["SEV1", "high"]);
        assert!(
            text.contains("[[severity]] # 2 documents") && text.contains("1 Markdown file elsewhere"),
            "{text}"
        );
    }
}
