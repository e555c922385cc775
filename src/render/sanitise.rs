//! Raw HTML in a document → HTML that may stand in a page.
//!
//! The cleaning is `ammonia`'s. Around it stands what a cleaner cannot know: which attributes the renderer itself wrote
//! (they carry a mark and are put back afterwards) and where the links and images of the archive lead.
//! Documents without raw HTML never come here.

use std::collections::{HashMap, HashSet};

use crate::render::markdown::raw::ALLOWED;

/// The attribute that carries a mark through the cleaning.
const MARK: &str = "data-t";

/// Attributes, and whole elements, that the renderer wrote and that are none of the cleaner's business.
///
/// The mark begins with a digest of the document, so that no document can hold one of its own marks.
#[derive(Debug, Default)]
pub struct Marks {
    nonce: Option<String>,
    kept: Vec<Kept>,
}

#[derive(Debug)]
enum Kept {
    Attributes(String),
    Element(String),
}

impl Marks {
    /// For a document without raw HTML: everything is written as it is.
    pub fn none() -> Self {
        Self::default()
    }

    /// For a document that is going to be cleaned.
    pub fn for_document(text: &str) -> Self {
        let digest = blake3::hash(text.as_bytes()).to_hex();
        Self { nonce: Some(digest.chars().take(24).collect()), kept: Vec::new() }
    }

    /// Appends attributes, written ` name="value"`, or the mark that stands for them.
    pub fn push_attributes(&mut self, out: &mut String, attributes: &str) {
        if attributes.is_empty() {
            return;
        }
        match self.mark(|| Kept::Attributes(attributes.to_owned())) {
            Some(mark) => out.push_str(&mark),
            None => out.push_str(attributes),
        }
    }

    /// Appends an opening tag with its attributes.
    pub fn push_tag(&mut self, out: &mut String, name: &str, attributes: &str) {
        out.push('<');
        out.push_str(name);
        self.push_attributes(out, attributes);
        out.push('>');
    }

    /// Appends a whole element, or an empty one that stands for it.
    pub fn push_element(&mut self, out: &mut String, html: &str) {
        match self.mark(|| Kept::Element(html.to_owned())) {
            Some(mark) => {
                out.push_str("<pre");
                out.push_str(&mark);
                out.push_str("></pre>");
            }
            None => out.push_str(html),
        }
    }

    fn mark(&mut self, kept: impl FnOnce() -> Kept) -> Option<String> {
        let nonce = self.nonce.as_deref()?;
        let mark = format!(" {MARK}=\"{nonce}:{}\"", self.kept.len());
        self.kept.push(kept());
        Some(mark)
    }

    fn find(&self, value: &str) -> Option<&Kept> {
        let (nonce, index) = value.split_once(':')?;
        if Some(nonce) != self.nonce.as_deref() {
            return None;
        }
        self.kept.get(index.parse::<usize>().ok()?)
    }
}

/// What becomes of a link or an image that stands in raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Rewritten {
    /// It stays, with these attributes, written ` name="value"`.
    Attributes(String),
    /// This text, escaped already, stands in its place; the content of a link stays.
    Text(String),
}

/// A cleaner; made once, used from any thread.
pub struct Sanitiser {
    builder: ammonia::Builder<'static>,
}

impl std::fmt::Debug for Sanitiser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sanitiser")
    }
}

impl Default for Sanitiser {
    fn default() -> Self {
        Self::new()
    }
}

impl Sanitiser {
    /// Lets through text-level and table markup, `details`, links and images; no ids, classes, styles or forms.
    pub fn new() -> Self {
        let of = |names: &[&'static str]| names.iter().copied().collect::<HashSet<_>>();
        let attributes = HashMap::from([
            ("a", of(&["href"])),
            ("img", of(&["src", "alt", "width", "height"])),
            ("td", of(&["colspan", "rowspan"])),
            ("th", of(&["colspan", "rowspan", "scope"])),
            ("col", of(&["span"])),
            ("colgroup", of(&["span"])),
            ("ol", of(&["start", "reversed"])),
            ("li", of(&["value"])),
            ("details", of(&["open"])),
            ("time", of(&["datetime"])),
            ("bdo", of(&["dir"])),
        ]);
        let mut builder = ammonia::Builder::empty();
        builder
            .tags(of(ALLOWED))
            .tag_attributes(attributes)
            .generic_attributes(of(&["title", "lang", MARK]))
            .url_schemes(of(&["http", "https", "mailto"]))
            .link_rel(None);
        Self { builder }
    }

    /// Cleans a rendered document. `rewrite` is asked about each `a` (its `href`) and `img` (its `src`, `alt`) that the
    /// document wrote as HTML.
    pub fn clean(
        &self,
        html: &str,
        marks: &Marks,
        rewrite: &mut dyn FnMut(&str, &RawAttributes) -> Rewritten,
    ) -> String {
        let cleaned = self.builder.clean(html).to_string();
        restore(&cleaned, marks, rewrite)
    }
}

/// The attributes of one tag of cleaned HTML: name and unescaped value.
#[derive(Debug, Default)]
pub struct RawAttributes(Vec<(String, String)>);

impl RawAttributes {
    /// The value of an attribute, empty when it is absent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All attributes but the mark, as they are written in a tag.
    fn written(&self) -> String {
        let mut out = String::new();
        for (name, value) in self.0.iter().filter(|(name, _)| name != MARK) {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            crate::render::markdown::escape::push_escaped(&mut out, value);
            out.push('"');
        }
        out
    }
}

/// Puts back what the marks stand for. The cleaner's output is regular: every `<` begins a tag, every value is quoted.
fn restore(html: &str, marks: &Marks, rewrite: &mut dyn FnMut(&str, &RawAttributes) -> Rewritten) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut dropped_links: Vec<bool> = Vec::new();
    let mut in_summary = false;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (tag, after) = from.split_at(tag_length(from));
        rest = after;
        if let Some(name) = tag.strip_prefix("</").and_then(|tag| tag.strip_suffix('>')) {
            match name {
                "a" if dropped_links.pop() == Some(true) => {}
                "p" | "div" if in_summary => {}
                _ => {
                    in_summary &= name != "summary";
                    push_tag(&mut out, &format!("/{}", present_name(name)), "");
                }
            }
            continue;
        }
        let (name, attributes) = parse_tag(tag);
        in_summary |= name == "summary";
        match marks.find(attributes.get(MARK)) {
            Some(Kept::Element(html)) => {
                out.push_str(html);
                rest = rest.strip_prefix("</pre>").unwrap_or(rest);
                continue;
            }
            Some(Kept::Attributes(kept)) => {
                push_tag(&mut out, name, kept);
                if name == "a" {
                    dropped_links.push(false);
                }
                continue;
            }
            None => {}
        }
        match name {
            "a" => {
                let rewritten = rewrite(name, &attributes);
                dropped_links.push(matches!(rewritten, Rewritten::Text(_)));
                push_rewritten(&mut out, name, &rewritten);
            }
            "img" => push_rewritten(&mut out, name, &rewrite(name, &attributes)),
            // A summary is a line of text; Markdown between its tags makes paragraphs there.
            "p" | "div" if in_summary => {}
            _ => push_tag(&mut out, present_name(name), &attributes.written()),
        }
    }
    out.push_str(rest);
    out
}

/// The name that an element of a document has in a page: what HTML has given up goes by what took its place, and the page
/// has its one `h1` already.
fn present_name(name: &str) -> &str {
    match name {
        "h1" => "h2",
        "acronym" => "abbr",
        "strike" => "s",
        "tt" => "code",
        name => name,
    }
}

fn push_rewritten(out: &mut String, name: &str, rewritten: &Rewritten) {
    match rewritten {
        Rewritten::Attributes(attributes) => push_tag(out, name, attributes),
        Rewritten::Text(text) => out.push_str(text),
    }
}

fn push_tag(out: &mut String, name: &str, attributes: &str) {
    out.push('<');
    out.push_str(name);
    out.push_str(attributes);
    out.push('>');
}

fn tag_length(from: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in from.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    from.len()
}

fn parse_tag(tag: &str) -> (&str, RawAttributes) {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    let (name, mut rest) = inner.split_once(' ').unwrap_or((inner, ""));
    let mut attributes = Vec::new();
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        attributes.push((key.trim().to_owned(), unescape(value)));
        rest = after;
    }
    (name, RawAttributes(attributes))
}

fn unescape(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    value
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(html: &str, marks: &Marks) -> String {
        Sanitiser::new().clean(html, marks, &mut |name, attributes| match (name, attributes.get("href")) {
            ("a", "keep") => Rewritten::Attributes(" href=\"kept.html\"".into()),
            ("a", _) => Rewritten::Text(String::new()),
            _ => Rewritten::Text("image".into()),
        })
    }

    #[test]
    fn marked_attributes_and_elements_come_back_and_others_do_not() {
        let mut marks = Marks::for_document("text");
        let mut html = String::from("<h2");
        marks.push_attributes(&mut html, " id=\"x\" class=\"y\"");
        html.push_str(">T</h2>");
        marks.push_element(&mut html, "<pre class=\"code\"><span class=\"k\">fn</span></pre>");
        html.push_str("<p id=\"no\" class=\"no\" data-t=\"0\" style=\"x\" onclick=\"x\">raw</p>");
        assert_eq!(
            clean(&html, &marks),
            "<h2 id=\"x\" class=\"y\">T</h2><pre class=\"code\"><span class=\"k\">fn</span></pre><p>raw</p>"
        );
    }

    #[test]
    fn links_and_images_of_raw_html_are_asked_about() {
        let html = "<a href=\"keep\">a</a> <a href=\"javascript:x\">b</a> <img src=\"x.png\" onerror=\"x\"><h1>T</h1>";
        assert_eq!(clean(html, &Marks::for_document(html)), "<a href=\"kept.html\">a</a> b image<h2>T</h2>");
    }

    #[test]
    fn elements_that_html_has_given_up_go_by_their_present_names() {
        let html = "<strike>a</strike><tt>b</tt><acronym title=\"x\">c</acronym>";
        assert_eq!(
            clean(html, &Marks::for_document(html)),
            "<s>a</s><code>b</code><abbr title=\"x\">c</abbr>"
        );
    }

    #[test]
    fn a_summary_holds_a_line_of_text() {
        let html = "<details><summary>\n<p>More <b>here</b></p>\n</summary><p>x</p></details>";
        assert_eq!(
            clean(html, &Marks::for_document(html)),
            "<details><summary>\nMore <b>here</b>\n</summary><p>x</p></details>"
        );
    }

    #[test]
    fn what_is_left_open_is_closed() {
        let html = "<details><summary>More</summary><b>x";
        assert_eq!(
            clean(html, &Marks::for_document(html)),
            "<details><summary>More</summary><b>x</b></details>"
        );
    }
}
