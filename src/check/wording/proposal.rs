//! A wording about the system for the very sentence that holds a phrase.
//!
//! A phrase says in its `instead` what such a sentence could read, with `{deed}` for the verb in its base form,
//! `{rest}` for what follows it in the clause and `{phrase}` for the phrase itself: "failed to notice the missing index" becomes "nothing prompted anyone to
//! notice the missing index". Where the sentence does not give the parts there is no proposal, only the general advice.

use std::ops::Range;

use crate::{
    check::prose::{CODE, Piece},
    source::SourceFile,
};

/// A longer rest is cut off: a proposal shows the shape, it does not rewrite a paragraph.
const MOST_WORDS: usize = 12;

/// Where in a piece the parts of a proposal stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    /// The phrase itself.
    pub(super) phrase: Range<usize>,
    /// The verb, if the phrase holds one.
    pub(super) deed: Option<Range<usize>>,
    /// What follows the phrase, to the end of the sentence.
    pub(super) rest: Range<usize>,
}

/// What the sentence could read instead.
pub(super) fn proposal(template: &str, parts: &Parts, piece: &Piece, source: &SourceFile) -> Option<String> {
    let mut out = template.to_owned();
    if template.contains("{deed}") {
        let word = piece.text.get(parts.deed.clone()?)?;
        out = out.replace("{deed}", &infinitive(word)?);
    }
    out = out.replace("{phrase}", &piece.text.get(parts.phrase.clone())?.to_lowercase());
    if template.contains("{rest}") {
        let range = clause(&piece.text, parts.rest.clone())?;
        let is_required = !template.contains("{deed}");
        let rest = written(piece, range, source);
        if rest.contains(['`', '"', '@']) || (is_required && rest.is_empty()) {
            return None;
        }
        out = out.replace("{rest}", &rest);
    }
    let plain = out.replace(" …", "…").replace("  ", " ");
    Some(plain.trim().to_owned())
}

/// The part of a range that belongs to the clause of its first word.
fn clause(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    const ENDS: [&str; 16] = [
        ", ",
        "; ",
        ": ",
        " (",
        ")",
        "\"",
        " – ",
        " — ",
        " - ",
        " because ",
        " so that ",
        " which ",
        " but ",
        " and ",
        " when ",
        " while ",
    ];
    let rest = text.get(range.clone())?;
    let end = ENDS.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let part = rest.get(..end)?.trim_end_matches(['.', '!', '?', ' ', '…', ',', ';', ':']);
    let start = range.start + (part.len() - part.trim_start().len());
    Some(start..range.start.max(start) + part.trim_start().len())
}

/// A range of a piece as its author wrote it, code included.
fn written(piece: &Piece, range: Range<usize>, source: &SourceFile) -> String {
    let mut out = String::new();
    let mut at = range.start;
    for (index, word) in piece.text.get(range).unwrap_or_default().split(' ').enumerate() {
        if index == MOST_WORDS {
            out.push_str(" …");
            break;
        }
        let separator = if index == 0 { "" } else { " " };
        out.push_str(separator);
        match word.find(CODE) {
            Some(offset) => {
                let code = source.slice(piece.word_at(at + offset, CODE.len()));
                out.push_str(word.get(..offset).unwrap_or_default());
                out.push_str(code.trim_matches(['`', '*', '_', ' ']));
                out.push_str(word.get(offset + CODE.len()..).unwrap_or_default());
            }
            None => out.push_str(word),
        }
        at += word.len() + 1;
    }
    out
}

/// The base form of a past participle or of a past tense; a base form is its own. None for a verb whose infinitive
/// makes no proposal, and for a word that is no past form.
pub(super) fn infinitive(word: &str) -> Option<String> {
    const IRREGULAR: [(&str, &str); 46] = [
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
        ("thought", "think"),
        ("told", "tell"),
        ("took", "take"),
        ("understand", "understand"),
        ("understood", "understand"),
        ("waited", "wait"),
        ("written", "write"),
    ];
    // "nothing prompted anyone to be …" is no English.
    const NONE: [&str; 6] = ["been", "had", "known", "felt", "meant", "heard"];
    let word = word.to_lowercase();
    if NONE.contains(&word.as_str()) {
        return None;
    }
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return Some((*base).to_owned());
    }
    let Some(stem) = word.strip_suffix("ed").filter(|stem| stem.len() > 1) else { return None };
    if let Some(stem) = stem.strip_suffix('i') {
        return Some(format!("{stem}y"));
    }
    let mut letters = stem.chars().rev();
    let (last, before, third) = (letters.next()?, letters.next()?, letters.next().unwrap_or(' '));
    let vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
    if last == before && stem.len() > 3 && !matches!(last, 'l' | 's' | 'z' | 'f' | 'e') {
        return Some(stem.get(..stem.len() - 1)?.to_owned());
    }
    let has_e = match last {
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
        'd' => vowel(before) && !vowel(third),
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
        'k' => vowel(before) && !vowel(third),
        'b' => before != 'm' && vowel(before),
        _ => false,
    };
    Some(if has_e { format!("{stem}e") } else { stem.to_owned() })
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

    #[test]
    fn a_clause_ends_where_another_begins() {
        for (text, part) in [
            ("renew the certificate.", "renew the certificate"),
            ("act, and the alarm went on", "act"),
            ("read `x` (see above)", "read `x`"),
            ("check v1.2 because it was late", "check v1.2"),
        ] {
            let range = clause(text, 0..text.len()).unwrap();
            assert_eq!(text.get(range), Some(part));
        }
    }
}
