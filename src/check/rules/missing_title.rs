//! A document without a title.

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Aspect, Finding, Fix, Level},
    edit::line_end,
    model::Origin,
    source::{Edit, Span},
};

pub(super) const RULE: Rule = Rule {
    name: "missing-title",
    group: Group::Structure,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "The document has no title",
    docs: include_str!("missing_title.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let title = &document.postmortem.title;
    let is_empty = document.text(document.postmortem.body).trim().is_empty();
    if !matches!(title.origin, Origin::FileName | Origin::Inferred) || is_empty {
        return;
    }
    let at = Span::empty(document.postmortem.body.start);
    findings.push(
        Finding::new(
            RULE.name,
            at,
            format!("this document has no title, so its file name stands for one: `{}`", title.value),
        )
        .help("begin the text with `# What happened, in a few words`, or set `title` in the front matter")
        .fix(headed(document)),
    );
}

/// The file's name as a heading, where it has words in it.
fn headed(document: &Document<'_>) -> Option<Fix> {
    let postmortem = document.postmortem;
    let title = postmortem.title.value.trim();
    let body = document.text(postmortem.body);
    let has_words =
        title.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count() >= 2;
    if !has_words || document.archive.is_log(&postmortem.path) {
        return None;
    }
    let end = line_end(&document.source.text);
    let mark = if body.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let blank = body.len() - body.trim_start_matches(['\r', '\n', '\u{feff}']).len();
    let gap = if postmortem.front_matter.is_some() && blank == mark { end } else { "" };
    let at = postmortem.body.start + blank;
    let edit = Edit::insert(at, format!("{gap}# {title}{end}{end}"));
    Some(Fix::needs_review("make a heading of the file's name", vec![edit], &[Aspect::Title]))
}
