//! Which facts of a postmortem are not in its front matter, and how they are written there.

use chrono::NaiveDate;

use crate::{
    adopt::{LeftOut, Reason, moment},
    config::Config,
    edit::{Step, Value},
    model::{DetectedBy, Fact, Milestone, Origin, Postmortem, SectionForm, Status, Visibility, Zone},
};

/// A fact that may be written.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Its key, with a dot behind its table.
    pub(super) key: &'static str,
    pub(super) value: Value,
}

impl Candidate {
    pub(super) fn path(&self) -> Vec<Step<'static>> {
        self.key.split('.').map(Step::Key).collect()
    }
}

/// What the front matter does not say.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) candidates: Vec<Candidate>,
    pub(super) left_out: Vec<LeftOut>,
}

/// The key of the zone of a document.
pub(super) const ZONE: &str = "times.zone";

/// Looks for what a postmortem has from elsewhere than its front matter, in the order in which it is tried: the zone
/// first, because it says what the times mean. `no_zone` is true when the zone cannot be written.
pub(super) fn wanted(postmortem: &Postmortem, config: &Config, inferred: bool, no_zone: bool) -> Wanted {
    let mut found = Finder { wanted: Wanted::default(), inferred, is_named_day: false };
    found.one(ZONE, postmortem.zone.as_ref(), |zone| Ok(text(&zone.to_string())));
    found.date(postmortem);
    let is_written = |zone: &&Fact<Zone>| match zone.origin {
        Origin::FrontMatter => true,
        Origin::Inferred => !no_zone && inferred,
        _ => !no_zone,
    };
    let zone = postmortem.zone.as_ref().filter(is_written);
    let usual = zone.map(|zone| &zone.value).or(config.book.zone());
    for (milestone, fact) in &postmortem.times {
        found.one(times_key(*milestone), Some(fact), |at| moment::written(at, usual).ok_or(Reason::NoDay));
    }
    let has_heading = postmortem.sections.iter().any(|section| {
        matches!(section.form, SectionForm::Heading(_)) && section.heading.contains(postmortem.title.span)
    });
    match postmortem.title.origin {
        // What the heading says is plain to see.
        Origin::Section if has_heading => {}
        Origin::FileName if !inferred => {}
        _ => found.one("title", Some(&postmortem.title), |title| Ok(text(title))),
    }
    found.one("status", postmortem.status.as_ref(), |status: &Status| Ok(text(status.key())));
    let is_known = postmortem.severity_id.is_some();
    found.one("severity", postmortem.severity.as_ref(), |severity| {
        if is_known { Ok(text(severity)) } else { Err(Reason::UnknownSeverity) }
    });
    found.many("services", &postmortem.services);
    found.many("teams", &postmortem.teams);
    found.many("tags", &postmortem.tags);
    found.many("factors", &postmortem.factors);
    found.one("detected_by", postmortem.detected_by.as_ref(), |by: &DetectedBy| Ok(text(by.key())));
    found.many("authors", &postmortem.authors);
    found.one("visibility", postmortem.visibility.as_ref(), |visibility: &Visibility| {
        Ok(text(visibility.key()))
    });
    found.one("impact.users", postmortem.impact.users.as_ref(), |users| Ok(text(users)));
    found.end()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Collects facts.
struct Finder {
    wanted: Wanted,
    inferred: bool,
    /// True when it is the file's name that says the day.
    is_named_day: bool,
}

impl Finder {
    fn one<T>(
        &mut self,
        key: &'static str,
        fact: Option<&Fact<T>>,
        written: impl FnOnce(&T) -> Result<Value, Reason>,
    ) {
        let Some(fact) = fact.filter(|fact| fact.origin != Origin::FrontMatter) else { return };
        let value = if fact.origin == Origin::Inferred && !self.inferred {
            Err(Reason::Inferred)
        } else {
            written(&fact.value)
        };
        match value {
            Ok(value) => self.wanted.candidates.push(Candidate { key, value }),
            Err(reason) => self.wanted.left_out.push(LeftOut { key, reason }),
        }
    }

    fn many(&mut self, key: &'static str, facts: &[Fact<String>]) {
        let list = Value::List(facts.iter().map(|fact| fact.value.clone()).collect());
        self.one(key, facts.first(), |_| Ok(list));
    }

    /// The day of the incident. That of `times.started` is the date by definition: it is as sure as that time, and needs
    /// no key of its own where the front matter has the time already. That of the first event is as sure as the file's
    /// name, where both are the same.
    fn date(&mut self, postmortem: &Postmortem) {
        let Some(date) = &postmortem.date else { return };
        let started = postmortem.times.get(&Milestone::Started);
        let origin = match started.filter(|started| started.span == date.span) {
            _ if date.origin != Origin::Inferred => date.origin,
            Some(started) => started.origin,
            None if names_day(&postmortem.path, date.value) => Origin::FileName,
            None => date.origin,
        };
        let fact = Fact::new(date.value, date.span, origin);
        self.one("date", Some(&fact), |date| Ok(Value::Plain(date.to_string())));
        self.is_named_day = origin == Origin::FileName;
    }

    /// The facts; none when the file's name alone has something to say, which everybody sees as it is.
    fn end(mut self) -> Wanted {
        if self.is_named_day && self.wanted.candidates.len() == 1 {
            self.wanted.candidates.retain(|candidate| candidate.key != "date");
        }
        self.wanted
    }
}

/// True when the name of the file has this day in it, however its parts are set apart.
fn names_day(path: &str, day: NaiveDate) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    digits.starts_with(&day.format("%Y%m%d").to_string())
}

/// The key of a milestone in the table `times`.
const fn times_key(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Introduced => "times.introduced",
        Milestone::Started => "times.started",
        Milestone::Detected => "times.detected",
        Milestone::Acknowledged => "times.acknowledged",
        Milestone::Declared => "times.declared",
        Milestone::Identified => "times.identified",
        Milestone::Mitigated => "times.mitigated",
        Milestone::Ended => "times.ended",
        Milestone::Resolved => "times.resolved",
        Milestone::Closed => "times.closed",
        Milestone::PublicNotice => "times.public_notice",
        Milestone::Published => "times.published",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_its_day_with_or_without_marks_between() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 14).unwrap();
        for path in ["a/2026-03-14-slow.md", "2026_03_14.md", "20260314-slow-2.md"] {
            assert!(names_day(path, day), "{path}");
        }
        assert!(!names_day("2026-03-14/slow.md", day) && !names_day("INC-120260314.md", day));
    }

    #[test]
    fn each_milestone_is_written_under_its_own_key() {
        for milestone in Milestone::ALL {
            assert_eq!(times_key(milestone), format!("times.{}", milestone.key()));
        }
    }
}
