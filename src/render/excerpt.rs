//! The first words of a document, for lists, descriptions and feeds.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::{
    model::{Postmortem, SectionKind},
    source::{SourceFile, Span},
};

/// About two lines of a list.
const LONGEST: usize = 260;

/// What a postmortem says in a sentence or two: the stated impact, else the first paragraph of its summary, else of its
/// body. Parts marked internal are passed over. Empty when there is no such text.
pub fn excerpt(postmortem: &Postmortem, source: &SourceFile) -> String {
    if let Some(summary) = &postmortem.impact.summary {
        return shortened(&plain(&summary.value));
    }
    let summary = postmortem.section(SectionKind::Summary).map(|section| section.body);
    summary
        .into_iter()
        .chain([postmortem.body])
        .map(|span| first_paragraph(postmortem, source, span))
        .find(|text| !text.is_empty())
        .map(|text| shortened(&text))
        .unwrap_or_default()
}

/// The first paragraph of a part of a document, shortened; empty when it has none, or only parts marked internal.
pub fn opening(postmortem: &Postmortem, source: &SourceFile, part: Span) -> String {
    shortened(&first_paragraph(postmortem, source, part))
}

fn first_paragraph(postmortem: &Postmortem, source: &SourceFile, span: Span) -> String {
    let text = source.markdown_of(span);
    let is_internal = |at: usize| {
        postmortem
            .internal
            .iter()
            .any(|hidden| hidden.start <= at + span.start && at + span.start < hidden.end)
    };
    let mut paragraph: Option<String> = None;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match (event, &mut paragraph) {
            (Event::Start(Tag::Paragraph), _) if !is_internal(range.start) => paragraph = Some(String::new()),
            (Event::Text(words) | Event::Code(words), Some(paragraph)) => paragraph.push_str(&words),
            (Event::SoftBreak | Event::HardBreak, Some(paragraph)) => paragraph.push(' '),
            (Event::End(TagEnd::Paragraph), Some(words)) => {
                // A label or a bare link is no sentence.
                if words.split_whitespace().count() > 4 {
                    return words.trim().to_owned();
                }
                paragraph = None;
            }
            _ => {}
        }
    }
    String::new()
}

/// A line of Markdown as its reader sees it, without markup. What is not one paragraph is left as it is written.
pub fn plain(line: &str) -> String {
    let mut words = String::new();
    for (at, event) in Parser::new(line).enumerate() {
        match event {
            Event::Start(Tag::Paragraph) if at == 0 => {}
            _ if at == 0 => return line.to_owned(),
            Event::Start(Tag::Paragraph) => return line.to_owned(),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

/// The text, cut between two words when it is too long.
pub fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.', '–', '—']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::postmortem;

    fn said(text: &str, internal: &[Span]) -> String {
        let mut document = postmortem("a", "2026-01-01");
        document.body = Span::new(0, text.len());
        document.internal = internal.to_vec();
        excerpt(&document, &SourceFile::new("a.md", text))
    }

    #[test]
    fn a_line_is_told_without_its_markup() {
        let lines = ["`max` is *5*, see [it](a.md)", "1. in all", "<5 min", "a\n\nb", ""];
        assert_eq!(lines.map(plain), ["max is 5, see it", "1. in all", "<5 min", "a\n\nb", ""]);
    }

    #[test]
    fn the_first_sentence_is_taken_and_labels_are_passed_over() {
        assert_eq!(
            said("# Title\n\n**Severity:** SEV1\n\nOne in *five* `checkouts`\ntimed out.\n", &[]),
            "One in five checkouts timed out."
        );
    }

    #[test]
    fn what_is_internal_is_never_quoted() {
        let text = "The password was in the log file.\n\nAn open text of some words.\n";
        assert_eq!(said(text, &[Span::new(0, 34)]), "An open text of some words.");
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let long = "word ".repeat(100);
        let cut = shortened(&long);
        assert!(cut.ends_with("word…") && cut.chars().count() <= LONGEST + 1, "{cut}");
    }
}
