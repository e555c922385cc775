//! The items of lists and the paragraphs that are items, with what stands below them.

use super::{
    Actions, Prose, fields::status, item::Draft, item::is_nothing, layout, nested, nested::BoldNames,
    shown::has_boxes, table,
};
use crate::{
    model::{ActionStatus, Fact, Origin, SectionKind},
    parse::{
        blocks::{Block, Item, Kind},
        inline::Inline,
        locale::Lexicon,
        text::with_remark,
    },
    source::Span,
    terms::is_unspaced,
};

/// How many letters of a script without spaces between words make a sentence.
const LETTERS: usize = 8;

impl Actions<'_> {
    pub(super) fn item(&mut self, item: &Item) {
        let Some((first, below)) = item.blocks.split_first() else { return };
        let Kind::Paragraph(text) = &first.kind else {
            self.subsection(&item.blocks);
            return;
        };
        let (head, priority) = nested::head_of(&self.context, item, text);
        if nested::only_heads(&self.context, item, &head)
            && !(self.bold_names == BoldNames::Items && nested::is_bold_name(&self.context, &head, item))
        {
            // `Immediate actions taken:` above a list within the work is the response.
            let is_response = self.context.words.exact_section(&text.text) == Some(SectionKind::Response);
            if is_response && !has_boxes(self.context.words, below)
                || self.context.words.heads_signals(&text.text)
            {
                return;
            }
            let outer = self.group.clone();
            self.group.title = Some(head.one_line().trim_end_matches(':').to_owned());
            // Work is urgent, who does it is not.
            match priority {
                Some(priority) => self.group.priority = Some(priority),
                None => self.name_owner(&head),
            }
            let before = self.items.len();
            for item in nested::below(below) {
                self.item(item);
            }
            if !self.is_the_list && self.only_describes(before) {
                self.items.truncate(before);
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
    pub(super) fn details(&self, draft: &mut Draft, block: &Block) {
        match &block.kind {
            Kind::Paragraph(text) => {
                for line in text.lines() {
                    let written = line.one_line();
                    if !draft.field_line(&self.context, &line)
                        && !draft.field(&self.context, &written, line.span)
                    {
                        // `This has been done: see #12`
                        draft.set_status_with_remark(self.context.words, &written, line.span);
                    }
                }
                draft.find_trackers(&self.context, text);
            }
            Kind::List(items) => {
                items.iter().flat_map(|item| &item.blocks).for_each(|block| self.details(draft, block));
            }
            Kind::Table { head, rows } => {
                for (column, held) in table::fields_of_one(self.context.words, head, rows).unwrap_or_default()
                {
                    self.cell(draft, column, held);
                }
            }
            _ => {}
        }
    }

    /// A paragraph that is an action item, or whose lines are, where there is no list.
    pub(super) fn prose(&mut self, text: &Inline) {
        if layout::is_record(self.context.words, text) {
            return;
        }
        if let Some(asking) = layout::sentences_that_ask(&self.context, text) {
            return asking.iter().for_each(|line| self.sentence(line));
        }
        match layout::lines_of_items(&self.context, text) {
            Some(lines) => lines.iter().for_each(|line| self.sentence(line)),
            None => self.sentence(text),
        }
    }

    pub(super) fn sentence(&mut self, text: &Inline) {
        let is_prompt = text.is_all(|style| style.italic);
        let is_unspaced = text.text.chars().filter(|c| is_unspaced(*c)).count() >= LETTERS;
        let words = text.text.split_whitespace().count();
        let mut tracked = Draft::default();
        tracked.find_trackers(&self.context, text);
        let is_said = words >= 3 || is_unspaced || !tracked.trackers.is_empty();
        let lexicon = self.context.words;
        let is_asked = !tracked.trackers.is_empty()
            || if self.prose == Prose::Asks {
                lexicon.wants_work(&text.text) || lexicon.asks_for_work(&text.text)
            } else {
                !lexicon.only_states(&text.text)
            };
        if !is_prompt && is_said && is_asked && !text.text.trim_end().ends_with(':') {
            self.add(self.group.draft(), text, text.span);
        }
    }

    pub(super) fn add(&mut self, draft: Draft, text: &Inline, span: Span) {
        let is_question = text.text.starts_with("Q: ");
        if !is_question
            && !is_nothing(self.context.words, &text.text)
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

/// True for an item that says how far it has come: it is work, not an explanation.
pub(super) fn is_a_task(words: &Lexicon, item: &Item) -> bool {
    let Some(text) = item.text() else { return false };
    let remark = with_remark(&text.text).map(|(_, remark)| remark);
    // `Action: decouple the two` below what it is about.
    let label = text.text.split_once([':', '：']).filter(|(_, rest)| !rest.trim().is_empty());
    let is_named = label.is_some_and(|(label, _)| words.heads_the_list(label));
    is_named || item.checked.is_some() || remark.is_some_and(|remark| status(words, remark).is_some())
}

/// True for a line that only announces what stands below it.
pub(super) fn is_group_line(text: &Inline) -> bool {
    let line = text.one_line();
    line.ends_with([':', '：'])
        || text.is_all(|style| style.bold)
        || line.starts_with('@') && !line.contains(' ')
}
