//! A piece of raw HTML, cut into what may go on to the sanitiser and what is text.
//!
//! This is not the sanitiser: everything that passes here as a tag is still cleaned there. It keeps apart three things
//! that a sanitiser cannot tell: comments that mean something, tags, and angle brackets that a writer meant as text
//! (`<hostname>`), which would otherwise vanish. And it lets nothing through that would swallow the text after it.

/// A part of a raw chunk, in order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// What stands between `<!--` and `-->`, trimmed.
    Comment(&'a str),
    /// A tag of an element that pages may have, as written.
    Tag(&'a str),
    /// `<br>`, `<hr>` or `<wbr>` without attributes: safe as they are, the most common ones by far.
    Void(&'static str),
    /// Characters that are to be read as themselves.
    Literal(&'a str),
    /// Text of an HTML block, entities and all, without any `<`.
    Text(&'a str),
}

/// Elements that raw HTML may use.
pub(crate) const ALLOWED: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements whose tags go and whose content stays. Any other unknown name is text.
const DROPPED: &[&str] = &[
    "applet", "area", "audio", "base", "body", "button", "canvas", "center", "dialog", "embed", "fieldset",
    "font", "form", "frame", "frameset", "head", "html", "input", "label", "legend", "link", "main", "map",
    "marquee", "math", "meta", "nav", "object", "optgroup", "option", "param", "picture", "select", "source",
    "svg", "template", "track", "video",
];

/// Elements that a browser reads as plain characters up to their end tag: they go with their content.
const SWALLOWING: &[&str] = &[
    "script",
    "style",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "textarea",
    "title",
    "xmp",
];

/// Cuts a chunk. `block` is true for an HTML block, whose text may hold entities.
pub(crate) fn pieces(chunk: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = chunk;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let (piece, length) = piece_at(from);
        pieces.extend(piece);
        rest = from.get(length..).unwrap_or_default();
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// The piece at the `<` that `from` begins with, none when it vanishes, and how many bytes it takes.
fn piece_at(from: &str) -> (Option<Piece<'_>>, usize) {
    if let Some(inside) = from.strip_prefix("<!--") {
        return match inside.find("-->") {
            Some(end) => (inside.get(..end).map(|text| Piece::Comment(text.trim())), end + 7),
            None => (None, from.len()),
        };
    }
    let literal = (from.get(..1).map(Piece::Literal), 1);
    let Some((name, length)) = tag(from) else { return literal };
    let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let written = from.get(..length).unwrap_or_default();
    if is(SWALLOWING) {
        let after = from.get(length..).unwrap_or_default();
        return if written.starts_with("</") {
            (None, length)
        } else {
            swallowed(after, name).map_or(literal, |end| (None, length + end))
        };
    }
    if is(DROPPED) {
        return (None, length);
    }
    if !is(ALLOWED) {
        return literal;
    }
    for (void, html) in [("br", "<br>"), ("hr", "<hr>"), ("wbr", "<wbr>")] {
        if name.eq_ignore_ascii_case(void) {
            return (Some(Piece::Void(html)), length);
        }
    }
    (Some(Piece::Tag(written)), length)
}

/// The name and length of the tag at the start; none when it is not a complete one.
fn tag(from: &str) -> Option<(&str, usize)> {
    let inner = from.strip_prefix("</").or_else(|| from.strip_prefix('<'))?;
    let offset = from.len() - inner.len();
    let name_length =
        inner.find(|char: char| !char.is_ascii_alphanumeric() && char != '-').unwrap_or(inner.len());
    let name = inner.get(..name_length)?;
    if !name.starts_with(|char: char| char.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    let mut last = ' ';
    for (at, char) in inner.char_indices().skip(name_length) {
        match (quote, char) {
            (None, '>') => return Some((name, offset + at + 1)),
            (None, '<') => return None,
            (None, '"' | '\'') if last == '=' => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            _ => {}
        }
        if !char.is_whitespace() {
            last = char;
        }
    }
    None
}

/// How many bytes of `after` belong to a swallowing element, its end tag included; none when it has no end here.
fn swallowed(after: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = after.get(from..)?.find("</") {
        let end_tag = after.get(from + at..)?;
        if let Some((found, length)) = tag(end_tag)
            && found.eq_ignore_ascii_case(name)
        {
            return Some(from + at + length);
        }
        from += at + 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_comments_and_placeholders_are_told_apart() {
        assert_eq!(
            pieces("<div class='>'>a &amp; b<!-- internal --><br/><hostname> 3 < 4</div>"),
            [
                Piece::Tag("<div class='>'>"),
                Piece::Text("a &amp; b"),
                Piece::Comment("internal"),
                Piece::Void("<br>"),
                Piece::Literal("<"),
                Piece::Text("hostname> 3 "),
                Piece::Literal("<"),
                Piece::Text(" 4"),
                Piece::Tag("</div>"),
            ]
        );
    }

    #[test]
    fn a_script_goes_with_its_content_and_an_open_one_is_text() {
        assert_eq!(pieces("a<SCRIPT src=x>1 < 2</script >b"), [Piece::Text("a"), Piece::Text("b")]);
        assert_eq!(pieces("<script>x"), [Piece::Literal("<"), Piece::Text("script>x")]);
        assert_eq!(pieces("<form><input></form>"), []);
    }

    #[test]
    fn a_tag_that_never_ends_is_text() {
        assert_eq!(pieces("<div title=\"a>"), [Piece::Literal("<"), Piece::Text("div title=\"a>")]);
        assert_eq!(pieces("<div <b>"), [Piece::Literal("<"), Piece::Text("div "), Piece::Tag("<b>")],);
    }
}
