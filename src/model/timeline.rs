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
    /// What hardly any event says; see [`TimelineEvent::details`].
    pub details: Option<Box<Details>>,
    /// True when it must not leave the company.
    pub internal: bool,
    /// The bytes of the whole event.
    pub span: Span,
    /// The bytes of its time.
    pub at_span: Span,
    /// Where it was read.
    pub origin: Origin,
}

/// What hardly any event says. An archive has a hundred thousand events, which need no room for it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Details {
    /// What sort of event it is, in the document's own word: `alert`, `deploy`, `decision`, …
    pub kind: Option<String>,
    /// The service that it concerns.
    pub service: Option<String>,
    /// Evidence: dashboards, logs, changes.
    pub links: Vec<String>,
}

/// The details of an event that has none.
static NONE: Details = Details { kind: None, service: None, links: Vec::new() };

impl TimelineEvent {
    /// An event of which nothing is known but when it was.
    pub fn new(at: Moment, origin: Origin) -> Self {
        Self {
            at,
            end: None,
            text: String::new(),
            markdown: Markdown::default(),
            milestone: None,
            details: None,
            internal: false,
            span: Span::default(),
            at_span: Span::default(),
            origin,
        }
    }

    /// What hardly any event says.
    pub fn details(&self) -> &Details {
        self.details.as_deref().unwrap_or(&NONE)
    }

    /// Changes what hardly any event says.
    pub fn set_details(&mut self, change: impl FnOnce(&mut Details)) {
        let mut details = self.details.take().unwrap_or_default();
        change(&mut details);
        self.details = Some(details).filter(|details| **details != NONE);
    }

    /// Adds evidence.
    pub fn add_links(&mut self, links: Vec<String>) {
        if !links.is_empty() {
            self.set_details(|details| details.links.extend(links));
        }
    }

    /// Gives room back that nothing stands in.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        if let Some(details) = &mut self.details {
            details.links.shrink_to_fit();
        }
    }

    /// What happened, as Markdown.
    pub fn markdown(&self) -> &str {
        self.markdown.of(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_room_for_details_only_while_it_has_some() {
        let mut event = TimelineEvent::new(Moment::default(), Origin::Section);
        event.add_links(Vec::new());
        assert_eq!((event.details.as_ref(), event.details()), (None, &Details::default()));
        event.add_links(vec!["https://example.com/d/1".to_owned()]);
        event.set_details(|details| details.kind = Some("alert".to_owned()));
        let links = vec!["https://example.com/d/1".to_owned()];
        assert_eq!(*event.details(), Details { kind: Some("alert".to_owned()), service: None, links });
        event.set_details(|details| *details = Details::default());
        assert_eq!(event.details, None);
        assert!(size_of::<TimelineEvent>() <= 168);
    }
}
