//! What a team writes is what is read: an incident that nobody wrote, set down in any of the layouts that teams use,
//! reads back as that incident.

mod written;

use afterword::{
    config::Config,
    model::{ActionStatus, Milestone, Moment, Postmortem},
    pipeline,
    source::{SourceFile, Sources},
};
use chrono::{Duration, NaiveDate, NaiveDateTime};
use proptest::prelude::*;

use crate::support::TODAY;
use written::{
    Actions, ClockForm, DateForm, Day, Facts, Incident, Layout, Task, Timeline, Told, clock, date,
};

fn read(text: &str) -> Postmortem {
    let sources =
        Sources { documents: vec![SourceFile::new("postmortems/incident.md", text)], ..Sources::default() };
    let analysis = pipeline::analyze(sources, Config::default(), Vec::new(), TODAY.parse().unwrap());
    analysis.archive.postmortems()[0].as_ref().clone()
}

/// Without the offset, which the clock of the author does not have.
fn written(moment: &Moment) -> String {
    moment.iso().chars().take("2026-03-14T13:02".len()).collect()
}

pub fn incident() -> impl Strategy<Value = Incident> {
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

pub fn layout() -> impl Strategy<Value = Layout> {
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
                (written(&event.at), event.at.approximate, event.end.as_deref().map(written), event.text.clone())
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
                format!("| | |\n|---|---|\n{}", rows.collect::<Vec<_>>().concat())
            }
            Facts::Bold => stated.iter().map(|(name, _, at)| format!("**{name}**: {}\n\n", when(*at))).collect::<Vec<_>>().concat(),
            _ => stated.iter().map(|(name, _, at)| format!("- {name}: {}\n", when(*at))).collect::<Vec<_>>().concat(),
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
