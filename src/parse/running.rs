//! The running text of a body, step by step as a walk over its Markdown meets it.
//!
//! The rules ask for it once all documents are read, and a second walk would cost a twentieth of a check. So the walk that
//! reads a document leaves its steps with the source: most are two numbers, and a document has a hundred of them.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::{parse::MARKDOWN, source::Span};

/// What a piece of running text is in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A paragraph, or a string of the front matter.
    Paragraph,
    /// The text of a list item.
    Item,
    /// A cell of a table.
    Cell,
    /// Anything inside a block quote.
    Quote,
}

/// One step; places are counted from the beginning of the body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step<'t> {
    /// Text that belongs to what is open, else to a new piece of a form.
    Text(Form, &'t str, Span),
    /// Code in the same way.
    Code(Form, Span),
    /// The end of a line within a piece.
    Break(Span),
    /// A cell of a table begins.
    Cell,
    /// What is open ends.
    Close,
}

/// What the first byte of a step says, the form of a text apart.
const CLOSE: u8 = 0;
const CELL: u8 = 1;
const BREAK: u8 = 2;
const CODE: u8 = 3;
/// Text that stands in the body as it is.
const TEXT: u8 = 4;
/// Text that is written otherwise, and kept: `&amp;`.
const OTHER: u8 = 5;

/// The forms of text and code, which stand in the first byte behind what the step is.
const FORMS: [Form; 3] = [Form::Paragraph, Form::Item, Form::Quote];
const KIND_BITS: u32 = 3;

/// Writes steps down while a walk goes on.
#[derive(Debug)]
pub(crate) struct Recorder<'t> {
    body: &'t str,
    steps: Vec<u8>,
    /// Where the last place ended.
    end: usize,
    quotes: usize,
    items: usize,
    /// Inside a heading, a code block or an image: text there is not running text.
    muted: usize,
    /// True when something was begun that has not ended.
    is_open: bool,
    has_alerts: bool,
}

impl<'t> Recorder<'t> {
    pub(crate) fn new(body: &'t str) -> Self {
        Self {
            body,
            steps: Vec::new(),
            end: 0,
            quotes: 0,
            items: 0,
            muted: 0,
            is_open: false,
            has_alerts: false,
        }
    }

    /// The steps; none where the walk took for an alert what the rules take for text: `> [!NOTE]`.
    pub(crate) fn finish(self) -> Option<Box<[u8]>> {
        (!self.has_alerts).then(|| self.steps.into_boxed_slice())
    }

    pub(crate) fn event(&mut self, event: &Event<'_>, at: Span) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(*tag),
            Event::Text(text) if self.muted == 0 => self.text(text, at),
            Event::Code(_) if self.muted == 0 => {
                self.is_open = true;
                self.formed(CODE);
                self.place(at);
            }
            // `<insert the number>` is a tag to the parser and a text to its writer.
            Event::InlineHtml(html) | Event::Html(html) if self.muted == 0 && is_no_tag(html) => {
                self.text(html, at);
            }
            Event::SoftBreak | Event::HardBreak if self.is_open => {
                self.steps.push(BREAK);
                self.place(at);
            }
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => return,
            Tag::Image { .. } => {
                self.muted += 1;
                return;
            }
            Tag::Heading { .. } | Tag::CodeBlock(_) => self.muted += 1,
            Tag::BlockQuote(kind) => {
                self.quotes += 1;
                self.has_alerts |= kind.is_some();
            }
            Tag::Item => self.items += 1,
            _ => {}
        }
        self.end_piece();
        if matches!(tag, Tag::TableCell) {
            self.is_open = true;
            self.steps.push(CELL);
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => return,
            TagEnd::Image => {
                self.muted = self.muted.saturating_sub(1);
                return;
            }
            TagEnd::Heading(_) | TagEnd::CodeBlock => self.muted = self.muted.saturating_sub(1),
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::Item => self.items = self.items.saturating_sub(1),
            _ => {}
        }
        self.end_piece();
    }

    fn end_piece(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.steps.push(CLOSE);
        }
    }

    fn text(&mut self, text: &str, at: Span) {
        self.is_open = true;
        if self.body.get(at.start..at.end) == Some(text) {
            self.formed(TEXT);
            self.place(at);
        } else {
            self.formed(OTHER);
            self.place(at);
            self.number(text.len());
            self.steps.extend_from_slice(text.as_bytes());
        }
    }

    /// The first byte of a step that has a form.
    fn formed(&mut self, kind: u8) {
        let form: u8 = match (self.quotes, self.items) {
            (0, 0) => 0,
            (0, _) => 1,
            _ => 2,
        };
        self.steps.push(kind | form << KIND_BITS);
    }

    /// How far a place stands behind the last one, in front of it with an odd number, and how long it is.
    fn place(&mut self, at: Span) {
        let gap = at.start.abs_diff(self.end);
        self.number(gap << 1 | usize::from(at.start < self.end));
        self.number(at.end - at.start);
        self.end = at.end;
    }

    /// Seven bits a byte, the lowest first.
    fn number(&mut self, mut number: usize) {
        while number > 0x7f {
            self.steps.extend(u8::try_from(number & 0x7f).map(|low| low | 0x80));
            number >>= 7;
        }
        self.steps.extend(u8::try_from(number));
    }
}

/// Words in angle brackets: several of them, and none that has a value.
fn is_no_tag(html: &str) -> bool {
    let inner = html.trim().strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or_default();
    inner.contains(' ') && !inner.contains(['=', '<', '!', '/'])
}

/// The steps of a body that nobody has left.
pub(crate) fn walk(body: &str) -> Box<[u8]> {
    let mut recorder = Recorder::new(body);
    let options = MARKDOWN.difference(Options::ENABLE_GFM);
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        recorder.event(&event, Span::from(range));
    }
    recorder.finish().unwrap_or_default()
}

/// Reads the steps of a body.
pub(crate) fn steps<'t>(kept: &'t [u8], body: &'t str) -> impl Iterator<Item = Step<'t>> {
    let mut reader = Reader { rest: kept, end: 0 };
    std::iter::from_fn(move || reader.step(body))
}

struct Reader<'t> {
    rest: &'t [u8],
    end: usize,
}

impl<'t> Reader<'t> {
    fn step(&mut self, body: &'t str) -> Option<Step<'t>> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        let form = || FORMS.get(usize::from(first >> KIND_BITS)).copied();
        Some(match first & ((1 << KIND_BITS) - 1) {
            CLOSE => Step::Close,
            CELL => Step::Cell,
            BREAK => Step::Break(self.place()?),
            CODE => Step::Code(form()?, self.place()?),
            TEXT => {
                let at = self.place()?;
                Step::Text(form()?, body.get(at.start..at.end)?, at)
            }
            _ => {
                let (at, length) = (self.place()?, self.number()?);
                let (text, rest) = self.rest.split_at_checked(length)?;
                self.rest = rest;
                Step::Text(form()?, std::str::from_utf8(text).ok()?, at)
            }
        })
    }

    fn place(&mut self) -> Option<Span> {
        let (gap, length) = (self.number()?, self.number()?);
        let start = if gap & 1 == 0 { self.end + (gap >> 1) } else { self.end.checked_sub(gap >> 1)? };
        self.end = start + length;
        Some(Span::new(start, self.end))
    }

    fn number(&mut self) -> Option<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if *byte <= 0x7f {
                return Some(number);
            }
            shift += 7;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_as_they_were_written() {
        let body = "A &amp; `b`\nc\n\n- <the name>\n\n> | x |\n> |---|\n> | y |\n\n# No\n";
        let kept = walk(body);
        let read: Vec<_> = steps(&kept, body).collect();
        let at = Span::new;
        assert_eq!(
            read,
            [
                Step::Text(Form::Paragraph, "A ", at(0, 2)),
                Step::Text(Form::Paragraph, "&", at(2, 7)),
                Step::Text(Form::Paragraph, " ", at(7, 8)),
                Step::Code(Form::Paragraph, at(8, 11)),
                Step::Break(at(11, 12)),
                Step::Text(Form::Paragraph, "c", at(12, 13)),
                Step::Close,
                Step::Text(Form::Item, "<the name>\n", at(17, 28)),
                Step::Close,
                Step::Cell,
                Step::Text(Form::Quote, "x", at(33, 34)),
                Step::Close,
                Step::Cell,
                Step::Text(Form::Quote, "y", at(49, 50)),
                Step::Close,
            ]
        );
    }

    #[test]
    fn places_may_be_long_and_far_apart_and_stand_in_front_of_each_other() {
        let mut recorder = Recorder::new("");
        let places = [Span::new(70_000, 70_200), Span::new(3, 5), Span::new(5, 1_000_000)];
        for at in places {
            recorder.event(&Event::Code("".into()), at);
        }
        let kept = recorder.finish().unwrap();
        let codes: Vec<_> = steps(&kept, "").collect();
        assert_eq!(codes, places.map(|at| Step::Code(Form::Paragraph, at)));
    }

    #[test]
    fn what_is_an_alert_to_the_walk_is_walked_through_again() {
        let body = "> [!NOTE]\n> Ask Kim.\n";
        let mut recorder = Recorder::new(body);
        for (event, range) in Parser::new_ext(body, MARKDOWN).into_offset_iter() {
            recorder.event(&event, Span::from(range));
        }
        assert_eq!(recorder.finish(), None);
        assert!(!walk(body).is_empty());
    }
}
