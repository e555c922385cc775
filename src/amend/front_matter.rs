//! An action item of the front matter: one key, set or taken away.

use super::Change;
use crate::{
    edit::{FrontMatterEditor, Refused, Step, Value, apply},
    model::{Due, FrontMatter, Postmortem},
    source::{Edit, Span},
};

/// The ways to make a change, of which there is one where the item is a table. One that is only a text becomes a table,
/// in one of the forms of its language.
pub(super) fn candidates(
    text: &str,
    postmortem: &Postmortem,
    action: usize,
    change: &Change,
) -> Result<Vec<Vec<Edit>>, Refused> {
    let place = postmortem.front_matter.ok_or(Refused::Broken)?;
    let edit = match edit(text, place, action, change) {
        Err(Refused::Form) => postmortem.actions.get(action).and_then(|item| {
            let tables = tables(text, item.span).into_iter();
            let mut ways = tables.filter_map(|table| within(text, place, &table, action, change));
            ways.next()
        }),
        edit => Some(edit?),
    };
    Ok(vec![vec![edit.ok_or(Refused::Form)?]])
}

fn edit(text: &str, place: FrontMatter, action: usize, change: &Change) -> Result<Edit, Refused> {
    let mut editor = FrontMatterEditor::open(text, place)?;
    let path = [Step::Key("action_items"), Step::Item(action), Step::Key(change.name())];
    match value(change) {
        Some(value) => editor.set(&path, &value)?,
        None => editor.remove(&path)?,
    }
    Ok(editor.finish().narrowed(text))
}

/// A text as the title of a table: as a block of YAML, within brackets of YAML, and in TOML.
fn tables(text: &str, item: Span) -> Vec<Edit> {
    let written = text.get(item.start..item.end).unwrap_or_default();
    let forms =
        [format!("title: {written}"), format!("{{title: {written}}}"), format!("{{ title = {written} }}")];
    forms.into_iter().map(|form| Edit::new(item, form)).collect()
}

/// The change in a document in which another one has been made.
fn within(text: &str, place: FrontMatter, first: &Edit, action: usize, change: &Change) -> Option<Edit> {
    let changed = apply(text, std::slice::from_ref(first))?;
    let further = |end: usize| end + changed.len() - text.len();
    let content = Span::new(place.content.start, further(place.content.end));
    let span = Span::new(place.span.start, further(place.span.end));
    let edit = edit(&changed, FrontMatter { span, content, ..place }, action, change).ok()?;
    let whole = apply(&changed, &[edit])?;
    Some(Edit::new(Span::new(0, text.len()), whole).narrowed(text))
}

fn value(change: &Change) -> Option<Value> {
    Some(match change {
        Change::Status(status) => Value::Text(status.key().to_owned()),
        Change::Due(Due::Day(day)) | Change::Closed(day) => Value::Plain(day.to_string()),
        Change::Due(due) => Value::Text(due.to_string()),
        Change::Owner(text) | Change::Priority(text) | Change::Evidence(text) => Value::Text(text.clone()),
        Change::NotClosed => return None,
    })
}
