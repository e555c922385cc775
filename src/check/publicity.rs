//! What the rules about publishing share: is a document meant for everybody, and which bytes of it are?

use regex::{Captures, Regex};

use crate::{check::rule::Document, diagnostic::Finding, model::Postmortem, source::Span};

/// True when everybody may read the document.
pub(super) fn is_public(document: &Document<'_>) -> bool {
    is_open(document, document.postmortem)
}

/// True when everybody may read another document of the archive.
pub(super) fn is_open(document: &Document<'_>, other: &Postmortem) -> bool {
    other.is_public(document.config.build.default_visibility)
}

/// True when the bytes are part of what everybody may read: not in an internal part, event or item.
pub(super) fn is_published(document: &Document<'_>, span: Span) -> bool {
    let postmortem = document.postmortem;
    let events = postmortem.timeline.iter().filter(|event| event.internal).map(|event| event.span);
    let actions = postmortem.actions.iter().filter(|item| item.internal).map(|item| item.span);
    !postmortem.internal.iter().copied().chain(events).chain(actions).any(|hidden| hidden.overlaps(span))
}

/// Reports what a pattern finds in the bytes of a document that everybody may read, front matter and code included;
/// `judge` gives the message and the help, or none for what may stand there.
pub(super) fn report_published<'t>(
    document: &Document<'t>,
    rule: &'static str,
    pattern: Option<&Regex>,
    judge: impl Fn(&Captures<'t>) -> Option<(String, &'static str)>,
    findings: &mut Vec<Finding>,
) {
    let Some(pattern) = pattern.filter(|_| is_public(document)) else { return };
    for found in pattern.captures_iter(&document.source.text) {
        let Some(span) = found.get(0).map(|whole| Span::from(whole.range())) else { continue };
        if let Some((message, help)) = judge(&found).filter(|_| is_published(document, span)) {
            findings.push(Finding::new(rule, span, message).help(help));
        }
    }
}
