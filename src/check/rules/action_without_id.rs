//! An action item that is known by its place in the list alone.

use std::collections::BTreeSet;

use crate::{
    check::{
        fixes, items,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Aspect, Finding, Fix, Level},
    edit::{Step, Value},
    model::{ActionItem, Origin, anchor::file_slug},
    source::Edit,
};

pub(super) const RULE: Rule = Rule {
    name: "action-without-id",
    group: Group::Action,
    default_level: Level::Allow,
    stage: Stage::Always,
    summary: "An action item has no id of its own",
    docs: include_str!("action_without_id.md"),
    scope: Scope::Document(check),
};

/// How many words of a title make an id.
const WORDS: usize = 5;

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let actions = &document.postmortem.actions;
    let mut taken: BTreeSet<String> =
        actions.iter().filter(|item| item.has_own_id).map(|item| name(item).to_owned()).collect();
    let is_nameless = |item: &ActionItem| !item.has_own_id && item.status.value.is_committed();
    for (at, item) in actions.iter().enumerate().filter(|(_, item)| is_nameless(item)) {
        let id = unused(item, &mut taken);
        let title = items::shorten(&item.title);
        let message =
            format!("action item `{title}` has no id, so it is `{}` only while it stays there", name(item));
        findings.push(
            Finding::new(RULE.name, items::place(document, item), message)
                .help("give it one: `id` in the front matter, a column `ID`, or `(id: …)` behind it")
                .fix(id.and_then(|id| named(document, item, at, id))),
        );
    }
}

fn name(item: &ActionItem) -> &str {
    item.id.rsplit_once('/').map_or(item.id.as_str(), |(_, name)| name)
}

/// The first words of the title, which no other item has for its id; none for a title without words.
fn unused(item: &ActionItem, taken: &mut BTreeSet<String>) -> Option<String> {
    let words: Vec<&str> = item.title.split_whitespace().take(WORDS).collect();
    let slug = file_slug(&words.join(" "));
    if !slug.chars().any(char::is_alphabetic) {
        return None;
    }
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    let id = std::iter::once(slug.clone()).chain(numbered).find(|id| !taken.contains(id))?;
    taken.insert(id.clone());
    Some(id)
}

/// The item with its id, in the form in which its other fields are written.
fn named(document: &Document<'_>, item: &ActionItem, at: usize, id: String) -> Option<Fix> {
    let title = format!("name it `{id}`");
    let edit = if item.origin == Origin::FrontMatter {
        fixes::set_key(
            document,
            &[Step::Key("action_items"), Step::Item(at), Step::Key("id")],
            &Value::Text(id),
        )?
    } else {
        let line = document.text(item.span).lines().next()?.trim_end();
        let end = item.span.start + line.len();
        if line.contains('|') {
            return None;
        }
        if line.ends_with(')')
            && line.rfind('(').is_some_and(|open| line.get(open..).is_some_and(|rest| rest.contains(": ")))
        {
            Edit::insert(end - 1, format!(", id: {id}"))
        } else {
            Edit::insert(end, format!(" (id: {id})"))
        }
    };
    Some(Fix::safe(title, vec![edit], &[Aspect::Ids]))
}
