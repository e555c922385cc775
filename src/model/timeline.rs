//! What happened, moment by moment.

use serde::{Deserialize, Serialize};

use crate::{
    model::{Markdown, Milestone, Moment, Origin},
    source::Span,
};

/// A moment, a range or an approximate moment, and what happened then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEvent {
    /// When; the start of a range.
    pub at: Moment,
    /// The end of a range, which few events have.
    pub end: Option<Box<Moment>>,
    /// What happened, as plain text without markup.
    pub text: String,
    /// The same as Markdown source, so that a page can show its links and code; see [`TimelineEvent::markdown`].
    pub markdown: Markdown,
    /// The milestone that the event marks.
    pub milestone: Option<Milestone>,
    /// What sort of event it is, in the document's own word: `alert`, `deploy`, `decision`, …
    pub kind: Option<String>,
    /// The service that it concerns.
    pub service: Option<String>,
    /// Evidence: dashboards, logs, changes.
    pub links: Vec<String>,
    /// True when it must not leave the company.
    pub internal: bool,
    /// The bytes of the whole event.
    pub span: Span,
    /// The bytes of its time.
    pub at_span: Span,
    /// Where it was read.
    pub origin: Origin,
}

impl TimelineEvent {
    /// What happened, as Markdown.
    pub fn markdown(&self) -> &str {
        self.markdown.of(&self.text)
    }
}
