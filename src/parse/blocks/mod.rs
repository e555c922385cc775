//! Markdown to a tree of blocks with places.
//!
//! One walk over the parser's events gives all that any reader looks at: blocks, links, comments. Deep nesting is
//! flattened, since no reader needs it and a tree must not outgrow the stack.

mod grid;
mod html;
mod numbered;
mod piped;
mod tokens;
mod tree;
mod wrapped;

#[cfg(test)]
mod tests;

use std::ops::Range;

use html::Html;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub(crate) use tree::{Block, Body, Item, Kind, Row};

use crate::{
    model::{Link, anchor::Anchors},
    parse::inline::{Inline, Style},
    source::Span,
};

/// The Markdown that documents are written in: that of GitHub. Front matter is split off before.
pub const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_GFM);

/// How many blocks may stand within each other.
const DEPTH: usize = 24;

/// Reads the Markdown from `start` on.
pub(crate) fn read(document: &str, start: usize) -> Body {
    read_below(document, start, 1)
}

/// The same for a part of a document whose title is a heading of the level `top`: that one counts as the first level.
pub(crate) fn read_below(document: &str, start: usize, top: u8) -> Body {
    read_with(document, start, top, |_, _| {})
}

/// The same for somebody else who looks at all events, whose places are counted from `start`.
pub(crate) fn read_beside(document: &str, start: usize, look: impl FnMut(&Event<'_>, Span)) -> Body {
    read_with(document, start, 1, look)
}

fn read_with(document: &str, start: usize, top: u8, mut look: impl FnMut(&Event<'_>, Span)) -> Body {
    let text = document.get(start..).unwrap_or_default();
    let mut builder = Builder { text, base: start, raise: top.saturating_sub(1), ..Builder::default() };
    for (event, range) in Parser::new_ext(text, MARKDOWN).into_offset_iter() {
        look(&event, Span::from(range.clone()));
        builder.event(event, range);
    }
    builder.finish()
}

#[derive(Default)]
struct Builder<'t> {
    text: &'t str,
    base: usize,
    /// By how many levels headings are raised.
    raise: u8,
    body: Body,
    open: Vec<Open>,
    /// How many containers are open below the deepest level that is kept.
    flat: usize,
    inline: Option<Inline>,
    /// The open inline markup: its place, and the style around it.
    marks: Vec<(Span, Style)>,
    style: Style,
    anchors: Anchors,
    image_depth: usize,
    /// True when the lines of the source are none of the text that is being read.
    is_wrapped: bool,
    /// The number with which the last list below this heading would go on.
    next_number: Option<usize>,
    /// How many blocks were added.
    added: usize,
    html: Html,
}

/// A container that is not finished.
enum Open {
    List(Span, Vec<Item>),
    Item(Item),
    Quote(Span, Vec<Block>),
    Table { span: Span, head: Vec<Inline>, rows: Vec<Row>, cells: Vec<Inline> },
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let span = Span::from(range).shift(self.base);
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => self.push_text(&text, span, false),
            Event::Code(text) => self.push_text(&text, span, true),
            Event::InlineHtml(html) => {
                if html.starts_with("<!--") {
                    self.body.comments.push(span);
                } else if html.starts_with("<br") {
                    self.is_wrapped |= wrapped::breaks_within(self.behind(span));
                    self.push_text("\n", span, false);
                } else if self.html.is_open() {
                    self.html_in_line(span);
                } else if html::breaks_line(&html) {
                    self.line_break(span);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.push_text("\n", span, false),
            Event::Rule if self.html.is_open() => self.line_break(span),
            Event::Rule => {
                self.close_inline();
                self.add(Block { span, kind: Kind::Rule });
            }
            Event::TaskListMarker(checked) => {
                if let Some(Open::Item(item)) = self.open.last_mut().filter(|_| self.html.grid.is_none()) {
                    item.checked = Some(checked);
                }
            }
            Event::Html(_) => self.html.lines.push(span),
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        if self.html.is_open() && self.start_within_html(tag, span) {
            return;
        }
        match tag {
            Tag::Paragraph | Tag::Heading { .. } => {
                self.close_inline();
                self.inline = Some(Inline::new(span));
            }
            Tag::TableCell => self.inline = Some(Inline::new(span)),
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => self.push_open(Open::Quote(span, Vec::new())),
            Tag::List(_) => self.push_open(Open::List(span, Vec::new())),
            Tag::Item => self.push_open(Open::Item(Item { span, checked: None, blocks: Vec::new() })),
            Tag::Table(_) => {
                self.push_open(Open::Table { span, head: Vec::new(), rows: Vec::new(), cells: Vec::new() });
            }
            // So far behind the mark of an item its text is code to Markdown, and to nobody who wrote it.
            Tag::CodeBlock(CodeBlockKind::Indented) if self.begins_item(span) => {}
            Tag::CodeBlock(_) => {
                self.close_inline();
                self.add(Block { span, kind: Kind::Code });
            }
            Tag::HtmlBlock => {
                if self.html.grid.is_none() {
                    self.close_inline();
                }
                self.comments_in(span);
            }
            Tag::Strong => self.mark(span, |style| style.bold = true),
            Tag::Emphasis => self.mark(span, |style| style.italic = true),
            Tag::Strikethrough => self.mark(span, |style| style.struck = true),
            Tag::Link { dest_url, .. } => self.link(dest_url, span, false),
            Tag::Image { dest_url, .. } => {
                self.link(dest_url, span, true);
                self.image_depth += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        if self.html.is_open() && self.end_within_html(tag, span) {
            return;
        }
        match tag {
            TagEnd::HtmlBlock => self.html_block(span),
            TagEnd::Paragraph | TagEnd::CodeBlock => self.close_inline(),
            TagEnd::Heading(level) => self.heading(level, span),
            TagEnd::TableCell => {
                let cell = self.inline.take().unwrap_or_default();
                if let Some(Open::Table { cells, .. }) = self.open.last_mut() {
                    cells.push(cell);
                }
            }
            TagEnd::TableHead => {
                if let Some(Open::Table { head, cells, .. }) = self.open.last_mut() {
                    *head = std::mem::take(cells);
                }
            }
            TagEnd::TableRow => {
                if let Some(Open::Table { rows, cells, .. }) = self.open.last_mut() {
                    rows.push(Row { span, cells: std::mem::take(cells) });
                }
            }
            TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Table => self.close(),
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link => self.unmark(),
            TagEnd::Image => {
                self.unmark();
                self.image_depth = self.image_depth.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn push_text(&mut self, text: &str, span: Span, code: bool) {
        if let (Some(link), Some(_)) = (self.style.link, self.body.links.last())
            && let Some(link) = self.body.links.get_mut(link)
        {
            link.text.push_str(text);
        }
        if self.html.grid.as_ref().is_some_and(|grid| grid.is_code) {
            return;
        }
        // The text in a code block, and the alternative text of an image, is no text of the author's sentence.
        if self.image_depth > 0 || matches!(self.last_block(), Some(Kind::Code)) && self.inline.is_none() {
            return;
        }
        if self.inline.is_none() {
            let takes_text = match &self.html.grid {
                Some(grid) => grid.is_in_cell(),
                None => matches!(self.open.last(), Some(Open::Item(_) | Open::Quote(..))),
            };
            if !takes_text {
                return;
            }
            self.inline = Some(Inline::new(span));
        }
        let outer = self.marks.first().map(|(outer, _)| *outer);
        let style = Style { code, ..self.style };
        if let Some(inline) = &mut self.inline {
            inline.push(text, span, outer, style);
            inline.span = inline.span.join(outer.unwrap_or(span));
        }
    }

    /// What stands behind a place.
    fn behind(&self, span: Span) -> &str {
        span.end.checked_sub(self.base).and_then(|end| self.text.get(end..)).unwrap_or_default()
    }

    /// True for what stands on the line of an item's mark, with nothing in front.
    fn begins_item(&self, span: Span) -> bool {
        let Some(Open::Item(item)) = self.open.last() else { return false };
        let before = item.span.start.checked_sub(self.base).zip(span.start.checked_sub(self.base));
        let before = before.and_then(|(from, to)| self.text.get(from..to));
        self.inline.is_none() && item.blocks.is_empty() && before.is_some_and(|before| !before.contains('\n'))
    }

    fn last_block(&self) -> Option<&Kind> {
        let blocks = match self.open.last() {
            None => &self.body.blocks,
            Some(Open::Item(item)) => &item.blocks,
            Some(Open::Quote(_, blocks)) => blocks,
            Some(Open::List(..) | Open::Table { .. }) => return None,
        };
        blocks.last().map(|block| &block.kind)
    }

    fn mark(&mut self, span: Span, change: impl Fn(&mut Style)) {
        if self.inline.is_none()
            && self.html.grid.is_none()
            && matches!(self.open.last(), Some(Open::Item(_)))
        {
            self.inline = Some(Inline::new(span));
        }
        self.marks.push((span, self.style));
        change(&mut self.style);
    }

    fn unmark(&mut self) {
        if let Some((_, before)) = self.marks.pop() {
            self.style = before;
        }
    }

    fn link(&mut self, target: &str, span: Span, is_image: bool) {
        let number = self.body.links.len();
        self.body.links.push(Link { target: target.to_owned(), text: String::new(), is_image, span });
        self.mark(span, |style| style.link = Some(number));
    }

    fn heading(&mut self, level: HeadingLevel, span: Span) {
        let text = self.inline.take().unwrap_or_else(|| Inline::new(span));
        let anchor = self.anchors.next(&text.one_line());
        self.marks.clear();
        self.style = Style::default();
        self.next_number = None;
        self.add(Block {
            span,
            kind: Kind::Heading { level: (level as u8).saturating_sub(self.raise).max(1), text, anchor },
        });
    }

    /// Ends the paragraph that is being read; the text of a tight list item is one too.
    fn close_inline(&mut self) {
        let is_wrapped = std::mem::take(&mut self.is_wrapped);
        if let Some(inline) = self.inline.take()
            && !inline.is_blank()
        {
            let inline = if is_wrapped { wrapped::unwrapped(inline, self.text, self.base) } else { inline };
            let goes_on = self.next_number.and_then(|number| numbered::list(&inline, number));
            if let Some((text, span, items)) = goes_on {
                self.add(Block { span: text.span, kind: Kind::Paragraph(text) });
                self.add_list(span, items);
                return;
            }
            let table = piped::table(&inline);
            self.add(table.unwrap_or(Block { span: inline.span, kind: Kind::Paragraph(inline) }));
        }
    }

    fn push_open(&mut self, open: Open) {
        self.close_inline();
        if self.flat > 0 || self.open.len() >= DEPTH {
            self.flat += 1;
        } else {
            self.open.push(open);
        }
    }

    fn add_list(&mut self, span: Span, items: Vec<Item>) {
        let source = span.start.checked_sub(self.base).and_then(|start| self.text.get(start..));
        let next = source.and_then(|source| numbered::next(source, items.len()));
        self.next_number = next.or(self.next_number);
        self.add(Block { span, kind: Kind::List(items) });
    }

    fn close(&mut self) {
        self.close_inline();
        if self.flat > 0 {
            self.flat -= 1;
            return;
        }
        match self.open.pop() {
            Some(Open::List(span, items)) => self.add_list(span, items),
            Some(Open::Quote(span, blocks)) => self.add(Block { span, kind: Kind::Quote(blocks) }),
            Some(Open::Table { span, head, rows, .. }) => {
                self.add(Block { span, kind: Kind::Table { head, rows } });
            }
            Some(Open::Item(item)) => {
                if let Some(Open::List(_, items)) = self.open.last_mut() {
                    items.push(item);
                }
            }
            None => {}
        }
    }

    fn add(&mut self, block: Block) {
        self.added += 1;
        match self.open.last_mut() {
            None => piped::push(&mut self.body.blocks, block),
            Some(Open::Item(item)) => piped::push(&mut item.blocks, block),
            Some(Open::Quote(_, blocks)) => piped::push(blocks, block),
            Some(Open::List(_, items)) => {
                items.push(Item { span: block.span, checked: None, blocks: vec![block] });
            }
            Some(Open::Table { .. }) => {}
        }
    }

    /// Finds the comments of an HTML block.
    fn comments_in(&mut self, span: Span) {
        let Some(html) = self.text.get(span.start - self.base..span.end - self.base) else { return };
        let mut from = 0;
        while let Some(start) = html.get(from..).and_then(|rest| rest.find("<!--")).map(|at| from + at) {
            let end =
                html.get(start..).and_then(|rest| rest.find("-->")).map_or(html.len(), |at| start + at + 3);
            self.body.comments.push(Span::new(span.start + start, span.start + end));
            from = end;
        }
    }

    fn finish(mut self) -> Body {
        self.close_html(self.base + self.text.len());
        self.close_inline();
        while !self.open.is_empty() {
            self.flat = 0;
            self.close();
        }
        self.body
    }
}
