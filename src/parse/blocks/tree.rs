//! The tree of blocks that the readers look at.

use crate::{model::Link, parse::inline::Inline, source::Span};

/// The body of a document.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) blocks: Vec<Block>,
    pub(crate) links: Vec<Link>,
    /// HTML comments, with their delimiters.
    pub(crate) comments: Vec<Span>,
}

/// A block and where it stands.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// The kinds of blocks.
#[derive(Debug)]
pub(crate) enum Kind {
    Heading { level: u8, text: Inline, anchor: String },
    Paragraph(Inline),
    List(Vec<Item>),
    Table { head: Vec<Inline>, rows: Vec<Row> },
    Quote(Vec<Block>),
    Code,
    Html,
    Rule,
}

/// An item of a list.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) span: Span,
    /// The state of its check box.
    pub(crate) checked: Option<bool>,
    pub(crate) blocks: Vec<Block>,
}

impl Item {
    /// The paragraph that it begins with.
    pub(crate) fn text(&self) -> Option<&Inline> {
        match &self.blocks.first()?.kind {
            Kind::Paragraph(text) => Some(text),
            _ => None,
        }
    }
}

/// A row of a table.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) span: Span,
    pub(crate) cells: Vec<Inline>,
}
