//! The front matter: its keys, the keys of other tools, and how they become facts.

mod apply;
mod foreign;
mod keys;

#[cfg(test)]
mod tests;

pub use keys::Metadata;

pub(crate) use apply::apply;
pub(super) use foreign::meaning;

use crate::{
    data::{self, Kind, Node, Problem, Value},
    diagnostic::{Aspect, Finding, Fix},
    model::{ActionStatus, ActionType, DetectedBy, Format, FrontMatter, Milestone, Status, Visibility},
    parse::locale::Lexicon,
    source::{Edit, Span},
    words::list,
};

/// Reads the front matter of a document.
pub(crate) fn read(words: &Lexicon, document: &str, place: FrontMatter) -> (Metadata, Vec<Finding>) {
    let text = document.get(place.content.start..place.content.end).unwrap_or_default();
    let (mut node, mut problems) = match place.format {
        Format::Toml => data::toml::parse(text, place.content.start),
        Format::Yaml => data::yaml::parse(text, place.content.start),
    };
    if let Some(problem) = wrong_language(&node, &problems, text, place) {
        return (Metadata::default(), vec![finding(problem)]);
    }
    drop_empty(&mut node);
    let written = keys(&node);
    foreign::adapt(words, &mut node, document);
    let strange = status(words, &mut node);
    let kept = keys(&node);
    let (mut metadata, wrong) = data::read::<Metadata>(node);
    let is_strange = |problem: &Problem| matches!(problem.kind, Kind::UnknownKey { nearest: None, .. });
    metadata.is_of_page = written.iter().any(|key| !kept.contains(key)) || wrong.iter().any(is_strange);
    problems.extend(wrong.into_iter().map(in_our_words));
    problems.sort_by_key(|problem| problem.span);
    let mut findings = findings(problems, document);
    findings.extend(strange);
    findings.sort_by_key(|finding| finding.span);
    (metadata, findings)
}

/// The keys of a table.
fn keys(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Table(entries) => entries.iter().map(|entry| entry.key.clone()).collect(),
        _ => Vec::new(),
    }
}

/// Puts our word in the place of the one that a team has for how far a document is. A word that is neither known nor
/// near a known one is the team's own: it says nothing here, and is no mistake.
fn status(words: &Lexicon, node: &mut Node) -> Option<Finding> {
    let Value::Table(entries) = &mut node.value else { return None };
    let at = entries.iter().position(|entry| entry.key == "status")?;
    let value = &mut entries.get_mut(at)?.value;
    let written = value.text()?.trim().to_owned();
    if let Some(known) = words.status(&written) {
        value.value = Value::String(known.key().to_owned());
        return None;
    }
    let known = Status::ALL.map(Status::key);
    if !matches!(value.value, Value::String(_)) || data::nearest(&written, known).is_some() {
        return None;
    }
    let span = entries.remove(at).value.span;
    let help = format!(
        "{} and their usual synonyms are known; another word may stay, and its document is read as one without a status",
        list(&known.map(|word| format!("`{word}`")))
    );
    Some(Finding::new("unknown-status", span, format!("the status `{written}` is not known")).help(help))
}

/// The problems as findings. Keys that resemble none of ours belong to a tool of the team: one finding names them all.
fn findings(problems: Vec<Problem>, document: &str) -> Vec<Finding> {
    let is_strange = |problem: &&Problem| matches!(problem.kind, Kind::UnknownKey { nearest: None, .. });
    let strange: Vec<(Span, String)> = problems
        .iter()
        .filter(is_strange)
        .map(|problem| (problem.span, format!("`{}`", problem.path)))
        .collect();
    let mut findings: Vec<Finding> = problems
        .into_iter()
        .filter(|problem| !is_strange(&problem))
        .map(|problem| with_fix(problem, document))
        .collect();
    if let [(span, key), others @ ..] = strange.as_slice() {
        let keys: Vec<String> = strange.iter().map(|(_, key)| key.clone()).collect();
        let message = match others {
            [] => format!("unknown key {key}"),
            _ => format!("unknown keys {}", list(&keys)),
        };
        let named = Finding::new("unknown-key", *span, message)
            .help("keys that only other tools read may stay; `allow = [\"unknown-key\"]` under `[check]` in book.toml accepts them");
        findings.push(others.iter().fold(named, |named, (span, key)| named.also(*span, key.clone())));
        findings.sort_by_key(|finding| finding.span);
    }
    findings
}

/// The words that are expected are those of the documentation; that others are understood too helps nobody here.
fn in_our_words(mut problem: Problem) -> Problem {
    let Some(words) = vocabulary(&problem.path) else { return problem };
    if let Kind::BadValue { expected, nearest, found } = &mut problem.kind {
        *expected =
            format!("one of {}", words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "));
        let written = found.trim_start_matches("the text `").trim_end_matches('`');
        *nearest = data::nearest(written, words).map(str::to_owned);
    }
    problem
}

/// The words that may stand behind a key.
fn vocabulary(path: &str) -> Option<Vec<&'static str>> {
    let (table, key) = path.rsplit_once('.').unwrap_or(("", path));
    let table = table.split('[').next().unwrap_or_default();
    Some(match (table, key) {
        ("", "status") => Status::ALL.map(Status::key).to_vec(),
        ("", "detected_by") => DetectedBy::ALL.map(DetectedBy::key).to_vec(),
        ("", "visibility") => vec![Visibility::Internal.key(), Visibility::Public.key()],
        ("timeline", "milestone") => Milestone::ALL.map(Milestone::key).to_vec(),
        ("action_items", "status") => ActionStatus::ALL.map(ActionStatus::key).to_vec(),
        ("action_items", "type") => ActionType::ALL.map(ActionType::key).to_vec(),
        _ => return None,
    })
}

/// The rule under which a problem of front matter is reported.
fn finding(problem: Problem) -> Finding {
    let rule = match problem.kind {
        Kind::Syntax { .. } | Kind::DuplicateKey { .. } => "invalid-front-matter",
        Kind::UnknownKey { .. } => "unknown-key",
        Kind::BadValue { .. } | Kind::Refused { .. } | Kind::Missing { .. } => "bad-value",
    };
    problem.into_finding(rule)
}

/// The finding with the word that is probably meant. A key that becomes known may say anything.
fn with_fix(problem: Problem, document: &str) -> Finding {
    const ALL: &[Aspect] =
        &[Aspect::Names, Aspect::Zone, Aspect::Times, Aspect::Events, Aspect::Actions, Aspect::Title];
    let fix = match &problem.kind {
        Kind::UnknownKey { key, nearest: Some(near), .. } => Some((key.as_str(), near.as_str(), ALL)),
        Kind::BadValue { nearest: Some(near), found, .. } => {
            let written = found.strip_prefix("the text `").and_then(|text| text.strip_suffix('`'));
            written
                .map(|written| (written, near.as_str(), &[Aspect::Names, Aspect::Times, Aspect::Actions][..]))
        }
        _ => None,
    };
    let fix = fix.and_then(|(old, new, changes)| {
        let span = problem.span;
        let (at, _) = document.get(span.start..span.end)?.match_indices(old).next()?;
        let edit = Edit::new(Span::new(at, at + old.len()).shift(span.start), new);
        let title = format!("write `{new}`");
        Some(if data::is_same_word(old, new) {
            Fix::safe(title, vec![edit], changes)
        } else {
            Fix::needs_review(title, vec![edit], changes)
        })
    });
    finding(problem).fix(fix)
}

/// TOML between the lines of YAML, or the reverse: one finding that says so is better than one for each line.
fn wrong_language(node: &Node, problems: &[Problem], text: &str, place: FrontMatter) -> Option<Problem> {
    let line = text.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))?;
    let before = |mark: char| line.split(mark).next().map(str::trim).unwrap_or_default();
    let is_word =
        |key: &str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let (found, language, fence) = match place.format {
        Format::Yaml
            if !matches!(node.value, Value::Table(_)) && line.contains('=') && is_word(before('=')) =>
        {
            ("TOML", "YAML", "+++")
        }
        Format::Toml if node.entries().is_empty() && !problems.is_empty() && is_word(before(':')) => {
            ("YAML", "TOML", "---")
        }
        _ => return None,
    };
    let kind = Kind::Syntax {
        message: format!("expected {language} between these lines, found {found}"),
        help: Some(format!("{found} stands between lines of `{fence}`")),
    };
    Some(Problem { span: place.span, path: String::new(), kind })
}

/// An empty text says as much as an absent key; templates are full of them.
fn drop_empty(node: &mut Node) {
    match &mut node.value {
        Value::Table(entries) => {
            entries
                .retain(|entry| !matches!(&entry.value.value, Value::String(text) if text.trim().is_empty()));
            for entry in entries {
                drop_empty(&mut entry.value);
            }
        }
        Value::List(items) => {
            items.retain(|item| !matches!(&item.value, Value::String(text) if text.trim().is_empty()));
            items.iter_mut().for_each(drop_empty);
        }
        _ => {}
    }
}
