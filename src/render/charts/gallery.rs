//! Every chart at its easiest and at its hardest, through the templates, on one page: `target/charts/index.html`.

use serde::Serialize;
use tera::{Context, Tera};

use super::timeline::{Event, Input, Stamp, Window, timeline};
use crate::model::{Milestone, Zone};

const NOON: i64 = 1_773_489_600; // 2026-03-14 12:00 UTC

/// Writes a component's HTML.
fn drawn(component: &str, view: &impl Serialize) -> String {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/components/");
    let page = format!("{{{{<{component} of={{of}} />}}}}");
    let text = read(&format!("{root}{component}.html"));
    tera.add_raw_templates(vec![("component.html", text.as_str()), ("page.html", page.as_str())]).unwrap();
    let mut context = Context::new();
    context.insert("of", view);
    tera.render("page.html", &context).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the gallery is a file for people to look at")]
fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the gallery is a file for people to look at")]
fn write(name: &str, text: &str) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/charts");
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(format!("{folder}/{name}"), text).unwrap();
}

/// What no chart may contain, and that its tags are closed.
fn sound(html: &str) {
    for wrong in ["NaN", "inf%", "\"-", " style=", "<script", "{{", "}}"] {
        let found =
            html.find(wrong).map(|at| html[at.saturating_sub(60)..].chars().take(120).collect::<String>());
        assert!(
            found.is_none()
                || wrong == "\"-"
                    && found.as_deref().is_some_and(|found| found.contains("dx=\"-")
                        || found.contains("y=\"-")
                        || found.contains("x=\"-")),
            "{wrong}: {found:?}"
        );
    }
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

fn stamp(seconds: i64) -> Stamp {
    let clock = crate::render::charts::scale::local(NOON + seconds, None).format("%H:%M").to_string();
    Stamp { at: NOON + seconds, clock, approximate: false }
}

fn event(minutes: i64, text: &str) -> Event {
    Event {
        at: Some(stamp(minutes * 60)),
        end: None,
        text: text.into(),
        anchor: format!("event-{minutes}"),
        is_milestone: false,
    }
}

fn timelines() -> Vec<(&'static str, Input)> {
    let usual = Input {
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
    };
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
            })
            .collect(),
        windows: vec![],
    };
    let day = 24 * 60;
    let weeks = Input {
        id: "t4".into(),
        zone: Some(Zone::Fixed { minutes: 60, name: "CET".into() }),
        milestones: vec![
            (Milestone::Introduced, stamp(-21 * day * 60)),
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
            (-21 * day, "Certificate issued for 21 days"),
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
    };
    let slow = Input {
        id: "t5".into(),
        zone: None,
        milestones: vec![
            (Milestone::Started, stamp(0)),
            (Milestone::Mitigated, stamp(9 * day * 60)),
            (Milestone::Resolved, stamp(21 * day * 60)),
        ],
        events: (0..22)
            .map(|n| event(n * day + n * 31, "Another day of data repair, with more rows found"))
            .chain([Event { at: None, ..event(99, "Somebody notices") }])
            .collect(),
        windows: vec![],
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
        ("The usual", usual),
        ("One event", one),
        ("Sixty events in ten minutes", burst),
        ("Latent for three weeks, three windows", weeks),
        ("Three weeks, no detection, no zone", slow),
        ("No events, over midnight, detected early", night),
        ("No milestones, thirty events", only_events),
    ]
}

#[test]
fn the_gallery_is_drawn() {
    let mut body = String::new();
    for (name, input) in timelines() {
        let html = drawn("chart_timeline", &timeline(&input).unwrap());
        sound(&html);
        body.push_str(&format!("<h2>{name}</h2>\n{html}\n"));
    }
    let css: String = ["tokens", "base", "article", "parts", "charts"]
        .iter()
        .map(|name| read(&format!("{}/themes/afterword/static/{name}.css", env!("CARGO_MANIFEST_DIR"))))
        .collect();
    write("style.css", &css);
    write(
        "index.html",
        &format!(
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
             <title>Charts</title><link rel=stylesheet href=style.css><main class=wide>\n{body}</main>"
        ),
    );
}

#[test]
fn nothing_gives_no_timeline() {
    assert_eq!(timeline(&Input::default()), None);
}
