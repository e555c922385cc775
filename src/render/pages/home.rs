//! The first page: what is open, what was latest, the year so far.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::render::{
    site::{Cx, severity, severity_id},
    urls::{self, Kind},
    view::{Browse, Count, EntryView, HomeView, Month, Tone, Unit, Year},
    words,
};

/// How many actions and postmortems the first page shows.
const ACTIONS: usize = 5;
const LATEST: usize = 6;
/// How many groups of a kind it names.
const GROUPS: usize = 8;

pub(super) fn view(cx: &Cx<'_>) -> HomeView {
    let config = cx.site.config;
    let summary = &cx.site.summary.actions;
    let total = cx.cards.len();
    let entries = &summary.entries;
    let committed = entries.iter().filter(|entry| entry.status.is_committed()).count();
    let pressing = entries.iter().filter(|entry| entry.status.is_unfinished()).take(ACTIONS);
    HomeView {
        page: cx.page("index.html", "", &config.book.title, &config.book.description),
        description: config.book.description.clone(),
        empty: if total == 0 {
            "There is no postmortem yet. `afterword new \"What happened\"` writes the first one from a template.".to_owned()
        } else {
            String::new()
        },
        lead: lead(cx, committed),
        actions_total: if committed == 0 {
            String::new()
        } else {
            format!("All {}", words::count(entries.len(), "action"))
        },
        actions: pressing.filter_map(|entry| super::actions::item(cx, entry, "", false)).collect(),
        total: format!("All {}", words::count(total, "postmortem")),
        latest: (0..total).filter_map(|place| cx.entry(place, "", false)).take(LATEST).collect(),
        year: year(cx),
        on_this_day: cx.site.summary.on_this_day.iter().filter_map(|place| anniversary(cx, *place)).collect(),
        browse: [Kind::Service, Kind::Factor].into_iter().filter_map(|kind| browse(cx, kind)).collect(),
    }
}

/// How the actions stand, as one sentence.
fn lead(cx: &Cx<'_>, committed: usize) -> Vec<Tone> {
    let summary = &cx.site.summary.actions;
    let say = |tone, text: String| Tone { tone, text };
    if committed == 0 {
        return vec![say(
            "plain",
            "No postmortem lists an action yet. Write them as [[action_items]] in the front matter, or as a list below a heading “Action items”.".to_owned(),
        )];
    }
    if summary.unfinished == 0 {
        return vec![
            say("strong", "Nothing is open.".to_owned()),
            say("plain", format!(" All {} are closed.", words::count(committed, "action"))),
        ];
    }
    let asking = cx.cards.iter().filter(|card| card.unfinished > 0).count();
    let verb = if summary.unfinished == 1 { "is" } else { "are" };
    let mut parts = vec![
        say("strong", format!("{} {verb} open", words::count(summary.unfinished, "action"))),
        say("plain", format!(" from {}", words::count(asking, "postmortem"))),
    ];
    let oldest = summary.entries.iter().find(|entry| entry.is_overdue).and_then(|entry| entry.due);
    match (summary.overdue, oldest) {
        (0, _) | (_, None) => parts.push(say("plain", "; none is overdue.".to_owned())),
        (late, Some(oldest)) => {
            parts.push(say("plain", "; ".to_owned()));
            parts.push(say("over", format!("{late} {} overdue", if late == 1 { "is" } else { "are" })));
            let since = if late == 1 { ", since" } else { ", the oldest since" };
            parts.push(say("plain", format!("{since} {}.", words::day(oldest.last_day()))));
        }
    }
    parts
}

/// The year of `today`, or the last one that has a postmortem.
fn year(cx: &Cx<'_>) -> Option<Year> {
    let years = &cx.site.summary.groups.years;
    let this = cx.site.summary.today.year().to_string();
    let group = years.iter().find(|group| group.id == this).or_else(|| years.first())?;
    let number: i32 = group.id.parse().ok()?;
    let mut months: Vec<Month> =
        (1..=12).map(|month| Month { name: words::short_month(month), units: Vec::new() }).collect();
    let mut key = BTreeMap::new();
    let mut worst_first = group.postmortems.clone();
    worst_first.sort_by_key(|place| cx.cards.get(*place).map(|card| card.rank));
    for place in worst_first {
        let Some((postmortem, card)) = cx.at(place) else { continue };
        let Some(date) = &postmortem.date else { continue };
        let shown = severity_id(postmortem).map(|id| severity(cx.site.config, id));
        let word = shown.as_ref().map_or("No severity", |severity| severity.word.as_str());
        let text = format!("{word}, {}: {}", words::day(date.value), postmortem.title.value);
        let class = shown.as_ref().map_or("sev-none", |severity| severity.class.as_str()).to_owned();
        if let Some(month) = months.get_mut(date.value.month0() as usize) {
            month.units.push(Unit { class, href: urls::from("", &card.page), text });
        }
        if let Some(shown) = shown {
            key.entry((card.rank, shown.word.clone())).or_insert(shown);
        }
    }
    let count = group.postmortems.len();
    let before = years.iter().find(|group| group.id == (number - 1).to_string());
    let is_over = number < cx.site.summary.today.year();
    let so_far = if is_over { "" } else { " so far" };
    let sentence = match before {
        Some(before) if is_over => {
            format!(
                "{}, after {} in {}.",
                words::count(count, "postmortem"),
                before.postmortems.len(),
                before.id
            )
        }
        Some(before) => format!(
            "{}{so_far}, against {} in all of {}.",
            words::count(count, "postmortem"),
            before.postmortems.len(),
            before.id
        ),
        None => format!("{}{so_far}.", words::count(count, "postmortem")),
    };
    Some(Year {
        title: group.name.clone(),
        href: urls::from("", &Kind::Year.page(group)),
        months,
        key: key.into_values().collect(),
        sentence,
    })
}

fn anniversary(cx: &Cx<'_>, place: usize) -> Option<EntryView> {
    let (postmortem, _) = cx.at(place)?;
    let years = cx.site.summary.today.year() - postmortem.date.as_ref()?.value.year();
    let mut entry = cx.entry(place, "", false)?;
    entry.date_text = format!("{} ago", words::count(usize::try_from(years).ok()?, "year"));
    entry.text = String::new();
    Some(entry)
}

fn browse(cx: &Cx<'_>, kind: Kind) -> Option<Browse> {
    let groups = kind.groups(&cx.site.summary.groups);
    let mut used: Vec<_> = groups.iter().filter(|group| !group.postmortems.is_empty()).collect();
    if used.is_empty() {
        return None;
    }
    used.sort_by_key(|group| (std::cmp::Reverse(group.postmortems.len()), group.name.clone()));
    Some(Browse {
        key: kind.word(),
        title: cx.words.of("kinds", kind.folder()).to_owned(),
        href: urls::from("", &kind.index()),
        all: format!("All {}", groups.len()),
        links: used
            .into_iter()
            .take(GROUPS)
            .map(|group| Count {
                text: group.name.clone(),
                href: urls::from("", &kind.page(group)),
                count: group.postmortems.len(),
            })
            .collect(),
    })
}
