//! The fields that the page of actions is filtered and grouped by.

use std::collections::BTreeMap;

use crate::{
    aggregate::{ActionEntry, AgeBand, Urgency},
    model::{ActionItem, ActionStatus, ActionType, Postmortem, anchor::file_slug},
    render::{
        pages::actions::team_name,
        site::Cx,
        urls::Kind,
        view::{Choice, Option as Choosable},
    },
};

/// The fields, those apart that no item has anything for.
pub(super) fn choices(cx: &Cx<'_>) -> Vec<Choice> {
    let items = Items::new(cx);
    let states = [
        ("unfinished", cx.words.say("field.unfinished")),
        ("overdue", cx.words.of("action-state", "overdue")),
    ]
    .into_iter()
    .chain(ActionStatus::ALL.map(|status| (status.key(), cx.words.of("action-state", status.key()))));
    let urgencies = Urgency::ALL.map(|urgency| (urgency.key(), cx.words.of("urgency", urgency.key())));
    let ages = AgeBand::ALL.map(|band| (band.key(), cx.words.of("age", band.key())));
    let kinds = ActionType::ALL.map(|kind| (kind.key(), cx.words.of("action-type", kind.key())));
    let services = Kind::Service.groups(&cx.site.summary.groups);
    let services = services.iter().map(|group| (group.slug.as_str(), group.name.as_str()));
    let sources = Kind::Source.groups(&cx.site.summary.groups);
    let sources = sources.iter().map(|group| (group.slug.as_str(), group.name.as_str()));
    let today = cx.site.summary.today;
    [
        ("is", "field.state", items.fixed(states, |entry, _, _| states_of(entry))),
        ("when", "field.due", items.fixed(urgencies, |entry, _, _| vec![Urgency::of(entry, today).key()])),
        (
            "team",
            "kind.teams",
            items.free(|entry, _| entry.team.as_deref().map(str::to_owned), |id| team_name(cx, id)),
        ),
        (
            "service",
            "kind.services",
            items.fixed(services, |_, postmortem, _| cx.slug_list(Kind::Service, &postmortem.services)),
        ),
        (
            "source",
            "kind.sources",
            items.fixed(sources, |_, postmortem, _| {
                cx.source(postmortem).map(|group| group.slug.as_str()).into_iter().collect()
            }),
        ),
        (
            "owner",
            "field.owner",
            items.free(|_, item| Some(item.owner.as_ref()?.value.clone()), |owner| team_name(cx, owner)),
        ),
        (
            "type",
            "field.type",
            items.fixed(kinds, |_, _, item| item.kind.iter().map(|kind| kind.value.key()).collect()),
        ),
        (
            "priority",
            "field.priority",
            items.free(|_, item| Some(item.priority.as_ref()?.value.clone()), str::to_owned),
        ),
        (
            "since",
            "field.age",
            items.fixed(ages, |entry, _, _| age(entry).map(AgeBand::key).into_iter().collect()),
        ),
    ]
    .into_iter()
    .map(|(name, label, options)| Choice { name, label: cx.words.say(label).to_owned(), options })
    .filter(|choice| !choice.options.is_empty())
    .collect()
}

/// What the list can be grouped by: every field of the filter, how the items press first.
pub(super) fn groupings(choices: &[Choice]) -> Vec<Choosable> {
    let mut groupings: Vec<Choosable> = choices
        .iter()
        .map(|choice| Choosable {
            key: choice.name.to_owned(),
            text: choice.label.clone(),
            count: choice.options.len(),
        })
        .collect();
    groupings.sort_by_key(|grouping| grouping.key != "when");
    groupings
}

/// The states that a filter may ask for.
pub(super) fn states_of(entry: &ActionEntry) -> Vec<&'static str> {
    let mut states = vec![entry.status.key()];
    if entry.status.is_unfinished() {
        states.push("unfinished");
    }
    if entry.is_overdue {
        states.push("overdue");
    }
    states
}

/// How old an unfinished item is.
pub(super) fn age(entry: &ActionEntry) -> Option<AgeBand> {
    entry.status.is_unfinished().then(|| AgeBand::of(entry.age_days))
}

struct Items<'a>(Vec<(&'a ActionEntry, &'a Postmortem, &'a ActionItem)>);

impl<'a> Items<'a> {
    fn new(cx: &Cx<'a>) -> Self {
        let entries = cx.site.summary.actions.entries.iter();
        Self(
            entries
                .filter_map(|entry| {
                    let (postmortem, item) = entry.item(cx.site.archive)?;
                    Some((entry, postmortem, item))
                })
                .collect(),
        )
    }

    /// Options in the order given, without those that no item has.
    fn fixed<'o>(
        &self,
        options: impl IntoIterator<Item = (&'o str, &'o str)>,
        of: impl Fn(&ActionEntry, &'a Postmortem, &ActionItem) -> Vec<&'a str>,
    ) -> Vec<Choosable> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (entry, postmortem, item) in &self.0 {
            for key in of(entry, postmortem, item) {
                *counts.entry(key).or_default() += 1;
            }
        }
        options
            .into_iter()
            .filter_map(|(key, text)| {
                Some(Choosable { key: key.to_owned(), text: text.to_owned(), count: *counts.get(key)? })
            })
            .collect()
    }

    /// Options as the items have them, by name.
    fn free(
        &self,
        of: impl Fn(&ActionEntry, &ActionItem) -> Option<String>,
        name: impl Fn(&str) -> String,
    ) -> Vec<Choosable> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (entry, _, item) in &self.0 {
            if let Some(value) = of(entry, item) {
                *counts.entry(value).or_default() += 1;
            }
        }
        counts
            .into_iter()
            .map(|(value, count)| Choosable { key: file_slug(&value), text: name(&value), count })
            .collect()
    }
}
