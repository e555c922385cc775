//! Who may answer for work: people, teams, handles.
//!
//! Only what is surely a name is one, so that nobody is given work by mistake: a word of the lists, or a handle.

use ahash::HashSet;
use memchr::memmem::Finder;

use super::Locale;

/// The words of all languages that name people and teams.
#[derive(Debug)]
pub(super) struct People {
    given: HashSet<String>,
    teams: HashSet<String>,
    /// Those of the teams that stand at the end of a word, in scripts that put no spaces between words.
    endings: Vec<String>,
    /// Words for a team in front of its name.
    heads: HashSet<String>,
    /// Words by which authors name themselves: `me`.
    selves: HashSet<String>,
    and: HashSet<String>,
    /// With the spaces around them, made ready to be looked for.
    shall: Vec<Finder<'static>>,
}

impl People {
    pub(super) fn new(locales: &[&Locale]) -> Self {
        let set = |words: fn(&Locale) -> &Vec<String>| -> HashSet<String> {
            locales.iter().flat_map(|locale| words(locale)).map(|word| word.to_lowercase()).collect()
        };
        let teams = set(|locale| &locale.actions.teams);
        // `-teamet` ends a word of a language that writes names of teams as one.
        let ending = |word: &String| match word.strip_prefix('-') {
            None => (!word.is_ascii() && !word.chars().any(is_latin)).then(|| word.clone()),
            ending => ending.map(str::to_owned),
        };
        let mut endings: Vec<String> = teams.iter().filter_map(ending).collect();
        endings.sort_unstable();
        let shall = locales.iter().flat_map(|locale| &locale.actions.shall);
        Self {
            given: set(|locale| &locale.actions.people),
            endings,
            teams,
            heads: set(|locale| &locale.actions.heads),
            selves: set(|locale| &locale.actions.selves),
            and: set(|locale| &locale.sections.and),
            shall: shall.map(|word| Finder::new(&format!(" {word} ")).into_owned()).collect(),
        }
    }

    /// True for a text that is nothing but names: `Kim`, `Kim Berg and Sam`, `@kim`, `platform team`.
    pub(super) fn are_all(&self, text: &str) -> bool {
        const LONGEST: usize = 80;
        if text.len() > LONGEST || !text.chars().any(char::is_alphabetic) {
            return false;
        }
        let mut found = false;
        if is_handle(text.trim()) {
            return true;
        }
        for part in text.split([',', '&', '/', '+', ';', '、', '・', '，']) {
            for run in part.split_whitespace().collect::<Vec<_>>().split(|word| self.and.contains(*word)) {
                if !run.is_empty() {
                    if !self.is_one(run) {
                        return false;
                    }
                    found = true;
                }
            }
        }
        found
    }

    /// True for `and`.
    pub(super) fn joins(&self, word: &str) -> bool {
        self.and.contains(word)
    }

    /// What stands in front of the first word for what is to be done, in a sentence that has one near its beginning.
    pub(super) fn subjects<'t>(&self, text: &'t str) -> Option<&'t str> {
        let (head, (at, _)) = self.shall_in(text)?;
        head.get(..at)
    }

    /// The beginning of a sentence, and where in it what is to be done begins.
    fn shall_in<'t>(&self, text: &'t str) -> Option<(&'t str, (usize, usize))> {
        let head = text.char_indices().nth(60).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
        let ends = self.shall.iter();
        let ends = ends.filter_map(|word| Some((word.find(head.as_bytes())?, word.needle().len())));
        Some((head, ends.min()?))
    }

    /// The names that a sentence begins with, when it goes on to say what they shall do: the length in bytes.
    pub(super) fn subject(&self, text: &str) -> Option<usize> {
        let (head, (at, length)) = self.shall_in(text)?;
        let end = at + length;
        // "Kim will be paged" says what happens to somebody.
        let passive = head.get(end..).is_some_and(|rest| rest.starts_with("be "));
        (!passive && self.are_all(head.get(..at)?)).then_some(at)
    }

    fn is_one(&self, run: &[&str]) -> bool {
        const NAME: usize = 3;
        const LONGEST_ENDING: usize = 24;
        // `steam` is no team.
        const BEFORE_ENDING: usize = 3;
        let run = if run.first().is_some_and(|word| word.eq_ignore_ascii_case("the")) {
            run.get(1..)
        } else {
            Some(run)
        };
        let Some((first, last)) = run.and_then(|run| Some((*run.first()?, *run.last()?))) else {
            return false;
        };
        let length = run.map_or(0, <[&str]>::len);
        if is_handle(first) {
            return length == 1;
        }
        if length == 1 && self.selves.contains(&first.to_lowercase()) {
            return true;
        }
        let is_capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
        let is_word =
            |word: &&str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’'));
        let words = run.unwrap_or_default();
        if length <= NAME && words.iter().all(is_word) {
            let lower = first.trim_end_matches('.').to_lowercase();
            if self.given.contains(&lower) && (words.iter().all(is_capital) || !first.chars().any(is_latin)) {
                return true;
            }
        }
        let is_short = last.chars().count() <= LONGEST_ENDING && !last.contains(['（', '(', '「', '【']);
        let ends = |ending: &String| {
            let lower = last.to_lowercase();
            let before = lower.strip_suffix(ending.as_str());
            before.is_some_and(|before| {
                !ending.starts_with(is_latin) || before.chars().count() >= BEFORE_ENDING
            })
        };
        if length == 1 && is_short && self.endings.iter().any(ends) {
            return true;
        }
        if (2..=NAME).contains(&length)
            && self.heads.contains(&first.to_lowercase())
            && words.iter().all(is_word)
        {
            return true;
        }
        let team = self.teams.contains(&last.to_lowercase())
            && words.iter().all(|word| is_word(word) || is_capital(word));
        team && (length <= 2 || (length <= NAME + 1 && words.iter().take(length - 1).all(is_capital)))
    }
}

/// True for `@kim` and `@acme/search`.
pub(crate) fn is_handle(written: &str) -> bool {
    written.strip_prefix('@').is_some_and(|handle| {
        !handle.is_empty()
            && handle.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
    })
}

fn is_latin(c: char) -> bool {
    c < '\u{250}' && c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::locale::LOCALES;

    fn people() -> People {
        People::new(&LOCALES.iter().collect::<Vec<_>>())
    }

    #[test]
    fn people_teams_and_handles_are_names_and_systems_are_none() {
        let people = people();
        for name in [
            "Kim",
            "Kim Berg",
            "Sam & Alex",
            "Kim, Sam and Øystein",
            "@kim",
            "Platform team",
            "infra team",
            "SRE",
            "田中さん",
            "監視チーム",
            "@acme/search",
            "me",
            "equipo backend",
            "Team Search",
            "Plattformteamet",
            "Suchteam",
        ] {
            assert!(people.are_all(name), "{name}");
        }
        for other in [
            "Kafka",
            "Google Cloud",
            "high",
            "kim",
            "the disks",
            "Kim and the disks",
            "",
            "2026",
            "Notify the infra team",
            "@",
            "Notify all in the team",
            "Notify me",
            "Steam",
        ] {
            assert!(!people.are_all(other), "{other}");
        }
    }

    #[test]
    fn a_sentence_may_begin_with_who_shall_do_it() {
        let people = people();
        assert_eq!(people.subject("Kim to add an alert"), Some(3));
        assert_eq!(people.subject("Kim and Sam will add an alert"), Some(11));
        assert_eq!(people.subject("Platform team to add an alert"), Some(13));
        assert_eq!(people.subject("Access to the disks"), None);
        assert_eq!(people.subject("Kim will be paged"), None);
    }
}
