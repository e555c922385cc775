//! The action items of a document without the rest of it, for who reads thousands of versions and needs nothing else.

use super::{
    Context, Parsed,
    actions::{self, Near},
    blocks, head, incidents, number_actions, outline,
};
use crate::{model::ActionItem, source::SourceFile};

/// The action items of a file, the same as those of [`parse_all`](super::parse_all), but for what is internal among them,
/// which is not worked out. None where the rest of the document has to be read to know them: the file holds several
/// incidents, or what names no year is near the day of the incident.
pub fn action_items(source: &SourceFile, context: &Context<'_>) -> Option<Vec<ActionItem>> {
    let text: &str = &source.markdown;
    if incidents::read(text, context).is_some() {
        return None;
    }
    let (Parsed { mut postmortem, .. }, _) = head(source, context);
    if postmortem.actions.is_empty() {
        let (words, order, near) = (context.words(), context.order(), Near::default());
        let body = blocks::read(text, postmortem.body.start);
        let parts = outline::parts(&body, words, text.len());
        postmortem.actions = actions::read(words, text, &body, &parts, order, &near).items;
        if near.is_asked() {
            return None;
        }
    }
    number_actions(&postmortem.id.value, &mut postmortem.actions);
    Some(postmortem.actions)
}
