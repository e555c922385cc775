//! The searchable text of a postmortem: what a reader sees on its page, without markup, code verbatim.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::{
    model::{Origin, Postmortem},
    render::markdown::raw::{Piece, pieces},
    search::{Block, Weight},
    source::{SourceFile, Span},
};

/// The text of a postmortem in the order of its page: stated impact, body, then what only the front matter holds.
pub(crate) fn passages(postmortem: &Postmortem, source: &SourceFile) -> Vec<Block> {
    let said = |text: &str| Block { weight: Weight::Body, text: text.to_owned() };
    let mut blocks = Vec::new();
    blocks.extend(postmortem.impact.summary.iter().map(|summary| said(&summary.value)));
    let mut text = body(source.markdown_of(postmortem.body));
    // The title is searched as such; once more as the first heading it would only fill the snippets.
    if text
        .first()
        .is_some_and(|first| first.weight == Weight::Heading && first.text == postmortem.title.value)
    {
        text.remove(0);
    }
    blocks.extend(text);
    let events = postmortem.timeline.iter().filter(|event| event.origin == Origin::FrontMatter);
    blocks.extend(events.flat_map(|event| body(event.markdown())));
    let cause = &postmortem.root_cause;
    blocks.extend(
        cause.trigger.iter().chain(&cause.summary).chain(&cause.why).flat_map(|fact| body(&fact.value)),
    );
    let actions = postmortem.actions.iter().filter(|action| action.origin == Origin::FrontMatter);
    for action in actions {
        blocks.extend(body(action.markdown()));
        blocks.extend(
            action.trackers.iter().map(|tracker| Block { weight: Weight::Code, text: tracker.value.clone() }),
        );
    }
    blocks.retain(|block| !block.text.trim().is_empty());
    blocks
}

/// The passages of a part of a postmortem as texts, those marked internal apart.
pub(crate) fn texts(postmortem: &Postmortem, source: &SourceFile, part: Span) -> Vec<String> {
    if postmortem.internal.iter().any(|hidden| hidden.overlaps(part)) {
        return Vec::new();
    }
    let blocks = body(source.markdown_of(part)).into_iter();
    blocks.filter(|block| block.weight != Weight::Name).map(|block| block.text).collect()
}

/// The running text that a postmortem begins with, about `letters` bytes of it: neither headings nor code.
pub(crate) fn beginning(postmortem: &Postmortem, source: &SourceFile, letters: usize) -> String {
    let text = source.markdown_of(postmortem.body);
    // Twice as much holds that much running text, unless most of it is something else.
    let end = (2 * letters..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let mut beginning = String::new();
    for block in body(text.get(..end).unwrap_or_default()) {
        if block.weight == Weight::Body && beginning.len() < letters {
            beginning.push_str(&block.text);
            beginning.push('\n');
        }
    }
    beginning
}

/// The passages of a Markdown text, and last what is set as code in its lines. Of raw HTML only the words count.
fn body(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut current = String::new();
    let mut names = String::new();
    let mut weight = Weight::Body;
    let mut finish = |current: &mut String, weight: Weight| {
        let text = current.trim();
        if !text.is_empty() {
            blocks.push(Block { weight, text: text.to_owned() });
        }
        current.clear();
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_GFM
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(tag) => {
                let begins = match tag {
                    Tag::Heading { .. } => Some(Weight::Heading),
                    Tag::CodeBlock(_) => Some(Weight::Code),
                    Tag::Paragraph | Tag::Item | Tag::TableHead | Tag::TableRow => Some(Weight::Body),
                    _ => None,
                };
                if let Some(next) = begins {
                    finish(&mut current, weight);
                    weight = next;
                }
            }
            Event::End(
                TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::TableHead,
            ) => {
                finish(&mut current, weight);
                weight = Weight::Body;
            }
            Event::End(TagEnd::TableCell) | Event::SoftBreak | Event::HardBreak => current.push(' '),
            Event::Text(words) => current.push_str(&words),
            Event::Code(name) => {
                current.push_str(&name);
                names.push_str(&name);
                names.push(' ');
            }
            Event::Html(raw) | Event::InlineHtml(raw) => {
                for piece in pieces(&raw) {
                    match piece {
                        Piece::Text(words) | Piece::Literal(words) => current.push_str(words),
                        Piece::Comment(_) => {}
                        Piece::Tag(_) | Piece::Void(_) => current.push(' '),
                    }
                }
            }
            Event::End(TagEnd::HtmlBlock) => finish(&mut current, weight),
            _ => {}
        }
    }
    finish(&mut current, weight);
    finish(&mut names, Weight::Name);
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(Weight, String)> {
        body(text).into_iter().map(|block| (block.weight, block.text)).collect()
    }

    #[test]
    fn headings_code_and_text_are_told_apart() {
        assert_eq!(
            said(
                "# A `b`\n\nOne\n*two* `pool.max`.\n\n```\nFATAL: too many\n  clients\n```\n\n- x\n- y\n\n<!-- no --><b>bold</b>\n"
            ),
            [
                (Weight::Heading, "A b".to_owned()),
                (Weight::Body, "One two pool.max.".to_owned()),
                (Weight::Code, "FATAL: too many\n  clients".to_owned()),
                (Weight::Body, "x".to_owned()),
                (Weight::Body, "y".to_owned()),
                (Weight::Body, "bold".to_owned()),
                (Weight::Name, "b pool.max".to_owned()),
            ]
        );
    }

    #[test]
    fn the_cells_of_a_row_are_one_passage_with_spaces_between() {
        assert_eq!(
            said("| a | b |\n|---|---|\n| 1 | 2 |\n"),
            [(Weight::Body, "a b".to_owned()), (Weight::Body, "1 2".to_owned())]
        );
    }
}
