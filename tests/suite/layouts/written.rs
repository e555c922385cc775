//! An incident, and the ways in which teams set one down. Knows nothing of how it is read.

use std::fmt::Write as _;

use chrono::{Duration, NaiveDate, NaiveDateTime, Timelike};

/// An incident as it was.
#[derive(Debug, Clone)]
pub struct Incident {
    pub(super) title: &'static str,
    pub(super) severity: Option<&'static str>,
    pub(super) zone: Option<&'static str>,
    pub(super) start: NaiveDateTime,
    /// Minutes to the next event, how sure its time is, how long it went on.
    pub(super) events: Vec<(i64, bool, Option<i64>, &'static str)>,
    pub actions: Vec<Task>,
}

#[derive(Debug, Clone)]
pub struct Task {
    pub(super) title: &'static str,
    pub(super) owner: Option<&'static str>,
    pub(super) is_done: bool,
    pub(super) tracker: Option<u16>,
}

/// How a team writes it down.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    pub(super) facts: Facts,
    pub(super) day: Day,
    pub(super) date: DateForm,
    pub(super) clock: ClockForm,
    pub(super) timeline: Timeline,
    pub(super) actions: Actions,
    pub(super) has_windows_line_ends: bool,
}

#[derive(Debug, Clone, Copy)]
pub enum Facts {
    Toml,
    Yaml,
    Table,
    Bold,
    Bullets,
}

/// Where the day of an event stands.
#[derive(Debug, Clone, Copy)]
pub enum Day {
    /// In front of each clock.
    EachEvent,
    /// In a heading or a line above the events of the day.
    Above,
    /// Among the facts alone; past midnight it is the next day.
    Facts,
}

#[derive(Debug, Clone, Copy)]
pub enum DateForm {
    Iso,
    Words,
    American,
    Dots,
    Japanese,
}

#[derive(Debug, Clone, Copy)]
pub enum ClockForm {
    Colon,
    Dot,
    HalfDays,
}

#[derive(Debug, Clone, Copy)]
pub enum Timeline {
    Bullets,
    BoldBullets,
    Table,
    DayTable,
    Headings,
    Paragraphs,
}

#[derive(Debug, Clone, Copy)]
pub enum Actions {
    Bullets,
    Numbers,
    Boxes,
    Table,
}

/// A moment, its end and its text, as an export would have them.
pub type Told = (String, bool, Option<String>, String);

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

    pub fn told(&self) -> Vec<Told> {
        let text = |at: NaiveDateTime| at.format("%Y-%m-%dT%H:%M").to_string();
        let told = self.moments().into_iter();
        told.map(|(at, is_approximate, end, words)| {
            (text(at), is_approximate, end.map(text), words.to_owned())
        })
        .collect()
    }
}

pub(super) fn date(form: DateForm, day: NaiveDate) -> String {
    let form = match form {
        DateForm::Iso => "%Y-%m-%d",
        DateForm::Words => "%-d %B %Y",
        DateForm::American => "%B %-d, %Y",
        DateForm::Dots => "%d.%m.%Y",
        DateForm::Japanese => "%Y年%-m月%-d日",
    };
    day.format(form).to_string()
}

pub(super) fn clock(form: ClockForm, at: NaiveDateTime) -> String {
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
    pub fn write(self, incident: &Incident) -> String {
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
                let rows: Vec<String> =
                    facts.iter().map(|(key, value)| format!("| {key} | {value} |\n")).collect();
                let rows = rows.concat();
                write!(out, "{heading}| Fact | Value |\n|---|---|\n{rows}\n")
            }
            Facts::Bold => {
                let lines: Vec<String> =
                    facts.iter().map(|(key, value)| format!("**{key}:** {value}\n\n")).collect();
                let lines = lines.concat();
                write!(out, "{heading}{lines}")
            }
            Facts::Bullets => {
                let lines: Vec<String> =
                    facts.iter().map(|(key, value)| format!("- {key}: {value}\n")).collect();
                let lines = lines.concat();
                writeln!(out, "{heading}{lines}")
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
