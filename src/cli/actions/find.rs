//! The one action item that a word on the command line names.

use crate::{
    aggregate::ActionEntry,
    cli::show::find::named,
    error::{Error, Result},
    model::{ActionItem, Postmortem},
    pipeline::Analysis,
    report::visible,
    words::Count,
};

/// An entry with its postmortem and its item.
pub(super) type Found<'a> = (&'a ActionEntry, (&'a Postmortem, &'a ActionItem));

/// The item with this id, or the only one whose id holds the word.
pub(super) fn find<'a>(analysis: &'a Analysis, word: &str) -> Result<Found<'a>> {
    let entries = analysis.summary.actions.entries.iter();
    let all: Vec<Found<'a>> =
        entries.filter_map(|entry| Some((entry, entry.item(&analysis.archive)?))).collect();
    let id = |found: &Found<'a>| found.1.1.id.as_str();
    if let Some(found) = all.iter().find(|found| id(found) == word) {
        return Ok(*found);
    }
    let lower = word.to_lowercase();
    let holds = |id: &str| !lower.is_empty() && id.to_lowercase().contains(&lower);
    let found: Vec<&Found<'a>> = all.iter().filter(|found| holds(id(found))).collect();
    match found.as_slice() {
        [only] => Ok(**only),
        [] => Err(Error::new(format!("there is no action item `{}`", visible(word)))
            .help("`afterword actions --state all` lists all items with their ids")),
        many => {
            let ids = named(many.iter().map(|found| id(found)), many.len());
            Err(Error::new(format!("`{}` is in {}: {ids}", visible(word), Count(many.len(), "id")))
                .help("name one of them"))
        }
    }
}
