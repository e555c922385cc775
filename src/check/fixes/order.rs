//! Events of a timeline put in order: what stands in the lines changes places, the lines between them stay.

use crate::{
    check::rule::Document,
    edit::{line_start, next_line},
    model::{Format, Origin, TimelineEvent},
    source::{Edit, Span},
};

/// The edits that put some events, which follow each other in the document, into another order: `order` has the index of
/// the event that comes to each place. None when there is more than marks of lists between them.
pub(in crate::check) fn reorder(
    document: &Document<'_>,
    events: &[&TimelineEvent],
    order: &[usize],
) -> Option<Vec<Edit>> {
    let spans: Vec<Span> = if events.iter().all(|event| event.origin == Origin::FrontMatter) {
        entries(document, events)?
    } else {
        events.iter().map(|event| own_lines(document, event.span)).collect::<Option<_>>()?
    };
    for pair in spans.windows(2) {
        let [one, next] = pair else { continue };
        if one.end > next.start || !is_between(document.text(Span::new(one.end, next.start))) {
            return None;
        }
    }
    let edits = spans.iter().zip(order).enumerate().filter(|(place, (_, from))| place != *from);
    edits.map(|(_, (span, from))| Some(Edit::new(*span, document.text(*spans.get(*from)?)))).collect()
}

/// The tables or items of a front matter without what stands between them. A table of TOML is known by its header.
fn entries(document: &Document<'_>, events: &[&TimelineEvent]) -> Option<Vec<Span>> {
    let text: &str = &document.source.text;
    let place = document.postmortem.front_matter?;
    let is_header = |span: Span| text.get(span.start..).is_some_and(|rest| rest.starts_with("[["));
    let mut spans = Vec::new();
    for (at, event) in events.iter().enumerate() {
        if place.format == Format::Yaml || !is_header(event.span) {
            spans.push(trimmed(document, event.span));
            continue;
        }
        let next = events.get(at + 1).map(|next| next.span.start);
        let end = next.unwrap_or_else(|| table_end(text, event.span.start, place.content.end));
        let span = trimmed(document, Span::new(event.span.start, end));
        // A comment above the next table belongs to that one.
        let has_comment = document.text(span).lines().any(|line| line.trim_start().starts_with('#'));
        if has_comment {
            return None;
        }
        spans.push(span);
    }
    Some(spans)
}

/// Where the table that begins at a byte ends: before the next header.
fn table_end(text: &str, start: usize, end: usize) -> usize {
    let mut at = next_line(text, start);
    while at < end {
        if text.get(at..).is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with('[')) {
            return at;
        }
        at = next_line(text, at);
    }
    end
}

/// The lines of the body that are certainly an event's own. What stands behind a list is read with its last event and is
/// no part of it; behind a paragraph that cannot be told.
fn own_lines(document: &Document<'_>, span: Span) -> Option<Span> {
    let text: &str = &document.source.text;
    let start = line_start(text, span.start);
    let line = text.get(start..span.end)?;
    let indent = line.len() - line.trim_start_matches([' ', '>']).len();
    let own = trimmed(document, Span::new(start + indent, span.end));
    let is_item = own.start > start + indent;
    if !is_item {
        let whole = trimmed(document, span);
        let is_one = line.starts_with('#') || !document.text(whole).replace('\r', "").contains("\n\n");
        return is_one.then_some(whole);
    }
    let mut end = next_line(text, span.start).min(own.end);
    while end < own.end {
        let line = text.get(end..next_line(text, end))?;
        let is_within = line.trim().is_empty() || line.len() - line.trim_start().len() > indent;
        if !is_within {
            break;
        }
        end = next_line(text, end).min(own.end);
    }
    Some(Span::new(own.start, text.get(..end)?.trim_end().len()))
}

/// A span without the space at its end and the marks of lists at its beginning.
fn trimmed(document: &Document<'_>, span: Span) -> Span {
    let text = document.text(span);
    let end = span.start + text.trim_end().len();
    let number = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_number =
        number.len() < text.len() && number.starts_with([')', '.']) && number.get(1..2) == Some(" ");
    let skipped = if is_number {
        text.len() - number.len() + 2
    } else if text.starts_with(['-', '*', '+']) && text.get(1..2) == Some(" ") {
        2
    } else {
        0
    };
    Span::new((span.start + skipped).min(end), end)
}

/// True for what stands between two items or rows: line ends, indents, marks, numbers, the edges of a table.
fn is_between(text: &str) -> bool {
    text.contains('\n')
        && text
            .chars()
            .all(|letter| letter.is_whitespace() || letter.is_ascii_digit() || "-*+.)|>".contains(letter))
}
