//! Finds phrases in running text, and tells who they are about.
//!
//! The phrases of all wording rules are tried together: one automaton over the word stems says which phrases can occur
//! in a piece at all, and only those are tried, sentence by sentence. What a phrase means is data beside its rule.

mod phrase;
mod sentence;
mod subject;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, ops::Range};

use crate::{
    check::{
        prose::{Form, Piece},
        rules::SELF_BLAME,
        wording::{phrase::Table, subject::Subject},
    },
    diagnostic::Finding,
    model::SectionKind,
    source::Span,
};

/// One phrase in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// The rule that reports it.
    rule: &'static str,
    /// The bytes of the phrase.
    span: Span,
    /// The phrase as it stands there.
    quote: String,
    /// The next step.
    help: String,
}

/// The findings of one rule.
pub(super) fn findings(hits: &[Hit], rule: &'static str, message: &str) -> impl Iterator<Item = Finding> {
    hits.iter().filter(move |hit| hit.rule == rule).map(move |hit| {
        Finding::new(rule, hit.span, message.replace("{}", &format!("`{}`", hit.quote)))
            .help(hit.help.clone())
    })
}

/// All phrases in all pieces; at most one for a rule in a sentence.
pub(super) fn hits(pieces: &[Piece]) -> Vec<Hit> {
    pieces.iter().filter(|piece| piece.form != Form::Quote).flat_map(hits_in).collect()
}

fn hits_in(piece: &Piece) -> Vec<Hit> {
    let table = Table::get();
    let candidates = table.candidates(&piece.text, piece.section);
    if candidates.is_empty() || is_transcript(&piece.text) {
        return Vec::new();
    }
    let text = without_quotations(&piece.text);
    let mut hits = Vec::new();
    for range in sentence::sentences(&text) {
        let Some(sentence) = text.get(range.clone()) else { continue };
        // The first phrase of a rule speaks for the sentence.
        let mut by_rule: BTreeMap<&'static str, Hit> = BTreeMap::new();
        for phrase in &candidates {
            let Some(found) = phrase.find(sentence) else { continue };
            let found = range.start + found.start..range.start + found.end;
            let subject = subject::subject_of(&text, range.start, found.start);
            let Some(rule) = phrase.rule_for(subject) else { continue };
            // What was said and thought then is part of the record.
            if rule == SELF_BLAME.name && piece.section == Some(SectionKind::Timeline) {
                continue;
            }
            let hit = hit(rule, piece, found, &phrase.help);
            by_rule.entry(rule).or_insert(hit);
        }
        hits.extend(by_rule.into_values());
    }
    hits
}

fn hit(rule: &'static str, piece: &Piece, found: Range<usize>, help: &str) -> Hit {
    Hit {
        rule,
        span: piece.locate(found.start, found.end),
        quote: piece.text.get(found).unwrap_or_default().trim().to_owned(),
        help: help.to_owned(),
    }
}

/// A chat log, line after line of stamps and names: what people said then is evidence, not the author's voice.
fn is_transcript(text: &str) -> bool {
    text.match_indices('[')
        .filter(|(at, _)| {
            let stamp = text.get(at + 1..).unwrap_or_default();
            let digits = stamp.split([':', ']']).next().unwrap_or_default();
            matches!(digits.len(), 1 | 2) && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
        .count()
        >= 2
}

/// The text with the inside of double quotes blanked, byte for byte: quoting somebody is not saying it.
fn without_quotations(text: &str) -> String {
    let mut out = text.to_owned();
    let mut open = None;
    for (at, _) in text.match_indices('"') {
        match open.take() {
            None => open = Some(at + 1),
            Some(start) => {
                let blank = "q".repeat(at - start);
                out.replace_range(start..at, &blank);
            }
        }
    }
    out
}

impl Subject {
    /// True when the writers speak of themselves.
    fn is_us(self) -> bool {
        matches!(self, Self::First | Self::Team)
    }
}
