//! Action items: the work that a document asks for.
//!
//! They come as bullets, numbers, check boxes, tables and paragraphs, grouped by headings, themes or owners.

mod ends;
mod fields;
mod form;
mod front;
mod group;
mod headed;
mod initials;
mod item;
mod layout;
mod listed;
mod marked;
mod named;
mod near;
mod nested;
mod owners;
mod promised;
mod sections;
mod shown;
mod stated;
mod table;
mod things;
mod tickets;
mod told;
mod twice;
mod unlike;

#[cfg(test)]
mod states;
#[cfg(test)]
mod tests;

use crate::{
    model::{ActionItem, Link, SectionKind},
    parse::{
        blocks::{Block, Body, Kind},
        inline::Inline,
        locale::Lexicon,
        outline::Part,
        times::Order,
    },
    source::Span,
};
use group::Group;
use initials::Initials;
use listed::is_group_line;
use nested::BoldNames;
use owners::is_a_name;
use stated::StatedOwners;

pub(crate) use fields::{StatusSign, due, status_sign};
pub(crate) use form::{Form, form};
pub(crate) use near::Near;
pub(crate) use tickets::{are_tickets, are_told};

/// What reading an action item needs to know of its document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'d> {
    pub(crate) document: &'d str,
    pub(crate) words: &'d Lexicon,
    pub(crate) initials: &'d Initials<'d>,
    pub(crate) stated: &'d StatedOwners<'d>,
    pub(crate) links: &'d [Link],
    pub(crate) order: Order,
    pub(crate) near: &'d Near,
}

/// The action items of a document, and what their sections turned out to be.
#[derive(Debug, Default)]
pub(crate) struct Work {
    /// The items; ids are given later.
    pub(crate) items: Vec<ActionItem>,
    /// The headings of sections that only tell what was done during the incident, or what others should do.
    pub(crate) told: Vec<Span>,
}

/// Reads the action items of a document.
pub(crate) fn read(
    words: &Lexicon,
    document: &str,
    body: &Body,
    parts: &[Part<'_>],
    order: Order,
    near: &Near,
) -> Work {
    let initials = &Initials::new(document, words);
    let stated = &StatedOwners::new(document, words);
    let context = Context { document, words, initials, stated, links: &body.links, order, near };
    let mut actions = Actions {
        context,
        items: Vec::new(),
        group: Group::default(),
        heads: Vec::new(),
        prose: Prose::Counts,
        lists_count: false,
        is_the_list: false,
        owners_head_lists: true,
        bold_names: BoldNames::Themes,
    };
    let told = actions.sections(parts);
    actions.tables(body, parts);
    actions.marked(body, parts);
    actions.promised(body, parts);
    Work { items: actions.items, told }
}

/// The state of reading.
struct Actions<'d> {
    context: Context<'d>,
    items: Vec<ActionItem>,
    group: Group,
    /// What the headings say that are open, each with its level; the section's own has none.
    heads: Vec<(u8, Group)>,
    prose: Prose,
    /// True in a section with lists: a table there whose headers name nothing of an item describes something else.
    lists_count: bool,
    /// True in a section that is headed as the list of the work.
    is_the_list: bool,
    /// True in a section all of whose lines above lists could be names.
    owners_head_lists: bool,
    bold_names: BoldNames,
}

/// What the paragraphs of a section are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prose {
    /// They explain its lists.
    Explains,
    /// There is no list: they are the items.
    Counts,
    /// They stand between lists of things: those that ask for work are the items.
    Asks,
}

impl Actions<'_> {
    fn part(&mut self, part: &Part<'_>) {
        self.enter_section(&part.section.title, part.section.heading);
        let words = self.context.words;
        let is_list_of_items = |(at, block): (usize, &Block)| {
            is_list(&block.kind)
                && !things::are_named(words, part.blocks, at)
                && !at
                    .checked_sub(1)
                    .is_some_and(|above| things::has_its_ticket_below(words, part.blocks, above))
        };
        let has_list = part.blocks.iter().any(|block| is_list(&block.kind));
        self.prose = match part.blocks.iter().enumerate().any(is_list_of_items) {
            true => Prose::Explains,
            false if has_list => Prose::Asks,
            false => Prose::Counts,
        };
        self.lists_count = part.blocks.iter().any(|block| matches!(block.kind, Kind::List(_)));
        self.is_the_list = words.heads_the_list(&part.section.title);
        self.owners_head_lists = layout::group_lines(part.blocks)
            .iter()
            .map(|line| line.trim_end_matches([':', '：']).trim())
            .all(|line| is_a_name(words, line) || owners::are_initials(words, line));
        self.bold_names = nested::bold_names(words, self.context.document, part.blocks);
        let before = self.items.len();
        if let Some(lead) = &part.lead {
            self.prose(lead);
        }
        self.blocks(part.blocks);
        if self.items.len() > before + 1
            && part.lead.is_some()
            && part.blocks.iter().any(|block| is_list(&block.kind))
        {
            // The words on the line of a label introduce its list.
            self.items.remove(before);
        }
        // Lessons that share a heading with the work are written as work.
        if part.section.kinds.len() > 1 && !part.is(SectionKind::Lessons) {
            self.keep_what_asks(before);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        let words = self.context.words;
        let headed = headed::heads_items(words, blocks);
        let names_list = |block: &Block| match &block.kind {
            // `To do` beside `Done` is a state and no name of the whole list.
            Kind::Heading { text, .. } => {
                let name = text.one_line();
                words.heads_the_list(&name) && words.action_status(&name).is_none()
            }
            _ => false,
        };
        let has_list = blocks.iter().any(names_list);
        let mut from = 0;
        while from < blocks.len() {
            let rest = blocks.get(from + 1..).unwrap_or_default();
            let length = rest.iter().position(|block| matches!(block.kind, Kind::Heading { .. }));
            let to = length.map_or(blocks.len(), |length| from + 1 + length);
            let below = blocks.get(from..to).unwrap_or_default();
            from = to;
            if has_list && !below.first().is_some_and(names_list) {
                continue;
            }
            match below.split_first() {
                Some((Block { kind: Kind::Heading { text, .. }, .. }, rest))
                    if headed || headed::has_fields(&self.context, text, rest) =>
                {
                    self.headed(text, rest);
                }
                Some((Block { kind: Kind::Heading { text, .. }, .. }, _))
                    if words.deeds.is_standing(&text.one_line())
                        || layout::heads_an_account(words, &text.one_line())
                        || words.heads_a_choice(&text.text)
                        || words.heads_signals(&text.text) => {}
                Some((Block { kind: Kind::Heading { text, .. }, .. }, rest))
                    if sections::heads_the_response(words, &text.one_line())
                        && !shown::has_boxes(words, rest) => {}
                _ => self.subsection(below),
            }
        }
    }

    /// Reads a heading and what stands below it up to the next one.
    fn subsection(&mut self, blocks: &[Block]) {
        let words = self.context.words;
        let listed = self.prose != Prose::Asks && blocks.iter().any(|block| is_list(&block.kind));
        let table = layout::table_of_items(words, blocks);
        let lists = layout::Lists::new(self.context.document, blocks);
        let mut is_response = false;
        for (index, block) in blocks.iter().enumerate() {
            match &block.kind {
                Kind::Heading { level, text, .. } => {
                    self.enter_heading(*level, text);
                    is_response = words.told_section(&text.one_line()).is_some();
                }
                Kind::Paragraph(text) if layout::names_one(words, blocks, index) => {
                    self.headed(text, blocks.get(index + 1..index + 2).unwrap_or_default());
                }
                Kind::List(_) if index > 0 && layout::names_one(words, blocks, index - 1) => {}
                Kind::Paragraph(text) if things::has_its_ticket_below(words, blocks, index) => {
                    let mut draft = self.group.draft();
                    blocks.get(index + 1).into_iter().for_each(|ticket| self.details(&mut draft, ticket));
                    self.add(draft, text, block.span);
                }
                Kind::List(_) if index > 0 && things::has_its_ticket_below(words, blocks, index - 1) => {}
                // What stands above the table of the items introduces it.
                Kind::List(_) if table.is_some_and(|table| index < table) => {}
                Kind::List(_) | Kind::Table { .. } if things::are_named(words, blocks, index) => {}
                Kind::List(_) if lists.explains(words, blocks, index) => {}
                Kind::List(_) if layout::is_announced_otherwise(words, blocks, index) => {}
                Kind::List(items)
                    if layout::is_procedure(words, items) || layout::lists_a_record(words, items) => {}
                Kind::List(items) => {
                    self.group.habit = owners::habit(&self.context, items);
                    let before = self.items.len();
                    for item in items {
                        self.item(item);
                    }
                    self.agree(before);
                    if !self.is_the_list && self.only_describes(before) || self.only_checks(before) {
                        self.items.truncate(before);
                    }
                    if is_response && self.only_tells(before) {
                        self.items.truncate(before);
                    }
                }
                Kind::Table { head, .. } if self.lists_count && !layout::names_a_column(words, head) => {}
                Kind::Table { head, rows } => self.table(head, rows),
                Kind::Quote(inner) => self.subsection(inner),
                Kind::Paragraph(text) if listed => {
                    self.beside_lists(text, blocks.get(index + 1).is_some_and(|next| is_list(&next.kind)));
                }
                Kind::Paragraph(text) if self.prose != Prose::Explains || self.group.title.is_some() => {
                    self.prose(text);
                }
                Kind::Paragraph(_) | Kind::Code | Kind::Html | Kind::Rule => {}
            }
        }
    }

    /// A paragraph where lists hold the items: it is one only by its own name, or says something about the list below.
    fn beside_lists(&mut self, text: &Inline, above_a_list: bool) {
        if let Some(work) = self.named_task(text) {
            self.add(self.group.draft(), &work, text.span);
        } else if above_a_list && is_group_line(text) {
            self.enter_line(text);
        } else if above_a_list
            && !self.enter_fields(text)
            && let Some(first) = text.lines().first()
            && first.text.len() < text.text.trim().len()
            && is_group_line(first)
        {
            self.enter_line(first);
        }
    }
}

fn is_list(kind: &Kind) -> bool {
    matches!(kind, Kind::List(_) | Kind::Table { .. })
}
