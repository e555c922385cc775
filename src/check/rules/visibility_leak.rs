//! A public document that tells of an internal one.

use crate::{
    check::{
        publicity::{is_open, is_public, is_published},
        rule::{Document, Group, Rule, Scope, Stage},
        targets::{Target, target},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "visibility-leak",
    group: Group::Publish,
    default_level: Level::Error,
    stage: Stage::Always,
    summary: "A public document leads to an internal one",
    docs: include_str!("visibility_leak.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    if !is_public(document) {
        return;
    }
    let postmortem = document.postmortem;
    let links = postmortem.links.iter().filter(|link| !link.is_image).filter_map(|link| {
        let Target::File { path, anchor } = target(document, link) else { return None };
        Some((link.span, document.archive.at_address(&path, &anchor)?))
    });
    let related = postmortem.repeat_of.iter().chain(&postmortem.related).filter_map(|id| {
        let at = document.archive.meant(&id.value, postmortem)?;
        Some((id.span, &**document.archive.postmortems().get(at)?))
    });
    for (span, other) in links.chain(related) {
        if is_open(document, other) || !is_published(document, span) {
            continue;
        }
        findings.push(
            Finding::new(
                RULE.name,
                span,
                format!("this document is public, but `{}` is internal, and its name alone says something", other.id.value),
            )
            .help("take the reference out, put it between `<!-- internal -->` and `<!-- /internal -->`, or publish the other document"),
        );
    }
}
