//! A wording about the system for the very sentence that holds a phrase.
//!
//! A phrase says in its `instead` what such a sentence could read, with `{deed}` for the verb in its base form,
//! `{rest}` for what follows it in the clause and `{phrase}` for the phrase itself: "failed to notice the missing index" becomes "nothing prompted anyone to
//! notice the missing index". Where the sentence does not give the parts there is no proposal, only the general advice.

use std::ops::Range;

use crate::{
    check::{
        prose::{CODE, Piece},
        wording::verb::infinitive,
    },
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
pub(super) fn proposal(
    template: &str,
    parts: &Parts,
    piece: &Piece<'_>,
    source: &SourceFile,
) -> Option<String> {
    let mut out = template.to_owned();
    if template.contains("{deed}") {
        let word = piece.text.get(parts.deed.clone()?)?;
        out = out.replace("{deed}", &infinitive(word)?);
    }
    out = out.replace("{phrase}", &piece.text.get(parts.phrase.clone())?.to_lowercase());
    if template.contains("{rest}") {
        let range = clause(piece.text, parts.rest.clone())?;
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
    const ENDS: [&str; 17] = [
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
        " whilst ",
    ];
    let rest = text.get(range.clone())?;
    let end = ENDS.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let part = rest.get(..end)?.trim_end_matches(['.', '!', '?', ' ', '…', ',', ';', ':']);
    let start = range.start + (part.len() - part.trim_start().len());
    Some(start..range.start.max(start) + part.trim_start().len())
}

/// A range of a piece as its author wrote it, code included.
fn written(piece: &Piece<'_>, range: Range<usize>, source: &SourceFile) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

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
