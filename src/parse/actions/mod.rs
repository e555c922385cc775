//! Action items: the work that a document asks for.
//!
//! They come as bullets, numbers, check boxes, tables and paragraphs, grouped by headings, themes or owners.

mod ends;
mod fields;
mod form;
mod front;
mod initials;
mod item;
mod layout;
mod marked;
mod owners;
mod promised;
mod sections;
mod table;
mod told;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::{
    model::{ActionItem, ActionStatus, ActionType, Fact, Link, Origin, SectionKind},
    parse::{
        blocks::{Block, Body, Item, Kind},
        inline::Inline,
        locale::{ActionColumn, Lexicon},
        outline::Part,
        times::Order,
    },
    source::Span,
};
use initials::Initials;
use item::{Draft, is_nothing};
use owners::{Habit, is_a_name};

pub(crate) use fields::{due, status};
pub(crate) use form::{Form, form};

/// What reading an action item needs to know of its document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'d> {
    pub(crate) document: &'d str,
    pub(crate) words: &'d Lexicon,
    pub(crate) initials: &'d Initials<'d>,
    pub(crate) links: &'d [Link],
    pub(crate) order: Order,
    /// A day near which dates without a year are.
    pub(crate) near: Option<NaiveDate>,
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
    near: Option<NaiveDate>,
) -> Work {
    let initials = &Initials::new(document, words);
    let context = Context { document, words, initials, links: &body.links, order, near };
    let mut actions = Actions {
        context,
        items: Vec::new(),
        group: Group::default(),
        prose_counts: true,
        lists_count: false,
        owners_head_lists: true,
    };
    let told = actions.sections(parts);
    actions.tables(body, parts);
    actions.marked(body, parts);
    actions.promised(body, parts);
    Work { items: actions.items, told }
}

/// What the lines above a list say about all of its items.
#[derive(Debug, Clone, Default)]
struct Group {
    title: Option<String>,
    status: Option<Fact<ActionStatus>>,
    kind: Option<Fact<ActionType>>,
    owner: Option<Fact<String>>,
    /// True when all of it was done, where an item does not say otherwise.
    finished: bool,
    /// How the items of the list name who answers for them.
    habit: Habit,
}

impl Group {
    fn draft(&self) -> Draft {
        Draft {
            group: self.title.clone(),
            status: self.status.clone(),
            kind: self.kind.clone(),
            owner: self.owner.clone(),
            habit: self.habit,
            ..Draft::default()
        }
    }
}

/// The state of reading.
struct Actions<'d> {
    context: Context<'d>,
    items: Vec<ActionItem>,
    group: Group,
    /// True in a section without any list: there its paragraphs are the items.
    prose_counts: bool,
    /// True in a section with lists: a table there whose headers name nothing of an item describes something else.
    lists_count: bool,
    /// True in a section all of whose lines above lists could be names.
    owners_head_lists: bool,
}

impl Actions<'_> {
    fn part(&mut self, part: &Part<'_>) {
        self.group = Group::default();
        self.describe(&part.section.title, part.section.heading);
        self.group.title = None;
        self.prose_counts = !part.blocks.iter().any(|block| is_list(&block.kind));
        self.lists_count = part.blocks.iter().any(|block| matches!(block.kind, Kind::List(_)));
        self.owners_head_lists = layout::group_lines(part.blocks)
            .iter()
            .all(|line| is_a_name(self.context.words, line.trim_end_matches([':', '：']).trim()));
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
        let headed = layout::heads_items(words, blocks);
        let names_list = |block: &Block| match &block.kind {
            Kind::Heading { text, .. } => words.heads_the_list(&text.one_line()),
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
                Some((Block { kind: Kind::Heading { text, .. }, .. }, rest)) if headed => {
                    self.headed(text, rest);
                }
                Some((Block { kind: Kind::Heading { text, .. }, .. }, _))
                    if sections::heads_the_response(words, &text.one_line()) => {}
                _ => self.subsection(below),
            }
        }
    }

    /// A heading that is an item, with its explanation below.
    fn headed(&mut self, text: &Inline, below: &[Block]) {
        let mut draft = self.group.draft();
        for block in below {
            self.details(&mut draft, block);
        }
        let end = below.last().map_or(text.span, |block| block.span);
        self.add(draft, &layout::without_number(text), text.span.join(end));
    }

    /// Reads a heading and what stands below it up to the next one.
    fn subsection(&mut self, blocks: &[Block]) {
        let words = self.context.words;
        let listed = blocks.iter().any(|block| is_list(&block.kind));
        let table = layout::table_of_items(words, blocks);
        let lists = self.lists_count;
        for (index, block) in blocks.iter().enumerate() {
            match &block.kind {
                Kind::Heading { text, .. } => {
                    self.group = Group::default();
                    self.describe(&text.one_line(), text.span);
                }
                // What stands above the table of the items introduces it.
                Kind::List(_) if table.is_some_and(|table| index < table) => {}
                Kind::List(_) if layout::explains(words, self.context.document, blocks, index) => {}
                Kind::List(_) if layout::is_announced_otherwise(words, blocks, index) => {}
                Kind::List(items) => {
                    self.group.habit = owners::habit(&self.context, items);
                    let before = self.items.len();
                    for item in items {
                        self.item(item);
                    }
                    self.agree(before);
                }
                Kind::Table { head, .. } if lists && !layout::names_a_column(words, head) => {}
                Kind::Table { head, rows } => self.table(head, rows),
                Kind::Quote(inner) => self.subsection(inner),
                Kind::Paragraph(text) if listed => {
                    let above_a_list = blocks.get(index + 1).is_some_and(|next| is_list(&next.kind));
                    if let Some(work) = self.named_task(text) {
                        self.add(self.group.draft(), &work, text.span);
                    } else if above_a_list && is_group_line(text) {
                        self.group_line(text);
                    } else if above_a_list
                        && let Some(first) = text.lines().first()
                        && first.text.len() < text.text.trim().len()
                        && is_group_line(first)
                    {
                        self.group_line(first);
                    }
                }
                Kind::Paragraph(text) if self.prose_counts || self.group.title.is_some() => self.prose(text),
                Kind::Paragraph(_) | Kind::Code | Kind::Html | Kind::Rule => {}
            }
        }
    }

    /// A line above a list: a theme, a state or an owner.
    fn group_line(&mut self, text: &Inline) {
        self.group.status = None;
        self.group.owner = None;
        self.describe(&text.one_line(), text.span);
        self.owner_line(text);
    }

    fn owner_line(&mut self, text: &Inline) -> bool {
        let line = text.one_line();
        let name = line.trim_end_matches(':').trim();
        let words = self.context.words;
        let named = name
            .split_once([':', '：'])
            .filter(|(label, _)| words.action_column(label) == Some(ActionColumn::Owner))
            .map(|(_, owner)| owner.trim());
        let owner = named.or_else(|| {
            let is_bold_name =
                || text.is_all(|style| style.bold) && self.owners_head_lists && is_a_name(words, name);
            (words.are_names(name) || is_bold_name()).then_some(name)
        });
        if let Some(owner) = owner.filter(|owner| !owner.is_empty()) {
            self.group.owner = Some(Fact::new(owner.to_owned(), text.span, Origin::Section));
        }
        owner.is_some()
    }

    /// Learns what a heading says about the items below it.
    fn describe(&mut self, title: &str, span: Span) {
        let title = title.trim().trim_end_matches(':').to_owned();
        let remark = sections::remark(&title);
        if let Some(owner) = remark.filter(|remark| self.context.words.are_names(remark)) {
            self.group.owner = Some(Fact::new(owner.to_owned(), span, Origin::Section));
        }
        self.group.status = status(self.context.words, &title)
            .or_else(|| remark.and_then(|remark| status(self.context.words, remark)))
            .map(|status| Fact::new(status, span, Origin::Section));
        self.group.finished = self.context.words.heads_finished_work(&title);
        self.group.kind =
            self.context.words.action_type(&title).map(|kind| Fact::new(kind, span, Origin::Section));
        self.group.title = Some(title);
    }

    fn item(&mut self, item: &Item) {
        let Some((first, below)) = item.blocks.split_first() else { return };
        let Kind::Paragraph(text) = &first.kind else {
            self.subsection(&item.blocks);
            return;
        };
        let nested: Vec<&Item> = below
            .iter()
            .filter_map(|block| match &block.kind {
                Kind::List(items) => Some(items),
                _ => None,
            })
            .flatten()
            .collect();
        let words = self.context.words;
        let tasks_below = nested.iter().any(|item| is_a_task(words, item))
            || (nested.len() >= 2 && nested.iter().all(|item| layout::asks_for_work(words, item)));
        let is_group = item.checked.is_none() && is_group_line(text) && !layout::is_said_in_full(text);
        if !nested.is_empty() && (tasks_below || is_group) {
            let outer = self.group.clone();
            self.group.title = Some(text.one_line().trim_end_matches(':').to_owned());
            self.owner_line(text);
            for item in nested {
                self.item(item);
            }
            self.group = outer;
            return;
        }
        let mut draft = self.group.draft();
        if let Some(checked) = item.checked {
            let status = if checked { ActionStatus::Done } else { ActionStatus::Open };
            draft.status = Some(Fact::new(status, item.span, Origin::Section));
        }
        for line in below {
            self.details(&mut draft, line);
        }
        self.add(draft, text, item.span);
    }

    /// What stands below an item explains it: fields with their names, links.
    fn details(&self, draft: &mut Draft, block: &Block) {
        match &block.kind {
            Kind::Paragraph(text) => {
                for line in text.lines() {
                    draft.field(&self.context, &line.one_line(), line.span);
                }
                draft.find_trackers(&self.context, text);
            }
            Kind::List(items) => {
                items.iter().flat_map(|item| &item.blocks).for_each(|block| self.details(draft, block));
            }
            _ => {}
        }
    }

    /// A paragraph that is an action item, or whose lines are, where there is no list.
    fn prose(&mut self, text: &Inline) {
        match layout::lines_of_items(&self.context, text) {
            Some(lines) => lines.iter().for_each(|line| self.sentence(line)),
            None => self.sentence(text),
        }
    }

    fn sentence(&mut self, text: &Inline) {
        let is_prompt = text.is_all(|style| style.italic);
        let words = text.text.split_whitespace().count();
        let mut tracked = Draft::default();
        tracked.find_trackers(&self.context, text);
        let is_said = words >= 3 || !tracked.trackers.is_empty();
        let is_asked = !tracked.trackers.is_empty() || !self.context.words.only_states(&text.text);
        if !is_prompt && is_said && is_asked && !text.text.trim_end().ends_with(':') {
            self.add(self.group.draft(), text, text.span);
        }
    }

    fn add(&mut self, draft: Draft, text: &Inline, span: Span) {
        if !is_nothing(self.context.words, &text.text)
            && let Some(mut item) = draft.item(&self.context, text, span)
        {
            // One that tells it itself stays a deed, as those of the response are.
            if self.group.finished
                && item.status.origin == Origin::Inferred
                && item.status.value == ActionStatus::Open
            {
                item.status = Fact::new(ActionStatus::Done, item.span, Origin::Section);
            }
            self.items.push(item);
        }
    }
}

fn is_list(kind: &Kind) -> bool {
    matches!(kind, Kind::List(_) | Kind::Table { .. })
}

/// True for an item that says how far it has come: it is work, not an explanation.
fn is_a_task(words: &Lexicon, item: &Item) -> bool {
    let Some(Kind::Paragraph(text)) = item.blocks.first().map(|block| &block.kind) else { return false };
    let remark = text
        .text
        .trim_end()
        .strip_suffix(')')
        .and_then(|text| text.rfind('(').and_then(|open| text.get(open + 1..)));
    // `Action: decouple the two` below what it is about.
    let label = text.text.split_once([':', '：']).filter(|(_, rest)| !rest.trim().is_empty());
    let is_named = label.is_some_and(|(label, _)| words.heads_the_list(label));
    is_named || item.checked.is_some() || remark.is_some_and(|remark| status(words, remark).is_some())
}

/// True for a line that only announces what stands below it.
fn is_group_line(text: &Inline) -> bool {
    let line = text.one_line();
    line.ends_with([':', '：'])
        || text.is_all(|style| style.bold)
        || line.starts_with('@') && !line.contains(' ')
}
