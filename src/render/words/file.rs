//! A file of words: tables of texts, one level deep.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    config::RULE,
    data::{self, Node, Value},
    diagnostic::Finding,
    render::words::{Entry, Forms, JOINT},
    source::SourceFile,
};

/// The plural categories of a form that is not `other`.
const SPECIAL: [&str; 5] = ["zero", "one", "two", "few", "many"];

/// The words of a file, by `table.key`, and what is wrong with it. `known` are the words that it may say in its own way;
/// empty for the file that has them all.
pub(super) fn read<S>(
    file: &SourceFile,
    known: &HashMap<String, Entry, S>,
) -> (BTreeMap<String, Entry>, Vec<Finding>)
where
    S: std::hash::BuildHasher,
{
    let (root, problems) = data::toml::parse(&file.text, 0);
    let mut findings: Vec<Finding> = problems.into_iter().map(|problem| problem.into_finding(RULE)).collect();
    let mut words = BTreeMap::new();
    let Value::Table(tables) = &root.value else { return (words, findings) };
    for table in tables {
        let Value::Table(entries) = &table.value.value else {
            findings.push(
                Finding::new(RULE, table.key_span, format!("`{}` stands outside of every table", table.key))
                    .help("words stand in tables: `[nav]`, and below it `postmortems = \"…\"`"),
            );
            continue;
        };
        for word in entries {
            let key = format!("{}.{}", table.key, word.key);
            let Some(entry) = entry(&word.value) else {
                findings.push(Finding::new(RULE, word.value.span, format!("`{key}` is not a text")).help(
                    "a word is a text, or a table of texts by plural category with `other` among them",
                ));
                continue;
            };
            match known.get(&key) {
                None if !known.is_empty() => findings.push(unknown(&key, word.key_span, known)),
                Some(meant) => {
                    findings.extend(misplaced(&key, &entry, meant, word.value.span));
                    words.insert(key, entry);
                }
                None => _ = words.insert(key, entry),
            }
        }
    }
    (words, findings)
}

fn entry(node: &Node) -> Option<Entry> {
    match &node.value {
        Value::String(text) => Some(Entry::One(joined(text))),
        Value::Table(forms) => {
            let mut read = Forms::default();
            for form in forms {
                let Value::String(text) = &form.value.value else { return None };
                match SPECIAL.iter().find(|name| **name == form.key) {
                    Some(name) => _ = read.special.insert(name, joined(text)),
                    None if form.key == "other" => read.other = joined(text),
                    None => return None,
                }
            }
            (!read.other.is_empty()).then(|| Entry::Forms(Box::new(read)))
        }
        _ => None,
    }
}

/// A number and what it counts are not parted at the end of a line.
fn joined(text: &str) -> String {
    text.replace("{n} ", &format!("{{n}}{JOINT}"))
}

fn unknown<S>(key: &str, span: crate::source::Span, known: &HashMap<String, Entry, S>) -> Finding
where
    S: std::hash::BuildHasher,
{
    let names: BTreeSet<&str> = known.keys().map(String::as_str).collect();
    let finding = Finding::new(RULE, span, format!("no page says a word called `{key}`"));
    match data::nearest(key, names) {
        Some(nearest) => finding.help(format!("did you mean `{nearest}`?")),
        None => finding.help("`afterword theme words` prints all of them"),
    }
}

/// The names to fill in that are in one of the two and not in the other. A form for one or two may do without its number.
fn misplaced(key: &str, entry: &Entry, meant: &Entry, span: crate::source::Span) -> Option<Finding> {
    let wanted = names(meant);
    let own = names(entry);
    let wrong = own.difference(&wanted).next();
    let missing = wanted.difference(&own).find(|name| **name != "n");
    let message = match (wrong, missing) {
        (Some(wrong), _) => format!("nothing fills in `{{{wrong}}}` in `{key}`"),
        (None, Some(missing)) => format!("`{key}` leaves out `{{{missing}}}`"),
        (None, None) => return None,
    };
    let wanted: Vec<String> = wanted.iter().map(|name| format!("`{{{name}}}`")).collect();
    let help = if wanted.is_empty() {
        "it has nothing to fill in".to_owned()
    } else {
        format!("it is filled in with {}", wanted.join(", "))
    };
    Some(Finding::new(RULE, span, message).help(help))
}

/// The names that an entry is filled in with.
pub(super) fn names(entry: &Entry) -> BTreeSet<&str> {
    match entry {
        Entry::One(text) => names_in(text).collect(),
        Entry::Forms(forms) => {
            forms.special.values().chain([&forms.other]).flat_map(|text| names_in(text)).collect()
        }
    }
}

fn names_in(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
