//! How an action item of the body is set down: where its words stand, and where its fields do or may. For those who
//! change one in place.

use std::borrow::Cow;

use super::table;
use crate::{
    model::{ActionItem, Postmortem},
    parse::{
        blocks::{self, Block, Item, Kind},
        context::Context,
        inline::Inline,
        locale::{ActionColumn, Lexicon},
    },
    source::{SourceFile, Span},
};

/// How an action item is set down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    /// The words of the item with the fields among them; neither its marker nor what stands below.
    pub(crate) text: Span,
    /// What stands between the brackets of its check box.
    pub(crate) tick: Option<Span>,
    /// The cells of its row, each with what its column holds.
    pub(crate) cells: Vec<(Option<ActionColumn>, Span)>,
    /// True for an item that is a heading, whose words are those of a link to it, or a line above the list of what is said
    /// of it.
    pub(crate) is_heading: bool,
}

impl Form {
    fn text(span: Span) -> Self {
        Self { text: span, tick: None, cells: Vec::new(), is_heading: false }
    }
}

/// How an item of the body of a postmortem is set down.
pub(crate) fn form(
    source: &SourceFile,
    context: &Context<'_>,
    postmortem: &Postmortem,
    item: &ActionItem,
) -> Option<Form> {
    let text = source.markdown.get(..postmortem.body.end)?;
    let body = blocks::read(text, postmortem.body.start);
    let mut form = find(&body.blocks, context.words(), item, text)?;
    form.text = trimmed(text, form.text);
    Some(form)
}

fn find(blocks: &[Block], words: &Lexicon, item: &ActionItem, text: &str) -> Option<Form> {
    blocks.iter().filter(|block| may_hold(block, item)).find_map(|block| match &block.kind {
        Kind::Paragraph(inline)
            if inline.span.start == item.span.start && inline.span.end < item.span.end =>
        {
            Some(Form { is_heading: true, ..Form::text(inline.span) })
        }
        Kind::Paragraph(inline) => {
            let mut all = inline.lines();
            all.insert(0, Cow::Owned(inline.slice(0..inline.text.len())));
            let is_it = |line: &Inline| line.span == item.span || inline.span == item.span;
            all.into_iter().find(|line| is_it(line)).map(|line| Form::text(line.span))
        }
        Kind::Heading { text, .. } if text.span.start == item.span.start => {
            let below = blocks.iter().filter(|block| item.span.contains(block.span));
            let fields = below.filter_map(|block| match &block.kind {
                Kind::Table { head, rows } => table::fields_of_one(words, head, rows),
                _ => None,
            });
            let cells = fields.flatten().map(|(column, held)| (Some(column), held.span)).collect();
            Some(Form { cells, is_heading: true, ..Form::text(text.span) })
        }
        Kind::List(items) => items.iter().find_map(|listed| {
            if listed.span == item.span {
                listed_form(listed, text)
            } else {
                find(&listed.blocks, words, item, text)
            }
        }),
        Kind::Table { head, rows } => {
            if let Some(table) = table::Upright::of(words, head, rows) {
                let (nth, title) = table.titles().find(|(_, title)| title.span == item.span)?;
                let cells = table.fields(nth).map(|(column, cell)| (column, cell.span)).collect();
                return Some(Form { cells, ..Form::text(title.span) });
            }
            let row = rows.iter().find(|row| row.span == item.span)?;
            let (columns, title) = table::columns(words, head, rows);
            let cells = columns.into_iter().zip(row.cells.iter().map(|cell| cell.span)).collect();
            Some(Form { cells, ..Form::text(row.cells.get(title?)?.span) })
        }
        Kind::Quote(inner) => find(inner, words, item, text),
        _ => None,
    })
}

/// True for a block that an item stands in, or that is a part of it.
fn may_hold(block: &Block, item: &ActionItem) -> bool {
    block.span.contains(item.span) || item.span.contains(block.span) || block.span.overlaps(item.span)
}

fn listed_form(item: &Item, text: &str) -> Option<Form> {
    let Kind::Paragraph(words) = &item.blocks.first()?.kind else { return None };
    let tick = item.checked.and_then(|_| {
        let open = item.span.start + text.get(item.span.start..item.span.end)?.find('[')? + 1;
        let end = open + text.get(open..)?.find(']')?;
        (end - open == 1).then(|| Span::new(open, end))
    });
    Some(Form { tick, ..Form::text(words.span) })
}

fn trimmed(text: &str, span: Span) -> Span {
    let Some(written) = text.get(span.start..span.end) else { return span };
    let start = span.start + (written.len() - written.trim_start().len());
    Span::new(start, start + written.trim().len())
}
