//! Which postmortem a word on the command line means.

use crate::{
    error::{Error, Result},
    model::Archive,
    report::visible,
    words::{Count, list},
};

/// How many ids a message names.
const NAMED: usize = 5;

/// The place of the postmortem with this id, path, or beginning of an id. `path` is how a path of the archive is
/// written from where the user is.
pub(super) fn find(archive: &Archive, word: &str, path: impl Fn(&str) -> String) -> Result<usize> {
    let postmortems = archive.postmortems();
    let clean = word.strip_prefix("./").unwrap_or(word);
    if let Some(place) = archive.index_of(clean) {
        return Ok(place);
    }
    let is_path = |known: &str| known == clean || path(known) == clean;
    if let Some(place) = postmortems.iter().position(|postmortem| is_path(&postmortem.path)) {
        return Ok(place);
    }
    let lower = clean.to_lowercase();
    let begins: Vec<usize> = (0..)
        .zip(postmortems)
        .filter(|(_, postmortem)| !lower.is_empty() && postmortem.id.value.to_lowercase().starts_with(&lower))
        .map(|(place, _)| place)
        .collect();
    match begins.as_slice() {
        [place] => Ok(*place),
        [] => {
            Err(Error::new(format!("there is no postmortem `{}`", visible(word))).help(near(archive, &lower)))
        }
        many => {
            let ids = many.iter().filter_map(|place| postmortems.get(*place));
            let ids = named(ids.map(|postmortem| postmortem.id.value.as_str()), many.len());
            Err(Error::new(format!("{} begin with `{}`: {ids}", Count(many.len(), "id"), visible(word)))
                .help("name one of them, or the path of its document"))
        }
    }
}

/// The next step: the ids and titles that hold the word, else the ids of which a part is like it.
fn near(archive: &Archive, word: &str) -> String {
    const LIST: &str = "`afterword export json | jq -r '.postmortems[].id'` lists all ids";
    let postmortems = archive.postmortems();
    let holds = |text: &str| !word.is_empty() && text.to_lowercase().contains(word);
    let mut found: Vec<&str> = postmortems
        .iter()
        .filter(|postmortem| holds(&postmortem.id.value) || holds(&postmortem.title.value))
        .map(|postmortem| postmortem.id.value.as_str())
        .collect();
    if found.is_empty() {
        let like = |id: &str| {
            let parts = id.split('-').filter(|part| part.len() > 2).chain([id]);
            parts.filter_map(|part| nearness(word, part)).min()
        };
        let mut ranked: Vec<(usize, &str)> = postmortems
            .iter()
            .filter_map(|postmortem| Some((like(&postmortem.id.value)?, postmortem.id.value.as_str())))
            .collect();
        ranked.sort_unstable();
        found = ranked.into_iter().map(|(_, id)| id).collect();
    }
    match found.len() {
        0 => LIST.to_owned(),
        all => format!("the nearest: {}; {LIST}", named(found.into_iter(), all)),
    }
}

/// How many letters two words differ in, when those are few.
fn nearness(word: &str, part: &str) -> Option<usize> {
    let part = part.to_lowercase();
    let distance = strsim::damerau_levenshtein(word, &part);
    (distance <= (word.chars().count() / 3).max(1)).then_some(distance)
}

pub(in crate::cli) fn named<'a>(ids: impl Iterator<Item = &'a str>, all: usize) -> String {
    let mut names: Vec<String> = ids.take(NAMED).map(|id| format!("`{}`", visible(id))).collect();
    if all > NAMED {
        names.push(format!("{} more", all - NAMED));
    }
    list(&names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::postmortem;

    fn found(word: &str) -> std::result::Result<String, (String, Option<String>)> {
        let ids = ["2026-03-14-checkout", "2026-03-15-search", "2025-11-02-pool"];
        let archive = Archive::new(ids.map(|id| postmortem(id, "2026-01-01")));
        find(&archive, word, |path| format!("kb/{path}"))
            .map(|place| archive.postmortems()[place].id.value.clone())
            .map_err(|error| (error.to_string(), error.next_step().map(str::to_owned)))
    }

    #[test]
    fn an_id_a_path_or_the_one_beginning_names_a_postmortem() {
        let words = [
            "2025-11-02-pool",
            "2025-11-02-pool.md",
            "kb/2025-11-02-pool.md",
            "./2025-11-02-pool.md",
            "2025",
        ];
        for word in words {
            assert_eq!(found(word), Ok("2025-11-02-pool".to_owned()), "{word}");
        }
    }

    #[test]
    fn a_word_that_means_several_or_none_is_answered_with_ids() {
        assert_eq!(
            found("2026-03"),
            Err((
                "2 ids begin with `2026-03`: `2026-03-15-search` and `2026-03-14-checkout`".to_owned(),
                Some("name one of them, or the path of its document".to_owned())
            ))
        );
        let (message, help) = found("search").unwrap_err();
        assert_eq!(message, "there is no postmortem `search`");
        assert_eq!(
            help.unwrap(),
            "the nearest: `2026-03-15-search`; `afterword export json | jq -r '.postmortems[].id'` lists all ids"
        );
        let help = found("chekout").unwrap_err().1.unwrap();
        assert!(help.starts_with("the nearest: `2026-03-14-checkout`; "), "{help}");
        let help = found("weather").unwrap_err().1.unwrap();
        assert_eq!(help, "`afterword export json | jq -r '.postmortems[].id'` lists all ids");
        assert!(found("").is_err());
    }
}
