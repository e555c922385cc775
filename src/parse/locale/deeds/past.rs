//! Words that tell the past, and lines that end with one.

use super::{Deeds, line_of};

/// The longest line, in words, that a word for what is finished may end.
pub(super) const SHORT: usize = 5;
/// The same where that word is none of those that regular endings make: German puts it last in longer lines, too.
const LONG: usize = 7;

impl Deeds {
    /// True for a few words of which the last is a past form, `Alerts configured`, alone or with a remark behind them.
    pub(super) fn ends_as_finished(&self, text: &str) -> bool {
        let marks = [" (", " – ", " — ", " - ", " -- "];
        let remark = marks.iter().filter_map(|mark| Some((text.find(mark)?, mark.len()))).min();
        let (end, behind) = remark.map_or((text.len(), text.len()), |(at, length)| (at, at + length));
        // `Alerts ignored – make them page` tells why.
        if text.get(behind..).is_some_and(|remark| self.is_asked(remark)) {
            return false;
        }
        let head = text.get(..end).unwrap_or(text).trim_end_matches(['*', '.']);
        let line = line_of(head);
        let (Some((first, _)), Some((before, last))) = (line.split_once(' '), line.rsplit_once(' ')) else {
            return false;
        };
        let most = if self.finished.contains(last) { LONG } else { SHORT };
        let count = head.split_whitespace().count();
        count <= most
            && line.split(' ').count() == count
            && !self.verbs.contains(first)
            && self.is_past(last)
            && (!self.either.contains(last) || last == "updated" && remark.is_none())
            && !before.split(' ').any(|word| self.unless.contains(word))
    }

    pub(super) fn has_past_ending(&self, word: &str) -> bool {
        let is_word = word.chars().all(|c| c.is_alphabetic() || c == '-') && word.chars().count() > 4;
        is_word && self.past.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// True for the past of a verb of work: `added`, `tweaked/adjusted`, `dropped`, `applied`, `rewrote`.
    pub(super) fn is_past(&self, word: &str) -> bool {
        let word = word.split('/').next().unwrap_or(word);
        if self.finished.contains(word) && !self.verbs.contains(word) {
            return true;
        }
        let Some(stem) = word.strip_suffix("ed") else { return false };
        let is_verb = |stem: &str| self.verbs.contains(stem);
        let doubled = || {
            let mut letters = stem.chars().rev();
            let (last, before) = (letters.next(), letters.next());
            last.is_some() && last == before && is_verb(stem.get(..stem.len() - 1).unwrap_or_default())
        };
        is_verb(stem)
            || is_verb(&format!("{stem}e"))
            || doubled()
            || stem.strip_suffix('i').is_some_and(|stem| is_verb(&format!("{stem}y")))
            || ["re-", "re", "un"].iter().any(|prefix| {
                stem.strip_prefix(prefix).is_some_and(|stem| is_verb(stem) || is_verb(&format!("{stem}e")))
            })
    }
}
