//! Whether a line asks for work or tells of work that was done.

mod accounts;
mod past;

use ahash::HashSet;

pub(super) use accounts::Accounts;

use crate::{
    parse::{locale::Locale, text::words},
    pattern::Many,
};

/// The words of all languages that tell the one from the other.
#[derive(Debug)]
pub(crate) struct Deeds {
    verbs: HashSet<String>,
    verbs_at_end: HashSet<String>,
    finished: HashSet<String>,
    either: HashSet<String>,
    /// With the spaces around them.
    been: Many,
    now: HashSet<String>,
    has: HashSet<String>,
    unless: HashSet<String>,
    shall: Vec<String>,
    ends: Vec<String>,
    past: Vec<String>,
    reports: Vec<String>,
    carried: HashSet<String>,
    objects: HashSet<String>,
    manner: HashSet<String>,
    does: HashSet<String>,
    to_what: HashSet<String>,
    /// Each as its words.
    standing: Vec<Vec<String>>,
    checks: HashSet<String>,
}

/// How many words of a line are looked at.
const WORDS: usize = 14;

impl Deeds {
    pub(super) fn new(locales: &[&Locale]) -> Self {
        let set = |words: fn(&Locale) -> &Vec<String>| -> HashSet<String> {
            locales.iter().flat_map(|locale| words(locale)).map(|word| word.to_lowercase()).collect()
        };
        let list = |words: fn(&Locale) -> &Vec<String>| -> Vec<String> {
            locales.iter().flat_map(|locale| words(locale)).map(|word| word.to_lowercase()).collect()
        };
        let been: Vec<String> =
            list(|locale| &locale.actions.been).iter().map(|words| format!(" {words} ")).collect();
        Self {
            verbs: set(|locale| &locale.actions.verbs)
                .union(&set(|locale| &locale.actions.verbs_at_end))
                .cloned()
                .collect(),
            verbs_at_end: set(|locale| &locale.actions.verbs_at_end),
            finished: set(|locale| &locale.actions.finished),
            either: set(|locale| &locale.actions.either),
            been: Many::new(&been),
            now: set(|locale| &locale.actions.now),
            has: set(|locale| &locale.actions.has),
            unless: set(|locale| &locale.actions.unless),
            shall: list(|locale| &locale.actions.shall),
            ends: list(|locale| &locale.actions.ends),
            past: list(|locale| &locale.actions.past),
            reports: list(|locale| &locale.actions.reports),
            carried: set(|locale| &locale.actions.carried),
            objects: set(|locale| &locale.actions.objects),
            manner: set(|locale| &locale.actions.accounts.manner),
            does: set(|locale| &locale.actions.accounts.does),
            to_what: set(|locale| &locale.actions.accounts.to_what),
            standing: list(|locale| &locale.actions.accounts.standing)
                .iter()
                .map(|words| words.split(' ').map(str::to_owned).collect())
                .collect(),
            checks: set(|locale| &locale.actions.accounts.checks),
        }
    }

    /// True for a line that begins or ends with what is to be done: `Add an alert`, `Alarm hinzufügen`.
    pub(super) fn is_asked(&self, text: &str) -> bool {
        // The first part of a name is no verb: `update-lag.timer`.
        let first = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let first = first.split(char::is_whitespace).next().unwrap_or_default();
        if first.trim_end_matches(|c: char| !c.is_alphanumeric()).contains(['.', '_']) {
            return false;
        }
        let mut words =
            text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase);
        match words.next() {
            Some(first) if first == "we" || first == "i" => words.next().is_some_and(|next| {
                self.shall.iter().any(|shall| shall.split(' ').next() == Some(next.as_str()))
            }),
            Some(first) => self.verbs.contains(&first) || self.asks_at_its_end(text),
            None => false,
        }
    }

    /// True for `Alarm hinzufügen`, and not for `… um ihn zu prüfen`, which says what for.
    fn asks_at_its_end(&self, text: &str) -> bool {
        let text = text.trim_end().trim_end_matches('.');
        let Some((before, last)) = text.rsplit_once(' ') else { return false };
        let is_purpose = || before.rsplit(' ').next().is_some_and(|word| self.unless.contains(word));
        self.verbs_at_end.contains(last) && !is_purpose()
    }

    /// True for words that end with a state of finished work, by `is_done`, of which nothing says that it is to come:
    /// `Guardrails added`, `The following are already completed`. Where no spaces stand between words, it begins with it.
    pub(super) fn is_carried_out(&self, text: &str, is_done: impl Fn(&str) -> bool) -> bool {
        let text = text.trim().trim_end_matches([':', '：', '.', ')']).to_lowercase();
        let Some((before, last)) = text.rsplit_once([' ', '(']) else {
            let begins = |word: &&String| {
                !word.is_ascii() && text.len() > word.len() && text.starts_with(word.as_str())
            };
            return !text.is_ascii() && self.carried.iter().any(|word| begins(&word));
        };
        let last_three = || text.rmatch_indices(' ').nth(2).and_then(|(at, _)| text.get(at + 1..));
        let is_carried =
            self.carried.contains(last) || last_three().is_some_and(|words| self.carried.contains(words));
        (is_carried || is_done(last)) && !before.split(' ').any(|word| self.unless.contains(word))
    }

    /// True for a remark that begins with such a word: `added an alert`, `added Kim to the list`, or `fixed by` with
    /// `is_remark`.
    pub(super) fn is_deed(&self, text: &str, is_done: impl Fn(&str) -> bool, is_remark: bool) -> bool {
        let mut words = text.split_whitespace();
        let first = words.next().unwrap_or_default();
        let object = words.next().unwrap_or_default();
        let is_carried = self.carried.contains(first);
        (is_done(first) || is_carried) && (is_remark || self.objects.contains(object))
            || is_carried && words.next().is_some()
    }

    /// True for a line that tells what was done, not what is to be done.
    pub(super) fn is_told(&self, text: &str) -> bool {
        let text = text.trim().trim_end_matches(['.', '。']);
        if !text.is_ascii() && self.ends.iter().any(|ending| text.ends_with(ending.as_str())) {
            return true;
        }
        if let Some((name, rest)) = text.split_once(": ") {
            if self.is_name(name) {
                return self.is_told(rest);
            }
            // What the name asks for was done when the sentence behind it says so: `Set up alerts: we have set up …`.
            if name.split_whitespace().nth(past::SHORT).is_none() && self.is_reported(&line_of(rest)) {
                return true;
            }
        }
        let line = line_of(text);
        if self.reports.iter().any(|report| behind(&line, report).is_some()) {
            return self.is_reported(&line);
        }
        let words: Vec<&str> = line.split(' ').collect();
        let Some((&first, rest)) = words.split_first() else { return false };
        let follows = rest.first().copied().unwrap_or_default();
        if first == "we" || first == "i" {
            return self.is_past(follows) || self.finished.contains(follows) || self.is_so_now(&words);
        }
        if self.finished.contains(first) && self.is_past(first) {
            return true;
        }
        if self.has_past_ending(first) {
            return self.objects.contains(follows) || (self.is_past(first) && !self.either.contains(first));
        }
        self.is_passive(&line) || self.is_so_now(&words) || self.ends_as_finished(text)
    }

    /// True for a line by which the writers tell what they did themselves: `I restarted the index`.
    pub(crate) fn is_told_in_person(&self, text: &str) -> bool {
        text.starts_with(['I', 'i', 'W', 'w'])
            && matches!(line_of(text).split(' ').next(), Some("i" | "we"))
            && self.is_told(text)
    }

    /// True for a line that begins with a report of what was done: `we have moved`.
    fn is_reported(&self, line: &str) -> bool {
        let is_done =
            |word: &str| self.is_past(word) || self.has_past_ending(word) || self.finished.contains(word);
        let mut rests = self.reports.iter().filter_map(|report| behind(line, report));
        rests.next().is_some_and(|rest| rest.split(' ').take(2).any(is_done))
    }

    /// True for a few words that only name what the sentence behind them tells: `Automated checks: the script …`.
    fn is_name(&self, words: &str) -> bool {
        const NAME: usize = 3;
        !words.contains(' ') || words.split_whitespace().nth(NAME).is_none() && !self.is_asked(words)
    }

    /// True for a line that begins with a verb whose past is the same: `Reset the offsets`.
    pub(crate) fn may_be_either(&self, text: &str) -> bool {
        let first = text.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
        first
            .map(str::to_lowercase)
            .is_some_and(|first| self.finished.contains(&first) && self.verbs.contains(&first))
    }

    /// True for a line whose first word may be the past of a verb of work.
    pub(super) fn may_be_told(&self, text: &str) -> bool {
        let text =
            text.split_once(": ").filter(|(name, _)| self.is_name(name)).map_or(text, |(_, rest)| rest);
        let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
        self.is_past(&first)
    }

    /// True for `The limit has been raised`, and not for what should have been.
    fn is_passive(&self, line: &str) -> bool {
        let found = self.been.places(line).map(|place| (place.start, place.end)).min();
        let Some((at, end)) = found else { return false };
        let (before, behind) = (line.get(..at).unwrap_or_default(), line.get(end..).unwrap_or_default());
        let mut next = behind.split(' ').skip_while(|word| word.ends_with("ly"));
        let is_plain = before.split(' ').count() <= 8
            && !before.split([' ', '-']).any(|word| self.unless.contains(word));
        is_plain
            && !self.is_asked(before)
            && next.next().is_some_and(|word| {
                let mut with_next = || next.next().map(|behind| format!("{word} {behind}"));
                self.is_past(word)
                    || self.finished.contains(word)
                    || with_next().is_some_and(|words| self.carried.contains(&words))
            })
    }

    /// True for `The deploy job now checks the schema`, `We now have alerts`: it is so since the work was done.
    fn is_so_now(&self, words: &[&str]) -> bool {
        const SUBJECT: usize = 6;
        let Some(at) = words.iter().take(SUBJECT).position(|word| self.now.contains(*word)) else {
            return false;
        };
        let (before, behind) = (words.get(..at).unwrap_or_default(), words.get(at + 1..).unwrap_or_default());
        let Some(&verb) = behind.first() else { return false };
        let does = || {
            let stem = verb.strip_suffix("es").filter(|stem| self.verbs.contains(*stem));
            stem.or_else(|| verb.strip_suffix('s')).is_some_and(|stem| self.verbs.contains(stem))
        };
        let is_said = self.has.contains(verb) || does() || self.verbs.contains(verb);
        let must = behind.get(1).is_some_and(|word| self.shall.iter().any(|shall| shall == word));
        // `For now, check it by hand` asks.
        before.last().is_some_and(|before| !self.manner.contains(*before))
            && is_said
            && !must
            && !before.iter().any(|word| self.unless.contains(*word))
            && !self.is_asked(&before.join(" "))
    }
}

/// The first words of a text in lower case with one space between two, without the marks around them.
fn line_of(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for (at, word) in words(text).take(WORDS).enumerate() {
        if at > 0 {
            line.push(' ');
        }
        let word = word.trim_matches([',', ';', '(', ')', '"', '.', ':']);
        if word.is_ascii() {
            line.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
        } else {
            line.push_str(&word.to_lowercase().replace('’', "'"));
        }
    }
    line
}

/// What stands behind some words at the beginning of a line.
fn behind<'l>(line: &'l str, words: &str) -> Option<&'l str> {
    line.strip_prefix(words)?.strip_prefix(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::locale::LOCALES;

    #[test]
    fn what_was_done_is_told_apart_from_what_is_asked_for() {
        let deeds = Deeds::new(&LOCALES.iter().collect::<Vec<_>>());
        for told in [
            "We've moved the index to new disks",
            "Switched to the new client",
            "Set up alerting: We have set up a job",
            "Improve the docs and tools: we've removed the old page",
            "Added alerts on the queue",
            "We tweaked/adjusted the limits",
            "I verified that the queue is empty",
            "I ran the restore by hand",
            "The limits have now been raised",
            "Queue limits were set to their old values",
            "Alerts configured",
            "Alerts configured – for all queues",
            "78 Dienste auf den neuen Index umgestellt (mit Suche)",
            "AWS case raised",
            "The nightly check has been extended. It also looks at the disks",
            "Automated checks: the script has been extended",
            "Fix: updated the client",
            "Se añadió una alerta",
            "Alerta añadida",
            "Foi adicionado um alerta",
            "Ajouté une alerte",
            "Alarm hinzugefügt",
            "The deploy job now checks the schema",
            "We now have alerts on the queue",
            "All queues now alert on their age",
            "The alert is now enabled for all",
            "Rewrote the client",
            "Re-enabled alerts",
            "Unlocked PVCs",
            "Already run the clean-up",
            "上限を引き上げました",
            "アラート追加済み",
        ] {
            assert!(deeds.is_told(told), "{told}");
        }
        for asked in [
            "Add alerts",
            "Increased logging would help",
            "Improved runbooks for limits",
            "The alert should have been enabled",
            "Decide now whether to keep it",
            "For now, ensure that the queue is watched",
            "From now on, ask before a deploy",
            "We now have to move the index",
            "Find out why the job now checks twice",
            "Improve alerting: added load is not seen",
            "Añadir una alerta",
            "Adicionar um alerta",
            "Ajouter une alerte",
            "Alarm hinzufügen",
            "Find out why the alert was disabled",
            "Review required",
            "More tests needed",
            "Alerts to be configured",
            "A runbook – checks listed",
            "Alerts ignored – make them page",
            "Get alerts configured",
            "We need more disks",
            "I will add an alert",
            "Automated restore tests",
            "Investigate what was changed",
            "アラートを追加する",
            "Make sure that the queue was drained",
        ] {
            assert!(!deeds.is_told(asked), "{asked}");
        }
    }

    #[test]
    fn what_is_asked_for_begins_with_a_verb_of_any_language_or_ends_with_one_where_verbs_come_last() {
        let deeds = Deeds::new(&LOCALES.iter().collect::<Vec<_>>());
        for asked in [
            "Add an alert",
            "Añadir una alerta",
            "Adicionar um alerta",
            "Ajouter une alerte",
            "Aggiungere un allarme",
            "Voeg een alarm toe",
            "Legg til en alarm",
            "Dodać alarm",
            "Добавить оповещение",
            "Alarm hinzufügen.",
            "Runbook der Suche überarbeiten",
            "Prüfen, ob der Alarm noch da ist",
        ] {
            assert!(deeds.is_asked(asked), "{asked}");
        }
        for other in
            ["Alarm, um die Warteschlange zu prüfen", "Ein neuer Alarm", "Une alerte", "update-lag.timer"]
        {
            assert!(!deeds.is_asked(other), "{other}");
        }
    }
}
