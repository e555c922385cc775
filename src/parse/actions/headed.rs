//! Headings that are items, with what stands below them as their explanation.

use super::{
    Actions, Context, fields, is_list,
    item::Draft,
    layout::{holds_fields, tells_of_one},
    sections::remark,
    table,
};
use crate::{
    model::{ActionStatus, Fact, Origin},
    parse::{
        blocks::{Block, Kind},
        inline::Inline,
        locale::Lexicon,
    },
};

/// A heading with fewer words groups items; with as many it may be one.
const HEADING_WORDS: usize = 3;

impl Actions<'_> {
    /// A heading that is an item, with its explanation below.
    pub(super) fn headed(&mut self, text: &Inline, below: &[Block]) {
        let mut draft = self.group.draft();
        for block in below {
            self.details(&mut draft, block);
        }
        // `1. Log rotation (done)`
        if let Some(remark) = remark(text.text.trim_end()) {
            draft.set_status(self.context.words, remark, text.span);
        }
        // Above `Reduced the number of streams from 16 to 12.`, what does not ask for work names what was done.
        let words = self.context.words;
        if let Some(Block { kind: Kind::Paragraph(first), .. }) = below.first()
            && !words.asks_for_work(&without_number(text).text)
            && words.tells_what_was_done(&first.text)
            && !words.wants_work(&first.text)
        {
            draft.status.get_or_insert(Fact::new(ActionStatus::Done, first.span, Origin::Section));
        }
        let end = below.last().map_or(text.span, |block| block.span);
        self.add(draft, &without_number(text), text.span.join(end));
    }
}

/// True when each sub-heading is an item and what stands below only explains it.
pub(super) fn heads_items(words: &Lexicon, blocks: &[Block]) -> bool {
    let headings = blocks.iter().filter_map(|block| match &block.kind {
        Kind::Heading { text, .. } => Some(text),
        _ => None,
    });
    let texts: Vec<&Inline> = headings.collect();
    let is_of_fields = |block: &Block| holds_fields(words, block) || tells_of_one(words, block);
    let listed = blocks.iter().any(|block| is_list(&block.kind) && !is_of_fields(block));
    let says = |text: &&Inline| {
        let words = without_number(text).text.split_whitespace().count();
        words >= HEADING_WORDS || words >= 2 && without_number(text).text.len() < text.text.trim().len()
    };
    let coded = || texts.iter().all(|text| code(&text.text) > 0);
    texts.len() >= 2 && texts.iter().all(says) && (!listed || coded() || are_signed(words, &texts))
        || head_fields(words, blocks)
}

/// True when below each sub-heading, and nowhere else, stands a table of the fields of one item.
fn head_fields(words: &Lexicon, blocks: &[Block]) -> bool {
    let holds = |block: &Block| match &block.kind {
        Kind::Table { head, rows } => table::fields_of_one(words, head, rows).is_some(),
        _ => false,
    };
    let mut parts = blocks.chunk_by(|_, next| !matches!(next.kind, Kind::Heading { .. })).peekable();
    parts.next_if(|part| !part.iter().any(|block| matches!(block.kind, Kind::Heading { .. })));
    parts.peek().is_some() && parts.all(|part| part.iter().any(holds))
}

/// True when each heading begins with a sign for how far the work has come: `### ✅ Add an alert on lag`. The name of a
/// section is none.
fn are_signed(words: &Lexicon, headings: &[&Inline]) -> bool {
    headings.iter().all(|text| {
        let written = text.text.trim_start();
        // A light says how much it matters: `### 🔴 High priority (this week)`.
        fields::status_sign(written).is_some_and(|sign| sign.at == 0)
            && !fields::has_light(written)
            && words.sections(&text.one_line()).is_empty()
    })
}

/// True for a heading that is work, with its number or as it is asked for, above who does it or until when.
pub(super) fn has_fields(context: &Context<'_>, heading: &Inline, below: &[Block]) -> bool {
    let work = without_number(heading);
    let is_numbered = work.text.len() < heading.text.len();
    if !is_numbered && !context.words.asks_for_work(&work.text) {
        return false;
    }
    let Some(Block { kind: Kind::Paragraph(text), .. }) = below.first() else { return false };
    let mut draft = Draft::default();
    for line in text.lines() {
        draft.field_line(context, &line);
    }
    draft.owner.is_some() || draft.due.is_some()
}

/// The length of the code that a heading begins with: `A1. `, `AI-3: `, `P2 - `.
fn code(text: &str) -> usize {
    let text = text.trim_start();
    let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    let rest = text.get(letters..).unwrap_or_default();
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let marks = behind.len() - behind.trim_start_matches(['.', ':', ')', ' ', '-', '–', '—']).len();
    let is_marked = behind.starts_with(['.', ':', ')'])
        || [" - ", " – ", " — "].iter().any(|dash| behind.starts_with(dash));
    let is_code = (1..=3).contains(&letters) && behind.len() < rest.len() && is_marked;
    if is_code { text.len() - behind.len() + marks } else { 0 }
}

/// A heading without its number: `1) `, `2. `, `A1. `.
pub(super) fn without_number(text: &Inline) -> Inline {
    if let length @ 1.. = code(&text.text) {
        return text.from(length);
    }
    let digits = text.text.len() - text.text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match text.text.get(digits..) {
        Some(rest) if digits > 0 && rest.starts_with([')', '.', ':']) => text.from(digits + 1),
        _ => text.slice(0..text.text.len()),
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::actions::tests::items;

    #[test]
    fn a_heading_may_name_what_the_text_below_tells_was_done() {
        let text = "### 1) Fewer streams `@kim` [repair]\n\nReduced the number from 16 to 12.\n\n\
                    ### 2) Better alerts on lag `@kim` [detect]\n\nWe should have one on every host.\n";
        assert_eq!(
            items(text),
            ["[done] Fewer streams | @kim | repair", "[open] Better alerts on lag | @kim | detect"]
        );
        let asked = text.replace("Fewer streams", "Test fewer streams");
        assert_eq!(
            items(&asked).first().map(String::as_str),
            Some("[open] Test fewer streams | @kim | repair")
        );
    }

    #[test]
    fn a_heading_with_fields_below_it_is_the_work_and_the_lists_explain_it() {
        let steps = "\n\n- Look at the lag\n- Ask the search team\n\n";
        let list = format!(
            "### Soon\n\n#### 1. Cap the queue\n\n**Owner:** Kim\n**Steps:**{steps}#### 2. A second index\n\n**Owner:** Ana{steps}"
        );
        assert_eq!(items(&list), ["[open] Cap the queue | Kim", "[open] A second index | Ana"]);
        let group = format!("### Search\n\n**Owner:** Kim{steps}");
        assert_eq!(items(&group), ["[open] Look at the lag | Kim", "[open] Ask the search team | Kim"]);
    }

    #[test]
    fn a_heading_that_is_an_item_may_say_its_state_in_brackets() {
        assert_eq!(
            items(
                "### 1. Rotate the logs (done)\n\nAt 10 MB.\n\n### 2. Page on lag (not yet started)\n\nSoon.\n"
            ),
            ["[done] Rotate the logs", "[open] Page on lag"]
        );
    }

    #[test]
    fn lines_that_begin_with_signs_are_items() {
        assert_eq!(
            items("✅ **Queue capped** - at 40\n🔄 **Second index** - for the night\n"),
            ["[done] Queue capped - at 40", "[in-progress] Second index - for the night"]
        );
    }

    #[test]
    fn headings_with_signs_are_the_work() {
        let rule = "\n\n- **Metric:** lag of the index\n- **Folder:** search\n\n";
        assert_eq!(
            items(&format!("### ✅ Add an alert on lag{rule}### ⏳ Add an alert on errors{rule}")),
            ["[done] Add an alert on lag", "[in-progress] Add an alert on errors"]
        );
    }
}
