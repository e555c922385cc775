//! The elements of a document: what begins them and what ends them.

use pulldown_cmark::{BlockQuoteKind, Event, LinkType, Tag};

use crate::{
    render::{
        markdown::{
            Link, Options, Rendered,
            address::{Target, image_target, link_target},
            escape::{escaped, push_address, push_escaped},
            inline::with_emoji,
            internal::Content,
            outline::Heading,
            tables::{Table, is_moment},
            writer::{Close, DEEPEST, Open, Writer},
        },
        sanitise::{RawAttributes, Rewritten},
    },
    source::Span,
};

impl<'a, 'e> Writer<'a, 'e> {
    /// Begins an element.
    pub(crate) fn start(&mut self, index: usize, tag: &Tag<'e>, range: Span) {
        if self.open.len() >= DEEPEST && !matches!(tag, Tag::FootnoteDefinition(_) | Tag::Heading { .. }) {
            let content = if matches!(tag, Tag::Paragraph) { Content::Phrasing } else { Content::Flow };
            return self.push(Close::Write("\n"), content);
        }
        match tag {
            Tag::Paragraph => {
                let class = class_of(self.places.class(index));
                self.element(index, "p", &class, "</p>\n", Content::Phrasing);
            }
            Tag::Heading { level, .. } => {
                let id = self.places.block(index);
                self.heading_text = Some(String::new());
                let class = self.places.class(index);
                let close =
                    Close::Heading { at: self.out.len(), level: *level as u8, span: range, id, class };
                self.push(close, Content::Phrasing);
            }
            Tag::BlockQuote(None) => self.element(index, "blockquote", "", "</blockquote>\n", Content::Flow),
            Tag::BlockQuote(Some(kind)) => self.alert(index, *kind),
            Tag::List(None) => self.element(index, "ul", "", "</ul>\n", Content::Structure),
            Tag::List(Some(1)) => self.element(index, "ol", "", "</ol>\n", Content::Structure),
            Tag::List(Some(first)) => {
                self.element(index, "ol", &format!(" start=\"{first}\""), "</ol>\n", Content::Structure);
            }
            Tag::Item => {
                let task = if self.is_task(index) { "task " } else { "" };
                let class = class_of([task, self.places.class(index)].concat().trim_end());
                self.element(index, "li", &class, "</li>\n", Content::Flow);
                self.anchor_of(index);
            }
            Tag::FootnoteDefinition(label) => {
                let before = std::mem::take(&mut self.out);
                self.push(Close::Footnote { label: label.to_string(), before }, Content::Flow);
            }
            Tag::Table(alignments) => {
                let label = self.table_labels.next(&self.last_heading, self.words);
                let attributes = format!(
                    " class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"",
                    escaped(&label)
                );
                self.table = Table::at(self.events, index, alignments);
                let body = if self.table.is_headless() { "<table><tbody>\n" } else { "<table>\n" };
                self.element(index, "div", &attributes, "</tbody></table></div>\n", Content::Structure);
                self.out.push_str(body);
            }
            Tag::TableHead => {
                self.table.row(true);
                self.out.push_str("<thead>");
                self.element(index, "tr", "", "</tr></thead>\n<tbody>\n", Content::Structure);
            }
            Tag::TableRow => {
                self.table.row(false);
                self.element(index, "tr", "", "</tr>\n", Content::Structure);
            }
            Tag::TableCell => {
                let is_empty = matches!(self.events.get(index + 1), Some((Event::End(_), _)));
                let of_time = match (self.events.get(index + 1), self.events.get(index + 2)) {
                    (Some((Event::Text(text), _)), Some((Event::End(_), _))) => is_moment(text),
                    _ => false,
                };
                let cell = self.table.cell(is_empty, of_time);
                let (open, close) = if cell.is_header { ("th", "</th>") } else { ("td", "</td>") };
                self.element(index, open, &cell.attributes, close, Content::Phrasing);
                if let Some((Event::Start(Tag::TableRow), _)) = self.events.get(index.wrapping_sub(1)) {
                    self.anchor_of(index - 1);
                }
            }
            Tag::Emphasis => self.element(index, "em", "", "</em>", Content::Phrasing),
            Tag::Strong => self.element(index, "strong", "", "</strong>", Content::Phrasing),
            Tag::Strikethrough => self.element(index, "del", "", "</del>", Content::Phrasing),
            Tag::Link { link_type, dest_url, title, .. } => self.link(*link_type, dest_url, title, range),
            // Written elsewhere, or never asked of the parser.
            _ => self.push(Close::Write(""), Content::Flow),
        }
    }

    /// Ends the innermost element.
    pub(crate) fn end(&mut self) {
        self.internal.leave(&mut self.out, self.open.len());
        let Some(open) = self.open.pop() else { return };
        match open.close {
            Close::Write(tag) => self.out.push_str(tag),
            Close::Link => {
                self.links_open = self.links_open.saturating_sub(1);
                self.out.push_str("</a>");
            }
            Close::Heading { at, level, span, id, class } => {
                self.end_heading(at, level, span, id, class);
            }
            Close::Footnote { label, before } => {
                let content = std::mem::replace(&mut self.out, before);
                self.footnotes.define(label, content);
            }
        }
        self.internal.back_in(&mut self.out, self.open.len());
    }

    fn push(&mut self, close: Close<'a>, content: Content) {
        self.open.push(Open { close, content });
    }

    /// Opens an element with its attributes and the id that its place asks for.
    fn element(&mut self, index: usize, name: &str, attributes: &str, close: &'static str, content: Content) {
        match self.places.block(index) {
            Some(id) => {
                let attributes = [" id=\"", &*escaped(id), "\"", attributes].concat();
                self.marks.push_tag(&mut self.out, name, &attributes);
            }
            None => self.marks.push_tag(&mut self.out, name, attributes),
        }
        self.push(Close::Write(close), content);
    }

    /// A link to a place that the caller asked an id for, unless a time in it is that link.
    fn anchor_of(&mut self, index: usize) {
        let Some(id) = self.places.block(index) else { return };
        if self.options.times.iter().any(|mark| mark.id == id) {
            return;
        }
        let label = escaped(self.words.say("text.link-entry"));
        self.marks.push_tag(&mut self.out, "a", &anchor_attributes(&escaped(id), &label));
        self.out.push_str("#</a>");
    }

    fn alert(&mut self, index: usize, kind: BlockQuoteKind) {
        let class = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = self.words.of("alert", class);
        let attributes = format!(" class=\"alert alert-{class}\" role=\"note\"");
        self.element(index, "div", &attributes, "</div>\n", Content::Flow);
        self.marks.push_tag(&mut self.out, "p", " class=\"alert-title\"");
        self.out.push_str(title);
        self.out.push_str("</p>\n");
    }

    fn is_task(&self, index: usize) -> bool {
        let marker = |at| matches!(self.events.get(at), Some((Event::TaskListMarker(_), _)));
        marker(index + 1)
            || (matches!(self.events.get(index + 1), Some((Event::Start(Tag::Paragraph), _)))
                && marker(index + 2))
    }

    fn link(&mut self, kind: LinkType, destination: &str, title: &str, range: Span) {
        let address =
            if kind == LinkType::Email { format!("mailto:{destination}") } else { destination.to_owned() };
        let target = link_target(&address, self.options.destinations);
        if target == Target::Nowhere {
            self.push(Close::Write(""), Content::Phrasing);
        } else {
            self.push_link_start(&target, title);
            self.links_open += 1;
            self.push(Close::Link, Content::Phrasing);
        }
        self.rendered.links.push(Link {
            destination: destination.to_owned(),
            target,
            span: range.shift(self.options.base),
        });
    }

    /// Writes `<a …>`.
    pub(crate) fn push_link_start(&mut self, target: &Target, title: &str) {
        self.marks.push_tag(&mut self.out, "a", &link_attributes(target, title));
    }

    fn end_heading(&mut self, at: usize, level: u8, span: Span, id: Option<&str>, class: &str) {
        let mut text = self.heading_text.take().unwrap_or_default();
        let explicit = explicit_anchor(&text).map(str::to_owned);
        if let Some(anchor) = &explicit {
            // ` {#anchor}`, in the text and, the same bytes, in the HTML.
            let tail = anchor.len() + 3;
            for string in [&mut text, &mut self.out] {
                string.truncate(string.len().saturating_sub(tail));
                string.truncate(string.trim_end().len());
            }
        }
        let anchor = match (id, explicit) {
            (Some(id), _) => id.to_owned(),
            (None, Some(anchor)) => self.ids.unique(&anchor),
            (None, None) => self.ids.anchor(&text),
        };
        let text = with_emoji(text.trim()).into_owned();
        let page_level = self.levels.next(level);
        let content = self.out.split_off(at.min(self.out.len()));
        let tag = format!("h{page_level}");
        let id = escaped(&anchor);
        self.marks.push_tag(&mut self.out, &tag, &[" id=\"", &*id, "\"", &class_of(class)].concat());
        self.out.push_str(&content);
        self.out.push(' ');
        let label = escaped(self.words.say("text.link-section"));
        self.marks.push_tag(&mut self.out, "a", &anchor_attributes(&id, &label));
        self.out.push_str("#</a></");
        self.out.push_str(&tag);
        self.out.push_str(">\n");
        self.last_heading.clone_from(&text);
        let span = span.shift(self.options.base);
        self.rendered.headings.push(Heading { level, page_level, text, anchor, span });
    }
}

/// The attribute for classes, with a space before it.
fn class_of(classes: &str) -> String {
    if classes.is_empty() { String::new() } else { [" class=\"", classes, "\""].concat() }
}

/// The attributes of a link to a place of the page, by its id and its name, both escaped.
fn anchor_attributes(id: &str, label: &str) -> String {
    [" class=\"anchor\" href=\"#", id, "\" aria-label=\"", label, "\""].concat()
}

/// The `anchor` of a heading that ends in `{#anchor}`.
fn explicit_anchor(text: &str) -> Option<&str> {
    let (_, anchor) = text.strip_suffix('}')?.rsplit_once("{#")?;
    let plain = !anchor.is_empty()
        && anchor.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'));
    plain.then_some(anchor)
}

fn link_attributes(target: &Target, title: &str) -> String {
    let (address, rest) = match target {
        Target::Site(address) => (address, ""),
        Target::Web(address) => (address, " class=\"external\" rel=\"noopener noreferrer\""),
        Target::Nowhere => return String::new(),
    };
    let mut out = String::from(" href=\"");
    push_address(&mut out, address);
    out.push('"');
    out.push_str(rest);
    push_title(&mut out, title);
    out
}

/// The attributes of an image of the site.
pub(crate) fn image_attributes(source: &str, alt: &str, title: &str) -> String {
    let mut out = String::from(" src=\"");
    push_address(&mut out, source);
    out.push_str("\" alt=\"");
    push_escaped(&mut out, alt);
    out.push_str("\" loading=\"lazy\" decoding=\"async\"");
    push_title(&mut out, title);
    out
}

fn push_title(out: &mut String, title: &str) {
    if !title.is_empty() {
        out.push_str(" title=\"");
        push_escaped(out, title);
        out.push('"');
    }
}

/// Gives links and images of raw HTML the treatment that those of Markdown get.
pub(crate) fn rewrite(
    name: &str,
    attributes: &RawAttributes,
    options: &Options<'_>,
    rendered: &mut Rendered,
) -> Rewritten {
    let title = attributes.get("title");
    let span = Span::empty(options.base);
    if name == "a" {
        let destination = attributes.get("href").to_owned();
        if destination.is_empty() {
            return Rewritten::Text(String::new());
        }
        let target = link_target(&destination, options.destinations);
        let rewritten = match &target {
            Target::Nowhere => Rewritten::Text(String::new()),
            leads => Rewritten::Attributes(link_attributes(leads, title)),
        };
        rendered.links.push(Link { destination, target, span });
        return rewritten;
    }
    let destination = attributes.get("src").to_owned();
    let alt = attributes.get("alt");
    let target = image_target(&destination, options.destinations);
    let rewritten = match &target {
        Target::Site(source) => {
            let mut written = image_attributes(source, alt, title);
            for side in ["width", "height"] {
                let pixels = attributes.get(side);
                if !pixels.is_empty() && pixels.len() < 5 && pixels.bytes().all(|byte| byte.is_ascii_digit())
                {
                    written.extend([" ", side, "=\"", pixels, "\""]);
                }
            }
            Rewritten::Attributes(written)
        }
        _ => Rewritten::Text(escaped(alt)),
    };
    rendered.images.push(Link { destination, target, span });
    rewritten
}
