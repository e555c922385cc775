//! The parts between `<!-- internal -->` and `<!-- /internal -->`.

use crate::source::Span;

/// The private parts, marks included. One that is not closed goes on to the end: what may be private stays private.
pub(super) fn parts(document: &str, comments: &[Span]) -> Vec<Span> {
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
            depth = depth.saturating_sub(1);
            if depth == 0
                && let Some(start) = open.take()
            {
                parts.push(start.join(*comment));
            }
        }
    }
    parts.extend(open.map(|start| Span::new(start.start, document.len())));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::blocks;

    fn private(text: &str) -> Vec<&str> {
        let body = blocks::read(text, 0);
        parts(text, &body.comments).into_iter().map(|span| &text[span.start..span.end]).collect()
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
}
