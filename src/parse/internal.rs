//! The parts between `<!-- internal -->` and `<!-- /internal -->`.

use crate::{diagnostic::Finding, source::Span};

const OPEN: &str = "<!-- internal -->";
const CLOSE: &str = "<!-- /internal -->";

/// The private parts, marks included. One that is not closed goes on to the end: what may be private stays private.
pub(super) fn parts(document: &str, comments: &[Span], findings: &mut Vec<Finding>) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut open: Option<Span> = None;
    let mut depth = 0_usize;
    for comment in comments {
        let text = document.get(comment.start..comment.end).unwrap_or_default();
        let word = text.trim_start_matches("<!--").trim_end_matches("-->").trim().to_lowercase();
        if word == "internal" {
            depth += 1;
            open.get_or_insert(*comment);
        } else if word == "/internal" {
            if depth == 0 {
                findings.push(not_opened(*comment));
            }
            depth = depth.saturating_sub(1);
            if depth == 0
                && let Some(start) = open.take()
            {
                parts.push(start.join(*comment));
            }
        }
    }
    if let Some(start) = open {
        findings.push(not_closed(start));
        parts.push(Span::new(start.start, document.len()));
    }
    parts
}

fn not_opened(mark: Span) -> Finding {
    Finding::new("unclosed-internal", mark, format!("this `{CLOSE}` closes no `{OPEN}`"))
        .label("closes nothing")
        .help(format!(
            "put `{OPEN}` where the private part begins; what stands above is published until then"
        ))
}

fn not_closed(mark: Span) -> Finding {
    let message = format!("this `{OPEN}` is not closed, so all that follows is private");
    Finding::new("unclosed-internal", mark, message)
        .label("private from here to the end of the document")
        .help(format!("put `{CLOSE}` where the private part ends"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::blocks;

    fn private(text: &str) -> Vec<&str> {
        let body = blocks::read(text, 0);
        parts(text, &body.comments, &mut Vec::new())
            .into_iter()
            .map(|span| &text[span.start..span.end])
            .collect()
    }

    #[test]
    fn a_part_reaches_from_mark_to_mark_and_an_open_one_to_the_end() {
        assert_eq!(
            private("a <!-- internal -->b<!-- /internal --> c\n\n<!-- INTERNAL -->\n\nd\n"),
            ["<!-- internal -->b<!-- /internal -->", "<!-- INTERNAL -->\n\nd\n"]
        );
        assert_eq!(
            private(
                "<!-- internal -->\nx\n<!-- internal -->\ny\n<!-- /internal -->\nz\n<!-- /internal -->\nopen"
            ),
            ["<!-- internal -->\nx\n<!-- internal -->\ny\n<!-- /internal -->\nz\n<!-- /internal -->"]
        );
        assert_eq!(private("`<!-- internal -->` is how it is marked"), Vec::<&str>::new());
    }

    #[test]
    fn a_mark_without_its_counterpart_is_found() {
        let found = |text: &str| -> Vec<Finding> {
            let mut findings = Vec::new();
            parts(text, &blocks::read(text, 0).comments, &mut findings);
            findings
        };
        assert_eq!(found("<!-- internal -->\n\na\n\n<!-- /internal -->\n"), []);
        // Which of two is closed cannot be known; the private part begins at the outer one.
        assert_eq!(
            found("<!-- internal -->\n\na\n\n<!-- internal -->\n\nb\n\n<!-- /internal -->\n"),
            [not_closed(Span::new(0, 17))]
        );
        assert_eq!(
            found("a <!-- /internal --> b\n\n<!-- internal -->\n"),
            [not_opened(Span::new(2, 20)), not_closed(Span::new(24, 41))]
        );
    }
}
