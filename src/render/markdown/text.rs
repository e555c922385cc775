//! The text of a document: addresses and keys in it become links, and times lead to their events.

use crate::{
    render::markdown::{
        Link,
        address::{Target, link_target},
        escape::{escaped, push_escaped},
        inline::{Part, push_text, split_addresses},
        writer::Writer,
    },
    source::Span,
};

/// A time of day that stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeMark {
    /// Where it stands in the file.
    pub span: Span,
    /// The moment, ISO 8601 with its offset; empty when day or zone are not known.
    pub iso: String,
    /// The end of a range, in the same way; empty for a moment.
    pub until: String,
    /// The id of its event in the page.
    pub id: String,
}

impl Writer<'_, '_> {
    pub(crate) fn text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading_text {
            heading.push_str(text);
        }
        if self.links_open > 0 {
            push_text(&mut self.out, text);
            return;
        }
        for part in split_addresses(text) {
            match part {
                Part::Text(text) => self.plain_text(text),
                Part::Address(written, address) => {
                    let target = Target::Web(address);
                    self.push_link_start(&target, "");
                    push_escaped(&mut self.out, written);
                    self.out.push_str("</a>");
                    self.rendered.links.push(Link {
                        destination: written.to_owned(),
                        target,
                        span: Span::empty(self.options.base),
                    });
                }
            }
        }
    }

    fn plain_text(&mut self, text: &str) {
        let mut done = 0;
        for (range, address) in self.options.destinations.mentions(text) {
            let (Some(before), Some(mention)) = (text.get(done..range.start), text.get(range.clone())) else {
                continue;
            };
            let target = link_target(&address, self.options.destinations);
            push_text(&mut self.out, before);
            self.push_link_start(&target, "");
            push_escaped(&mut self.out, mention);
            self.out.push_str("</a>");
            done = range.end;
        }
        push_text(&mut self.out, text.get(done..).unwrap_or_default());
    }

    /// Writes a text with the times in it marked. A time that is only in part in the text, or whose words are not the
    /// bytes of the file, stays as it is.
    pub(crate) fn timed_text(&mut self, text: &str, range: Span) {
        let marks = self.options.times;
        let start = range.start + self.options.base;
        let end = range.end + self.options.base;
        let is_verbatim = text.len() == end - start;
        if marks.is_empty() || !is_verbatim || self.links_open > 0 || self.heading_text.is_some() {
            return self.text(text);
        }
        let first = marks.partition_point(|mark| mark.span.start < start);
        let mut done = 0;
        for mark in marks.iter().skip(first).take_while(|mark| mark.span.end <= end) {
            let (from, to) = (mark.span.start - start, mark.span.end - start);
            let (Some(before), Some(written)) = (text.get(done..from), text.get(from..to)) else { continue };
            if written.trim().is_empty() || !self.places.holds(&mark.id) {
                continue;
            }
            self.text(before);
            let attributes = [" class=\"clock\" href=\"#", &*escaped(&mark.id), "\""].concat();
            self.marks.push_tag(&mut self.out, "a", &attributes);
            if mark.iso.is_empty() {
                push_escaped(&mut self.out, written);
            } else {
                let mut attributes = [" datetime=\"", &*escaped(&mark.iso), "\" data-clock"].concat();
                if !mark.until.is_empty() {
                    attributes += &[" data-until=\"", &escaped(&mark.until), "\""].concat();
                }
                self.marks.push_tag(&mut self.out, "time", &attributes);
                push_escaped(&mut self.out, written);
                self.out.push_str("</time>");
            }
            self.out.push_str("</a>");
            done = to;
        }
        self.text(text.get(done..).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{
        markdown::{Anchor, Markdown, Options},
        words::english,
    };

    fn html(text: &str, time: &str, span: Span) -> String {
        html_of_range(text, time, "", span)
    }

    fn html_of_range(text: &str, time: &str, until: &str, span: Span) -> String {
        let start = text.find(time).unwrap();
        let times = [TimeMark {
            span: Span::new(start, start + time.len()),
            iso: "2026-03-14T13:02Z".into(),
            until: until.into(),
            id: "event-1".into(),
        }];
        let anchors = [Anchor { span, id: "event-1".into(), class: "" }];
        let options = Options { anchors: &anchors, times: &times, ..Options::default() };
        Markdown::new(english()).to_html(text, &options).html
    }

    #[test]
    fn a_time_leads_to_its_event_and_says_which_moment_it_is() {
        let text = "- 13:02 Page, at 13:02.\n";
        assert_eq!(
            html(text, "13:02", Span::new(2, text.len())),
            "<ul><li id=\"event-1\"><a class=\"clock\" href=\"#event-1\">\
             <time datetime=\"2026-03-14T13:02Z\" data-clock>13:02</time></a> Page, at 13:02.</li>\n</ul>\n"
        );
    }

    #[test]
    fn a_range_says_when_it_ends() {
        let text = "- 13:02–13:20 Page.\n";
        let html = html_of_range(text, "13:02–13:20", "2026-03-14T13:20Z", Span::new(2, text.len()));
        let expected =
            "<time datetime=\"2026-03-14T13:02Z\" data-clock data-until=\"2026-03-14T13:20Z\">13:02–13:20<";
        assert!(html.contains(expected), "{html}");
    }

    #[test]
    fn a_time_in_a_link_or_across_markup_stays_as_it_is() {
        for text in ["- [13:02](https://example.com) Page.\n", "- 13:*02* Page.\n"] {
            let time = if text.contains('*') { "13:*02*" } else { "13:02" };
            assert!(!html(text, time, Span::new(2, text.len())).contains("data-clock"), "{text}");
        }
    }

    #[test]
    fn a_time_survives_the_cleaning_of_raw_html() {
        let text = "- 13:02 <b>Page</b>\n";
        assert!(html(text, "13:02", Span::new(2, text.len())).contains("data-clock"), "{text}");
    }
}
