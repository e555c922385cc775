//! What the fixes of several rules share: how a word, a key, a part or an order is changed where it stands.
//!
//! A rule makes a fix together with its finding, from what was read; whether it does what it was meant to do is found out
//! when it is made. Where a place is not written in a form that is known here, there is no fix.

mod order;
mod sections;

pub(super) use order::reorder;
pub(super) use sections::insert_sections;

use crate::{
    check::rule::Document,
    data::is_same_word,
    diagnostic::{Aspect, Fix},
    edit::{FrontMatterEditor, Step, Value},
    source::{Edit, Span},
};

/// The edit that writes `new` where a span says `old`, which has to stand there once.
pub(super) fn replacement(document: &Document<'_>, span: Span, old: &str, new: &str) -> Option<Edit> {
    let is_plain = |letter: char| letter.is_alphanumeric() || " -_./#+".contains(letter);
    if old.is_empty() || new.is_empty() || !new.chars().all(is_plain) {
        return None;
    }
    let mut places = document.text(span).match_indices(old);
    let (at, _) = places.next()?;
    places.next().is_none().then(|| Edit::new(Span::new(at, at + old.len()).shift(span.start), new))
}

/// The edit that sets a key of the front matter.
pub(super) fn set_key(document: &Document<'_>, path: &[Step<'_>], value: &Value) -> Option<Edit> {
    let text: &str = &document.source.text;
    let mut editor = FrontMatterEditor::open(text, document.postmortem.front_matter?).ok()?;
    editor.set(path, value).ok()?;
    Some(editor.finish().narrowed(text))
}

/// Another spelling of a name, which is safe when it is the same word, or another name.
pub(super) fn rename(document: &Document<'_>, span: Span, old: &str, new: &str) -> Option<Fix> {
    let edit = replacement(document, span, old, new)?;
    let title = format!("write `{new}`");
    Some(if is_same_word(old, new) {
        Fix::safe(title, vec![edit], &[Aspect::Names])
    } else {
        Fix::needs_review(title, vec![edit], &[Aspect::Names])
    })
}
