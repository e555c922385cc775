//! A fact that the text states and the front matter, which is there, does not.

use crate::{
    adopt::{self, Options, Outcome},
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Fix, Level},
    source::{Edit, Span},
};

pub(super) const RULE: Rule = Rule {
    name: "unadopted-fact",
    group: Group::Structure,
    default_level: Level::Allow,
    stage: Stage::Always,
    summary: "The text states a fact that the front matter does not",
    docs: include_str!("unadopted_fact.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let Some(place) = document.postmortem.front_matter else { return };
    if document.archive.is_log(&document.postmortem.path) {
        return;
    }
    let options = Options { format: place.format, inferred: false };
    let adoption = adopt::adopt(document.source, document.context, options);
    let Outcome::Changed { text, keys } = adoption.outcome else { return };
    // The front matter alone has changed.
    let behind = document.source.text.len() - place.content.end;
    let Some(content) = text.get(place.content.start..text.len() - behind) else { return };
    let edit = Edit::new(place.content, content).narrowed(&document.source.text);
    let list = keys.join("`, `");
    let fix = Fix::safe(format!("write `{list}` into the front matter"), vec![edit], &[]);
    let fence = Span::new(place.span.start, place.span.start + "+++".len());
    findings.push(
        Finding::new(RULE.name, fence, format!("the text states `{list}`, and the front matter does not"))
            .help("write it there, where programs look for it; `afterword adopt` does so for all documents")
            .fix(Some(fix)),
    );
}
