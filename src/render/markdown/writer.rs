//! The events of the parser → HTML.

use std::collections::VecDeque;

use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, Options as Syntax, Parser, Tag, TextMergeWithOffset,
};

use crate::{
    render::{
        highlight::Highlighter,
        markdown::{
            Insertion, Link, Options, Rendered,
            address::{Target, image_target},
            code,
            elements::{image_attributes, rewrite},
            escape::{escaped, push_escaped},
            footnotes::Footnotes,
            inline::push_text,
            internal::{Content, Internal, guard_inline},
            outline::{Ids, Levels},
            places::{Located, Places, in_order},
            raw::{Piece, pieces},
            tables::{Labels, Table},
        },
        sanitise::{Marks, Sanitiser},
        words::Words,
    },
    source::Span,
};

/// Containers deeper than this lose their tags and keep their text.
pub(crate) const DEEPEST: usize = 48;

/// Renders one document.
pub(crate) fn render(
    text: &str,
    options: &Options<'_>,
    words: &Words,
    highlighter: &Highlighter,
    sanitiser: &Sanitiser,
) -> Rendered {
    let text = &*guard_inline(text);
    let events: Vec<Located<'_>> =
        TextMergeWithOffset::new(Parser::new_ext(text, syntax()).into_offset_iter()).collect();
    let cleaned = has_raw_tags(&events);
    let reserved =
        options.reserved.iter().copied().chain(options.anchors.iter().map(|anchor| anchor.id.as_str()));
    let mut writer = Writer {
        options,
        words,
        highlighter,
        events: &events,
        places: Places::find(&events, text, options.base, options.anchors),
        marks: if cleaned { Marks::for_document(text) } else { Marks::none() },
        cleaned,
        out: String::with_capacity(text.len() * 3 / 2),
        open: Vec::new(),
        ids: Ids::reserving(reserved),
        levels: Levels::default(),
        footnotes: Footnotes::of(&events, words),
        internal: Internal::default(),
        table: Table::default(),
        table_labels: Labels::default(),
        heading_text: None,
        last_heading: String::new(),
        links_open: 0,
        raw_depth: 0,
        insertions: in_order(options.insertions),
        first_heading_seen: false,
        rendered: Rendered::default(),
    };
    writer.document();
    let Writer { mut out, mut marks, footnotes, mut rendered, .. } = writer;
    footnotes.push_notes(&mut out, &mut marks);
    rendered.html = if cleaned {
        sanitiser
            .clean(&out, &marks, &mut |name, attributes| rewrite(name, attributes, options, &mut rendered))
    } else {
        out
    };
    rendered
}

fn syntax() -> Syntax {
    Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_GFM
}

fn has_raw_tags(events: &[Located<'_>]) -> bool {
    events.iter().enumerate().any(|(index, (event, _))| match event {
        Event::InlineHtml(html) => pieces(html).iter().any(|piece| matches!(piece, Piece::Tag(_))),
        Event::Start(Tag::HtmlBlock) => {
            pieces(&html_block(events, index)).iter().any(|piece| matches!(piece, Piece::Tag(_)))
        }
        _ => false,
    })
}

/// The text of the HTML block that starts at an event.
fn html_block(events: &[Located<'_>], start: usize) -> String {
    events
        .iter()
        .skip(start + 1)
        .map_while(|(event, _)| match event {
            Event::Html(html) | Event::Text(html) => Some(&**html),
            _ => None,
        })
        .collect()
}

/// An element that is open.
pub(crate) struct Open<'a> {
    pub(crate) close: Close<'a>,
    pub(crate) content: Content,
}

/// What is to be done when it ends.
pub(crate) enum Close<'a> {
    Write(&'static str),
    Link,
    Heading { at: usize, level: u8, span: Span, id: Option<&'a str>, class: &'static str },
    Footnote { label: String, before: String },
}

/// One document on its way to HTML.
pub(crate) struct Writer<'a, 'e> {
    pub(crate) options: &'a Options<'a>,
    pub(crate) words: &'a Words,
    pub(crate) events: &'e [Located<'e>],
    pub(crate) places: Places<'a>,
    pub(crate) marks: Marks,
    pub(crate) out: String,
    pub(crate) open: Vec<Open<'a>>,
    pub(crate) ids: Ids<'a>,
    pub(crate) levels: Levels,
    pub(crate) footnotes: Footnotes<'a>,
    pub(crate) internal: Internal,
    pub(crate) table: Table,
    pub(crate) table_labels: Labels,
    pub(crate) heading_text: Option<String>,
    pub(crate) last_heading: String,
    pub(crate) links_open: usize,
    pub(crate) rendered: Rendered,
    highlighter: &'a Highlighter,
    /// The result goes through the sanitiser, so raw tags may be written.
    pub(crate) cleaned: bool,
    pub(crate) raw_depth: usize,
    insertions: VecDeque<&'a Insertion>,
    first_heading_seen: bool,
}

impl<'e> Writer<'_, 'e> {
    fn document(&mut self) {
        let events = self.events;
        let mut index = 0;
        while let Some((event, range)) = events.get(index) {
            index = self.event(index, event, Span::new(range.start, range.end));
        }
        self.insert_up_to(usize::MAX);
        self.internal.leave(&mut self.out, 0);
    }

    /// Writes an event; gives the index of the next one.
    fn event(&mut self, index: usize, event: &Event<'e>, range: Span) -> usize {
        let next = index + 1;
        if self.open.is_empty() && !matches!(event, Event::End(_)) {
            let start = range.start + self.options.base;
            self.insert_up_to(start);
            if self.omits(start) || self.is_the_title(index) {
                return self.after_element(index);
            }
        }
        match event {
            Event::End(_) => self.end(),
            Event::Start(Tag::HtmlBlock) => {
                let html = html_block(self.events, index);
                self.raw(&html, false);
                return self.after_element(index);
            }
            Event::InlineHtml(html) | Event::Html(html) => self.raw(html, true),
            Event::Start(Tag::TableHead) if self.table.is_headless() => return self.after_element(index),
            Event::Start(Tag::CodeBlock(kind)) => {
                self.before_content();
                self.code_block(index, kind);
                return self.after_element(index);
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                self.before_content();
                self.image(index, dest_url, title, range);
                return self.after_element(index);
            }
            Event::Start(tag) => {
                self.before_content();
                self.inline_anchors(index);
                self.start(index, tag, range);
            }
            Event::Text(text) => {
                self.before_content();
                self.inline_anchors(index);
                self.timed_text(text, range);
            }
            inline => {
                self.before_content();
                self.inline_anchors(index);
                self.inline(inline);
            }
        }
        next
    }

    fn inline(&mut self, event: &Event<'_>) {
        match event {
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                if let Some(heading) = &mut self.heading_text {
                    heading.push_str(code);
                }
                self.out.push_str("<code>");
                push_escaped(&mut self.out, code);
                self.out.push_str("</code>");
            }
            Event::FootnoteReference(label) => {
                let known =
                    self.footnotes.push_reference(&mut self.out, &mut self.marks, &mut self.ids, label);
                if !known {
                    self.text(&format!("[^{label}]"));
                }
            }
            Event::SoftBreak => {
                if let Some(heading) = &mut self.heading_text {
                    heading.push(' ');
                }
                self.out.push('\n');
            }
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.task_marker(*done),
            _ => {}
        }
    }

    fn task_marker(&mut self, done: bool) {
        let (class, symbol, words) =
            if done { ("task-box is-done", "☑", "done: ") } else { ("task-box", "☐", "to do: ") };
        self.marks.push_tag(&mut self.out, "span", &format!(" class=\"{class}\" aria-hidden=\"true\""));
        self.out.push_str(symbol);
        self.out.push_str("</span>");
        self.marks.push_tag(&mut self.out, "span", " class=\"visually-hidden\"");
        self.out.push_str(words);
        self.out.push_str("</span> ");
    }

    fn code_block(&mut self, index: usize, kind: &CodeBlockKind<'_>) {
        let code: String = self
            .events
            .iter()
            .skip(index + 1)
            .map_while(|(event, _)| if let Event::Text(text) = event { Some(&**text) } else { None })
            .collect();
        let info = if let CodeBlockKind::Fenced(info) = kind { info } else { "" };
        let html = code::block(info, &code, self.places.block(index), self.highlighter);
        self.marks.push_element(&mut self.out, &html);
    }

    fn image(&mut self, index: usize, destination: &str, title: &str, range: Span) {
        let alt = self.plain_text_of(index);
        let target = image_target(destination, self.options.destinations);
        match &target {
            Target::Site(source) => {
                self.marks.push_tag(&mut self.out, "img", &image_attributes(source, &alt, title));
            }
            Target::Web(address) if self.links_open == 0 => {
                self.push_link_start(&target, title);
                push_escaped(&mut self.out, if alt.trim().is_empty() { address } else { &alt });
                self.out.push_str("</a>");
            }
            Target::Web(_) | Target::Nowhere => push_text(&mut self.out, &alt),
        }
        self.rendered.images.push(Link {
            destination: destination.to_owned(),
            target,
            span: range.shift(self.options.base),
        });
    }

    /// The index after the end of the element that starts at `index`; the next one when it is no element.
    fn after_element(&self, index: usize) -> usize {
        let mut depth = 0usize;
        for (offset, (event, _)) in self.events.iter().skip(index).enumerate() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return index + offset + 1;
            }
        }
        self.events.len()
    }

    /// Writes the supplied HTML whose place has been reached.
    fn insert_up_to(&mut self, start: usize) {
        while let Some(insertion) = self.insertions.front()
            && insertion.place() <= start
        {
            self.marks.push_element(&mut self.out, &insertion.html);
            self.insertions.pop_front();
        }
    }

    /// True when supplied HTML stands in the place of the block.
    fn omits(&self, start: usize) -> bool {
        let within = |span: Span| span.start <= start && start < span.end;
        self.options.insertions.iter().any(|insertion| insertion.replace && within(insertion.span))
    }

    /// True for a first heading that repeats the title of the page: of level 1, or of any where the text begins with it.
    fn is_the_title(&mut self, index: usize) -> bool {
        let Some((Event::Start(Tag::Heading { level, .. }), _)) = self.events.get(index) else {
            return false;
        };
        let is_top = *level == HeadingLevel::H1 || index == 0;
        let first = !std::mem::replace(&mut self.first_heading_seen, true);
        if !first || !is_top {
            return false;
        }
        let said = self.plain_text_of(index);
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let is_title = words(&said) == words(self.options.title);
        if is_title {
            // It counts all the same, as it does on a forge: a second heading of this name is `name-1`.
            self.ids.anchor(&said);
        }
        is_title
    }

    fn plain_text_of(&self, index: usize) -> String {
        let end = self.after_element(index);
        let events = self.events.get(index..end).unwrap_or_default();
        let texts = events.iter().filter_map(|(event, _)| match event {
            Event::Text(text) | Event::Code(text) => Some(&**text),
            Event::SoftBreak | Event::HardBreak => Some(" "),
            _ => None,
        });
        texts.collect()
    }

    fn inline_anchors(&mut self, index: usize) {
        for id in self.places.inline(index) {
            let attributes = [" id=\"", &*escaped(id), "\" class=\"place\""].concat();
            self.marks.push_tag(&mut self.out, "span", &attributes);
            self.out.push_str("</span>");
        }
    }
}
