//! Work that was promised and is not in any document any more.

use std::collections::BTreeMap;

use crate::{
    change::{Base, Held},
    check::{
        items::shorten,
        rule::{Findings, Group, Rule, Scope, Stage, Whole, first_line},
    },
    diagnostic::{Finding, Level},
    model::{Postmortem, SectionKind},
    source::Span,
};

pub(super) const RULE: Rule = Rule {
    name: "removed-action",
    group: Group::Action,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A change takes out an action item that was not finished",
    docs: include_str!("removed_action.md"),
    scope: Scope::Change(check),
};

/// More than these of one document are one finding.
const FEW: usize = 3;

fn check(whole: &Whole<'_>, base: &Base, findings: &mut Findings) {
    let mut removed: BTreeMap<&str, Vec<Held<'_>>> = BTreeMap::new();
    for change in base.actions(whole.archive).iter().filter(|change| change.now.is_none()) {
        if let Some(before) = change.before.filter(|before| before.item.status.value.is_unfinished()) {
            removed.entry(&before.postmortem.path).or_default().push(before);
        }
    }
    let now = base.changes.renamed();
    for (path, items) in removed {
        let path = now.get(path).copied().unwrap_or(path);
        let place = place(whole, path, &items);
        let finding = |message: String| {
            Finding::new(RULE.name, place, message)
                .help("leave it with its state, `done` or `wont-do`, so that readers see what became of it")
        };
        let list = findings.entry(path.to_owned()).or_default();
        if let Some(first) = items.first().filter(|_| items.len() > FEW) {
            let title = shorten(&first.item.title);
            let count = items.len();
            list.push(finding(format!("{count} unfinished action items are gone, the first `{title}`")));
        } else {
            list.extend(items.iter().map(|held| {
                finding(format!("the unfinished action item `{}` is gone", shorten(&held.item.title)))
            }));
        }
    }
}

/// Where they were looked for: the heading of the action items, else the title. A document that is gone has no place.
fn place(whole: &Whole<'_>, path: &str, items: &[Held<'_>]) -> Span {
    let is_same = |now: &&Postmortem| items.iter().any(|held| held.postmortem.id.value == now.id.value);
    let mut documents = whole.archive.in_file(path);
    let document = documents.find(is_same).or_else(|| whole.archive.at_path(path));
    let (Some(document), Some(source)) = (document, whole.sources.get(path)) else { return Span::empty(0) };
    let section = document.sections.iter().find(|section| section.is(SectionKind::ActionItems));
    first_line(source, section.map_or(document.title.span, |section| section.heading))
}
