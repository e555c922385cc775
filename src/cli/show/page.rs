//! One postmortem as a page of text.

use anstyle::Style;

use crate::{
    aggregate::{ActionEntry, Minutes, Reading, Reason},
    cli::{Io, bars::bar, io, sheet::Sheet},
    diagnostic::{Diagnostic, Level},
    explain::{Subject, clock_mark, day_mark, measure_note, zone_mark},
    model::{ActionItem, Archive, Moment, Origin, TimelineEvent, moment::clock_text},
    report::visible,
    words::{Count, duration, list, minutes},
};

/// How wide the bar of a budget is.
const BUDGET: usize = 10;

const PLAIN: Style = Style::new();

pub(super) fn text(
    subject: &Subject<'_>,
    archive: &Archive,
    findings: &[Diagnostic],
    path: &str,
    io: &Io<'_>,
) -> String {
    let postmortem = subject.postmortem;
    let mut sheet = Sheet::new(io);
    sheet.text(0, &visible(&postmortem.title.value), io::STRONG);
    sheet.text(0, &head(subject), PLAIN);
    if let Some(summary) = &postmortem.impact.summary {
        sheet.blank();
        sheet.text(0, &visible(&summary.value), PLAIN);
    }
    measures(&mut sheet, subject);
    budgets(&mut sheet, subject, io);
    timeline(&mut sheet, subject);
    actions(&mut sheet, subject);
    related(&mut sheet, subject, archive);
    let own =
        |level| findings.iter().filter(|found| found.path == postmortem.path && found.level == level).count();
    let (errors, warnings) = (own(Level::Error), own(Level::Warning));
    let path = visible(path);
    let counts: Vec<String> = [Count(errors, "error"), Count(warnings, "warning")]
        .into_iter()
        .filter(|count| count.0 > 0)
        .map(|count| count.to_string())
        .collect();
    let last = if counts.is_empty() {
        path
    } else {
        format!("{path}: {}, shown by `afterword check`", list(&counts))
    };
    sheet.blank();
    sheet.line(0, &last, "", io::FAINT);
    sheet.finish()
}

/// Severity, status, day, services; what is concluded is marked with the word.
fn head(subject: &Subject<'_>) -> String {
    let postmortem = subject.postmortem;
    let mut parts = Vec::new();
    parts.push(match &postmortem.severity {
        Some(severity) => visible(&severity.value),
        None => "no severity stated".to_owned(),
    });
    parts.extend(postmortem.status.as_ref().map(|status| status.value.words().to_lowercase()));
    if postmortem.near_miss {
        parts.push("near miss".to_owned());
    }
    parts.push(match &postmortem.date {
        Some(date) if postmortem.is_date_inferred() => format!("{} (inferred)", date.value),
        Some(date) => date.value.to_string(),
        None => "no date known".to_owned(),
    });
    parts.extend(postmortem.services.iter().map(|service| visible(&service.value)));
    parts.join(" · ")
}

fn measures(sheet: &mut Sheet<'_, '_>, subject: &Subject<'_>) {
    sheet.heading("Measures");
    let rows: Vec<_> = subject
        .summary
        .measures
        .iter()
        .filter_map(|measure| {
            let reading = *measure.readings.get(subject.place)?;
            let value = reading.seconds().map_or_else(|| state(reading).to_owned(), duration);
            Some((
                visible(&measure.measure.name),
                value,
                measure_note(subject.postmortem, &measure.measure, reading),
            ))
        })
        .collect();
    let name_width = rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or_default();
    let value_width = rows.iter().map(|(_, value, _)| value.chars().count()).max().unwrap_or_default();
    for (name, value, note) in rows {
        sheet.row(2, (&name, PLAIN), name_width, &format!("{value:value_width$}  {note}"));
    }
}

/// What it cost of error budgets, against what a window of each allows.
fn budgets(sheet: &mut Sheet<'_, '_>, subject: &Subject<'_>, io: &Io<'_>) {
    let costs = &subject.postmortem.impact.slo;
    if costs.is_empty() {
        return;
    }
    sheet.heading("Error budgets");
    let width = costs.iter().map(|cost| visible(&cost.slo).chars().count()).max().unwrap_or_default();
    for cost in costs {
        let slo = subject.config.slo(&cost.slo);
        let spent = Minutes::of(subject.postmortem, cost, slo, subject.config);
        let text =
            match (spent.known(), slo.map(|slo| (slo.allowed_minutes(slo.window_days), slo.window_days))) {
                (None, _) => "unknown: neither bad minutes nor the length of the impact".to_owned(),
                (Some(spent), None) => minutes(spent),
                (Some(spent), Some((allowed, days))) => {
                    let bar = bar(spent, allowed, BUDGET, io.unicode);
                    format!("{} of {} that {days} days allow  {bar}", minutes(spent), minutes(allowed))
                }
            };
        let computed = if matches!(spent, Minutes::Computed(_)) { ", computed from the impact" } else { "" };
        sheet.row(2, (&visible(&cost.slo), PLAIN), width, &format!("{}{computed}", text.trim_end()));
    }
}

fn state(reading: Reading) -> &'static str {
    if reading == Reading::Missing { "N/A" } else { reading.key() }
}

fn timeline(sheet: &mut Sheet<'_, '_>, subject: &Subject<'_>) {
    let events = &subject.postmortem.timeline;
    let zones: Vec<_> = events.iter().filter_map(|event| event.at.zone.as_ref()).collect();
    let one = zones.first().filter(|first| zones.iter().all(|zone| zone == *first));
    let is_mixed = one.is_none() && !zones.is_empty();
    let marks = events.iter().find_map(|event| zone_mark(&event.at));
    match (one, events.is_empty(), is_mixed) {
        (_, true, _) => sheet.heading("Timeline: no events"),
        (Some(zone), ..) => {
            let mark = marks.map(|mark| format!(", inferred: {}", mark.words())).unwrap_or_default();
            sheet.heading(&format!("Timeline ({}{mark})", visible(&zone.to_string())));
        }
        (None, _, true) => sheet.heading("Timeline"),
        (None, _, false) => sheet.heading("Timeline (no zone stated)"),
    }
    let clocks: Vec<String> = events.iter().map(|event| clock(event, is_mixed)).collect();
    let width = clocks.iter().map(|clock| clock.chars().count()).max().unwrap_or_default();
    let mut day = None;
    for (event, clock) in events.iter().zip(&clocks) {
        let mark = day_mark(&event.at);
        if event.at.date.is_some() && day != event.at.date {
            let mark = mark.map(|mark| format!(" (inferred: {})", mark.words())).unwrap_or_default();
            let date = event.at.date.map(|date| date.to_string()).unwrap_or_default();
            sheet.text(2, &format!("{date}{mark}"), io::FAINT);
            day = event.at.date;
        }
        let milestone = milestone(subject, event).map(|mark| format!("  [{mark}]")).unwrap_or_default();
        let half = clock_mark(&event.at).map(|mark| format!("  (inferred: {})", mark.words()));
        let half = half.unwrap_or_default();
        sheet.row(2, (clock, PLAIN), width, &format!("{}{milestone}{half}", visible(&event.text)));
    }
}

/// The milestone that an event marks, or that its words suggest.
fn milestone(subject: &Subject<'_>, event: &TimelineEvent) -> Option<String> {
    if let Some(milestone) = event.milestone {
        return Some(milestone.key().to_owned());
    }
    let suggested = subject.postmortem.times.iter().find(|(_, fact)| {
        fact.origin == Origin::Inferred && fact.span == event.at_span && !event.at_span.is_empty()
    });
    suggested.map(|(milestone, _)| format!("{}, inferred", milestone.key()))
}

fn clock(event: &TimelineEvent, with_zone: bool) -> String {
    let one = |moment: &Moment| {
        let about = if moment.approximate { "~" } else { "" };
        moment.clock.map(|clock| format!("{about}{}", clock_text(clock)))
    };
    let start = match (one(&event.at), event.at.date) {
        (Some(clock), _) => clock,
        (None, Some(_)) => "all day".to_owned(),
        (None, None) => "time unknown".to_owned(),
    };
    let end = event.end.as_deref().and_then(one).map(|end| format!("–{end}")).unwrap_or_default();
    let zone =
        event.at.zone.as_ref().filter(|_| with_zone).map(|zone| format!(" {}", visible(&zone.to_string())));
    format!("{start}{end}{}", zone.unwrap_or_default())
}

fn actions(sheet: &mut Sheet<'_, '_>, subject: &Subject<'_>) {
    let items = &subject.postmortem.actions;
    if items.is_empty() {
        sheet.heading("Action items: none");
        return;
    }
    let entries: Vec<Option<&ActionEntry>> = (0..items.len()).map(|nth| subject.entry(nth)).collect();
    let count = |is: fn(&ActionEntry) -> bool| entries.iter().flatten().filter(|entry| is(entry)).count();
    let unfinished = count(|entry| entry.status.is_unfinished());
    let overdue = count(|entry| entry.is_overdue);
    sheet.heading(&format!("Action items: {unfinished} of {} unfinished, {overdue} overdue", items.len()));
    for (item, entry) in items.iter().zip(entries) {
        let is_overdue = entry.is_some_and(|entry| entry.is_overdue);
        let (word, style) = match item.status.value {
            _ if is_overdue => ("overdue", io::ERROR),
            status if status.is_unfinished() => (status.words(), io::WARNING),
            status => (status.words(), io::FAINT),
        };
        sheet.row(2, (word, style), 11, &format!("{}  {}", visible(&item.title), about(item, entry)));
    }
}

/// Who, until when, how urgent.
fn about(item: &ActionItem, entry: Option<&ActionEntry>) -> String {
    let owner = match &item.owner {
        Some(owner) => visible(&owner.value),
        None => "no owner".to_owned(),
    };
    let due = entry.and_then(|entry| entry.due).map(|due| format!("due {due}"));
    let priority = item.priority.as_ref().map(|priority| visible(&priority.value));
    let parts: Vec<String> = [Some(owner), priority, due].into_iter().flatten().collect();
    format!("({})", parts.join(", "))
}

/// What belongs together with it, and why.
fn related(sheet: &mut Sheet<'_, '_>, subject: &Subject<'_>, archive: &Archive) {
    let related = subject.summary.related.of(archive, subject.place);
    let found: Vec<_> =
        related.iter().filter_map(|one| Some((one, archive.postmortems().get(one.postmortem)?))).collect();
    if found.is_empty() {
        return;
    }
    sheet.heading("Related");
    let width =
        found.iter().map(|(_, other)| visible(&other.id.value).chars().count()).max().unwrap_or_default();
    for (one, other) in found {
        let reasons = Reason::told(&one.reasons, |_, name| visible(name));
        sheet.row(2, (&visible(&other.id.value), PLAIN), width, &reasons);
    }
    if let Some(chain) = subject.summary.related.chain(archive, subject.place, &related) {
        let first = chain
            .postmortems
            .iter()
            .filter_map(|at| archive.postmortems().get(*at))
            .find_map(|one| one.date.as_ref());
        let since = first.map(|date| format!(" since {}", date.value.format("%B %Y"))).unwrap_or_default();
        let count = chain.postmortems.len();
        let text = if chain.is_stated {
            format!("{count} times{since}, as documents state")
        } else {
            format!("{count} alike{since}, concluded from what they share")
        };
        sheet.text(2, &text, PLAIN);
    }
}
