//! What the rules about publishing share: is a document meant for everybody, and which bytes of it are?

use crate::{check::rule::Document, model::Visibility, source::Span};

/// True when everybody may read the document.
pub(super) fn is_public(document: &Document<'_>) -> bool {
    let default = document.config.build.default_visibility;
    document.postmortem.visibility.as_ref().map_or(default, |stated| stated.value) == Visibility::Public
}

/// True when the bytes are part of what everybody may read: not in an internal part, event or item.
pub(super) fn is_published(document: &Document<'_>, span: Span) -> bool {
    let postmortem = document.postmortem;
    let events = postmortem.timeline.iter().filter(|event| event.internal).map(|event| event.span);
    let actions = postmortem.actions.iter().filter(|item| item.internal).map(|item| item.span);
    !postmortem.internal.iter().copied().chain(events).chain(actions).any(|hidden| hidden.overlaps(span))
}
