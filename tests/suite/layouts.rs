//! What a team writes is what is read: an incident that nobody wrote, set down in any of the layouts that teams use,
//! reads back as that incident.

use std::fmt::Write as _;

use afterword::{
    config::Config,
    model::{ActionStatus, Milestone, Moment, Postmortem},
    pipeline,
    source::{SourceFile, Sources},
};
use chrono::{Duration, NaiveDate, NaiveDateTime, Timelike};
use proptest::prelude::*;

use crate::support::TODAY;

/// An incident as it was.
#[derive(Debug, Clone)]
struct Incident {
    title: &'static str,
    severity: Option<&'static str>,
    zone: Option<&'static str>,
    start: NaiveDateTime,
    /// Minutes to the next event, how sure its time is, how long it went on.
    events: Vec<(i64, bool, Option<i64>, &'static str)>,
    actions: Vec<Task>,
}

#[derive(Debug, Clone)]
struct Task {
    title: &'static str,
    owner: Option<&'static str>,
    is_done: bool,
    tracker: Option<u16>,
}

/// How a team writes it down.
#[derive(Debug, Clone, Copy)]
struct Layout {
    facts: Facts,
    day: Day,
    date: DateForm,
    clock: ClockForm,
    timeline: Timeline,
    actions: Actions,
    has_windows_line_ends: bool,
}

#[derive(Debug, Clone, Copy)]
enum Facts {
    Toml,
    Yaml,
    Table,
    Bold,
    Bullets,
}

/// Where the day of an event stands.
#[derive(Debug, Clone, Copy)]
enum Day {
    /// In front of each clock.
    EachEvent,
    /// In a heading or a line above the events of the day.
    Above,
    /// Among the facts alone; past midnight it is the next day.
    Facts,
}

#[derive(Debug, Clone, Copy)]
enum DateForm {
    Iso,
    Words,
    American,
    Dots,
    Japanese,
}

#[derive(Debug, Clone, Copy)]
enum ClockForm {
    Colon,
    Dot,
    HalfDays,
}

#[derive(Debug, Clone, Copy)]
enum Timeline {
    Bullets,
    BoldBullets,
    Table,
    DayTable,
    Headings,
    Paragraphs,
}

#[derive(Debug, Clone, Copy)]
enum Actions {
    Bullets,
    Numbers,
    Boxes,
    Table,
}

/// A moment, its end and its text, as an export would have them.
type Told = (String, bool, Option<String>, String);

impl Incident {
    fn moments(&self) -> Vec<(NaiveDateTime, bool, Option<NaiveDateTime>, &'static str)> {
        let mut at = self.start;
        let mut told = Vec::new();
        for (index, (gap, is_approximate, length, text)) in self.events.iter().enumerate() {
            if index > 0 {
                at += Duration::minutes(*gap);
            }
            let end = length.map(|minutes| at + Duration::minutes(minutes));
            told.push((at, *is_approximate, end, *text));
        }
        told
    }

    fn told(&self) -> Vec<Told> {
        let text = |at: NaiveDateTime| at.format("%Y-%m-%dT%H:%M").to_string();
        let told = self.moments().into_iter();
        told.map(|(at, is_approximate, end, words)| {
            (text(at), is_approximate, end.map(text), words.to_owned())
        })
        .collect()
    }
}

fn date(form: DateForm, day: NaiveDate) -> String {
    let form = match form {
        DateForm::Iso => "%Y-%m-%d",
        DateForm::Words => "%-d %B %Y",
        DateForm::American => "%B %-d, %Y",
        DateForm::Dots => "%d.%m.%Y",
        DateForm::Japanese => "%Y年%-m月%-d日",
    };
    day.format(form).to_string()
}

fn clock(form: ClockForm, at: NaiveDateTime) -> String {
    match form {
        ClockForm::Colon => at.format("%H:%M").to_string(),
        ClockForm::Dot => at.format("%H.%M").to_string(),
        ClockForm::HalfDays => {
            let (afternoon, hour) = at.hour12();
            format!("{hour}:{:02} {}", at.minute(), if afternoon { "pm" } else { "am" })
        }
    }
}

impl Layout {
    fn write(self, incident: &Incident) -> String {
        let mut out = String::new();
        self.facts(incident, &mut out);
        out.push_str("## Summary\n\nQueues grew and pages were slow.\n\n");
        self.timeline(incident, &mut out);
        self.actions(incident, &mut out);
        if self.has_windows_line_ends { out.replace('\n', "\r\n") } else { out }
    }

    fn facts(self, incident: &Incident, out: &mut String) {
        let day = incident.start.date();
        let (title, written) = (incident.title, date(self.date, day));
        let facts: Vec<(&str, String)> = [
            Some(("Date", written)),
            incident.severity.map(|severity| ("Severity", severity.to_owned())),
            incident.zone.map(|zone| ("Time zone", zone.to_owned())),
        ]
        .into_iter()
        .flatten()
        .collect();
        let quoted = |value: Option<&str>, key: &str, sign: &str| {
            value.map(|value| format!("{key}{sign}\"{value}\"\n")).unwrap_or_default()
        };
        let heading = format!("# {title}\n\n");
        match self.facts {
            Facts::Toml => {
                let severity = quoted(incident.severity, "severity", " = ");
                let zone = quoted(incident.zone, "zone", " = ");
                write!(out, "+++\ndate = {day}\n{severity}[times]\n{zone}+++\n\n{heading}")
            }
            Facts::Yaml => {
                let severity = quoted(incident.severity, "severity", ": ");
                let zone = quoted(incident.zone, "times:\n  zone", ": ");
                write!(out, "---\ndate: {day}\n{severity}{zone}---\n\n{heading}")
            }
            Facts::Table => {
                let rows: String =
                    facts.iter().map(|(key, value)| format!("| {key} | {value} |\n")).collect();
                write!(out, "{heading}| Fact | Value |\n|---|---|\n{rows}\n")
            }
            Facts::Bold => {
                let lines: String =
                    facts.iter().map(|(key, value)| format!("**{key}:** {value}\n\n")).collect();
                write!(out, "{heading}{lines}")
            }
            Facts::Bullets => {
                let lines: String = facts.iter().map(|(key, value)| format!("- {key}: {value}\n")).collect();
                write!(out, "{heading}{lines}\n")
            }
        }
        .unwrap();
    }

    fn timeline(self, incident: &Incident, out: &mut String) {
        out.push_str("## Timeline\n\n");
        let is_table = matches!(self.timeline, Timeline::Table | Timeline::DayTable);
        let head = match self.timeline {
            Timeline::DayTable => "| Date | Time | Event |\n|---|---|---|\n",
            _ if is_table => "| Time | What happened |\n|---|---|\n",
            _ => "",
        };
        let mut last = None;
        for (at, is_approximate, end, text) in incident.moments() {
            let is_new_day = last != Some(at.date());
            if is_new_day && matches!(self.day, Day::Above) && !matches!(self.timeline, Timeline::DayTable) {
                let day = date(self.date, at.date());
                let gap = if last.is_some() { "\n" } else { "" };
                match self.timeline {
                    Timeline::Headings => write!(out, "{gap}### {day}\n\n"),
                    Timeline::Paragraphs => write!(out, "{gap}**{day}**\n\n"),
                    _ => write!(out, "{gap}### {day}\n\n{head}"),
                }
                .unwrap();
            } else if last.is_none() {
                out.push_str(head);
            }
            last = Some(at.date());
            let about = if is_approximate { "~" } else { "" };
            let end = end.map(|end| format!("–{}", clock(self.clock, end))).unwrap_or_default();
            let clock = format!("{about}{}{end}", clock(self.clock, at));
            let day = match (self.timeline, self.day) {
                (Timeline::DayTable, _) | (_, Day::EachEvent) => date(self.date, at.date()),
                _ => String::new(),
            };
            let when = format!("{day} {clock}");
            let when = when.trim();
            match self.timeline {
                Timeline::Bullets => writeln!(out, "- {when} {text}"),
                Timeline::BoldBullets => writeln!(out, "- **{when}** – {text}"),
                Timeline::Table => writeln!(out, "| {when} | {text} |"),
                Timeline::DayTable => writeln!(out, "| {day} | {clock} | {text} |"),
                Timeline::Headings => writeln!(out, "#### {when}\n\n{text}\n"),
                Timeline::Paragraphs => writeln!(out, "{when}: {text}\n"),
            }
            .unwrap();
        }
        out.push('\n');
    }

    fn actions(self, incident: &Incident, out: &mut String) {
        if incident.actions.is_empty() {
            return;
        }
        out.push_str("## Action items\n\n");
        if matches!(self.actions, Actions::Table) {
            out.push_str("| Action | Owner | Status | Issue |\n|---|---|---|---|\n");
        }
        for (index, task) in incident.actions.iter().enumerate() {
            let owner = task.owner.map(|owner| format!(" (owner: {owner})")).unwrap_or_default();
            let issue = task.tracker.map(|number| format!("[OPS-{number}](https://ops.example/{number})"));
            let link = issue.as_ref().map(|issue| format!(" ({issue})")).unwrap_or_default();
            let title = task.title;
            let done = if task.is_done { " - DONE" } else { "" };
            match self.actions {
                Actions::Bullets => writeln!(out, "- {title}{owner}{link}{done}"),
                Actions::Numbers => writeln!(out, "{}. {title}{owner}{link}{done}", index + 1),
                Actions::Boxes => {
                    let mark = if task.is_done { 'x' } else { ' ' };
                    writeln!(out, "- [{mark}] {title}{owner}{link}")
                }
                Actions::Table => {
                    let state = if task.is_done { "Done" } else { "Open" };
                    let (owner, issue) = (task.owner.unwrap_or_default(), issue.unwrap_or_default());
                    writeln!(out, "| {title} | {owner} | {state} | {issue} |")
                }
            }
            .unwrap();
        }
    }
}

fn read(text: &str) -> Postmortem {
    let sources =
        Sources { documents: vec![SourceFile::new("postmortems/incident.md", text)], ..Sources::default() };
    let analysis = pipeline::analyze(sources, Config::default(), Vec::new(), TODAY.parse().unwrap());
    analysis.archive.postmortems()[0].clone()
}

/// Without the offset, which the clock of the author does not have.
fn written(moment: &Moment) -> String {
    moment.iso().chars().take("2026-03-14T13:02".len()).collect()
}

fn incident() -> impl Strategy<Value = Incident> {
    let events =
        prop::sample::subsequence(EVENTS.to_vec(), 1..=EVENTS.len()).prop_shuffle().prop_flat_map(|texts| {
            texts
                .into_iter()
                .map(|text| {
                    // A step back of more than half a day is midnight, so a gap is less than half a day.
                    let gap = 1..=600_i64;
                    (gap, prop::bool::weighted(0.2), prop::option::weighted(0.2, 1..=90_i64), Just(text))
                })
                .collect::<Vec<_>>()
        });
    let task = |title: &'static str| {
        let owner = prop::option::of(prop::sample::select(vec!["@jamie", "Search team", "Robin"]));
        (owner, any::<bool>(), prop::option::of(1..9999_u16))
            .prop_map(move |(owner, is_done, tracker)| Task { title, owner, is_done, tracker })
    };
    let actions = prop::sample::subsequence(TASKS.to_vec(), 0..=TASKS.len())
        .prop_flat_map(move |titles| titles.into_iter().map(task).collect::<Vec<_>>());
    let start = (2015..2030_i32, 1..=366_u32, 0..1440_i64).prop_map(|(year, day, minute)| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let day = NaiveDate::from_yo_opt(year, day).unwrap_or(first);
        day.and_hms_opt(0, 0, 0).unwrap() + Duration::minutes(minute)
    });
    (
        prop::sample::select(vec!["Search was slow", "Checkout timed out", "Night of the full disk"]),
        prop::option::of(prop::sample::select(vec!["SEV1", "SEV-2", "High"])),
        prop::option::of(prop::sample::select(vec!["UTC", "CET", "Europe/Oslo"])),
        start,
        events,
        actions,
    )
        .prop_map(|(title, severity, zone, start, events, actions)| Incident {
            title,
            severity,
            zone,
            start,
            events,
            actions,
        })
}

fn layout() -> impl Strategy<Value = Layout> {
    use prop::sample::select;
    (
        select(vec![Facts::Toml, Facts::Yaml, Facts::Table, Facts::Bold, Facts::Bullets]),
        select(vec![Day::EachEvent, Day::Above, Day::Facts]),
        select(vec![DateForm::Iso, DateForm::Words, DateForm::American, DateForm::Dots, DateForm::Japanese]),
        select(vec![ClockForm::Colon, ClockForm::Dot, ClockForm::HalfDays]),
        select(vec![
            Timeline::Bullets,
            Timeline::BoldBullets,
            Timeline::Table,
            Timeline::DayTable,
            Timeline::Headings,
            Timeline::Paragraphs,
        ]),
        select(vec![Actions::Bullets, Actions::Numbers, Actions::Boxes, Actions::Table]),
        any::<bool>(),
    )
        .prop_map(|(facts, day, date, clock, timeline, actions, has_windows_line_ends)| Layout {
            facts,
            day,
            date,
            clock,
            timeline,
            actions,
            has_windows_line_ends,
        })
}

const EVENTS: [&str; 8] = [
    "A new version goes out to half of the hosts",
    "The queue of the mail service grows",
    "Latency rises to 4 seconds in the north",
    "On-call looks at the graphs of the database",
    "The change of the morning is taken back",
    "Second look: one replica lags behind",
    "Search answers again within 200 ms",
    "Caches are warm",
];

const TASKS: [&str; 5] = [
    "Add an alert on the depth of the queue",
    "Document how a replica is rebuilt",
    "Take the old load balancer out of service",
    "Test restores once a month",
    "Write a limit for the size of uploads",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn an_incident_reads_back_from_any_layout(incident in incident(), layout in layout()) {
        let text = layout.write(&incident);
        let read = read(&text);
        prop_assert_eq!(&read.title.value, incident.title, "{}", text);
        let day = read.date.as_ref().map(|date| date.value);
        prop_assert_eq!(day, Some(incident.start.date()), "{}", text);
        prop_assert_eq!(read.severity.as_ref().map(|fact| fact.value.as_str()), incident.severity, "{}", text);
        let told: Vec<Told> = read
            .timeline
            .iter()
            .map(|event| {
                (written(&event.at), event.at.approximate, event.end.as_ref().map(written), event.text.clone())
            })
            .collect();
        prop_assert_eq!(told, incident.told(), "{}", text);
        prop_assert_eq!(read.zone.is_some(), incident.zone.is_some(), "{}", text);
        let tasks: Vec<_> = read
            .actions
            .iter()
            .map(|action| {
                let owner = action.owner.as_ref().map(|owner| owner.value.clone());
                (action.title.clone(), owner, action.status.value == ActionStatus::Done, action.trackers.len())
            })
            .collect();
        let expected: Vec<_> = incident
            .actions
            .iter()
            .map(|task| {
                let owner = task.owner.map(str::to_owned);
                (task.title.to_owned(), owner, task.is_done, usize::from(task.tracker.is_some()))
            })
            .collect();
        prop_assert_eq!(tasks, expected, "{}", text);
    }

    #[test]
    fn stated_milestones_read_back_from_any_layout(
        start in 0..500_000_i64,
        gaps in prop::array::uniform3(1..2000_i64),
        layout in layout(),
    ) {
        let first = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        let mut at = first + Duration::minutes(start);
        let mut stated = Vec::new();
        for ((name, milestone), gap) in MILESTONES.into_iter().zip(gaps) {
            stated.push((name, milestone, at));
            at += Duration::minutes(gap);
        }
        let when = |at: NaiveDateTime| format!("{} {}", date(layout.date, at.date()), clock(layout.clock, at));
        let lines: String = match layout.facts {
            Facts::Table => {
                let rows = stated.iter().map(|(name, _, at)| format!("| {name} | {} |\n", when(*at)));
                format!("| | |\n|---|---|\n{}", rows.collect::<String>())
            }
            Facts::Bold => stated.iter().map(|(name, _, at)| format!("**{name}**: {}\n\n", when(*at))).collect(),
            _ => stated.iter().map(|(name, _, at)| format!("- {name}: {}\n", when(*at))).collect(),
        };
        let text = format!("# Search was slow\n\n{lines}\n## Summary\n\nPages were slow.\n");
        let read = read(&text);
        for (_, milestone, at) in stated {
            let found = read.time(milestone).map(written);
            prop_assert_eq!(found, Some(at.format("%Y-%m-%dT%H:%M").to_string()), "{}", text);
        }
    }
}

const MILESTONES: [(&str, Milestone); 3] = [
    ("Started", Milestone::Started),
    ("First detected", Milestone::Detected),
    ("Resolved", Milestone::Resolved),
];
