//! Markdown → HTML, without any knowledge of postmortems.
//!
//! What the pages need beyond plain Markdown is asked for by value: ids at places in the file, HTML between blocks,
//! where links lead. Raw HTML is sanitised; nothing that a document says can run in a reader's browser or make it ask
//! another host for anything.

mod address;
mod code;
mod elements;
pub(crate) mod escape;
mod footnotes;
#[cfg(test)]
mod hostile;
mod inline;
mod internal;
mod islands;
mod outline;
mod places;
pub(crate) mod raw;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod writer;

pub use address::{Destinations, NoDestinations, Target};
pub use escape::{escaped, push_escaped};
pub use outline::{Heading, TocEntry, table_of_contents};
pub use places::{Anchor, Insertion};
pub use text::TimeMark;

use std::sync::Arc;

use crate::{
    render::{highlight::Highlighter, sanitise::Sanitiser, words::Words},
    source::Span,
};

/// The renderer: made once a build, used from any thread.
pub struct Markdown {
    words: Arc<Words>,
    highlighter: Highlighter,
    sanitiser: Sanitiser,
}

/// What one page wants of its document.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Where the text begins in its file; all spans that go in and come out count from the start of the file.
    pub base: usize,
    /// The title of the page. A first heading of level 1 that says the same is left out.
    pub title: &'a str,
    /// Where links and images lead.
    pub destinations: &'a dyn Destinations,
    /// Ids for blocks.
    pub anchors: &'a [Anchor],
    /// Times in the text, in its order.
    pub times: &'a [TimeMark],
    /// HTML between blocks.
    pub insertions: &'a [Insertion],
    /// Ids that the page uses elsewhere.
    pub reserved: &'a [&'a str],
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            base: 0,
            title: "",
            destinations: &NoDestinations,
            anchors: &[],
            times: &[],
            insertions: &[],
            reserved: &[],
        }
    }
}

/// A link or an image of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The destination as written.
    pub destination: String,
    /// Where it leads in the page.
    pub target: Target,
    /// Where it stands in the file. A link in raw HTML has the empty span at the start of the text.
    pub span: Span,
}

/// A document as HTML.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// The HTML, safe to put in a page as it is.
    pub html: String,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// The links, in order; those in raw HTML at the end.
    pub links: Vec<Link>,
    /// The images, likewise.
    pub images: Vec<Link>,
}

impl Markdown {
    /// A renderer with nothing in its memory yet, which says the names of links and tables in `words`.
    pub fn new(words: Arc<Words>) -> Self {
        Self { words, highlighter: Highlighter::default(), sanitiser: Sanitiser::default() }
    }

    /// Renders the body of a document, the front matter taken off already.
    pub fn to_html(&self, text: &str, options: &Options<'_>) -> Rendered {
        writer::render(text, options, &self.words, &self.highlighter, &self.sanitiser)
    }

    /// Renders one line of Markdown, such as a title or an action item: inline markup only.
    pub fn line_to_html(&self, text: &str, destinations: &dyn Destinations) -> String {
        let rendered = self.to_html(text, &Options { destinations, ..Options::default() });
        let html = rendered.html.trim();
        match html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")) {
            Some(inner) if !inner.contains("<p>") => inner.to_owned(),
            _ => escaped(text.trim()),
        }
    }
}
