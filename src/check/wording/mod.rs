//! Finds phrases in running text, and tells who they are about.
//!
//! The phrases of all wording rules are tried together: one automaton over the word stems says which phrases can occur
//! in a piece at all, and only those are tried, sentence by sentence. What a phrase means is data beside its rule.

mod phrase;
mod proposal;
mod sentence;
mod subject;
mod verb;

#[cfg(test)]
mod tests;

use std::{borrow::Cow, collections::BTreeMap, ops::Range, sync::LazyLock};

use regex::Regex;

use crate::{
    check::{
        prose::{Form, Piece, Prose},
        rules::SELF_BLAME,
        wording::{
            phrase::{Found, Phrase, Stem, Table},
            proposal::{Parts, proposal},
            subject::Subject,
        },
    },
    diagnostic::Finding,
    model::SectionKind,
    parse::find_zone,
    pattern,
    source::{SourceFile, Span},
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
pub(super) fn hits(prose: &Prose, source: &SourceFile) -> Vec<Hit> {
    let mut stems = Table::get().stems(prose.lower()).into_iter().peekable();
    let mut hits = Vec::new();
    for piece in prose.pieces() {
        let own = std::iter::from_fn(|| stems.next_if(|stem| piece.holds(stem.at)));
        let mut own: Vec<Stem<'_>> = own.map(|stem| Stem { at: piece.place(stem.at), ..stem }).collect();
        own.retain(|stem| piece.form != Form::Quote && stem.phrase.counts_in(piece.section));
        if !own.is_empty() {
            own.sort_unstable_by_key(|stem| (stem.number, stem.at));
            hits.extend(hits_in(&piece, &own, source));
        }
    }
    hits
}

/// The phrases in a piece in which these stems of them stand.
fn hits_in(piece: &Piece<'_>, stems: &[Stem<'_>], source: &SourceFile) -> Vec<Hit> {
    let text = without_addresses(without_quotations(piece.text));
    let lower = text.to_ascii_lowercase();
    let mut hits = Vec::new();
    for range in sentence::sentences(&text) {
        let Some(sentence) = lower.get(range.clone()) else { continue };
        // The first phrase of a rule speaks for the sentence.
        let mut by_rule: BTreeMap<&'static str, Hit> = BTreeMap::new();
        let here = stems.iter().filter(|stem| range.contains(&stem.at));
        let mut phrases: Vec<&Phrase> = here.map(|stem| stem.phrase).collect();
        phrases.dedup_by_key(|phrase| std::ptr::from_ref(*phrase));
        for phrase in phrases {
            let Some(found) = phrase.find(sentence) else { continue };
            let subject = subject::subject_of(&text, range.start, range.start + found.phrase.start);
            let Some(rule) = phrase.rule_for(subject) else { continue };
            // What was said and thought then is part of the record.
            if rule == SELF_BLAME.name && piece.section.contains(SectionKind::Timeline) {
                continue;
            }
            by_rule.entry(rule).or_insert_with(|| hit(rule, piece, &range, &found, phrase, source));
        }
        hits.extend(by_rule.into_values());
    }
    if !hits.is_empty() && is_transcript(piece.text) {
        hits.clear();
    }
    hits
}

fn hit(
    rule: &'static str,
    piece: &Piece<'_>,
    sentence: &Range<usize>,
    found: &Found,
    phrase: &Phrase,
    source: &SourceFile,
) -> Hit {
    let shift = |range: &Range<usize>| sentence.start + range.start..sentence.start + range.end;
    let at = shift(&found.phrase);
    let parts = Parts {
        phrase: at.clone(),
        deed: found.deed.as_ref().map(shift),
        rest: sentence.start + found.end..sentence.end,
    };
    let instead = phrase.instead().and_then(|instead| proposal(instead, &parts, piece, source));
    Hit {
        rule,
        span: piece.locate(at.start, at.end),
        quote: piece.text.get(at).unwrap_or_default().trim().to_owned(),
        help: match instead {
            Some(instead) => format!("{}; for instance `{instead}`", phrase.help()),
            None => phrase.help().to_owned(),
        },
    }
}

/// A chat log, line after line of stamps and names: what people said then is evidence, not the author's voice.
fn is_transcript(text: &str) -> bool {
    let Some(stamps) = STAMPS.as_ref() else { return false };
    // Two or three capitals behind a time are a zone, or half of the day, or somebody's initials.
    let is_said = |initials: &str| !matches!(initials, "AM" | "PM") && find_zone(initials).is_none();
    let opens = stamps.opening.captures(text).and_then(|found| found.get(1));
    if opens.is_some_and(|initials| is_said(initials.as_str())) {
        return true;
    }
    let bracketed = stamps.bracketed.find_iter(text).count();
    let named = stamps.named.captures_iter(text).filter_map(|found| found.get(1));
    bracketed + named.filter(|initials| is_said(initials.as_str())).count() >= 2
}

/// How a line of a chat log is told.
struct Stamps {
    /// `10.12 RK: …` and nothing before it.
    opening: Regex,
    /// `[13:02]`.
    bracketed: Regex,
    /// `10:12 RK` within a text.
    named: Regex,
}

static STAMPS: LazyLock<Option<Stamps>> = LazyLock::new(|| {
    Some(Stamps {
        opening: pattern::ascii(r"^\W*\d{1,2}[:.]\d\d\s+([A-Z]{2,3})\b")?,
        bracketed: pattern::ascii(r"\[\d{1,2}:\d\d(?: ?[AaPp][Mm])?\]")?,
        named: pattern::ascii(r"\b\d{1,2}[:.]\d\d\s+([A-Z]{2,3})\b")?,
    })
});

/// The text with the inside of double quotes blanked, byte for byte: quoting somebody is not saying it.
fn without_quotations(text: &str) -> Cow<'_, str> {
    if !text.contains('"') {
        return Cow::Borrowed(text);
    }
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
    Cow::Owned(out)
}

/// The text with addresses blanked, byte for byte: nobody chose their words.
fn without_addresses(text: Cow<'_, str>) -> Cow<'_, str> {
    const MARK: &str = "://";
    if !text.contains(MARK) {
        return text;
    }
    let mut out = text.to_string();
    for (at, _) in text.match_indices(MARK) {
        let word = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"');
        let start = text.get(..at).and_then(|before| before.rfind(word)).map_or(0, |space| space + 1);
        let end = text.get(at..).and_then(|rest| rest.find(word)).map_or(text.len(), |length| at + length);
        if text.is_char_boundary(start) {
            out.replace_range(start..end, &"q".repeat(end - start));
        }
    }
    Cow::Owned(out)
}

/// True when the first clause of a text is about somebody: a role, a pronoun, a handle, the writers.
pub(super) fn is_about_a_person(text: &str) -> bool {
    matches!(subject::opening(&without_quotations(text)), Subject::Person | Subject::First)
}

impl Subject {
    /// True when the writers speak of themselves.
    fn is_us(self) -> bool {
        matches!(self, Self::First | Self::Team)
    }
}
