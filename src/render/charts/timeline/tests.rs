//! What timelines are drawn.

use super::*;
use crate::model::{
    Moment, TimelineEvent, Zone,
    fixture::{self, at, postmortem, with_times},
};
use crate::render::{charts::place::text_width, view::Clock, words::english};

fn event(time: &str, text: &str) -> TimelineEvent {
    fixture::event(at(time), text)
}

fn clock(text: &str, iso: &str, until: &str) -> Clock {
    Clock { text: text.into(), iso: iso.into(), until: until.into(), is_zoned: false }
}

fn drawing_of(input: &Input) -> Option<TimelineView> {
    timeline(input, &english())
}

fn drawn(times: &[(Milestone, &str)], events: &[(&str, &str)]) -> Option<TimelineView> {
    let mut postmortem = with_times(postmortem("a", "2026-03-14"), times);
    postmortem.timeline = events.iter().map(|(time, text)| event(time, text)).collect();
    drawing_of(&Input::of(&postmortem, &english(), "t", |index| format!("event-{}", index + 1)))
}

fn phases_of(times: &[(Milestone, &str)]) -> Vec<String> {
    let view = drawn(times, &[]).unwrap();
    view.phases
        .into_iter()
        .map(|phase| format!("{} {}", phase.name, phase.length.replace('\u{a0}', " ")))
        .collect()
}

#[test]
fn phases_lie_between_the_milestones_that_are_known() {
    use Milestone::{Detected, Ended, Introduced, Mitigated, Resolved, Started};
    let all = [
        (Introduced, "2026-03-13 13:02"),
        (Started, "2026-03-14 13:02"),
        (Detected, "2026-03-14 13:09"),
        (Mitigated, "2026-03-14 13:41"),
        (Resolved, "2026-03-14 14:20"),
    ];
    assert_eq!(phases_of(&all), ["Latent 1 d", "Unseen 7 min", "Response 32 min", "Recovery 39 min"]);
    let undetected = [(Started, "2026-03-14 13:02"), (Ended, "2026-03-14 14:20")];
    assert_eq!(phases_of(&undetected), ["Impact 1 h 18 min"]);
    let early =
        [(Detected, "2026-03-14 13:00"), (Started, "2026-03-14 13:02"), (Resolved, "2026-03-14 14:02")];
    assert_eq!(phases_of(&early), ["Response 1 h"]);
    let inverted = [
        (Started, "2026-03-14 13:02"),
        (Detected, "2026-03-14 13:09"),
        (Mitigated, "2026-03-14 12:00"),
        (Resolved, "2026-03-14 13:19"),
    ];
    assert_eq!(phases_of(&inverted), ["Unseen 7 min", "Response 10 min"]);
}

#[test]
fn events_are_drawn_on_a_true_scale_and_lead_to_their_lines() {
    let view = drawn(&[], &[("2026-03-14 13:00", "a"), ("2026-03-14 13:30", "b"), ("2026-03-14 14:00", "c")])
        .unwrap();
    let points: Vec<_> = view.drawings[1]
        .geometry
        .points
        .iter()
        .map(|point| (point.at, point.anchor.as_str(), point.name.as_str()))
        .collect();
    assert_eq!(
        points,
        [(0.0, "event-1", "1. 13:00: a"), (0.5, "event-2", "2. 13:30: b"), (1.0, "event-3", "3. 14:00: c")]
    );
    assert_eq!((view.zone.as_str(), view.notes), ("UTC", Vec::<String>::new()));
    assert!(view.description.ends_with("3\u{a0}events. Times in UTC."), "{}", view.description);
    assert_eq!(
        view.rows[1],
        Row {
            number: 2,
            time: clock("13:30", "2026-03-14T13:30Z", ""),
            mark: String::new(),
            text: "b".into(),
            href: "#event-2".into()
        }
    );
}

#[test]
fn what_has_no_time_is_counted_and_not_drawn() {
    let mut postmortem = postmortem("a", "2026-03-14");
    postmortem.timeline =
        vec![event("2026-03-14 13:00", "a"), event("2026-03-14 13:05", "b"), event("2026-03-14 13:09", "c")];
    postmortem.timeline[1].at = Moment::default();
    postmortem.timeline[2].at.approximate = true;
    let view = drawing_of(&Input::of(&postmortem, &english(), "t", |_| String::new())).unwrap();
    assert_eq!(view.drawings[0].geometry.points.len(), 2);
    assert_eq!(view.rows[1].time, clock("unknown", "", ""));
    assert_eq!(
        view.notes,
        ["~ and a dashed outline mean about.", "1\u{a0}event has no known time and is not drawn."]
    );
}

#[test]
fn a_moment_of_another_zone_is_told_in_the_zone_of_the_axis() {
    let mut postmortem = postmortem("a", "2026-03-14");
    postmortem.timeline = vec![event("2026-03-14 13:00", "a"), event("2026-03-14 15:00", "b")];
    postmortem.timeline[1].at.zone = Some(Zone::Fixed { minutes: 60, name: "CET".into() });
    let input = Input::of(&postmortem, &english(), "t", |_| String::new());
    let clocks: Vec<_> =
        input.events.iter().filter_map(|event| event.at.as_ref()).map(|at| at.clock.as_str()).collect();
    assert_eq!(clocks, ["13:00", "14:00"]);
}

#[test]
fn one_moment_is_a_sentence_and_none_is_nothing() {
    let one = drawn(&[], &[("2026-03-14 13:00", "a")]).unwrap();
    assert_eq!(one.drawings, []);
    assert!(one.words.is_some());
    assert_eq!(drawn(&[], &[]), None);
}

#[test]
fn every_mark_has_room_for_a_finger_and_stays_in_the_drawing() {
    for count in [1, 2, 13, 60, 61, 200] {
        for seconds in [1, 20, 3_000] {
            let stamp = |at: i64| Stamp { at, clock: "13:00".into(), iso: String::new(), approximate: false };
            let input = Input {
                events: (0..count)
                    .map(|n| Event {
                        at: Some(stamp(n * seconds)),
                        end: None,
                        text: "x".repeat(90),
                        anchor: String::new(),
                        is_milestone: false,
                        mark: String::new(),
                    })
                    .chain([Event {
                        at: Some(stamp(700_000)),
                        end: None,
                        text: "y".into(),
                        anchor: String::new(),
                        is_milestone: true,
                        mark: String::new(),
                    }])
                    .collect(),
                ..Input::default()
            };
            for (drawing, width) in drawing_of(&input).unwrap().drawings.iter().zip([720.0, 300.0]) {
                let drawing = &drawing.geometry;
                let places: Vec<(f64, f64)> =
                    drawing.points.iter().map(|point| (point.x * width, point.y)).collect();
                for (index, (x, y)) in places.iter().enumerate() {
                    assert!((-0.1..=width + 0.1).contains(x), "{count} {seconds} {x}");
                    assert!(*y < drawing.axis);
                    for (other_x, other_y) in &places[index + 1..] {
                        let apart = ((x - other_x).powi(2) + (y - other_y).powi(2)).sqrt();
                        assert!(apart >= 23.9, "{count} events every {seconds} s: {apart}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_nothing_states_is_said_to_be_inferred() {
    use crate::model::{Basis, Carried, Carrier, Origin};
    let times = [(Milestone::Started, "2026-03-14 23:50"), (Milestone::Detected, "2026-03-15 00:10")];
    let mut postmortem = with_times(postmortem("a", "2026-03-14"), &times);
    postmortem.times.get_mut(&Milestone::Detected).unwrap().origin = Origin::Inferred;
    postmortem.timeline =
        vec![event("2026-03-14 23:50", "a"), event("2026-03-15 00:10", "b"), event("2026-03-15 00:20", "c")];
    let day = Carried::new(Carrier::Heading, crate::source::Span::new(0, 9));
    for (index, midnights) in [0, 1, 1].into_iter().enumerate() {
        let zone = Carried::new(Carrier::Site, crate::source::Span::default());
        postmortem.timeline[index].at.basis = Basis { day, zone, midnights, ..Basis::default() };
    }
    let view = drawing_of(&Input::of(&postmortem, &english(), "t", |_| String::new())).unwrap();
    assert!(
        view.description
            .replace('\u{a0}', " ")
            .starts_with("Started 14 Mar 23:50, Detected (inferred) 15 Mar 00:10."),
        "{}",
        view.description
    );
    assert_eq!(
        view.notes[0].replace('\u{a0}', " "),
        "Inferred, since the document does not state it: the day of 2 events (past midnight), \
         detected (suggested by the words of events), the zone (that of the site)."
    );
    let marks: Vec<_> = view.rows.iter().map(|row| row.mark.as_str()).collect();
    assert_eq!(marks, ["", "past midnight", ""]);
}

#[test]
fn everything_drawn_says_which_moment_it_is() {
    use crate::model::ImpactWindow;
    let times = [(Milestone::Started, "2026-03-14 13:00"), (Milestone::Resolved, "2026-03-14 14:00")];
    let mut postmortem = with_times(postmortem("a", "2026-03-14"), &times);
    postmortem.timeline = vec![event("2026-03-14 13:00", "a"), event("2026-03-14 14:00", "b")];
    postmortem.timeline[0].end = Some(Box::new(at("2026-03-14 13:20")));
    postmortem.impact.windows = ["13:10", "13:30"]
        .map(|start| ImpactWindow {
            start: Some(at(&format!("2026-03-14 {start}"))),
            end: Some(at("2026-03-14 13:40")),
            ..ImpactWindow::default()
        })
        .to_vec();
    let view = drawing_of(&Input::of(&postmortem, &english(), "t", |_| String::new())).unwrap();
    let drawing = &view.drawings[0].geometry;
    assert_eq!(drawing.flags[0].time, clock("13:00", "2026-03-14T13:00Z", ""));
    assert_eq!(drawing.lanes[1].time, clock("13:30–13:40", "2026-03-14T13:30Z", "2026-03-14T13:40Z"));
    assert_eq!(drawing.points[1].iso, "2026-03-14T14:00Z");
    assert_eq!(drawing.ticks[0].iso, "2026-03-14T13:00:00Z");
    assert_eq!(view.rows[0].time, clock("13:00 to 13:20", "2026-03-14T13:00Z", "2026-03-14T13:20Z"));
}

#[test]
fn a_day_of_another_year_than_the_incident_is_told_with_its_year() {
    let times = [
        (Milestone::Introduced, "2021-02-04 09:30"),
        (Milestone::Started, "2026-02-03 09:30"),
        (Milestone::Resolved, "2026-02-10 16:00"),
    ];
    let mut postmortem = with_times(postmortem("a", "2026-02-03"), &times);
    postmortem.timeline = vec![event("2025-02-03 10:00", "a"), event("2026-02-03 09:30", "b")];
    let view = drawing_of(&Input::of(&postmortem, &english(), "t", |_| String::new())).unwrap();
    let plain = |text: &str| text.replace('\u{a0}', " ");
    assert!(
        plain(&view.description)
            .starts_with("Introduced 4 Feb 2021 09:30, Started 3 Feb 09:30, Resolved 10 Feb 16:00."),
        "{}",
        view.description
    );
    let rows: Vec<_> = view.rows.iter().map(|row| plain(&row.time.text)).collect();
    assert_eq!(rows, ["3 Feb 2025 10:00", "3 Feb 09:30"]);
    let flags: Vec<_> = view.drawings[0].geometry.flags.iter().map(|flag| plain(&flag.time.text)).collect();
    assert_eq!(flags, ["4 Feb 2021 09:30", "3 Feb 09:30–10 Feb 16:00"]);
    let ticks: Vec<_> = view.drawings[0].geometry.ticks.iter().map(|tick| plain(&tick.date)).collect();
    assert_eq!((ticks[0].as_str(), ticks.last().unwrap().as_str()), ("19 Dec 2021", "18 Dec 2025"));
}

#[test]
fn days_with_their_years_do_not_run_into_each_other_on_a_phone() {
    let times = [
        (Milestone::Introduced, "2021-02-04 09:30"),
        (Milestone::Started, "2026-02-03 09:30"),
        (Milestone::Resolved, "2026-02-10 16:00"),
    ];
    let days = ["2025-02-03 10:00", "2025-09-12 08:00", "2026-02-03 09:41", "2026-02-09 16:20"];
    let view = drawn(&times, &days.map(|day| (day, "a"))).unwrap();
    for drawing in &view.drawings {
        let width = if drawing.kind == "wide" { 720.0 } else { 300.0 };
        let dated = drawing.geometry.ticks.iter().filter(|tick| !tick.date.is_empty());
        let places = dated.map(|tick| {
            let (at, length) = (tick.x * width, text_width(&tick.date, drawing::TEXT));
            match tick.anchor {
                "start" => (at, at + length),
                "end" => (at - length, at),
                _ => (at - length / 2.0, at + length / 2.0),
            }
        });
        let places: Vec<_> = places.collect();
        assert!(
            places.len() > 1 && places.windows(2).all(|pair| pair[0].1 < pair[1].0),
            "{}: {places:?}",
            drawing.kind
        );
    }
}

#[test]
fn the_words_of_a_phase_stand_beside_its_break() {
    let times = [
        (Milestone::Introduced, "2026-03-01 09:30"),
        (Milestone::Started, "2026-03-14 13:02"),
        (Milestone::Resolved, "2026-03-14 13:10"),
    ];
    let events = [("2026-03-14 13:00", "a"), ("2026-03-14 13:04", "b"), ("2026-03-14 13:07", "c")];
    let view = drawn(&times, &events).unwrap();
    let drawing = &view.drawings[0].geometry;
    let latent = &drawing.phases[0];
    assert_eq!((latent.class, latent.text.replace('\u{a0}', " ").as_str()), ("latent", "Latent 13 d 3 h"));
    let half = text_width(&latent.text, drawing::TEXT) / 2.0 / 720.0;
    assert!(
        drawing.breaks.iter().all(|gap| (gap - latent.text_x).abs() > half),
        "{:?} in {latent:?}",
        drawing.breaks
    );
}
