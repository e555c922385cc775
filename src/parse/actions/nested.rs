//! What a line is to the list below it: a theme or an owner of its items, or an item that they explain.

use std::borrow::Cow;

use super::{
    Context, fields,
    item::Draft,
    layout,
    listed::{is_a_task, is_group_line},
};
use crate::{
    model::{ActionStatus, Fact},
    parse::{
        blocks::{Block, Item, Kind},
        inline::Inline,
        locale::Lexicon,
    },
    terms::is_unspaced,
};

/// The items of the lists below an item.
pub(super) fn below(blocks: &[Block]) -> Vec<&Item> {
    let lists = blocks.iter().filter_map(|block| match &block.kind {
        Kind::List(items) => Some(items),
        _ => None,
    });
    lists.flatten().collect()
}

/// The line of an item as it heads what stands below, and how urgent that is, where brackets behind the line say it:
/// `**Monitoring** (priority: high)`.
pub(super) fn head_of<'t>(
    context: &Context<'_>,
    item: &Item,
    text: &'t Inline,
) -> (Cow<'t, Inline>, Option<Fact<String>>) {
    if item.blocks.len() > 1 && text.text.trim_end().ends_with(')') {
        let mut draft = Draft::default();
        if let Some(rest) = draft.brackets(context, text)
            && draft.says_only_priority()
        {
            return (Cow::Owned(rest), draft.priority);
        }
    }
    (Cow::Borrowed(text), None)
}

/// True for an item that only heads the lists below it.
pub(super) fn only_heads(context: &Context<'_>, item: &Item, text: &Inline) -> bool {
    let words = context.words;
    let blocks = item.blocks.get(1..).unwrap_or_default();
    let nested = below(blocks);
    if nested.is_empty() || nested.iter().all(|item| is_address(item)) {
        return false;
    }
    let told = nested.iter().any(|item| is_a_task(words, item));
    let asked = nested.iter().filter(|item| layout::asks_for_work(words, item)).count();
    let all_asked = nested.len() >= 2 && asked == nested.len();
    if !told && (is_work_itself(context, text, &nested) || is_done_to_things(context, text, &nested)) {
        return false;
    }
    let lists = || blocks.iter().filter(|block| matches!(block.kind, Kind::List(_)));
    let fields_below = lists().all(|block| layout::holds_fields(words, block));
    // `Work on our documentation, including`
    let heads = words.is_unfinished(&text.text)
        || is_group_line(text) && !layout::is_said_in_full(text)
        || words.are_names(&text.text)
        || nested.len() >= 2 && is_theme(context, text);
    told || all_asked && !is_said_behind_a_name(text) || item.checked.is_none() && heads && !fields_below
}

/// True for a bold name with the work behind it: `**Monitoring** - add an alert on lag`.
fn is_said_behind_a_name(text: &Inline) -> bool {
    let Some(end) = text.bold_lead() else { return false };
    let behind = text.text.get(end..).unwrap_or_default().trim_start_matches([':', '：', ' ', '-', '–', '—']);
    behind.split_whitespace().nth(1).is_some() && !behind.trim_end().ends_with([':', '：'])
}

/// What bold names with a list below them are in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BoldNames {
    /// The themes of the items below.
    Themes,
    /// The items, which the lists explain.
    Items,
}

/// What bold names are in a section: where code or text stands below one of them, and no list, that one is no theme, nor
/// are those beside it. Nor are those of a numbered list where most of them ask for work and their lists are the steps,
/// or where most of what stands below three or more of them asks for none.
pub(super) fn bold_names(words: &Lexicon, document: &str, blocks: &[Block]) -> BoldNames {
    let is_explained = |item: &Item| {
        item.text().is_some_and(|text| text.is_all(|style| style.bold))
            && item.blocks.len() > 1
            && below(&item.blocks).is_empty()
    };
    let explains = |block: &Block| match &block.kind {
        Kind::List(items) => {
            items.iter().any(is_explained)
                || layout::number(document, block).is_some() && names_the_work(words, items)
        }
        _ => false,
    };
    if blocks.iter().any(explains) { BoldNames::Items } else { BoldNames::Themes }
}

/// True for bold lines of which most ask for work, or for three or more below which hardly anything does. Where all that
/// stands below asks for it, that is the work.
fn names_the_work(words: &Lexicon, items: &[Item]) -> bool {
    const NAMES: usize = 3;
    let is_name = |item: &Item| item.text().is_some_and(|text| names_in_bold(words, text, text.text.trim()));
    let asked = items.iter().filter(|item| asks_in_bold(words, item)).count();
    let nested: Vec<&Item> = items.iter().flat_map(|item| below(&item.blocks)).collect();
    let is_asked = |item: &&&Item| layout::asks_for_work(words, item) || is_a_task(words, item);
    let asked_below = nested.iter().filter(is_asked).count();
    let has_several = nested.len() >= items.len() * 2;
    if asked >= 2 && asked * 3 >= items.len() * 2 {
        return !has_several || asked_below < nested.len();
    }
    items.len() >= NAMES && items.iter().all(is_name) && has_several && asked_below * 2 < nested.len()
}

/// True for an item that is a bold line that asks for work, in more than a word.
fn asks_in_bold(words: &Lexicon, item: &Item) -> bool {
    item.text().is_some_and(|text| {
        let name = text.text.trim();
        names_in_bold(words, text, name)
            && !name.ends_with([':', '：'])
            && name.contains(' ')
            && words.asks_for_work(name)
    })
}

/// True for a bold name of something below which no box stands.
pub(super) fn is_bold_name(context: &Context<'_>, text: &Inline, item: &Item) -> bool {
    let nested = below(item.blocks.get(1..).unwrap_or_default());
    let name = text.text.trim_end().trim_end_matches([':', '：']);
    names_in_bold(context.words, text, name) && !nested.iter().any(|item| is_a_task(context.words, item))
}

/// True for a bold line that is no name of a section.
fn names_in_bold(words: &Lexicon, text: &Inline, name: &str) -> bool {
    text.is_all(|style| style.bold) && words.sections(name).is_empty()
}

/// True for an item that is an address and nothing else: where the work above it is, or what it is about.
pub(super) fn is_address(item: &Item) -> bool {
    let [Block { kind: Kind::Paragraph(text), .. }] = item.blocks.as_slice() else { return false };
    let text = text.text.trim();
    text.starts_with("http") && text.contains("://") && !text.contains(char::is_whitespace)
}

/// True for a line that asks for work where what stands below says what it is about: no item there asks for any, or
/// only the line says who is to do it.
fn is_work_itself(context: &Context<'_>, text: &Inline, nested: &[&Item]) -> bool {
    let words = context.words;
    let behind_a_name = text.bold_lead().and_then(|end| text.text.get(end..));
    let asks_behind_a_name = behind_a_name.is_some_and(|said| words.asks_for_work(said));
    let asks = words.asks_for_work(&text.text) || words.who_shall(&text.text).is_some();
    // `Follow-up:` begins with a verb, and is a name.
    let is_sentence = text.text.split_whitespace().nth(1).is_some();
    let is_name = !is_sentence || words.exact_section(&text.text).is_some();
    if !asks_behind_a_name && (!asks || is_name) {
        return false;
    }
    let wants = |item: &&Item| {
        item.text().is_none_or(|text| {
            words.asks_for_work(&text.text)
                || words.wants_work(&text.text)
                || words.tells_what_was_done(&text.text)
        })
    };
    let mut draft = Draft::default();
    draft.find_trackers(context, text);
    let line = draft.item(context, text, text.span);
    let is_assigned = line.is_some_and(|item| {
        !text.text.trim_end().ends_with([':', '：'])
            && (item.owner.is_some() || item.due.is_some() || !item.trackers.is_empty())
    });
    is_assigned || is_group_line(text) && (!nested.iter().any(wants) || go_on(nested))
}

/// True for items that are the parts of one sentence: `add alerts for:`, `lag,`, `failed searches.`
fn go_on(nested: &[&Item]) -> bool {
    let parts: Vec<&str> =
        nested.iter().map(|item| item.text().map_or("", |text| text.text.trim())).collect();
    let Some((last, others)) = parts.split_last() else { return false };
    !others.is_empty()
        && others.iter().all(|part| part.ends_with([',', ';']))
        && parts.iter().all(|part| part.starts_with(char::is_lowercase))
        && last.ends_with('.')
}

/// True for a line that tells what was done to the things below it, each of which is a word: `I opened these ports:`. A
/// line that is ticked off is done itself, where nothing below it is work: `✅ Added rules:`.
fn is_done_to_things(context: &Context<'_>, text: &Inline, nested: &[&Item]) -> bool {
    let words = context.words;
    let said = text.text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let sign = fields::status_sign(&text.text).filter(|sign| sign.at == 0);
    let is_signed = sign.is_some_and(|sign| sign.status == ActionStatus::Done);
    let is_work = |item: &&Item| {
        item.checked.is_some()
            || item.text().is_some_and(|text| {
                words.asks_for_work(&text.text)
                    || words.wants_work(&text.text)
                    || words.tells_what_was_done(&text.text)
            })
    };
    let is_single = |item: &&Item| {
        let text = item.text().map(|text| text.text.trim());
        text.is_some_and(|text| !text.contains(' ') && !text.chars().any(is_unspaced))
    };
    words.tells_what_was_done(said)
        && (nested.iter().all(is_single) || is_signed && !nested.iter().any(is_work))
}

/// True for a word or two that say what the items below are about: `Monitoring`.
fn is_theme(context: &Context<'_>, text: &Inline) -> bool {
    const WORDS: usize = 2;
    let line = text.text.trim();
    line.split_whitespace().nth(WORDS).is_none()
        && line.starts_with(char::is_uppercase)
        && line.chars().all(|c| c.is_alphanumeric() && !is_unspaced(c) || matches!(c, ' ' | '-' | '/' | '&'))
        && text.links().is_empty()
        && !context.words.asks_for_work(line)
        && !context.words.tells_what_was_done(line)
}

#[cfg(test)]
mod tests {
    use crate::parse::actions::tests::items;

    #[test]
    fn a_line_that_asks_for_work_is_the_item_when_nothing_below_it_does() {
        assert_eq!(
            items("- Improve the monitoring of:\n  - queue length\n  - lag\n- Cap the queue\n"),
            ["[open] Improve the monitoring of:", "[open] Cap the queue"]
        );
        assert_eq!(items("- Improve monitoring:\n  - We should watch the queue length\n  - Lag\n").len(), 2);
        assert_eq!(
            items(
                "- **Alerting**: add alerts for:\n  - sustained lag,\n  - lost searches.\n- Cap the queue\n"
            ),
            ["[open] Alerting: add alerts for:", "[open] Cap the queue"]
        );
        assert_eq!(items("- Follow-up:\n  - A cap for the queue\n  - Shorter queues\n").len(), 2);
    }

    #[test]
    fn a_line_with_nothing_but_addresses_below_it_is_the_item() {
        let text = "- Settings of the release:\n  - https://example.org/commit/1\n  - https://example.org/commit/2\n- Cap it\n";
        let settings =
            "[open] Settings of the release: | https://example.org/commit/1 | https://example.org/commit/2";
        assert_eq!(items(text), [settings, "[open] Cap it"]);
        assert_eq!(items("- Q: Would a cap have helped?\n- Cap the queue\n"), ["[open] Cap the queue"]);
    }

    #[test]
    fn a_line_that_tells_what_was_done_to_the_words_below_it_is_the_item() {
        let text = "- We opened the ports:\n  - `80/tcp`\n  - `81/tcp`\n- Cap the queue\n";
        assert_eq!(items(text), ["[done] We opened the ports:", "[open] Cap the queue"]);
        assert_eq!(items("- We made these changes:\n  - A cap for it\n  - Shorter queues\n").len(), 2);
    }

    #[test]
    fn a_line_that_says_who_is_to_do_it_is_the_item_and_its_steps_are_not() {
        assert_eq!(
            items("1. **Cap the queue** (Kim)\n   - Find the limit\n   - Set it\n2. Test it (Sam)\n"),
            ["[open] Cap the queue | Kim", "[open] Test it | Sam"]
        );
        assert_eq!(
            items(
                "- Developers to agree on an answer to such alarms, like:\n  - What we owe\n  - How we tell\n"
            ),
            ["[open] Developers to agree on an answer to such alarms, like: | Developers"]
        );
    }

    #[test]
    fn a_word_or_two_above_a_list_are_its_theme() {
        assert_eq!(
            items(
                "- Monitoring\n  - Lag has no alert, one is needed\n  - A panel for the queue\n- Deploys\n  1. Canary first\n  2. Automatic rollback\n"
            ),
            [
                "[open] Lag has no alert, one is needed",
                "[open] A panel for the queue",
                "[open] Canary first",
                "[open] Automatic rollback",
            ]
        );
        assert_eq!(items("- Retries\n  - with a limit\n"), ["[open] Retries"]);
    }

    #[test]
    fn a_theme_may_say_how_urgent_its_items_are() {
        assert_eq!(
            items(
                "1. **Hooks** (Priority: HIGH)\n   - Install the hook\n   - Block such files\n2. **Training**\n   - Write a guide\n   - Add a checklist\n"
            ),
            [
                "[open] Install the hook | HIGH",
                "[open] Block such files | HIGH",
                "[open] Write a guide",
                "[open] Add a checklist",
            ]
        );
        assert_eq!(
            items("1. **Hooks** (Priority: HIGH)\n   - Install the hook\n   - Block such files\n"),
            ["[open] Install the hook | HIGH", "[open] Block such files | HIGH"]
        );
    }

    #[test]
    fn a_line_that_is_ticked_off_is_done_itself() {
        assert_eq!(
            items("- ✅ Added rules for the disk:\n  - Indices: 85 %\n  - Logs: 70 %\n- Cap the queue\n"),
            ["[done] Added rules for the disk:", "[open] Cap the queue"]
        );
    }

    #[test]
    fn a_bold_name_with_the_work_behind_it_or_beside_one_with_code_is_an_item() {
        assert_eq!(
            items(
                "1. **Alerts** - Add one on the lag\n   - Write to the pager\n   - Add a panel\n2. **Queue** - Cap it\n"
            ),
            ["[open] Alerts - Add one on the lag", "[open] Queue - Cap it"]
        );
        let code = "1. **Restart at a lag of an hour**\n   ```sh\n   restart index\n   ```\n\n\
                    2. **Limits for each queue**\n   - Add one to search\n   - Add one to mail\n";
        assert_eq!(items(code), ["[open] Restart at a lag of an hour", "[open] Limits for each queue"]);
        let colons = code.replace("hour**", "hour:**").replace("queue**", "queue:**");
        assert_eq!(items(&colons), ["[open] Restart at a lag of an hour:", "[open] Limits for each queue:"]);
        let lists = code.replace("   ```sh\n   restart index\n   ```\n", "   - Test it first\n");
        assert_eq!(items(&lists).len(), 3);
    }

    #[test]
    fn bold_lines_that_ask_for_work_are_items_with_their_steps_below() {
        let list = "1. **Test the restore**\n   - Stop the index\n   - Start it\n2. **Write a runbook**\n   - What works\n   - What was lost\n";
        assert_eq!(items(list), ["[open] Test the restore", "[open] Write a runbook"]);
        let themes =
            list.replace("Test the restore", "The restore").replace("Write a runbook", "The runbook");
        assert_eq!(items(&themes).len(), 4);
        let tasks =
            list.replace("What works", "Tell what works").replace("What was lost", "Find what was lost");
        assert_eq!(items(&tasks).len(), 4);
        let spanish = "1. **Revisar la red**\n   - Probar desde fuera\n   - ¿Cuál es el límite?\n2. **Añadir una alerta**\n";
        assert_eq!(items(spanish), ["[open] Revisar la red", "[open] Añadir una alerta"]);
    }

    #[test]
    fn bold_lines_are_items_where_what_stands_below_them_asks_for_no_work() {
        let list = "1. **A check before a restore**\n   - The copy may be old\n   - Ask below half of the users\n\
                    2. **Automatic copies**\n   - There is one already\n   - But nobody sees it\n\
                    3. **An alert for losses**\n   - If half of the users are gone\n   - In the chat\n";
        assert_eq!(
            items(list),
            ["[open] A check before a restore", "[open] Automatic copies", "[open] An alert for losses"]
        );
        let tasks = list
            .replace("The copy may be old", "Check the age of the copy")
            .replace("There is one already", "Make one each hour")
            .replace("If half of the users are gone", "Count the users");
        assert_eq!(items(&tasks).len(), 6);
    }

    #[test]
    fn a_sentence_that_its_list_ends_is_no_item() {
        assert_eq!(
            items(
                "1. Work on our runbooks, including\n   1. How to restore\n   2. How to fail over\n2. Test it\n"
            ),
            ["[open] How to restore", "[open] How to fail over", "[open] Test it"]
        );
    }
}
