//! Timelines: the usual one, and those that are hard to draw.

use crate::{
    model::{Milestone, Zone},
    render::charts::timeline::{Event, Input, Stamp, Window},
};

const NOON: i64 = 1_773_489_600; // 2026-03-14 12:00 UTC
/// In minutes.
const DAY: i64 = 24 * 60;

fn stamp(seconds: i64) -> Stamp {
    let clock = crate::render::charts::scale::local(NOON + seconds, None).format("%H:%M").to_string();
    Stamp { at: NOON + seconds, clock, iso: String::new(), approximate: false }
}

fn event(minutes: i64, text: &str) -> Event {
    Event {
        at: Some(stamp(minutes * 60)),
        end: None,
        text: text.into(),
        anchor: format!("event-{minutes}"),
        is_milestone: false,
        mark: String::new(),
    }
}

fn usual() -> Input {
    Input {
        id: "t1".into(),
        zone: Some(Zone::utc()),
        milestones: vec![
            (Milestone::Started, stamp(62 * 60)),
            (Milestone::Detected, stamp(69 * 60)),
            (Milestone::Mitigated, stamp(101 * 60)),
            (Milestone::Resolved, stamp(140 * 60)),
        ],
        events: vec![
            event(62, "Deploy of checkout 1.84 completes; pool size per process takes effect"),
            Event { is_milestone: true, ..event(69, "Latency alert pages the on-call") },
            event(74, "On-call opens the dashboard, p99 at 9 s"),
            event(80, "Rollback considered, deploy looks unrelated"),
            Event {
                at: Some(Stamp { approximate: true, ..stamp(88 * 60) }),
                ..event(88, "Database team joins")
            },
            event(96, "Pool saturation seen in the connection metrics"),
            Event { is_milestone: true, ..event(101, "Pool size capped by configuration") },
            Event { end: Some(stamp(133 * 60)), ..event(110, "Queues drain") },
            event(140, "All checks green; incident closed"),
        ],
        windows: vec![],
        ..Input::default()
    }
}

fn latent() -> Input {
    Input {
        id: "t4".into(),
        zone: Some(Zone::Fixed { minutes: 60, name: "CET".into() }),
        milestones: vec![
            (Milestone::Introduced, stamp(-21 * DAY * 60)),
            (Milestone::Started, stamp(0)),
            (Milestone::Detected, stamp(7 * 60)),
            (Milestone::Acknowledged, stamp(9 * 60)),
            (Milestone::Declared, stamp(12 * 60)),
            (Milestone::Identified, stamp(30 * 60)),
            (Milestone::PublicNotice, stamp(33 * 60)),
            (Milestone::Mitigated, stamp(41 * 60)),
            (Milestone::Ended, stamp(78 * 60)),
            (Milestone::Resolved, stamp(78 * 60)),
        ],
        events: [
            (-21 * DAY, "Certificate issued for 21 days"),
            (0, "Certificate expires"),
            (7, "First customer report"),
            (12, "Declared"),
            (30, "Cause found"),
            (41, "New certificate on half of the fleet"),
            (78, "All nodes renewed"),
        ]
        .map(|(at, text)| event(at, text))
        .into(),
        windows: vec![
            Window { label: "EU · checkout".into(), from: stamp(0), to: Some(stamp(41 * 60)) },
            Window { label: "US · checkout".into(), from: stamp(5 * 60), to: Some(stamp(78 * 60)) },
            Window { label: "US · billing".into(), from: stamp(60 * 60), to: None },
        ],
        ..Input::default()
    }
}

pub(super) fn all() -> Vec<(&'static str, Input)> {
    let one = Input { id: "t2".into(), events: vec![event(5, "Pager fires")], ..Input::default() };
    let burst = Input {
        id: "t3".into(),
        zone: Some(Zone::utc()),
        milestones: vec![
            (Milestone::Started, stamp(0)),
            (Milestone::Detected, stamp(60)),
            (Milestone::Resolved, stamp(600)),
        ],
        events: (0..60)
            .map(|n| Event {
                at: Some(stamp(n * 10)),
                end: None,
                text: format!("Alert {n}"),
                anchor: format!("e{n}"),
                is_milestone: n == 6,
                mark: String::new(),
            })
            .collect(),
        windows: vec![],
        ..Input::default()
    };
    let slow = Input {
        id: "t5".into(),
        zone: None,
        milestones: vec![
            (Milestone::Started, stamp(0)),
            (Milestone::Mitigated, stamp(9 * DAY * 60)),
            (Milestone::Resolved, stamp(21 * DAY * 60)),
        ],
        events: (0..22)
            .map(|n| event(n * DAY + n * 31, "Another day of data repair, with more rows found"))
            .chain([Event { at: None, ..event(99, "Somebody notices") }])
            .collect(),
        windows: vec![],
        ..Input::default()
    };
    let night = Input {
        id: "t6".into(),
        zone: Some(Zone::utc()),
        milestones: vec![
            (Milestone::Detected, stamp(11 * 3600)),
            (Milestone::Started, stamp(11 * 3600 + 600)),
            (Milestone::Resolved, stamp(15 * 3600)),
        ],
        events: vec![],
        windows: vec![],
        ..Input::default()
    };
    let only_events = Input {
        id: "t7".into(),
        zone: Some(Zone::utc()),
        events: (0..30)
            .map(|n| event(n * n, "Something with a rather long description of what was seen"))
            .collect(),
        ..Input::default()
    };
    vec![
        ("The usual", usual()),
        ("One event", one),
        ("Sixty events in ten minutes", burst),
        ("Latent for three weeks, three windows", latent()),
        ("Three weeks, no detection, no zone", slow),
        ("No events, over midnight, detected early", night),
        ("No milestones, thirty events", only_events),
    ]
}
