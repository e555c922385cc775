//! Whether a line tells, beside others like it, of something else than work: what was done to a thing, how something
//! works now, what is to be done or asked each time.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Deeds, WORDS, line_of};
use crate::parse::locale::file::Words;

/// The words of such lines.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(in crate::parse::locale) struct Accounts {
    /// Words behind the past of a verb by which it tells what was done to the thing in front: `Threshold lowered to`.
    pub(super) manner: Words,
    /// What a thing does, in the third person, beside the verbs of work: `The script refuses`.
    pub(super) does: Words,
    /// Words behind such a form, or behind that of a verb of work, by which it is no plural: `checks the`.
    pub(super) to_what: Words,
    /// How a line above a list begins whose items are to be done each time: `before every`. `*ing` is the end of a word.
    pub(super) standing: Words,
    /// Words by which something does what comes of the work, and nobody promises any: `the job will then find the row`.
    pub(in crate::parse::locale) effects: Words,
    /// How a question begins that asks how something is: `does`.
    pub(super) checks: Words,
}

/// How many words may stand in front of what was done to them, or of what they do.
const SUBJECT: usize = 6;

impl Deeds {
    /// True for a line that tells of a thing what was done to it, if those around it tell so too: `Threshold lowered to
    /// 5`, `Both hosts upgraded, one by hand`. `An alert sent by the proxy` may as well be wanted.
    pub(crate) fn may_be_done(&self, text: &str) -> bool {
        let mut words = text.split_whitespace().take(WORDS).enumerate().peekable();
        while let Some((at, word)) = words.next() {
            let plain = plain(word);
            if at > SUBJECT || self.unless.contains(&plain) || at == 0 && self.verbs.contains(&plain) {
                return false;
            }
            let is_past = at > 0 && (self.is_past(&plain) || self.finished.contains(&plain));
            let ends = || word.ends_with([',', ';', '.', ':', ')']);
            let next = words.peek().map(|(_, next)| *next);
            let is_told = |next: &str| {
                let said = self::plain(next);
                next.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '—' | '–' | '-' | '→'))
                    || said.ends_with("ly")
                    || self.manner.contains(&said)
            };
            if is_past && (ends() || next.is_none_or(is_told)) {
                return true;
            }
        }
        false
    }

    /// True for a line that says what something does: `The script refuses a file without a version`.
    pub(crate) fn is_described(&self, text: &str) -> bool {
        let line = line_of(text);
        let words: Vec<&str> = line.split(' ').collect();
        let is_verb = |(at, pair): (usize, &[&str])| {
            let [word, next] = pair else { return false };
            let is_known = self.does.contains(*word);
            is_known && at > 0 || (is_known || self.is_third(word)) && self.to_what.contains(*next)
        };
        let subject = words.iter().take(SUBJECT).take_while(|word| {
            !self.unless.contains(**word) && !self.shall.iter().any(|shall| shall == *word)
        });
        let reach = subject.count();
        !self.is_asked(text) && words.windows(2).take(reach).enumerate().any(is_verb)
    }

    /// True for a line that begins with what something does, or with several of a thing: `Creates users`, `Limits`.
    pub(crate) fn begins_in_third_person(&self, text: &str) -> bool {
        let first = plain(text.split_whitespace().next().unwrap_or_default());
        self.does.contains(&first) || self.is_third(&first)
    }

    /// True for such a line whose second word makes the first a verb: `Creates users`, and not `Limits of the queue`.
    pub(crate) fn begins_with_what_is_done(&self, text: &str) -> bool {
        let mut words = text.split_whitespace();
        let first = words.next().is_some_and(|first| first.ends_with(char::is_alphabetic));
        let next = words.next().map(plain).filter(|next| !next.is_empty());
        first && next.is_some_and(|next| !self.manner.contains(&next)) && self.begins_in_third_person(text)
    }

    /// True for a line above a list of what is to be done each time: `Before every release:`.
    pub(crate) fn is_standing(&self, line: &str) -> bool {
        // `b) Checklist before a deploy`
        let is_number = |word: &&str| word.len() <= 3 && word.ends_with([')', '.']);
        let mut words = line.split_whitespace().skip_while(is_number).take(4).map(plain);
        let Some(first) = words.next() else { return false };
        let fits = |(pattern, word): (&String, &String)| match pattern.strip_prefix('*') {
            Some(end) => word.len() > end.len() + 1 && word.ends_with(end),
            None => pattern == word,
        };
        let begins = |standing: &Vec<String>| standing.first().is_some_and(|begin| fits((begin, &first)));
        // Hardly any line gets further than its first word.
        if !self.standing.iter().any(begins) {
            return false;
        }
        let words: Vec<String> = std::iter::once(first).chain(words).collect();
        self.standing
            .iter()
            .any(|standing| standing.len() <= words.len() && standing.iter().zip(&words).all(fits))
    }

    /// True for a question about how something is: `Does the index have a replica?`
    pub(crate) fn is_check(&self, text: &str) -> bool {
        text.trim_end().ends_with(['?', '？'])
            && self.checks.contains(&plain(text.split_whitespace().next().unwrap_or_default()))
    }

    /// True for the third person of a verb of work: `checks`, `refreshes`, `retries`.
    fn is_third(&self, word: &str) -> bool {
        let stem = word.strip_suffix("es").filter(|stem| self.verbs.contains(*stem));
        let stem = stem.or_else(|| word.strip_suffix('s')).filter(|stem| self.verbs.contains(*stem));
        stem.is_some()
            || word.strip_suffix("ies").is_some_and(|stem| self.verbs.contains(&format!("{stem}y")))
    }
}

/// A word in lower case without the marks around it.
fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use crate::parse::locale::Lexicon;

    fn all(is_one: fn(&super::Deeds, &str) -> bool, fine: &[&str], other: &[&str]) {
        let deeds = &Lexicon::built_in().deeds;
        for text in fine {
            assert!(is_one(deeds, text), "{text}");
        }
        for text in other {
            assert!(!is_one(deeds, text), "{text}");
        }
    }

    #[test]
    fn what_was_done_to_a_thing_stands_behind_it() {
        all(
            super::Deeds::may_be_done,
            &[
                "Queue limit lowered to 40",
                "Both hosts upgraded, one of them by hand",
                "`lag.service` made highly available",
                "Image built, versions pinned (two changes)",
                "Threshold raised 5 → 10 minutes",
                "Pager policy set to escalate",
                "Old index removed",
            ],
            &[
                "Add an alert based on lag",
                "Check that the index is built with care",
                "A tested restore of the index",
                "An alert on lag",
                "Ask why the limit was raised to 40",
            ],
        );
    }

    #[test]
    fn what_something_does_is_said_in_the_third_person() {
        all(
            super::Deeds::is_described,
            &[
                "The script refuses files without a version",
                "Checks if the index exists",
                "`drain.sh` runs every ten minutes",
                "CI checks the schema before a merge",
                "A test now verifies the limit",
            ],
            &[
                "Checks for the index",
                "Alerts on lag",
                "A script that checks the schema",
                "Limits of the queue",
                "The script should refuse files",
                "Ensure CI checks the schema",
                "Shards, replicas and their owners",
            ],
        );
        all(
            super::Deeds::begins_with_what_is_done,
            &["Creates users if missing", "Removes unused volumes", "Logs it"],
            &["Limits of the queue", "Alerts on lag", "Checks: lag", "Create users", "Backups"],
        );
    }

    #[test]
    fn what_is_to_be_done_each_time_is_announced() {
        all(
            super::Deeds::is_standing,
            &[
                "Before every deploy:",
                "When adding a host",
                "Whenever the lag grows:",
                "For each new index",
                "Vor jedem Release:",
                "b) 操作前检查清单",
            ],
            &[
                "Before the next deploy:",
                "When the index is back:",
                "For the index",
                "When",
                "After this we will:",
            ],
        );
        all(
            super::Deeds::is_check,
            &["Is the certificate valid?", "Does the index have a replica?", "If yes, is it in use?"],
            &["Should we add an alert?", "The certificate is valid", "How do we find out?"],
        );
    }
}
