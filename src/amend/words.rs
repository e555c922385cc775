//! The words and signs that say a state, as the document around them would write them.

use crate::{
    model::{ActionItem, ActionStatus},
    parse::Context,
    words::capitalised,
};

/// Signs of which one stands for the other when the work is done, or not done any more: not done, done.
const SIGNS: [(char, char); 10] = [
    ('☐', '☑'),
    ('⬜', '✅'),
    ('🔲', '✅'),
    ('🔴', '🟢'),
    ('☐', '✔'),
    ('☐', '✓'),
    ('❌', '✅'),
    ('⭕', '✅'),
    ('✗', '✓'),
    ('✘', '✔'),
];
/// The lights of work that goes on; those of the others are in [`SIGNS`].
const AMBER: [char; 2] = ['🟡', '🟠'];

/// Longer than this, a text is a sentence that tells of a state, not its name.
const LONGEST: usize = 20;

/// The words for a state, the most fitting first: one that another item of the document has for it, then our own in the
/// case of what stood there.
pub(super) fn of(
    status: ActionStatus,
    before: &str,
    document: &str,
    others: &[ActionItem],
    context: &Context<'_>,
) -> Vec<String> {
    let used = others.iter().filter(|item| item.status.value == status && item.status.span != item.span);
    let used = used.filter_map(|item| document.get(item.status.span.start..item.status.span.end));
    let is_name = |text: &&str| {
        text.chars().count() <= LONGEST
            && text.chars().all(|letter| letter.is_alphabetic() || " -'’".contains(letter))
            && context.words().action_status(text) == Some(status)
    };
    let mut words: Vec<String> = used.map(str::trim).filter(is_name).take(1).map(str::to_owned).collect();
    let own = if before.contains(['-', '_']) { status.key() } else { status.words() };
    words.push(in_case_of(before, own));
    words.push(status.key().to_owned());
    words.dedup();
    words
}

/// A word in capitals, with a capital or without, as another one is.
fn in_case_of(before: &str, word: &str) -> String {
    let mut letters = before.chars().filter(|letter| letter.is_alphabetic());
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_uppercase() => word.to_uppercase(),
        (Some(first), _) if first.is_uppercase() => capitalised(word),
        _ => word.to_owned(),
    }
}

/// The sign that says a state in the place of another one. None where no sign of that kind says it.
pub(super) fn counterpart(old: char, status: ActionStatus) -> Option<char> {
    let is_light = AMBER.contains(&old) || "🔴🟢".contains(old);
    match status {
        ActionStatus::Done if is_light => Some('🟢'),
        ActionStatus::Open if is_light => Some('🔴'),
        ActionStatus::InProgress if is_light => Some('🟡'),
        ActionStatus::Done => {
            Some(SIGNS.iter().find(|(open, _)| *open == old).map_or('✅', |(_, done)| *done))
        }
        ActionStatus::Open => {
            Some(SIGNS.iter().find(|(_, done)| *done == old).map_or('⬜', |(open, _)| *open))
        }
        ActionStatus::InProgress => Some('🚧'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_takes_the_case_of_the_one_before() {
        let cases = [("DONE", "OPEN"), ("Done", "Open"), ("done", "open"), ("", "open"), ("完了", "open")];
        for (before, expected) in cases {
            assert_eq!(in_case_of(before, "open"), expected);
        }
        assert_eq!(in_case_of("Open", "won't do"), "Won't do");
    }

    #[test]
    fn a_sign_has_its_counterpart() {
        let cases = [
            ('☐', ActionStatus::Done, Some('☑')),
            ('✅', ActionStatus::Open, Some('⬜')),
            ('❌', ActionStatus::Done, Some('✅')),
            ('⏳', ActionStatus::Done, Some('✅')),
            ('🟡', ActionStatus::Done, Some('🟢')),
            ('🟢', ActionStatus::InProgress, Some('🟡')),
            ('✅', ActionStatus::Blocked, None),
        ];
        for (old, status, new) in cases {
            assert_eq!(counterpart(old, status), new, "{old}");
        }
    }
}
