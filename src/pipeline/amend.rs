//! One action item changed in its document: the edit, and the proof that no other document reads differently with it.

use crate::{
    aggregate::ActionEntry,
    amend::{self, Change, Place, Refused},
    parse::Context,
    pipeline::{Analysis, fix::is_editable},
    source::SourceFile,
};

/// A document with another text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    /// Its path below the root.
    pub path: String,
    /// The text that it has.
    pub before: String,
    /// The text that it is to have.
    pub after: String,
}

/// Makes changes to one action item; the archive itself is not touched.
pub fn amend(analysis: &Analysis, entry: &ActionEntry, changes: &[Change]) -> Result<Amended, Refused> {
    let gone = || Refused::Unreadable("the action item is not there any more".to_owned());
    let (postmortem, _) = entry.item(&analysis.archive).ok_or_else(gone)?;
    let path = postmortem.path.as_str();
    let source = analysis.sources.file(path).ok_or_else(gone)?;
    if !is_editable(analysis, path) {
        return Err(Refused::Unreadable("the document cannot be read as it is".to_owned()));
    }
    let at = analysis.archive.in_file(path).position(|other| std::ptr::eq(other, postmortem));
    let place = Place { postmortem: at.ok_or_else(gone)?, action: entry.action };
    let context = Context::of(&analysis.config, analysis.usage.clone());
    let after = amend::amend(source, &context, place, changes)?;
    let mut others = analysis.sources.documents.clone();
    for file in others.iter_mut().filter(|file| file.path == path) {
        *file = SourceFile::new(path, after.as_str());
    }
    // Whether the day or the month comes first is all that documents tell each other.
    if Context::new(&analysis.config, &others).order() != context.order() {
        return Err(Refused::FarReaching);
    }
    Ok(Amended { path: path.to_owned(), before: source.text.to_string(), after })
}
