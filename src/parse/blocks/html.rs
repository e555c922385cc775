//! The tables and lists that a document writes in HTML, made into the same blocks as those of Markdown.
//!
//! What is open stays open from one HTML block to the next, so that Markdown may stand between the tags. All that is no
//! table and no list is passed over: HTML is the dress of a text more often than its structure.

use html5ever::tokenizer::Tag;
use pulldown_cmark::{self as markdown, TagEnd};

use super::{
    Block, Builder, DEPTH, Item, Kind, Open, Style,
    grid::Grid,
    tokens::{self, Token, TokenKind},
};
use crate::{model::Link, source::Span};

/// The tags that open what is read.
const OPENING: [&str; 4] = ["table", "ul", "ol", "dl"];

/// What is known of the HTML that is being read.
#[derive(Debug, Default)]
pub(super) struct Html {
    /// The places of the lines of the HTML block that is open.
    pub(super) lines: Vec<Span>,
    /// Which of the open containers are lists or items of HTML, by their depth.
    lists: Vec<usize>,
    /// The table or the list of definitions that is open. Within its cells there are only lines.
    pub(super) grid: Option<Grid>,
    /// White space in front of the next word.
    pub(super) gap: bool,
    /// The open inline tags whose ends are known.
    marks: Vec<bool>,
}

impl Html {
    pub(super) fn is_open(&self) -> bool {
        self.grid.is_some() || !self.lists.is_empty()
    }
}

/// True for HTML that may hold a table or a list.
fn may_hold_structure(html: &str) -> bool {
    memchr::memchr_iter(b'<', html.as_bytes()).any(|at| {
        let name = html.as_bytes().get(at + 1..).unwrap_or_default();
        OPENING.iter().any(|known| {
            name.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known.as_bytes()))
        })
    })
}

/// True for a tag in a line of Markdown behind which a line ends: `one<li>two`.
pub(super) fn breaks_line(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    ["br", "li", "p", "div", "ul", "ol", "tr"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

impl Builder<'_> {
    /// Reads the HTML block that ends here.
    pub(super) fn html_block(&mut self, span: Span) {
        let lines = std::mem::take(&mut self.html.lines);
        let html = self.text.get(span.start - self.base..span.end - self.base).unwrap_or_default();
        if !self.html.is_open() && !may_hold_structure(html) {
            self.add(Block { span, kind: Kind::Html });
            return;
        }
        let before = self.added;
        self.tags(tokens::read(self.text, self.base, &lines));
        if before == self.added && !self.html.is_open() {
            self.add(Block { span, kind: Kind::Html });
        }
    }

    /// Reads a tag in a line of Markdown where a table or a list of HTML is open.
    pub(super) fn html_in_line(&mut self, span: Span) {
        self.tags(tokens::read(self.text, self.base, &[span]));
    }

    /// Begins an element of Markdown where HTML is open; true when that is all there is to do. A heading ends what HTML
    /// has left open; in a cell of HTML all other blocks are lines.
    pub(super) fn start_within_html(&mut self, tag: &markdown::Tag<'_>, span: Span) -> bool {
        use markdown::Tag;
        let is_flat = self.html.grid.as_ref().is_some_and(Grid::is_nested);
        if matches!(tag, Tag::Heading { .. }) && !is_flat {
            self.close_html(span.start);
        }
        let Some(grid) = &mut self.html.grid else { return false };
        match tag {
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::List(_) | Tag::Item | Tag::Table(_) => {
                grid.inside += 1;
            }
            Tag::CodeBlock(_) => grid.is_code = true,
            Tag::Paragraph | Tag::Heading { .. } | Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            _ => return false,
        }
        self.line_break(span);
        true
    }

    /// Ends an element of Markdown where HTML is open; true when that is all there is to do. What HTML has opened in it
    /// ends with it.
    pub(super) fn end_within_html(&mut self, tag: TagEnd, span: Span) -> bool {
        let is_container = matches!(
            tag,
            TagEnd::BlockQuote(_)
                | TagEnd::FootnoteDefinition
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::Table
        );
        match &mut self.html.grid {
            Some(grid) if is_container && grid.inside > 0 => {
                grid.inside -= 1;
                true
            }
            Some(grid) if tag == TagEnd::CodeBlock => {
                grid.is_code = false;
                true
            }
            Some(_) if !is_container => matches!(
                tag,
                TagEnd::Paragraph
                    | TagEnd::Heading(_)
                    | TagEnd::TableHead
                    | TagEnd::TableRow
                    | TagEnd::TableCell
            ),
            _ => {
                if is_container {
                    self.close_html(span.end);
                }
                false
            }
        }
    }

    fn tags(&mut self, tokens: Vec<Token>) {
        let ends = ends_of_inline(&tokens);
        let mut is_raw = false;
        for (Token { span, kind }, end) in tokens.into_iter().zip(ends) {
            match kind {
                TokenKind::Text(text) if !is_raw => self.html_text(&text, span),
                TokenKind::Text(_) => {}
                TokenKind::Open(tag) => {
                    is_raw = matches!(
                        &*tag.name,
                        "script" | "style" | "iframe" | "noscript" | "xmp" | "textarea" | "title"
                    );
                    self.open_tag(&tag, span, end);
                }
                TokenKind::Close(tag) => {
                    is_raw = false;
                    self.close_tag(&tag, span, end.is_some());
                }
            }
        }
        self.html.gap = false;
    }

    fn open_tag(&mut self, tag: &Tag, span: Span, end: Option<usize>) {
        match &*tag.name {
            "table" | "dl" => self.open_grid(span, &*tag.name == "dl"),
            "tr" | "dt" => self.row(span),
            "td" | "th" | "dd" => self.cell(tag, span),
            "thead" | "tbody" | "tfoot" | "caption" | "colgroup" => self.end_row(span.start),
            "ul" | "ol" | "li" if self.html.grid.is_some() => self.line_break(span),
            "ul" | "ol" => self.open_list(span, Open::List(span, Vec::new())),
            "li" => {
                self.close_item(span.start);
                if self.is_html_on_top() && matches!(self.open.last(), Some(Open::List(..))) {
                    self.open_list(span, Open::Item(Item { span, checked: None, blocks: Vec::new() }));
                }
            }
            "input" => {
                if has(tag, "type", Some("checkbox"))
                    && self.is_html_on_top()
                    && let Some(Open::Item(item)) = self.open.last_mut()
                {
                    item.checked = Some(has(tag, "checked", None));
                }
            }
            "br" => {
                if self.inline.is_some() {
                    self.push_text("\n", span, false);
                }
                self.html.gap = false;
            }
            name => match (end, style_of(name)) {
                (Some(end), Some(change)) if self.takes_html_text() => {
                    self.push_gap(span.start);
                    let whole = Span::new(span.start, end);
                    match attribute(tag, "href") {
                        Some(target) if name == "a" => self.html_link(target, whole),
                        _ => {
                            self.marks.push((whole, self.style));
                            change(&mut self.style);
                        }
                    }
                    self.html.marks.push(true);
                }
                (Some(_), Some(_)) => self.html.marks.push(false),
                _ if is_block(name) => self.paragraph_break(span),
                _ => {}
            },
        }
    }

    fn close_tag(&mut self, tag: &Tag, span: Span, is_matched: bool) {
        match &*tag.name {
            "table" | "dl" => self.close_grid_tag(span, &*tag.name == "dl"),
            "tr" => self.end_row(span.end),
            "td" | "th" | "dt" | "dd" => self.end_cell(span.start),
            "ul" | "ol" | "li" if self.html.grid.is_some() => self.line_break(span),
            "ul" | "ol" => {
                self.close_item(span.start);
                if self.is_html_on_top() && matches!(self.open.last(), Some(Open::List(..))) {
                    self.close_top_of_html(span.end);
                }
            }
            "li" => self.close_item(span.end),
            name if style_of(name).is_some() => {
                let is_in_force = is_matched && self.html.marks.pop() == Some(true);
                is_in_force.then(|| self.unmark());
            }
            name if is_block(name) => self.paragraph_break(span),
            _ => {}
        }
    }

    /// True when text in HTML is text of a table or a list.
    fn takes_html_text(&self) -> bool {
        match &self.html.grid {
            Some(grid) => grid.is_in_cell(),
            None => self.is_html_on_top() && matches!(self.open.last(), Some(Open::Item(_))),
        }
    }

    fn html_text(&mut self, text: &str, span: Span) {
        if !self.takes_html_text() {
            return;
        }
        let is_verbatim = text.len() == span.end - span.start;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let said = line.trim();
            let start = at + (line.len() - line.trim_start().len());
            self.html.gap |= start > at || said.is_empty();
            if !said.is_empty() {
                self.push_gap(span.start + if is_verbatim { start } else { 0 });
                let place = if is_verbatim {
                    Span::new(span.start + start, span.start + start + said.len())
                } else {
                    span
                };
                self.push_text(said, place, false);
                self.html.gap = start + said.len() < at + line.len();
            }
            at += line.len();
        }
    }

    /// Puts the white space in front of a word that there is; none where a line begins.
    fn push_gap(&mut self, at: usize) {
        let is_within = self.inline.as_ref().is_some_and(|inline| !inline.text.ends_with(['\n', ' ']));
        if std::mem::take(&mut self.html.gap) && is_within {
            let start = self.inline.as_ref().map_or(at, |inline| inline.span.end.min(at));
            self.push_text(" ", Span::new(start, at), false);
        }
    }

    fn html_link(&mut self, target: &str, span: Span) {
        let number = self.body.links.len();
        self.body.links.push(Link { target: target.to_owned(), text: String::new(), is_image: false, span });
        self.marks.push((span, self.style));
        self.style.link = Some(number);
    }

    /// Ends a line of a cell. No byte of the document stands for the end.
    pub(super) fn line_break(&mut self, span: Span) {
        self.html.gap = false;
        if self.inline.as_ref().is_some_and(|inline| !inline.is_blank() && !inline.text.ends_with('\n')) {
            self.push_text("\n", Span::empty(span.start), false);
        }
    }

    /// Ends a paragraph: in a cell, that is a line.
    fn paragraph_break(&mut self, span: Span) {
        if self.html.grid.is_some() {
            self.line_break(span);
        } else if self.is_html_on_top() {
            self.html.gap = false;
            self.close_inline();
        }
    }

    fn open_list(&mut self, span: Span, open: Open) {
        self.close_inline();
        if self.flat == 0 && self.open.len() < DEPTH {
            self.html.lists.push(self.open.len());
            self.open.push(open);
        } else {
            self.line_break(span);
        }
    }

    /// True when the innermost container was opened by HTML.
    fn is_html_on_top(&self) -> bool {
        self.flat == 0 && self.html.lists.last().is_some_and(|at| at + 1 == self.open.len())
    }

    /// Ends the item of HTML that is open.
    fn close_item(&mut self, end: usize) {
        if self.is_html_on_top() && matches!(self.open.last(), Some(Open::Item(_))) {
            self.close_top_of_html(end);
        }
    }

    fn close_top_of_html(&mut self, end: usize) {
        self.close_inline();
        self.html.lists.pop();
        match self.open.pop() {
            Some(Open::List(span, items)) if !items.is_empty() => {
                self.add(Block { span: Span::new(span.start, end), kind: Kind::List(items) });
            }
            Some(Open::Item(item)) => {
                if let Some(Open::List(_, items)) = self.open.last_mut() {
                    items.push(Item { span: Span::new(item.span.start, end), ..item });
                }
            }
            _ => {}
        }
    }

    /// Ends what HTML has opened within the innermost container of Markdown.
    pub(super) fn close_html(&mut self, end: usize) {
        if self.html.grid.is_some() {
            self.close_grid(end);
        }
        while self.is_html_on_top() {
            self.close_top_of_html(end);
        }
    }
}

/// What an inline element does to the style of its text.
fn style_of(name: &str) -> Option<fn(&mut Style)> {
    Some(match name {
        "b" | "strong" => |style| style.bold = true,
        "i" | "em" => |style| style.italic = true,
        "s" | "del" | "strike" => |style| style.struck = true,
        "code" | "tt" | "kbd" | "samp" => |style| style.code = true,
        "a" => |_| {},
        _ => return None,
    })
}

/// True for an element that begins a paragraph or a line of its own.
fn is_block(name: &str) -> bool {
    let names = ["p", "div", "section", "article", "blockquote", "pre", "hr", "details", "summary"];
    names.contains(&name) || name.len() == 2 && name.starts_with('h')
}

pub(super) fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn has(tag: &Tag, name: &str, value: Option<&str>) -> bool {
    attribute(tag, name).is_some_and(|found| value.is_none_or(|value| found.eq_ignore_ascii_case(value)))
}

/// For each inline tag that has its counterpart, where the element ends. What a cell or an item ends, has none.
fn ends_of_inline(tokens: &[Token]) -> Vec<Option<usize>> {
    let mut ends = vec![None; tokens.len()];
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match &token.kind {
            TokenKind::Open(tag) if style_of(&tag.name).is_some() => open.push((index, &tag.name)),
            TokenKind::Close(tag) if style_of(&tag.name).is_some() => {
                // What is not closed in its order, is not closed.
                if let Some((at, _)) = open.pop_if(|(_, name)| **name == *tag.name) {
                    for place in [at, index] {
                        if let Some(end) = ends.get_mut(place) {
                            *end = Some(token.span.end);
                        }
                    }
                }
            }
            TokenKind::Open(_) | TokenKind::Close(_) => open.clear(),
            TokenKind::Text(_) => {}
        }
    }
    ends
}
