//! What lists show of themselves: boxes and signs by which somebody follows the work, and parts by when it shall be done.

use super::{fields, sections};
use crate::{
    model::{ActionStatus, SectionKind},
    parse::{
        blocks::{Block, Item, Kind},
        locale::Lexicon,
    },
};

/// True for blocks with a box or a sign that is ticked off: who does so has followed it up.
pub(super) fn has_boxes(words: &Lexicon, blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        Kind::List(items) => items.iter().any(|item| item.checked.is_some() || is_signed_task(words, item)),
        _ => false,
    })
}

/// True for blocks with a box of Markdown.
pub(super) fn has_checks(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        Kind::List(items) => items.iter().any(|item| item.checked.is_some()),
        _ => false,
    })
}

/// True for blocks with a list whose items say by boxes or signs how far they have come: somebody follows it.
pub(super) fn shows_states(words: &Lexicon, blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        Kind::List(items) => items.iter().any(|item| item.checked.is_some() || signed(words, item).is_some()),
        _ => false,
    })
}

/// True for blocks with a list that parts the work by when it shall be done: `1. Immediate actions:`, `2. Long-term:`, or
/// with headings that do by how far it has come: `### Long-term (planned)`.
pub(super) fn parts_the_work(words: &Lexicon, blocks: &[Block]) -> bool {
    let heads_work = |item: &Item| {
        let [Block { kind: Kind::Paragraph(text), .. }, Block { kind: Kind::List(_), .. }] =
            item.blocks.as_slice()
        else {
            return false;
        };
        let name = text.text.split([':', '：', '(', '（']).next().unwrap_or_default();
        words.exact_section(name) == Some(SectionKind::ActionItems)
    };
    let is_to_come = |title: &str| {
        sections::remark(title)
            .and_then(|remark| fields::status(words, remark))
            .is_some_and(|status| status != ActionStatus::Done)
    };
    // `### Short term (this week)`, `### Long term`
    let is_term = |block: &&Block| match &block.kind {
        Kind::Heading { text, .. } => {
            let name = text.text.split([':', '：', '(', '（']).next().unwrap_or_default();
            words.exact_section(name) == Some(SectionKind::ActionItems)
        }
        _ => false,
    };
    blocks.iter().filter(is_term).nth(2).is_some()
        || blocks.iter().any(|block| match &block.kind {
            Kind::List(items) => items.len() >= 2 && items.iter().all(heads_work),
            Kind::Heading { text, .. } => is_to_come(text.text.trim_end()),
            _ => false,
        })
}

/// True for a task whose first sign says how far it has come: `✅ Cap the queue`. `✅ Restarted the index` is an account.
fn is_signed_task(words: &Lexicon, item: &Item) -> bool {
    signed(words, item).is_some_and(|task| !words.tells_what_was_done(task))
}

/// What stands behind the sign for a state that an item begins with.
fn signed<'i>(words: &Lexicon, item: &'i Item) -> Option<&'i str> {
    let text = item.text()?;
    let (sign, task) = text.text.trim_start().split_once(' ')?;
    let is_sign = !sign.is_ascii() && !sign.contains(char::is_alphanumeric);
    (is_sign && fields::status(words, sign).is_some()).then_some(task)
}

#[cfg(test)]
mod tests {
    use crate::parse::actions::tests::titles;

    #[test]
    fn advice_that_is_parted_by_when_it_shall_be_followed_is_work_beside_a_list() {
        let parted = "## Recommendations\n\n1. **Immediate actions**:\n   - Cap the queue\n2. **Long-term (within a month)**:\n   - A second index\n";
        let list = "\n## Action items\n\n- [ ] Test it\n";
        assert_eq!(titles(&format!("{parted}{list}")), ["Cap the queue", "A second index", "Test it"]);
        let named =
            parted.replace("Immediate actions", "Queue").replace("Long-term (within a month)", "Index");
        assert_eq!(titles(&format!("{named}{list}")), ["Test it"]);
    }

    #[test]
    fn measures_that_are_in_place_are_no_work_beside_the_list_unless_some_are_to_come() {
        let list = "\n## Action items\n\n- [ ] Test it\n";
        for heading in ["Preventive measures implemented", "Preventive measures now in place"] {
            let measures = format!("## {heading}\n\n### Queue\n\n- A cap\n\n### Index\n\n- A second one\n");
            assert_eq!(titles(&format!("{measures}{list}")), ["Test it"]);
            assert_eq!(titles(&measures), ["A cap", "A second one"]);
            let parted = measures.replace("### Index", "### Index (planned)");
            assert_eq!(titles(&format!("{parted}{list}")).len(), 3);
        }
    }

    #[test]
    fn advice_below_headings_of_three_terms_is_work_beside_a_list() {
        let advice = "## Recommendations\n\n### Short term (this week)\n\n- Cap the queue\n\n### Medium term\n\n\
                      - A second index\n\n### Long term\n\n- Another engine\n\n";
        let list = "## Follow-up\n\n- [ ] Test it\n";
        assert_eq!(titles(&format!("{advice}{list}")).len(), 4);
        let themes = advice.replace("Short", "Queue").replace("Long", "Engine");
        assert_eq!(titles(&format!("{themes}{list}")), ["Test it"]);
    }
}
