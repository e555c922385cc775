//! Lists and tables of things among the paragraphs of action items: hosts, files, names of what was changed.

use super::{layout, nested::is_address};
use crate::{
    parse::{
        blocks::{Block, Kind},
        inline::Inline,
        locale::Lexicon,
    },
    terms::is_unspaced,
};

/// True for a list or a table of nothing but single words below a sentence that announces it and asks for no work.
pub(super) fn are_named(words: &Lexicon, blocks: &[Block], index: usize) -> bool {
    let above = index.checked_sub(1).and_then(|above| blocks.get(above)).map(|block| &block.kind);
    let Some(Kind::Paragraph(above)) = above else { return false };
    let line = layout::last_sentence(above);
    let announces = line.ends_with([':', '：']) && !words.wants_work(&above.text);
    announces && blocks.get(index).is_some_and(|block| names_things(&block.kind))
}

/// True for a paragraph that asks for work, with the one address of its ticket in a list below it.
pub(super) fn has_its_ticket_below(words: &Lexicon, blocks: &[Block], index: usize) -> bool {
    match blocks.get(index..).unwrap_or_default() {
        [Block { kind: Kind::Paragraph(text), .. }, Block { kind: Kind::List(items), .. }, ..] => {
            matches!(items.as_slice(), [item] if is_address(item)) && words.wants_work(&text.text)
        }
        _ => false,
    }
}

fn names_things(kind: &Kind) -> bool {
    match kind {
        Kind::List(items) => {
            items.len() >= 2
                && items.iter().all(|item| match item.blocks.as_slice() {
                    [Block { kind: Kind::Paragraph(text), .. }] => item.checked.is_none() && is_name(text),
                    _ => false,
                })
        }
        Kind::Table { rows, .. } => rows.len() >= 2 && rows.iter().all(|row| row.cells.iter().all(is_name)),
        _ => false,
    }
}

/// True for a text of one word, in a script that puts spaces between words, that is no link to a ticket.
fn is_name(text: &Inline) -> bool {
    !text.text.trim().contains(char::is_whitespace)
        && !text.text.contains(is_unspaced)
        && text.links().is_empty()
}

#[cfg(test)]
mod tests {
    use crate::parse::actions::tests::{items, titles};

    #[test]
    fn things_between_paragraphs_are_no_items_and_the_paragraphs_that_ask_for_work_are() {
        assert_eq!(
            items(
                "Two records were removed. They pointed these names to the old index:\n\n- search-1\n- search-2\n\nNobody used them any more. These records were not used either. Namely:\n\n| Type | Name |\n|---|---|\n| A | old.example |\n| CNAME | older.example |\n\nThe list of records will be reviewed.\n"
            ),
            ["[open] The list of records will be reviewed."]
        );
        assert_eq!(items("We will improve:\n\n- Alerting\n- Runbooks\n").len(), 2);
        assert_eq!(items("These are left:\n\n- [ ] search-1\n- [ ] search-2\n").len(), 2);
    }

    #[test]
    fn the_ticket_of_a_paragraph_may_stand_in_a_list_below_it() {
        let ticket = "- https://github.com/example/search/issues/320\n";
        assert_eq!(
            items(&format!(
                "The queue has no cap. It should get one:\n\n{ticket}\nI also want to test what happens then.\n"
            )),
            [
                "[open] The queue has no cap. It should get one: | https://github.com/example/search/issues/320",
                "[open] I also want to test what happens then."
            ]
        );
        assert_eq!(
            items(&format!("We should fix these:\n\n{ticket}{}", ticket.replace("20", "21"))).len(),
            2
        );
    }

    #[test]
    fn the_steps_of_a_procedure_and_the_ways_that_are_weighed_are_no_work() {
        let list = "## Action items\n\n- Rotate the keys\n\n";
        let steps = "### Keys\n\n1. Go to https://example.com/keys\n2. Delete the old key\n\n";
        assert_eq!(titles(&format!("{list}{steps}")), ["Rotate the keys"]);
        assert_eq!(titles(&format!("{list}{}", steps.replace("Go to", "Look at"))).len(), 3);
        let ways = "### Option A: leave them\n\n- Test it\n\n### Option B: purge them\n\n- Test it\n\n";
        assert_eq!(titles(&format!("{list}{ways}")), ["Rotate the keys"]);
        let bold = "### Ways\n\n**Option A: leave them**\n\n- Test it\n\n**Step-by-step:**\n\n1. Take it\n2. Test it\n";
        assert_eq!(titles(&format!("{list}{bold}")), ["Rotate the keys"]);
    }
}
