//! A made-up archive of any size: every style in which teams write, six to ten kilobytes a document, the same bytes for
//! the same number on every machine.
//!
//! It is written to be read fast or slowly, not to be right or wrong: the test of what is read from such documents
//! stands in `tests/suite/generated.rs`.

mod random;
mod words;

use std::fmt::Write as _;

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};

use random::Random;
use words::{EVENTS, FACTORS, FAULTS, PARTS, SENTENCES, SERVICES, SYMPTOMS, WORK};

/// The first incident is of this day; six of them happen in a day, whatever the size of the archive.
const FIRST: (i32, u32, u32) = (2021, 1, 4);
const A_DAY: u64 = 6;

/// A document and where it stands.
pub struct Document {
    /// Below the root.
    pub path: String,
    /// The Markdown.
    pub text: String,
}

/// The `book.toml` of the archive.
pub fn book() -> String {
    let mut book =
        String::from("[book]\ntitle = \"A made-up archive\"\nsrc = \"postmortems\"\nzone = \"UTC\"\n");
    for (id, rank) in [("SEV1", "critical"), ("SEV2", "major"), ("SEV3", "minor")] {
        let _ = write!(book, "\n[[severity]]\nid = \"{id}\"\naliases = [\"{rank}\"]\n");
    }
    for (id, team) in SERVICES {
        let _ = write!(book, "\n[[service]]\nid = \"{id}\"\nteam = \"{team}\"\n");
    }
    book
}

/// The document with a number.
pub fn document(number: u64) -> Document {
    Incident::new(number).document()
}

/// How a document says its facts.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Toml,
    Yaml,
    Table,
    Labels,
}

struct Incident {
    number: u64,
    random: Random,
    service: &'static str,
    team: &'static str,
    part: &'static str,
    fault: &'static str,
    started: NaiveDateTime,
    style: Style,
}

impl Incident {
    fn new(number: u64) -> Self {
        let mut random = Random::new(number);
        let (service, team) = random.of(&SERVICES);
        let (part, fault) = (random.of(&PARTS), random.of(&FAULTS));
        let (year, month, day) = FIRST;
        let day = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default() + Days::new(number / A_DAY);
        let minute = i64::try_from(random.below(17 * 60)).unwrap_or_default();
        let started = day.and_time(chrono::NaiveTime::default()) + TimeDelta::minutes(minute + 60);
        let style = match number % 8 {
            0..=2 => Style::Toml,
            3 | 4 => Style::Yaml,
            5 | 6 => Style::Table,
            _ => Style::Labels,
        };
        Self { number, random, service, team, part, fault, started, style }
    }

    fn id(&self) -> String {
        let slug = format!("{}-{}", self.service, self.part.replace(' ', "-"));
        format!("{}-{slug}-{}", self.started.format("%Y-%m-%d"), self.number)
    }

    fn document(mut self) -> Document {
        let id = self.id();
        let mut out = String::with_capacity(10_000);
        self.head(&mut out);
        self.opening(&mut out);
        self.timeline(&mut out);
        self.causes(&mut out);
        self.lessons(&mut out);
        self.actions(&mut out);
        self.references(&mut out);
        Document { path: format!("postmortems/{}/{id}.md", self.started.format("%Y")), text: out }
    }

    fn title(&self) -> String {
        format!("{}: the {} {}", self.service, self.part, self.fault)
    }

    fn after(&self, minutes: i64) -> NaiveDateTime {
        self.started + TimeDelta::minutes(minutes)
    }

    fn head(&mut self, out: &mut String) {
        let (title, severity) =
            (self.title(), self.random.of(&["SEV1", "SEV2", "SEV2", "SEV3", "SEV3", "SEV3"]));
        let status = self.random.of(&["final", "final", "final", "in-review", "draft"]);
        let factors = [self.random.of(&FACTORS), self.random.of(&FACTORS)];
        let day = self.started.format("%Y-%m-%d");
        let (service, team, part) = (self.service, self.team, self.part);
        let tag = part.replace(' ', "-");
        match self.style {
            Style::Toml => {
                let _ = write!(
                    out,
                    "+++\ntitle = \"{title}\"\ndate = {day}\nstatus = \"{status}\"\nseverity = \"{severity}\"\n\
                     services = [\"{service}\"]\nteams = [\"{team}\"]\ntags = [\"{tag}\"]\nfactors = [\"{}\", \"{}\"]\n\
                     detected_by = \"alert\"\nauthors = [\"{team} on-call\"]\n",
                    factors[0], factors[1]
                );
                if self.number > 50 && self.number.is_multiple_of(7) {
                    let _ = writeln!(out, "related = [\"{}\"]", Self::new(self.number - 49).id());
                }
                out.push_str("\n[times]\nzone = \"UTC\"\n");
                for (name, minutes) in
                    [("started", 0), ("detected", 7), ("declared", 12), ("mitigated", 41), ("resolved", 96)]
                {
                    let _ = writeln!(out, "{name} = {}", self.after(minutes).format("%Y-%m-%dT%H:%M:00Z"));
                }
                let (users, failed) = (self.random.below(40_000), self.random.below(900_000));
                let _ = write!(
                    out,
                    "\n[impact]\nsummary = \"{failed} requests to {service} {}.\"\nusers = {users}\nfailed_requests = {failed}\n\
                     \n[root_cause]\nsummary = \"The {part} {}.\"\ntrigger = \"A deploy of {service}\"\n",
                    self.random.of(&SYMPTOMS),
                    self.fault
                );
                out.push_str("+++\n\n");
            }
            Style::Yaml => {
                let _ = write!(
                    out,
                    "---\ntitle: \"{title}\"\ndate: {day}\nseverity: {severity}\nstatus: {status}\nservices:\n  - {service}\n\
                     teams: [{team}]\ntags:\n  - {tag}\n  - review\nfactors: [{}, {}]\n---\n\n",
                    factors[0], factors[1]
                );
            }
            Style::Table => {
                let _ = write!(
                    out,
                    "# {title}\n\n| | |\n|---|---|\n| **Date** | {day} |\n| **Severity** | {severity} |\n| **Status** | {status} |\n\
                     | **Services** | {service} |\n| **Team** | {team} |\n| **Authors** | {team} on-call |\n| **Duration** | 1 h 36 min |\n\
                     | **Factors** | {}, {} |\n\n",
                    factors[0], factors[1]
                );
            }
            Style::Labels => {
                let _ = write!(
                    out,
                    "# {} – {title}\n\n**Severity:** {severity}\n\n**Status:** {status}\n\n**Services:** {service}\n\n\
                     **Detected by:** customer\n\n",
                    self.started.format("%d %b %Y")
                );
            }
        }
    }

    fn opening(&mut self, out: &mut String) {
        let (service, symptom) = (self.service, self.random.of(&SYMPTOMS));
        let share = 3 + self.random.below(60);
        let _ = write!(
            out,
            "## Summary\n\nFor 96 minutes {share}% of the requests to `{service}` {symptom}, because the {} {}. ",
            self.part, self.fault
        );
        self.paragraph(out, 3);
        out.push_str("## Impact\n\n");
        let users = 200 + self.random.below(40_000);
        let _ = write!(out, "About {users} people were affected; orders {}. ", self.random.of(&SYMPTOMS));
        self.paragraph(out, 4);
        if self.number.is_multiple_of(3) {
            out.push_str("<!-- internal -->\nThe largest customer asked for a credit of 2% for the month.\n<!-- /internal -->\n\n");
        }
        out.push_str("## Background\n\n");
        self.paragraph(out, 5);
    }

    fn timeline(&mut self, out: &mut String) {
        let layout = self.random.below(4);
        let heading = if layout == 1 {
            "## Timeline (all times UTC)\n\n"
        } else {
            "## Timeline\n\nAll times are UTC.\n\n"
        };
        out.push_str(heading);
        if layout == 1 {
            out.push_str("| Time | Event |\n|---|---|\n");
        }
        let mut minutes = 0;
        for event in EVENTS {
            if minutes > 0 && self.random.below(6) == 0 {
                continue;
            }
            let (event, more) = (event.replace("{}", self.service), self.sentence());
            let time = self.after(minutes);
            let _ = match layout {
                0 => writeln!(out, "- **{}** {event}. {more}", time.format("%H:%M")),
                1 => writeln!(out, "| {} | {event}. {more} |", time.format("%H:%M")),
                2 => write!(out, "### {} UTC\n\n{event}. {more}\n\n", time.format("%H:%M")),
                _ => writeln!(out, "- {} - {event}. {more}", time.format("%Y-%m-%d %H:%M")),
            };
            minutes += 1 + i64::try_from(self.random.below(9)).unwrap_or_default();
        }
        out.push('\n');
    }

    fn causes(&mut self, out: &mut String) {
        let _ = write!(out, "## Root cause\n\nThe {} of {} {}. ", self.part, self.service, self.fault);
        self.paragraph(out, 5);
        let _ = write!(
            out,
            "```text\n{} ERROR pool timeout after 5000 ms (in use 40, waiting 312)\n\
             {} WARN  retry 3 of 3 for GET /v1/{}/items?page=2\n```\n\n",
            self.after(2).format("%H:%M:%S"),
            self.after(3).format("%H:%M:%S"),
            self.service
        );
        out.push_str("### Why was it not noticed before?\n\n");
        self.paragraph(out, 3);
        out.push_str("### Five whys\n\n");
        for at in 1..=5 {
            let _ = writeln!(out, "{at}. {}", self.sentence());
        }
        out.push('\n');
    }

    fn lessons(&mut self, out: &mut String) {
        for heading in ["What went well", "What went wrong", "Where we got lucky"] {
            let _ = write!(out, "## {heading}\n\n");
            for _ in 0..3 {
                let _ = writeln!(out, "- {}", self.sentence());
            }
            out.push('\n');
        }
        // Now and then a document holds what a check is there for.
        match self.number % 11 {
            3 => out.push_str("The on-call engineer forgot to look at the second dashboard.\n\n"),
            5 => out.push_str("TODO: ask the vendor for the missing hour of logs.\n\n"),
            8 => out.push_str("In hindsight it should have been obvious that the limit was too low.\n\n"),
            _ => {}
        }
    }

    fn actions(&mut self, out: &mut String) {
        out.push_str("## Action items\n\n");
        let is_table = self.random.below(2) == 0;
        if is_table {
            out.push_str("| Action | Owner | Type | Priority | Due | Status | Ticket |\n|---|---|---|---|---|---|---|\n");
        }
        for at in 0..5_u64 {
            let work = self.random.of(&WORK).replace("{}", self.part);
            let is_done = self.random.below(3) > 0;
            let (priority, kind) =
                (self.random.of(&["P0", "P1", "P2"]), self.random.of(&["prevent", "detect", "mitigate"]));
            let due = (self.started + Days::new(14 + 7 * at)).format("%Y-%m-%d");
            let (team, ticket) = (self.team, self.number * 5 + at);
            let _ = if is_table {
                let status = if is_done { "done" } else { "open" };
                writeln!(out, "| {work} | {team} | {kind} | {priority} | {due} | {status} | OPS-{ticket} |")
            } else {
                let mark = if is_done { 'x' } else { ' ' };
                writeln!(out, "- [{mark}] {work} (owner: {team}, due {due}, {priority}, OPS-{ticket})")
            };
        }
        out.push('\n');
    }

    fn references(&mut self, out: &mut String) {
        out.push_str("## References\n\n");
        let _ =
            writeln!(out, "- [Dashboard](https://metrics.example.com/d/{}?from=1700000000)", self.service);
        if self.number > 20 {
            let earlier = self.number - 1 - self.random.below(20);
            let earlier = Self::new(earlier);
            let year = earlier.started.format("%Y");
            let _ = writeln!(out, "- [An earlier incident](../{year}/{}.md)", earlier.id());
        }
        out.push_str("- The alert: `ErrorBudgetBurnFast`\n");
    }

    fn sentence(&mut self) -> String {
        self.random.of(&SENTENCES).replace("{}", self.service)
    }

    fn paragraph(&mut self, out: &mut String, sentences: usize) {
        for at in 0..sentences {
            let sentence = self.sentence();
            // Real lines are broken, and real dashes are no ASCII.
            let end = if at + 1 == sentences { "\n\n" } else { self.random.of(&[" ", "\n", " – "]) };
            out.push_str(&sentence);
            out.push_str(end);
        }
    }
}
