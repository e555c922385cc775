//! Where among other documentation the postmortems are.

use std::{collections::BTreeMap, sync::Arc};

use crate::model::{Postmortem, SectionKind};

/// Words by which folders and files say that they hold postmortems; two words stand side by side.
const NAMES: [&str; 10] = [
    "incident",
    "outage",
    "postmortem",
    "post mortem",
    "retrospective",
    "rca",
    "root cause",
    "coe",
    "pir",
    "disruption",
];
/// Words by which files say that they are about incidents, and tell of none.
const ABOUT: [&str; 14] = [
    "readme",
    "index",
    "template",
    "response",
    "management",
    "policy",
    "process",
    "procedure",
    "plan",
    "playbook",
    "runbook",
    "guide",
    "handbook",
    "checklist",
];
/// Where some folders have such a name, one without needs at least so many postmortems.
const FEWEST_UNNAMED: usize = 3;

/// Where the postmortems are, below the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    /// The folders that hold them; `.` is the root itself.
    pub taken: Vec<String>,
    /// Documents elsewhere that look like postmortems.
    pub strays: Vec<String>,
}

struct Document<'a> {
    path: &'a str,
    is_like: bool,
}

impl Folders {
    /// From the top down, a folder is taken when two thirds of the documents in and below it look like postmortems, half
    /// of them where its name says so; of a folder with one single subfolder of documents, that one is taken. Where there
    /// is no such folder, it is the one that holds the most of them.
    pub fn of(postmortems: &[Arc<Postmortem>]) -> Self {
        let documents = postmortems.iter().map(|postmortem| Document {
            path: &postmortem.path,
            is_like: looks_like_a_postmortem(postmortem),
        });
        Self::among(&documents.collect::<Vec<_>>())
    }

    fn among(documents: &[Document<'_>]) -> Self {
        let mut taken = Vec::new();
        take("", &documents.iter().collect::<Vec<_>>(), documents, &mut taken);
        if taken.iter().any(|folder| is_named(folder)) {
            let likes = |folder: &String| like(below(folder, documents)).count();
            taken.retain(|folder| is_named(folder) || likes(folder) >= FEWEST_UNNAMED);
        }
        if taken.is_empty() {
            let fullest = fullest(documents);
            // Where nothing looks like one, the documents are what the user says they are.
            taken.push(fullest.unwrap_or_else(|| common(documents.iter()).join("/")));
        }
        taken.sort();
        taken.dedup();
        let is_stray = |document: &&Document<'_>| !taken.iter().any(|folder| is_below(folder, document.path));
        let strays = like(documents.iter()).filter(is_stray).map(|document| document.path.to_owned());
        let mut strays: Vec<String> = strays.collect();
        strays.sort();
        let taken =
            taken.into_iter().map(|folder| if folder.is_empty() { ".".to_owned() } else { folder }).collect();
        Self { taken, strays }
    }
}

fn like<'d, 'a: 'd>(
    documents: impl Iterator<Item = &'d Document<'a>>,
) -> impl Iterator<Item = &'d Document<'a>> {
    documents.filter(|document| document.is_like)
}

fn is_below(folder: &str, path: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn below<'d, 'a>(folder: &str, documents: &'d [Document<'a>]) -> impl Iterator<Item = &'d Document<'a>> {
    documents.iter().filter(move |document| is_below(folder, document.path))
}

/// True when most of the documents in and below a folder look like postmortems.
fn are_most_like<'d, 'a: 'd>(folder: &str, documents: impl Iterator<Item = &'d Document<'a>>) -> bool {
    let (like, all) =
        documents.fold((0, 0), |(like, all), document| (like + usize::from(document.is_like), all + 1));
    like > 0 && if is_named(folder) { like * 2 >= all } else { like * 3 >= all * 2 }
}

fn take(folder: &str, here: &[&Document<'_>], all: &[Document<'_>], taken: &mut Vec<String>) {
    if are_most_like(folder, here.iter().copied()) && !is_named_further_down(folder, here) {
        taken.push(home(common(here.iter().copied()), all));
        return;
    }
    let mut below: BTreeMap<&str, Vec<&Document<'_>>> = BTreeMap::new();
    for document in here {
        let rest = document.path.get(folder.len()..).unwrap_or_default().trim_start_matches('/');
        if let Some((name, _)) = rest.split_once('/') {
            below.entry(name).or_default().push(document);
        }
    }
    for (name, documents) in below {
        let folder = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        take(&folder, &documents, all, taken);
    }
}

/// True when most of what looks like a postmortem lies in a folder below that has the name for it.
fn is_named_further_down(folder: &str, here: &[&Document<'_>]) -> bool {
    let named = like(here.iter().copied()).filter(|document| is_named(parent(document.path))).count();
    !is_named(folder) && named * 2 > like(here.iter().copied()).count()
}

/// The folder that holds the most of what looks like a postmortem, the first of several.
fn fullest(documents: &[Document<'_>]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for document in like(documents.iter()) {
        *counts.entry(parent(document.path)).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(folder, _)| folder.to_owned())
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The parts of the deepest folder that holds all of the documents.
fn common<'d, 'a: 'd>(documents: impl Iterator<Item = &'d Document<'a>>) -> Vec<&'a str> {
    documents
        .map(|document| parent(document.path).split('/').collect::<Vec<_>>())
        .reduce(|a, b| a.into_iter().zip(b).take_while(|(a, b)| a == b).map(|(part, _)| part).collect())
        .unwrap_or_default()
}

/// Where the next document belongs: in the folder above that of a year or of one incident, unless that one holds other
/// things.
fn home(mut folder: Vec<&str>, all: &[Document<'_>]) -> String {
    while let [above @ .., last] = folder.as_slice()
        && !above.is_empty()
        && last.starts_with(|letter: char| letter.is_ascii_digit())
        && are_most_like(&above.join("/"), below(&above.join("/"), all))
    {
        folder.pop();
    }
    folder.join("/")
}

/// True for a path of which a part has a name that says so.
fn is_named(path: &str) -> bool {
    path.to_lowercase().split('/').any(|part| NAMES.iter().any(|name| has_word(part, name)))
}

/// True for a name with a word in it, or its plural: `sre-incidents`.
fn has_word(name: &str, word: &str) -> bool {
    let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).collect();
    let wanted: Vec<&str> = word.split(' ').collect();
    let is_word = |(at, (found, wanted)): (usize, (&&str, &&str))| {
        *found == *wanted || (at + 1 == word.split(' ').count() && found.strip_suffix('s') == Some(wanted))
    };
    words.windows(wanted.len()).any(|run| run.iter().zip(&wanted).enumerate().all(is_word))
}

fn looks_like_a_postmortem(postmortem: &Postmortem) -> bool {
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
    let has = |kind: &SectionKind| postmortem.section(*kind).is_some();
    let sections = kinds.iter().filter(|kind| has(kind)).count();
    let events = postmortem.timeline.iter().filter(|event| event.at.clock.is_some()).count();
    let is_dated = postmortem.date.is_some();
    let file = postmortem.path.rsplit('/').next().unwrap_or_default().to_lowercase();
    if ABOUT.iter().any(|word| has_word(&file, word)) {
        return is_dated && events > 1 && sections > 1;
    }
    let tells = events > 1 && sections > 0 || has(&SectionKind::RootCause) && sections > 2;
    is_dated && tells || is_named(&postmortem.path) && (sections > 0 || events > 0 || is_dated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders_of(documents: &[(&str, bool)]) -> (Vec<String>, Vec<String>) {
        let documents = documents.iter().map(|(path, is_like)| Document { path, is_like: *is_like });
        let Folders { taken, strays } = Folders::among(&documents.collect::<Vec<_>>());
        (taken, strays)
    }

    #[track_caller]
    fn taken(documents: &[(&str, bool)], folders: &[&str]) {
        let (taken, strays) = folders_of(documents);
        assert_eq!(taken, folders);
        assert_eq!(strays, [""; 0]);
    }

    #[test]
    fn the_folder_of_the_postmortems_is_found_among_other_documentation() {
        taken(&[("docs/incidents/2024/a.md", true), ("docs/incidents/2024/b.md", true)], &["docs/incidents"]);
        taken(
            &[("docs/api.md", false), ("docs/cli.md", false), ("docs/x/a.md", true), ("setup.md", false)],
            &["docs/x"],
        );
        taken(&[("a/1.md", true), ("b/2.md", true), ("c/d.md", false)], &["."]);
        taken(&[("a.md", true), ("b.md", false), ("c.md", false)], &["."]);
        taken(&[("docs/a.md", false), ("docs/b.md", false)], &["docs"]);
        taken(
            &[("docs/incidents/a.md", true), ("docs/incidents/b.md", true), ("c.md", false)],
            &["docs/incidents"],
        );
    }

    #[test]
    fn a_year_is_left_for_the_folder_above_it_unless_that_holds_other_things() {
        let others = [("ops/setup.md", false), ("ops/tools.md", false), ("ops/dns.md", false)];
        taken(&[&others[..], &[("ops/2025/a.md", true)]].concat(), &["ops/2025"]);
        taken(&[("readme.md", false), ("b.md", false), ("log/2025/a.md", true)], &["log"]);
    }

    #[test]
    fn a_single_document_that_looks_like_one_takes_no_folder_with_it() {
        let documents = [
            ("docs/incidents/a.md", true),
            ("docs/incidents/b.md", true),
            ("docs/plans/c.md", true),
            ("docs/plans/d.md", false),
            ("docs/plans/e.md", false),
            ("docs/host2/f.md", true),
            ("docs/g.md", false),
            ("h.md", false),
        ];
        let (taken, strays) = folders_of(&documents);
        assert_eq!(taken, ["docs/incidents"]);
        assert_eq!(strays, ["docs/host2/f.md", "docs/plans/c.md"]);
    }

    #[test]
    fn names_are_whole_words() {
        for path in ["docs/incidents/a.md", "x/2026-post-mortem.md", "Post_Mortems/a.md", "rca/a.md"] {
            assert!(is_named(path), "{path}");
        }
        for path in ["arcade/a.md", "coincidental.md", "docs/post/mortem.md"] {
            assert!(!is_named(path), "{path}");
        }
    }
}
