//! Raw HTML within a document, and the comments in it that mean something.

use crate::render::markdown::{
    escape::push_escaped,
    internal::{Content, INLINE_GUARD},
    raw::{Piece, pieces},
    writer::Writer,
};

/// Raw tags deeper than this are left out; many are never closed in good faith (`<p>`, `<li>`), so it is generous.
const DEEPEST_RAW: usize = 200;

impl Writer<'_, '_> {
    /// To be called before anything is written into the innermost open element.
    pub(crate) fn before_content(&mut self) {
        let content = self.open.last().map_or(Content::Flow, |open| open.content);
        match self.internal.before_content(self.open.len(), content) {
            Some(true) => {
                self.marks.push_tag(&mut self.out, "span", " class=\"internal-text\"");
            }
            Some(false) => {
                self.marks.push_tag(&mut self.out, "div", " class=\"internal\"");
            }
            None => {}
        }
    }

    /// Writes a chunk of raw HTML: a whole HTML block, or one inline tag or comment.
    pub(crate) fn raw(&mut self, html: &str, inline: bool) {
        if self.out.ends_with(INLINE_GUARD) {
            self.out.pop();
        }
        for piece in pieces(html) {
            match piece {
                Piece::Comment(comment) if comment.eq_ignore_ascii_case("internal") => {
                    self.internal.begin(inline);
                }
                Piece::Comment(comment) if comment.eq_ignore_ascii_case("/internal") => {
                    self.internal.end(&mut self.out, self.open.len());
                }
                Piece::Comment(_) => {}
                Piece::Void(tag) => {
                    self.before_content();
                    self.out.push_str(tag);
                }
                Piece::Tag(tag) if self.cleaned => {
                    self.before_content();
                    self.raw_tag(tag);
                }
                Piece::Text(text) if !inline => {
                    let blank = text.trim().is_empty();
                    if !blank {
                        self.before_content();
                    }
                    if !blank || self.cleaned {
                        self.out.push_str(text);
                    }
                }
                Piece::Literal(text) | Piece::Text(text) | Piece::Tag(text) => {
                    self.before_content();
                    push_escaped(&mut self.out, text);
                }
            }
        }
    }

    /// A cleaner's time grows with the depth of what it cleans.
    fn raw_tag(&mut self, tag: &str) {
        if tag.starts_with("</") {
            if self.raw_depth > 0 {
                self.raw_depth -= 1;
                self.out.push_str(tag);
            }
        } else if tag.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("<img")) {
            self.out.push_str(tag);
        } else if self.raw_depth < DEEPEST_RAW {
            self.raw_depth += 1;
            self.out.push_str(tag);
        }
    }
}
