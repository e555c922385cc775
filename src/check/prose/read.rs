//! Cuts a document into pieces: the steps through its Markdown, and the strings of the front matter.

use super::{Around, CODE, Extent, Form, Origin, Prose};
use crate::{
    model::{self, Kinds, Postmortem, SectionKind},
    parse::{
        has_byte, has_pair,
        running::{self, Step},
    },
    source::{SourceFile, Span},
};

/// Quotation marks and white space that stand in a piece as the plain ones.
const TYPOGRAPHIC: [char; 8] = ['\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\n', '\r', '\t', '\u{a0}'];

/// Stands behind each piece, and in none.
const END: char = '\n';

/// All running text of a document, in its order; strings of the front matter come first.
pub(super) fn prose(postmortem: &Postmortem, source: &SourceFile) -> Prose {
    let mut writer = Writer::new(postmortem.body.end - postmortem.body.start);
    write_front_matter(&mut writer, postmortem, source);
    let stated = writer.prose.extents.len();
    let body = (source.markdown_of(postmortem.body), postmortem.body.start);
    match source.running(postmortem.body) {
        Some(kept) => write_body(&mut writer, body, kept),
        None => write_body(&mut writer, body, &running::walk(body.0)),
    }
    let mut around = Around::new(&postmortem.sections);
    for extent in writer.prose.extents.iter_mut().skip(stated) {
        extent.section = around.at(extent.span.start);
    }
    writer.prose
}

/// Puts pieces together.
struct Writer {
    prose: Prose,
    open: Option<Extent>,
}

impl Writer {
    fn new(length: usize) -> Self {
        let prose = Prose { text: String::with_capacity(length), ..Prose::default() };
        Self { prose, open: None }
    }

    /// Begins a piece, unless one is open.
    fn open(&mut self, form: Form) {
        let (text, origins) = (self.prose.text.len(), self.prose.origins.len());
        self.open.get_or_insert_with(|| Extent {
            form,
            section: Kinds::default(),
            text: text..text,
            span: Span::default(),
            origins: origins..origins,
        });
    }

    /// Ends the piece that is open; one in which nothing stands is none.
    fn close(&mut self) {
        let Some(mut extent) = self.open.take() else { return };
        extent.text.end = self.prose.text.len();
        extent.origins.end = self.prose.origins.len();
        if self.prose.text.get(extent.text.clone()).unwrap_or_default().trim().is_empty() {
            self.prose.text.truncate(extent.text.start);
            self.prose.origins.truncate(extent.origins.start);
            return;
        }
        self.prose.text.push(END);
        self.prose.extents.push(extent);
    }

    /// Adds text that stands at `at` as it is.
    fn push(&mut self, text: &str, at: Span) {
        self.begin(at);
        if !may_have_typographic(text) {
            self.prose.text.push_str(text);
            return;
        }
        let mut done = 0;
        for (offset, letter) in text.match_indices(TYPOGRAPHIC) {
            let plain = match letter {
                "\u{2018}" | "\u{2019}" => '\'',
                "\u{201c}" | "\u{201d}" => '"',
                _ => ' ',
            };
            self.prose.text.push_str(text.get(done..offset).unwrap_or_default());
            self.prose.text.push(plain);
            done = offset + letter.len();
            if letter.len() > 1 {
                self.origin(at.start + done);
            }
        }
        self.prose.text.push_str(text.get(done..).unwrap_or_default());
    }

    /// Adds a word that stands for the bytes at `at`.
    fn push_instead(&mut self, word: &str, at: Span) {
        self.begin(at);
        self.prose.text.push_str(word);
        self.origin(at.end);
    }

    /// What follows stands in the document at a place.
    fn origin(&mut self, document: usize) {
        self.prose.origins.push(Origin { text: self.prose.text.len(), document });
    }

    fn begin(&mut self, at: Span) {
        let Some(extent) = &mut self.open else { return };
        let is_first = extent.text.start == self.prose.text.len();
        extent.span = if is_first { at } else { extent.span.join(at) };
        // The parser cuts a sentence at every sign that could have been markup.
        let own = self.prose.origins.get(extent.origins.start..).and_then(<[Origin]>::last);
        let goes_on = own.is_some_and(|own| at.start == own.document + self.prose.text.len() - own.text);
        if !goes_on {
            self.origin(at.start);
        }
    }
}

/// False for a text in which none of them stands for sure.
fn may_have_typographic(text: &str) -> bool {
    let has_mark = || has_pair(text, |one, next| one == 0x80 && (0x98..=0x9d).contains(&next));
    let has_space = || has_pair(text, |one, next| one == 0xc2 && next == 0xa0);
    has_byte(text, |byte| byte < b' ') || !text.is_ascii() && (has_mark() || has_space())
}

fn write_front_matter(writer: &mut Writer, postmortem: &Postmortem, source: &SourceFile) {
    let cause = &postmortem.root_cause;
    let facts = [
        (SectionKind::Impact, postmortem.impact.summary.as_ref()),
        (SectionKind::RootCause, cause.summary.as_ref()),
        (SectionKind::Trigger, cause.trigger.as_ref()),
    ];
    let facts = facts
        .into_iter()
        .filter_map(|(section, fact)| Some((section, fact?)))
        .chain(cause.why.iter().map(|fact| (SectionKind::FiveWhys, fact)))
        .filter(|(_, fact)| fact.origin == model::Origin::FrontMatter);
    for (section, fact) in facts {
        write_text(writer, section, (&fact.value, fact.span), source);
    }
    let events = postmortem.timeline.iter().filter(|event| event.origin == model::Origin::FrontMatter);
    for event in events {
        write_text(writer, SectionKind::Timeline, (&event.text, event.span), source);
    }
}

/// Writes a piece for a text that was read somewhere within `span`.
fn write_text(writer: &mut Writer, section: SectionKind, (text, span): (&str, Span), source: &SourceFile) {
    writer.open(Form::Paragraph);
    if let Some(at) = memchr::memmem::find(source.slice(span).as_bytes(), text.as_bytes()) {
        writer.push(text, Span::new(span.start + at, span.start + at + text.len()));
    } else {
        let first = writer.prose.origins.len();
        writer.push(text, span);
        // Nobody knows where its parts stand.
        writer.prose.origins.truncate(first + 1);
    }
    let known = writer.prose.extents.len();
    writer.close();
    if let Some(extent) = writer.prose.extents.get_mut(known) {
        extent.section = section.into();
    }
}

/// Writes the pieces of a body that stands at `offset`, of which these are the steps.
fn write_body(writer: &mut Writer, (body, offset): (&str, usize), kept: &[u8]) {
    for step in running::steps(kept, body) {
        match step {
            Step::Text(form, text, at) => {
                writer.open(form);
                writer.push(text, at.shift(offset));
            }
            Step::Code(form, at) => {
                writer.open(form);
                writer.push_instead(CODE, at.shift(offset));
            }
            Step::Break(at) => writer.push_instead(" ", at.shift(offset)),
            Step::Cell => writer.open(Form::Cell),
            Step::Close => writer.close(),
        }
    }
    writer.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(body: &str) -> Prose {
        let mut writer = Writer::new(body.len());
        write_body(&mut writer, (body, 0), &running::walk(body));
        writer.prose
    }

    fn texts(body: &str) -> Vec<(Form, String)> {
        prose(body).pieces().map(|piece| (piece.form, piece.text.to_owned())).collect()
    }

    #[test]
    fn code_is_a_word_and_headings_code_blocks_and_comments_are_left_out() {
        let body = "# Title\n\nThe `cron`\njob *failed*.\n\n<!-- no -->\n\n```\ncode\n```\n\n> quoted\n\n- one\n  - two\n";
        assert_eq!(
            texts(body),
            [
                (Form::Paragraph, "The CODEX job failed.".to_owned()),
                (Form::Quote, "quoted".to_owned()),
                (Form::Item, "one".to_owned()),
                (Form::Item, "two".to_owned()),
            ]
        );
    }

    #[test]
    fn cells_are_pieces_and_pictures_are_not() {
        let body = "| a | b |\n|---|---|\n| x | ![alt](y.png) z |\n";
        let cells: Vec<_> =
            texts(body).into_iter().map(|(form, text)| format!("{form:?} {}", text.trim())).collect();
        assert_eq!(cells, ["Cell a", "Cell b", "Cell x", "Cell z"]);
    }

    #[test]
    fn every_part_of_a_piece_is_found_again_in_the_document() {
        let body = "It’s `x` and\n  **we forgot** it\n";
        let prose = prose(body);
        let piece = prose.pieces().next().unwrap();
        assert_eq!(piece.text, "It's CODEX and we forgot it");
        let at = piece.text.find("we forgot").unwrap();
        let span = piece.locate(at, at + "we forgot".len());
        assert_eq!(body.get(span.start..span.end), Some("we forgot"));
        let at = piece.text.find("and").unwrap();
        let span = piece.locate(at, at + 3);
        assert_eq!(body.get(span.start..span.end), Some("and"));
    }
}
