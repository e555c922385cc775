//! The first page: what is open, what was latest, the year so far.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::render::{
    site::{Cx, severity, severity_id},
    urls::{self, Kind},
    view::{Browse, Count, EntryView, HomeView, Month, OnThisDay, Tone, Unit, Year},
};

/// How many actions and postmortems the first page shows.
const ACTIONS: usize = 5;
const LATEST: usize = 6;
const ANNIVERSARIES: usize = 4;
/// How many marks stand above a month.
const UNITS: usize = 12;
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
        is_empty: total == 0,
        lead: lead(cx, committed),
        actions_total: if committed == 0 {
            String::new()
        } else {
            cx.words.count("count.all-actions", entries.len(), &[])
        },
        actions: pressing.filter_map(|entry| super::actions::item(cx, entry, "", false)).collect(),
        total: cx.words.count("count.all-postmortems", total, &[]),
        latest: (0..total).filter_map(|place| cx.entry(place, "", false)).take(LATEST).collect(),
        year: year(cx),
        on_this_day: on_this_day(cx),
        browse: [Kind::Source, Kind::Service, Kind::Factor]
            .into_iter()
            .filter_map(|kind| browse(cx, kind))
            .collect(),
    }
}

/// How the actions stand, as one sentence; none when no postmortem lists any.
fn lead(cx: &Cx<'_>, committed: usize) -> Vec<Tone> {
    let (words, summary) = (cx.words, &cx.site.summary.actions);
    let say = |tone, text: &str| Tone { tone, text: text.to_owned() };
    if committed == 0 {
        return Vec::new();
    }
    if summary.unfinished == 0 {
        let closed = words.count("home.all-closed", committed, &[]);
        return vec![say("strong", words.say("home.nothing-open")), say("plain", " "), say("plain", &closed)];
    }
    let asking = summary.unfinished_in();
    let postmortems = words.count("count.postmortems", asking, &[]);
    let oldest = summary.entries.iter().find(|entry| entry.is_overdue).and_then(|entry| entry.due);
    // The names of the two parts that stand out are kept, and the sentence is cut there.
    let sentence = match (summary.overdue, oldest) {
        (0, _) | (_, None) => words.fill("home.lead", &[("open", &"{open}"), ("postmortems", &postmortems)]),
        (late, Some(oldest)) => words.count(
            "home.lead-late",
            late,
            &[
                ("open", &"{open}"),
                ("late", &"{late}"),
                ("postmortems", &postmortems),
                ("day", &words.day(oldest.last_day())),
            ],
        ),
    };
    let open = words.count("home.open", summary.unfinished, &[]);
    let late = words.count("home.overdue", summary.overdue, &[]);
    let mut parts = Vec::new();
    for part in sentence.split_inclusive('}') {
        let (before, name) = part.split_once('{').unwrap_or((part, ""));
        parts.push(say("plain", before));
        match name {
            "open}" => parts.push(say("strong", &open)),
            "late}" => parts.push(say("over", &late)),
            _ => {}
        }
    }
    parts.retain(|part| !part.text.is_empty());
    parts
}

/// The year of `today`, or the last one that has a postmortem.
fn year(cx: &Cx<'_>) -> Option<Year> {
    let years = &cx.site.summary.groups.years;
    let this = cx.site.summary.today.year().to_string();
    let group = years.iter().find(|group| group.id == this).or_else(|| years.first())?;
    let number: i32 = group.id.parse().ok()?;
    let mut months: Vec<Month> = (1..=12)
        .map(|month| Month { name: short_name(cx, month), units: Vec::new(), more: String::new() })
        .collect();
    let mut left_out = [0; 12];
    let mut key = BTreeMap::new();
    let mut worst_first = group.postmortems.clone();
    worst_first.sort_by_key(|place| cx.cards.get(*place).map(|card| card.rank));
    for place in worst_first {
        let Some((postmortem, card)) = cx.at(place) else { continue };
        let Some(date) = &postmortem.date else { continue };
        let shown = severity_id(postmortem).map(|id| severity(cx.site.config, id));
        if let Some(shown) = &shown {
            key.entry((card.rank, shown.word.clone())).or_insert_with(|| shown.clone());
        }
        let at = date.value.month0() as usize;
        let (Some(month), Some(left_out)) = (months.get_mut(at), left_out.get_mut(at)) else { continue };
        if month.units.len() == UNITS {
            *left_out += 1;
            month.more = format!("+{}", cx.words.whole(*left_out));
            continue;
        }
        let word = shown.as_ref().map_or_else(|| cx.words.say("home.no-severity"), |severity| &severity.word);
        let text = cx.words.fill(
            "home.unit",
            &[("severity", &word), ("day", &cx.words.day(date.value)), ("title", &postmortem.title.value)],
        );
        let class = shown.as_ref().map_or("sev-none", |severity| severity.class.as_str()).to_owned();
        month.units.push(Unit { class, href: urls::from("", &card.page), text });
    }
    let count = group.postmortems.len();
    let before = years.iter().find(|group| group.id == (number - 1).to_string());
    let is_over = number < cx.site.summary.today.year();
    let sentence = match (before, is_over) {
        (None, true) => cx.words.count("home.year", count, &[]),
        (None, false) => cx.words.count("home.year-so-far", count, &[]),
        (Some(before), is_over) => {
            let key = if is_over { "home.year-after" } else { "home.year-against" };
            let earlier = cx.words.whole(before.postmortems.len());
            cx.words.count(key, count, &[("before", &earlier), ("year", &before.id)])
        }
    };
    Some(Year {
        title: group.name.clone(),
        all: cx.words.fill("home.all-of-year", &[("year", &group.name)]),
        href: urls::from("", &Kind::Year.page(group)),
        months,
        key: key.into_values().collect(),
        sentence,
    })
}

/// What happened on this day of earlier years, else in the days around it.
fn on_this_day(cx: &Cx<'_>) -> Option<OnThisDay> {
    let found = &cx.site.summary.anniversaries;
    let (title, places) = if found.on_the_day.is_empty() {
        ("home.around-this-day", &found.around_it)
    } else {
        ("home.on-this-day", &found.on_the_day)
    };
    let entries: Vec<_> =
        places.iter().filter_map(|place| anniversary(cx, *place)).take(ANNIVERSARIES).collect();
    (!entries.is_empty()).then_some(OnThisDay { title: cx.words.say(title).to_owned(), entries })
}

fn anniversary(cx: &Cx<'_>, place: usize) -> Option<EntryView> {
    let (postmortem, _) = cx.at(place)?;
    let years = cx.site.summary.today.year() - postmortem.date.as_ref()?.value.year();
    let mut entry = cx.entry(place, "", false)?;
    // In the first days of a year, the last days of the year before are no year ago.
    if let Some(years) = usize::try_from(years).ok().filter(|years| *years > 0) {
        entry.date_text = cx.words.count("home.years-ago", years, &[]);
    }
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
        all: cx.words.count("count.all", groups.len(), &[]),
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

/// The name of a month beside eleven others: they stand so close that a full stop would touch the next.
fn short_name(cx: &Cx<'_>, month: u32) -> String {
    cx.words.short_month(month).trim_end_matches('.').to_owned()
}
