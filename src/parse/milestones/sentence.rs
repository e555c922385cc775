//! What the sentences of an event tell, clause by clause.
//!
//! A clause is the reach of a pattern and of a denial: "not yet resolved", "should be fixed" tell nothing, and what one
//! clause denies another may still say.

use std::collections::BTreeMap;

use crate::parse::locale::{Class, ClassSet, Classes, Cue, Cues, Language, Pattern};

/// How many words may stand where a pattern has a gap.
const GAP: usize = 7;
/// Hardly any clause has more words.
const USUAL: usize = 16;
/// What stands beyond this many bytes of one event is no longer what the event is about.
pub(super) const LONGEST: usize = 1_200;

/// The words of a clause, each as what it may mean.
type Clause<'v> = Vec<Classes<'v>>;

/// The cues of a text, and the first clause that tells each.
pub(super) fn cues(vocabulary: &Cues, text: &str) -> BTreeMap<Cue, usize> {
    let mut found = BTreeMap::new();
    let end = (LONGEST + 1..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let mut present = vocabulary.no_classes();
    for (number, clause) in clauses(vocabulary, text.get(..end).unwrap_or(text)).into_iter().enumerate() {
        present.clear();
        clause.iter().flat_map(|word| word.iter()).for_each(|class| present.insert(class));
        // Looked for once something seems to be noticed, and hardly any clause gets that far.
        let mut unnoticed = None;
        for (at, word) in clause.iter().enumerate() {
            for pattern in word.iter().flat_map(|class| vocabulary.beginning_with(class)) {
                if pattern.cue != Cue::Unnoticed
                    && may_match(pattern, &present)
                    && !found.contains_key(&pattern.cue)
                    && let Some(matched) = matches(vocabulary, pattern, &clause, at)
                    && holds(vocabulary, pattern, &clause, &matched)
                    && (pattern.cue != Cue::Noticed
                        || is_apart(
                            &matched,
                            unnoticed.get_or_insert_with(|| unnoticed_in(vocabulary, &clause, &present)),
                        ))
                {
                    found.insert(pattern.cue, number);
                }
            }
        }
    }
    found
}

/// The words of a clause by which nobody notices anything, though they look like it: `the job reported`, `customers
/// notified`.
fn unnoticed_in(vocabulary: &Cues, clause: &[Classes<'_>], present: &ClassSet) -> Vec<usize> {
    let mut words = Vec::new();
    for (at, word) in clause.iter().enumerate() {
        for pattern in word.iter().flat_map(|class| vocabulary.beginning_with(class)) {
            if pattern.cue == Cue::Unnoticed && may_match(pattern, present) {
                words.extend(matches(vocabulary, pattern, clause, at).into_iter().flatten());
            }
        }
    }
    words
}

fn is_apart(matched: &[usize], others: &[usize]) -> bool {
    !matched.iter().any(|at| others.contains(at))
}

/// True for a text with a word for what goes wrong, does not answer or does not work.
pub(super) fn has_trouble(vocabulary: &Cues, text: &str) -> bool {
    has_any(vocabulary, text, |language| [language.trouble, language.out, language.broken])
}

/// True for a text with a word for what goes wrong: `outage`.
pub(super) fn names_trouble(vocabulary: &Cues, text: &str) -> bool {
    has_any(vocabulary, text, |language| [language.trouble])
}

/// True for a text with a word of one of these classes.
fn has_any<const N: usize>(vocabulary: &Cues, text: &str, classes: fn(&Language) -> [Class; N]) -> bool {
    let is_wanted = |word: &Classes<'_>| {
        let mut wanted = vocabulary.languages.iter().flat_map(classes);
        wanted.any(|class| word.contains(class))
    };
    clauses(vocabulary, text).iter().flatten().any(is_wanted)
}

/// True when a clause has a word of every class that a pattern names. Hardly any pattern gets further.
fn may_match(pattern: &Pattern, present: &ClassSet) -> bool {
    pattern.elements.iter().skip(1).all(|element| present.contains(element.class))
}

/// The words that a pattern takes which begins at a word of a clause.
fn matches(vocabulary: &Cues, pattern: &Pattern, clause: &[Classes<'_>], at: usize) -> Option<Vec<usize>> {
    let filler = vocabulary.languages.get(pattern.language)?.filler;
    let is_filler = |word: &Classes<'_>| word.contains(filler);
    if pattern.from_start && !clause.iter().take(at).all(is_filler) {
        return None;
    }
    let mut matched = Vec::new();
    let mut next = at + 1;
    for element in pattern.elements.iter().skip(1) {
        let mut between = 0;
        loop {
            let word = clause.get(next)?;
            next += 1;
            if word.contains(element.class) {
                matched.push(next - 1);
                break;
            }
            between += 1;
            if !is_filler(word) && (!element.gap || between > GAP) {
                return None;
            }
        }
    }
    if pattern.to_end && !clause.iter().skip(next).all(is_filler) {
        return None;
    }
    // Most patterns fail at their second word, and need no list of words until then.
    matched.insert(0, at);
    Some(matched)
}

/// True when the clause does not take back what the pattern says. The words of the pattern itself say what they say:
/// `users cannot`, `no more errors`.
fn holds(vocabulary: &Cues, pattern: &Pattern, clause: &[Classes<'_>], matched: &[usize]) -> bool {
    let Some(language) = vocabulary.languages.get(pattern.language) else { return false };
    let end = matched.last().map_or(0, |last| last + 1);
    let others = |until: usize| clause.iter().take(until).enumerate().filter(|(at, _)| !matched.contains(at));
    let has = |class: Class, until: usize| others(until).any(|(_, word)| word.contains(class));
    // Languages share words, `alarm`, so that the denial may be of another one than the pattern.
    let is_denied = |until: usize| {
        others(until).any(|(_, word)| vocabulary.languages.iter().any(|other| word.contains(other.not)))
    };
    match pattern.cue {
        // That something does not work may well be what was noticed.
        Cue::Noticed => {
            let all_is_well = has(language.fine, clause.len()) && !is_denied(clause.len());
            !is_denied(end) && !has(language.plans, end) && !all_is_well
        }
        Cue::Worked | Cue::Unnoticed => !is_denied(end),
        Cue::Again => !is_denied(end) && !has(language.fine, clause.len()),
        Cue::Began | Cue::Fails => !is_denied(end) && !has(language.maybe, end),
        Cue::Mitigated | Cue::Over | Cue::Closed | Cue::Back | Cue::Works => {
            !is_denied(clause.len())
                && ![language.maybe, language.spoils].into_iter().any(|class| has(class, clause.len()))
        }
    }
}

/// The clauses of a text as words. A remark in brackets is a clause of its own, behind which the one around it goes on.
fn clauses<'v>(vocabulary: &'v Cues, text: &str) -> Vec<Clause<'v>> {
    let mut lower = text.to_lowercase();
    if lower.contains('’') {
        lower = lower.replace('’', "'");
    }
    let mut all = Vec::new();
    let mut around = Vec::new();
    let mut clause = Vec::with_capacity(USUAL);
    let mut rest = lower.as_str();
    while let Some(c) = rest.chars().next() {
        if c == ' ' {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let taken = if is_unspaced(c) {
            unspaced(vocabulary, rest, &mut clause)
        } else if c.is_alphanumeric() {
            let length = whole_word(vocabulary, rest);
            let word = rest.get(..length).unwrap_or_default();
            clause.push(vocabulary.classes(word));
            length
        } else {
            if matches!(c, '(' | '（') {
                around.push(std::mem::take(&mut clause));
            } else if ends_clause(c, rest) && !clause.is_empty() {
                all.push(std::mem::replace(&mut clause, Vec::with_capacity(USUAL)));
            }
            if matches!(c, ')' | '）') {
                clause = around.pop().unwrap_or_default();
            }
            c.len_utf8()
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    all.append(&mut around);
    all.push(clause);
    joined(vocabulary, all)
}

/// Clauses that take back what was just said belong to the ones that said it: "it works, but slowly".
fn joined<'v>(vocabulary: &Cues, clauses: Vec<Clause<'v>>) -> Vec<Clause<'v>> {
    let mut all: Vec<Clause<'v>> = Vec::new();
    for clause in clauses.into_iter().filter(|clause| !clause.is_empty()) {
        let spoils =
            |word: &Classes<'_>| vocabulary.languages.iter().any(|language| word.contains(language.spoils));
        match all.last_mut().filter(|_| clause.first().is_some_and(spoils)) {
            Some(last) => last.extend(clause),
            None => all.push(clause),
        }
    }
    all
}

/// The bytes of the word that a text begins with: with its hyphen where that makes a known word, `re-opened`, and all of
/// the name of a machine, whose parts mean nothing, `spot-node-02`.
fn whole_word(vocabulary: &Cues, text: &str) -> usize {
    let first = word_length(text);
    if text.as_bytes().get(first) != Some(&b'-') {
        return first;
    }
    let (mut end, mut pair, mut hyphens) = (first, first, 0);
    while let Some(part) = text.get(end..).and_then(|rest| rest.strip_prefix('-'))
        && part.starts_with(|c: char| c.is_alphanumeric() && !is_unspaced(c))
    {
        end += 1 + word_length(part);
        hyphens += 1;
        if hyphens == 1 {
            pair = end;
        }
    }
    let chain = text.get(..end).unwrap_or_default();
    let is_known =
        |end: usize| text.get(..end).is_some_and(|word| vocabulary.classes(word).iter().next().is_some());
    match hyphens {
        0 => first,
        2.. if chain.bytes().any(|byte| byte.is_ascii_digit()) => end,
        _ if is_known(pair) => pair,
        _ => first,
    }
}

/// The bytes of the word that a text begins with, up to a hyphen: `mybinder.org`, `1.2.10`, `isn't`, `0%`.
fn word_length(text: &str) -> usize {
    let plain = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let ends = |next: &u8| next.is_ascii() && !matches!(next, b'.' | b'\'' | b':' | b'_' | b'%');
    if plain > 0 && text.as_bytes().get(plain).is_none_or(ends) {
        return plain;
    }
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let joins = matches!(c, '.' | '\'' | ':' | '_')
            && letters.peek().is_some_and(|(_, next)| next.is_alphanumeric() && !is_unspaced(*next));
        if c == '%' {
            return at + 1;
        }
        if !(c.is_alphanumeric() && !is_unspaced(c) || joins) {
            break;
        }
        end = at + c.len_utf8();
    }
    end.max(1)
}

/// Reads a word of a script that puts no spaces between them; what is no known word goes by as one.
fn unspaced<'v>(vocabulary: &'v Cues, text: &str, clause: &mut Clause<'v>) -> usize {
    let mut at = 0;
    let mut unknown = false;
    while let Some(rest) = text.get(at..)
        && let Some(c) = rest.chars().next().filter(|c| is_unspaced(*c))
    {
        if let Some((length, classes)) = vocabulary.longest(rest) {
            clause.push(classes);
            at += length;
            unknown = false;
        } else {
            if !unknown {
                clause.push(Classes::default());
            }
            unknown = true;
            at += c.len_utf8();
        }
    }
    at
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// True for a sign behind which another clause begins; a dash only between spaces.
fn ends_clause(c: char, rest: &str) -> bool {
    match c {
        '-' | '–' | '—' => rest.chars().nth(1) == Some(' '),
        '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '\n' | '|' | '→' | '。' | '、' | '；'
        | '（' | '）' | '「' | '」' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::cues;
    use crate::parse::locale::{Cue, Lexicon};

    /// The cues of one sentence.
    fn told(text: &str) -> Vec<Cue> {
        cues(&Lexicon::built_in().cues, text).into_keys().collect()
    }

    #[test]
    fn a_word_with_a_hyphen_is_one_word_and_the_name_of_a_machine_is_none() {
        assert_eq!(told("The site re-opened"), [Cue::Back]);
        assert_eq!(told("spotted-blue-02 was replaced"), []);
        assert_eq!(told("Spotted bad-gateway errors"), [Cue::Noticed]);
    }

    #[test]
    fn what_is_checked_during_the_investigation_is_no_recovery() {
        assert_eq!(told("Verified running the newest version"), []);
        assert_eq!(told("Verified that search is working"), [Cue::Back, Cue::Works]);
        assert_eq!(told("Two people confirm that their pods now build and launch fine"), [Cue::Back]);
        assert_eq!(told("The chart is merged and brought online there"), [Cue::Back]);
    }

    #[test]
    fn a_program_that_reports_and_people_who_are_told_notice_nothing() {
        assert_eq!(told("The indexer job reported a loss of 12 entries"), []);
        assert_eq!(told("A reader reported a loss of 12 entries"), [Cue::Noticed]);
        assert_eq!(told("Customers were notified of the lost entries"), []);
        assert_eq!(told("Customers notified us of the lost entries"), [Cue::Noticed]);
        assert_eq!(told("A customer noticed that the job reported a loss"), [Cue::Noticed]);
        assert_eq!(told("First observed failure"), [Cue::Began]);
        assert!(!told("Tests are all fine, and this is reported over chat").contains(&Cue::Noticed));
    }

    #[test]
    fn who_looks_into_it_has_not_yet_been_told_to_have_noticed_it() {
        assert_eq!(told("Investigation begins"), [Cue::Worked]);
        assert_eq!(told("Investigation begins after a reader reported errors"), [Cue::Noticed, Cue::Worked]);
        assert_eq!(told("An operator fails to log in"), [Cue::Noticed]);
    }

    #[test]
    fn certificates_expire_panels_show_and_counts_drop() {
        assert_eq!(told("The certificates for search expire"), [Cue::Began]);
        assert_eq!(told("A bug report comes in"), [Cue::Noticed]);
        assert_eq!(told("Tutors report in the chat that the hub is down"), [Cue::Began, Cue::Noticed]);
        assert_eq!(told("Two readers raised support requests about it"), [Cue::Noticed]);
        assert_eq!(told("The dashboard shows a row of errors"), [Cue::Noticed]);
        assert_eq!(told("Error counts dropped to 0"), [Cue::Over]);
    }

    #[test]
    fn warnings_first_occurrences_and_what_goes_away() {
        assert_eq!(told("Automated warning: no addresses left"), [Cue::Noticed]);
        assert_eq!(told("disk-usage CRITICAL fires on two hosts"), [Cue::Noticed]);
        assert_eq!(told("First occurrence of a host that is not ready"), [Cue::Began]);
        assert_eq!(told("Readers start running into timeouts"), [Cue::Began]);
        assert_eq!(told("The index is rebuilt and the issue goes away"), [Cue::Over]);
        assert_eq!(told("Lag is back to zero"), [Cue::Over]);
        assert_eq!(told("The deprecation warning is known"), []);
    }

    #[test]
    fn what_a_program_notices_by_itself_and_that_all_is_well_is_no_notice() {
        assert_eq!(told("Kim reports that the upgrade passes all tests"), []);
        assert_eq!(told("The job rebuilds the index when it notices that it is empty"), []);
        assert!(told("Identified problem with roles of the index").contains(&Cue::Noticed));
        assert_eq!(told("Feil påvist av alarmer"), [Cue::Noticed]);
        assert_eq!(told("Index rebuilt, all good!"), [Cue::Over]);
    }

    #[test]
    fn what_does_not_fire_what_goes_on_over_hours_and_what_is_raised_tells_nothing() {
        assert_eq!(told("The alarm does not fire"), []);
        assert_eq!(told("The alarm fires"), [Cue::Noticed]);
        assert_eq!(told("Thousands of failures over ~19h"), []);
        assert_eq!(told("The incident is over as of 13:02"), [Cue::Over]);
        assert_eq!(told("Timeout of the readiness probe raised to 5"), []);
    }

    #[test]
    fn what_is_no_longer_down_and_seems_fine_is_over() {
        assert_eq!(told("The search is no longer down"), [Cue::Over]);
        assert_eq!(told("The issue is closed and everything seems fine"), [Cue::Works]);
        assert_eq!(told("Things seem to return to normal"), [Cue::Works]);
        assert_eq!(told("The outage seems to be over"), [Cue::Works]);
    }
}
