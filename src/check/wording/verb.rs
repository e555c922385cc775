//! The base form of a verb, from a form that tells of the past.
//!
//! English spelling, as far as the verbs of incidents need it. When in doubt there is no base form, or the plain one.

/// Forms that no rule gives.
const IRREGULAR: [(&str, &str); 45] = [
    ("asked", "ask"),
    ("begun", "begin"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("caught", "catch"),
    ("chosen", "choose"),
    ("cut", "cut"),
    ("did", "do"),
    ("done", "do"),
    ("failed", "fail"),
    ("foreseen", "foresee"),
    ("found", "find"),
    ("given", "give"),
    ("gone", "go"),
    ("held", "hold"),
    ("kept", "keep"),
    ("led", "lead"),
    ("left", "leave"),
    ("let", "let"),
    ("made", "make"),
    ("paid", "pay"),
    ("put", "put"),
    ("ran", "run"),
    ("read", "read"),
    ("run", "run"),
    ("seen", "see"),
    ("sent", "send"),
    ("set", "set"),
    ("shown", "show"),
    ("shut", "shut"),
    ("skipped", "skip"),
    ("spent", "spend"),
    ("split", "split"),
    ("spoken", "speak"),
    ("stopped", "stop"),
    ("taken", "take"),
    ("think", "think"),
    ("told", "tell"),
    ("took", "take"),
    ("understand", "understand"),
    ("understood", "understand"),
    ("waited", "wait"),
    ("written", "write"),
];

// "nothing prompted anyone to be …" is no English, and what people took for true was no deed of theirs.
const NONE: [&str; 11] = [
    "been",
    "had",
    "known",
    "felt",
    "meant",
    "heard",
    "assumed",
    "believed",
    "concluded",
    "expected",
    "thought",
];

/// The base form of a past participle or of a past tense. None for a verb whose infinitive
/// makes no proposal, and for a word that is no past form.
pub(super) fn infinitive(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    if NONE.contains(&word.as_str()) {
        return None;
    }
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return Some((*base).to_owned());
    }
    let stem = word.strip_suffix("ed").filter(|stem| stem.len() > 1)?;
    if let Some(stem) = stem.strip_suffix('i') {
        return Some(format!("{stem}y"));
    }
    let mut letters = stem.chars().rev();
    let (last, before, third) = (letters.next()?, letters.next()?, letters.next().unwrap_or(' '));
    if last == before && stem.len() > 3 && !matches!(last, 'l' | 's' | 'z' | 'f' | 'e') {
        return Some(stem.get(..stem.len() - 1)?.to_owned());
    }
    Some(if ends_in_e(stem, last, before, third) { format!("{stem}e") } else { stem.to_owned() })
}

/// True when a stem has lost an `e`: `delet`, `escalat`, `us`; not `test`, `edit`, `enter`.
fn ends_in_e(stem: &str, last: char, before: char, third: char) -> bool {
    let vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
    match last {
        'c' | 'g' | 'u' | 'v' | 'z' => !(last == 'g' && before == 'n' && third == 'o'),
        's' => before != 's',
        // `delete`, `update`, `note`; but `treat`, `edit`, `test`, `visit`, `revert`.
        't' => {
            vowel(before) && !vowel(third) && !matches!(before, 'i' | 'e')
                || stem.ends_with("delet")
                || stem.ends_with("complet")
                || stem.ends_with("writ")
                || stem.ends_with("unit")
                || stem.ends_with("rout")
        }
        'd' | 'k' => vowel(before) && !vowel(third),
        'l' => {
            !vowel(before) && before != 'l'
                || stem.ends_with("ul")
                || stem.ends_with("il") && third != 'a'
                || stem.ends_with("ol")
                || stem.ends_with("cal")
        }
        'r' => {
            matches!(before, 'i' | 'u') && third != 'o'
                || (before == 'o' && !stem.ends_with("itor"))
                || stem.ends_with("par")
        }
        'm' => matches!(before, 'u' | 'a'),
        'n' => {
            matches!(before, 'i') && third != 'a' && third != 't' && !stem.ends_with("gin")
                || stem.ends_with("tun")
        }
        'p' => vowel(before) && !vowel(third) && !stem.ends_with("velop"),
        'b' => before != 'm' && vowel(before),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn past_forms_give_their_base_form() {
        for (past, base) in [
            ("checked", "check"),
            ("verified", "verify"),
            ("noticed", "notice"),
            ("deleted", "delete"),
            ("updated", "update"),
            ("tested", "test"),
            ("escalated", "escalate"),
            ("posted", "post"),
            ("switched", "switch"),
            ("used", "use"),
            ("deployed", "deploy"),
            ("rolled", "roll"),
            ("disabled", "disable"),
            ("removed", "remove"),
            ("dropped", "drop"),
            ("configured", "configure"),
            ("ignored", "ignore"),
            ("monitored", "monitor"),
            ("considered", "consider"),
            ("reverted", "revert"),
            ("committed", "commit"),
            ("merged", "merge"),
            ("changed", "change"),
            ("scheduled", "schedule"),
            ("enabled", "enable"),
            ("added", "add"),
            ("uploaded", "upload"),
            ("installed", "install"),
            ("wiped", "wipe"),
            ("developed", "develop"),
            ("renewed", "renew"),
            ("edited", "edit"),
            ("introduced", "introduce"),
            ("restarted", "restart"),
            ("pushed", "push"),
            ("routed", "route"),
            ("scaled", "scale"),
            ("entered", "enter"),
            ("caught", "catch"),
            ("understood", "understand"),
        ] {
            assert_eq!(infinitive(past).as_deref(), Some(base), "{past}");
        }
        for other in ["been", "executing", "the", "ed"] {
            assert_eq!(infinitive(other), None, "{other}");
        }
    }
}
