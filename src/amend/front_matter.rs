//! An action item of the front matter: one key, set or taken away.

use super::Change;
use crate::{
    edit::{FrontMatterEditor, Refused, Step, Value},
    model::{Due, Postmortem},
    source::Edit,
};

/// The ways to make a change, of which there is one.
pub(super) fn candidates(
    text: &str,
    postmortem: &Postmortem,
    action: usize,
    change: &Change,
) -> Result<Vec<Vec<Edit>>, Refused> {
    let mut editor = FrontMatterEditor::open(text, postmortem.front_matter.ok_or(Refused::Broken)?)?;
    let path = [Step::Key("action_items"), Step::Item(action), Step::Key(change.name())];
    match value(change) {
        Some(value) => editor.set(&path, &value)?,
        None => editor.remove(&path)?,
    }
    Ok(vec![vec![editor.finish().narrowed(text)]])
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
