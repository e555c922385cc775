//! Where among other documentation the postmortems are.

use std::{collections::BTreeMap, sync::Arc};

use crate::model::{Postmortem, SectionKind};

/// Words in the names of folders that hold postmortems.
const FOLDER_WORDS: [&str; 8] =
    ["incident", "outage", "post-mortem", "post_mortem", "postmortem", "retrospective", "rca", "coe"];

/// The folders that hold the postmortems, below the root; `.` is the root itself. From the top down, a folder is taken when at least half of the documents in
/// and below it look like postmortems; of a folder with one single subfolder of documents, that one is taken.
pub fn folders(postmortems: &[Arc<Postmortem>]) -> Vec<String> {
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
}
