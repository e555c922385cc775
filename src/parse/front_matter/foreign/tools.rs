//! Moves the keys of other tools to ours, as `tools.toml` says.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use schemars::schema_for;
use serde::Deserialize;

use super::{is_time, put};
use crate::{
    data::{self, Entry, Value},
    parse::{front_matter::keys::Metadata, locale::Lexicon},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    tool: Vec<Tool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Tool {
    /// Whose keys these are, for people.
    name: String,
    means: BTreeMap<String, String>,
    own_day: BTreeSet<String>,
    inside: BTreeSet<String>,
    says_nothing: BTreeMap<String, Vec<String>>,
    passed_over: BTreeSet<String>,
}

/// What all tools say, and the keys that are ours.
struct Known {
    ours: BTreeSet<String>,
    tools: Tool,
    /// All of these keys, by what is left of them without case and separators.
    folded: BTreeMap<String, String>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let (node, _) = data::toml::parse(include_str!("tools.toml"), 0);
    let (file, _) = data::read::<File>(node);
    let mut tools = Tool::default();
    for tool in file.tool {
        tools.means.extend(tool.means);
        tools.own_day.extend(tool.own_day);
        tools.inside.extend(tool.inside);
        tools.says_nothing.extend(tool.says_nothing);
        tools.passed_over.extend(tool.passed_over);
    }
    let schema = schema_for!(Metadata);
    let properties = schema.get("properties").and_then(|properties| properties.as_object());
    let ours: BTreeSet<String> = properties.into_iter().flatten().map(|(key, _)| key.clone()).collect();
    let all = tools.passed_over.iter().chain(tools.means.keys()).chain(&tools.inside).chain(&ours);
    let folded = all.map(|key| (fold(key), key.clone())).collect();
    Known { ours, tools, folded }
});

/// The key of ours that a key means.
pub(in crate::parse) fn meaning(key: &str) -> Option<&'static str> {
    KNOWN.tools.means.get(key).map(String::as_str)
}

/// Writes a key as it is known, where it differs in case or separators: Hugo and teams read `Date` as `date`.
pub(super) fn same_case(entries: &mut [Entry]) {
    for at in 0..entries.len() {
        let Some(key) = entries.get(at).map(|entry| &entry.key) else { continue };
        let known = if KNOWN.ours.contains(key) { None } else { KNOWN.folded.get(&fold(key)) };
        if let Some(known) = known.filter(|known| !super::has(entries, known))
            && let Some(entry) = entries.get_mut(at)
        {
            entry.key.clone_from(known);
        }
    }
}

/// Takes what is ours out of the tables that tools and themes have for keys of their own; the rest is theirs. Each table
/// is tidied as the whole was.
pub(super) fn lift(words: &Lexicon, entries: &mut Vec<Entry>, tidy: impl Fn(&mut Vec<Entry>)) {
    for table in &KNOWN.tools.inside {
        let Some(at) = entries.iter().position(|entry| entry.key == *table) else { continue };
        let Value::Table(mut inner) = entries.remove(at).value.value else { continue };
        tidy(&mut inner);
        for entry in inner {
            if KNOWN.ours.contains(&entry.key) || KNOWN.tools.means.contains_key(&entry.key) {
                let key = entry.key.clone();
                put(words, entries, &key, entry);
            }
        }
    }
}

/// Moves what has a meaning, and drops what has none.
pub(super) fn translate(words: &Lexicon, entries: &mut Vec<Entry>) {
    let Tool { means, own_day, says_nothing, passed_over, .. } = &KNOWN.tools;
    let is_day = |entry: &Entry| entry.value.text().is_some_and(|text| is_time(words, text));
    if entries.iter().any(|entry| own_day.contains(&entry.key) && is_day(entry)) {
        entries.retain(|entry| entry.key != "date");
    }
    for (theirs, ours) in means {
        if let Some(entry) = take(entries, theirs)
            && let Some(no_time) = put(words, entries, ours, entry)
        {
            entries.push(no_time);
        }
    }
    entries.retain(|entry| {
        let is_no_value = says_nothing.get(&entry.key).is_some_and(|words| {
            entry
                .value
                .text()
                .is_some_and(|text| words.iter().any(|word| word.eq_ignore_ascii_case(text.trim())))
        });
        !is_no_value && !passed_over.contains(&entry.key)
    });
}

/// Removes the entry with a key. Of `outer.inner`, the whole table goes: what else is in it is the tool's.
fn take(entries: &mut Vec<Entry>, path: &str) -> Option<Entry> {
    let (outer, inner) = path.split_once('.').map_or((path, None), |(outer, inner)| (outer, Some(inner)));
    let at = entries.iter().position(|entry| entry.key == outer)?;
    let Some(inner) = inner else { return Some(entries.remove(at)) };
    let Value::Table(table) = &mut entries.get_mut(at)?.value.value else { return None };
    let found = table.iter().position(|entry| entry.key == inner).map(|at| table.remove(at))?;
    entries.remove(at);
    Some(found)
}

fn fold(key: &str) -> String {
    key.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_tools_is_read_whole_and_leads_to_keys_that_are_ours() {
        let (node, problems) = data::toml::parse(include_str!("tools.toml"), 0);
        assert_eq!(problems, []);
        let (_, problems) = data::read::<File>(node);
        assert_eq!(problems, []);
        for (theirs, key) in &KNOWN.tools.means {
            let outer = key.split('.').next().unwrap();
            assert!(KNOWN.ours.contains(outer), "`{theirs}` means `{key}`");
            assert!(!KNOWN.ours.contains(theirs), "`{theirs}` is ours already");
        }
        let both: Vec<_> = KNOWN.tools.passed_over.intersection(&KNOWN.ours).collect();
        assert_eq!(both, [""; 0]);
    }
}
