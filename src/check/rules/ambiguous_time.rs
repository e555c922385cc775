//! Times that the clocks of their zone skipped or showed twice, and zones whose name means several.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
    model::{Moment, Zone, zone::Instant},
    source::Span,
};

pub(super) const RULE: Rule = Rule {
    name: "ambiguous-time",
    group: Group::Clock,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A time can mean two moments, or none",
    docs: include_str!("ambiguous_time.md"),
    scope: Scope::Document(check),
};

/// Abbreviations of winter time, a place that uses them, and what its clocks say in summer. Written in summer they
/// are an hour off, or meant as the name of the place.
const WINTER: [(&str, Tz, &str); 6] = [
    ("EST", chrono_tz::America::New_York, "EDT"),
    ("MST", chrono_tz::America::Denver, "MDT"),
    ("PST", chrono_tz::America::Los_Angeles, "PDT"),
    ("CET", chrono_tz::Europe::Berlin, "CEST"),
    ("EET", chrono_tz::Europe::Helsinki, "EEST"),
    ("WET", chrono_tz::Europe::Lisbon, "WEST"),
];

/// Abbreviations that far-apart places share.
const SHARED: [(&str, &str); 2] =
    [("IST", "in India, Ireland and Israel"), ("CST", "in North America, China and Cuba")];

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    let times = postmortem.times.values().map(|fact| (&fact.value, fact.span));
    let events = postmortem.timeline.iter().map(|event| (&event.at, event.at_span));
    let mut named = false;
    for (moment, span) in times.chain(events) {
        if let Some(finding) = changed_clocks(moment, span) {
            findings.push(finding);
        } else if !named && let Some(finding) = misleading_name(moment, span) {
            // A document repeats the name on every line; once is enough.
            findings.push(finding);
            named = true;
        }
    }
}

fn changed_clocks(moment: &Moment, span: Span) -> Option<Finding> {
    let (local, zone) = (local(moment)?, moment.zone.as_ref()?);
    let what = match zone.instant(local) {
        Instant::One(_) => return None,
        Instant::Twice(..) => "occurred twice: the clocks went back",
        Instant::Never => "did not occur: the clocks went forward",
    };
    let finding = Finding::new(
        RULE.name,
        span,
        format!("`{}` {what}", Moment { approximate: false, ..moment.clone() }),
    );
    Some(finding.help("write it in UTC or with its offset, such as `2026-10-25T02:30+01:00`"))
}

fn misleading_name(moment: &Moment, span: Span) -> Option<Finding> {
    let Some(Zone::Fixed { minutes, name }) = &moment.zone else { return None };
    if let Some((_, places)) = SHARED.iter().find(|(shared, _)| **shared == **name) {
        let finding = Finding::new(RULE.name, span, format!("`{name}` means different times {places}"));
        return Some(
            finding
                .help("write the offset, such as `+05:30`, or the name of the place, such as `Asia/Kolkata`"),
        );
    }
    let (_, place, summer) = WINTER.iter().find(|(winter, ..)| **winter == **name)?;
    let there = Zone::at(*place).offset_minutes(local(moment)?)?;
    (there != *minutes).then(|| {
        Finding::new(
            RULE.name,
            span,
            format!("on this day the clocks of {} show `{summer}`, not `{name}`", place.name()),
        )
        .help(format!("write `{summer}` if that is meant, or the offset"))
    })
}

fn local(moment: &Moment) -> Option<NaiveDateTime> {
    Some(moment.date?.and_time(moment.clock?))
}
