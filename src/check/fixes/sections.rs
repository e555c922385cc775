//! Parts that are missing, taken from the templates with the prompts that ask for what belongs there.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::{
    check::{
        language,
        prompts::{self, Prompts},
        rule::Document,
    },
    config::Config,
    edit::line_end,
    model::{Section, SectionForm, SectionKind},
    parse::{Context, parse},
    source::{Edit, SourceFile, Span},
    words::capitalised,
};

/// By kind what stands below the heading: the first template that asks something there.
static BODIES: LazyLock<BTreeMap<SectionKind, String>> = LazyLock::new(|| {
    let config = Config::default();
    let mut bodies = BTreeMap::new();
    for template in prompts::TEMPLATES {
        let source = SourceFile::new("template.md", template);
        let postmortem = parse(&source, &Context::new(&config, &[])).postmortem;
        for section in &postmortem.sections {
            let Some(kind) = section.kinds.only() else { continue };
            let body = without_blanks(source.slice(own_body(section, &postmortem.sections)));
            if !bodies.contains_key(&kind) && Prompts::default().has_one(&body) {
                bodies.insert(kind, body);
            }
        }
    }
    bodies
});

/// What stands below a heading before the next one of any level.
fn own_body(section: &Section, sections: &[Section]) -> Span {
    let next =
        sections.iter().map(|other| other.heading.start).filter(|start| *start >= section.body.start).min();
    Span::new(section.body.start, next.map_or(section.body.end, |next| next.min(section.body.end)))
}

/// Without the lines that `afterword new` would have to fill in.
fn without_blanks(body: &str) -> String {
    let lines: Vec<&str> = body.lines().filter(|line| !line.contains("{{")).collect();
    lines.join("\n").trim().to_owned()
}

/// The edits that put the missing parts where `order` has them among those that are there. None when the document is
/// not divided by headings, or when the templates know nothing to ask.
pub(in crate::check) fn insert_sections(
    document: &Document<'_>,
    missing: &[SectionKind],
    order: &[SectionKind],
) -> Option<Vec<Edit>> {
    let text: &str = &document.source.text;
    let postmortem = document.postmortem;
    if document.archive.is_log(&postmortem.path)
        || !may_be_english(document.text(postmortem.body))
        || missing.iter().any(|kind| !BODIES.contains_key(kind))
    {
        return None;
    }
    let headed: Vec<(&Section, SectionKind, u8)> = postmortem
        .sections
        .iter()
        .filter_map(|section| match section.form {
            SectionForm::Heading(level) => Some((section, section.kinds.into_iter().next()?, level)),
            SectionForm::Label => None,
        })
        .collect();
    let is_labelled =
        postmortem.sections.iter().any(|section| section.form == SectionForm::Label && section.is_known());
    if headed.is_empty() && is_labelled {
        return None;
    }
    let level = headed.iter().map(|(.., level)| *level).min().unwrap_or(2);
    let rank = |kind: SectionKind| order.iter().position(|one| *one == kind);
    let mut by_place: BTreeMap<usize, String> = BTreeMap::new();
    for kind in order.iter().filter(|kind| missing.contains(kind)) {
        let body = BODIES.get(kind)?;
        if let Some((empty, ..)) = headed.iter().find(|(section, ..)| section.is(*kind) && section.is_empty) {
            by_place.entry(empty.body.start).or_default().extend(["\n", body, "\n"]);
            continue;
        }
        let at_level = || {
            headed
                .iter()
                .filter(|(section, _, own)| *own == level && section.heading.start >= postmortem.body.start)
        };
        let before = at_level().filter(|(_, other, _)| rank(*other) < rank(*kind) && rank(*other).is_some());
        let after = at_level().filter(|(_, other, _)| rank(*other) > rank(*kind));
        let place = before
            .max_by_key(|(_, other, _)| rank(*other))
            .map(|(section, ..)| section.body.end)
            .or_else(|| after.map(|(section, ..)| section.heading.start).min())
            .unwrap_or(postmortem.body.end);
        let heading = format!("{} {}", "#".repeat(usize::from(level)), capitalised(&kind.words()));
        by_place.entry(place).or_default().extend([&*heading, "\n\n", body, "\n\n"]);
    }
    let end = line_end(text);
    let edits = by_place.into_iter().map(|(at, new)| {
        let new = fitted(text, at, &new);
        Edit::insert(at, if end == "\n" { new } else { new.replace('\n', end) })
    });
    Some(edits.collect())
}

/// True for a text in the language of the templates, or too short to tell.
fn may_be_english(text: &str) -> bool {
    let is_short = text.split_whitespace().nth(29).is_none();
    is_short && text.is_ascii() || language::is_english(text)
}

/// The new lines with a blank one before and behind, and without one too many.
fn fitted(text: &str, at: usize, new: &str) -> String {
    let mut above = text.get(..at).unwrap_or_default().bytes().rev().filter(|byte| *byte != b'\r');
    let gap = match (above.next(), above.next()) {
        (None, _) | (Some(b'\n'), Some(b'\n')) => "",
        (Some(b'\n'), _) if new.starts_with('\n') => "",
        (Some(b'\n'), _) => "\n",
        _ => "\n\n",
    };
    let is_last = text.get(at..).unwrap_or_default().trim().is_empty();
    let new = if is_last { format!("{}\n", new.trim_end()) } else { new.to_owned() };
    format!("{gap}{new}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_ask_something_for_every_part_that_is_usually_required() {
        let config = Config::default();
        for kind in config.required_sections() {
            assert!(BODIES.contains_key(&kind), "{kind:?}");
        }
        assert!(BODIES.values().all(|body| !body.contains("{{") && Prompts::default().has_one(body)));
    }
}
