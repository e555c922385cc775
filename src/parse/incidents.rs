//! One file that holds many incidents: a log with a heading for each.
//!
//! `[book] split` says of which level these headings are. A file is a log when at least two headings of that level name
//! incidents: more of them state a day than name a part of a postmortem, or none names a part. Any other file is one
//! postmortem, as it is without the key. A heading that names a part (`## References` at the end) belongs to the incident
//! above it; one of a higher level (`# 2025`) ends an incident and begins none.
//!
//! What stands before the first incident is about the file: the facts of its front matter, and a note about the zone,
//! hold for all incidents; nothing of it is on a page.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    blocks::{self, Block, Body, Kind},
    context::Context,
    inline::Inline,
    internal,
    locale::Lexicon,
    split,
    times::{self, Given},
    zones,
};
use crate::{
    diagnostic::Finding,
    model::{Zone, anchor::file_slug},
    source::Span,
};

/// A file of incidents.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// The incidents, in the order of the file; at least two.
    pub(super) incidents: Vec<Incident>,
    /// The zone that a note above all of them states.
    pub(super) zone: Option<Given<Zone>>,
    /// The private parts of the whole file: one that begins in an incident may end in another.
    pub(super) internal: Vec<Span>,
    /// What is wrong with the marks of private parts.
    pub(super) findings: Vec<Finding>,
}

/// One incident of a log.
#[derive(Debug)]
pub(super) struct Incident {
    /// Its heading and all that belongs to it.
    pub(super) span: Span,
    /// The level of its heading.
    pub(super) level: u8,
    /// What tells it from the others of the file, safe in a file name.
    pub(super) name: String,
}

/// The incidents of a document; none when it is one postmortem.
pub(super) fn read(text: &str, context: &Context<'_>) -> Option<Log> {
    let level = context.config().book.split.level()?;
    let body = blocks::read(text, split::split(text).body.start);
    let words = context.words();
    let headings: Vec<(usize, Heading)> = body
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| Some((at, heading(block, level, words)?)))
        .collect();
    let count = |sort: Heading| headings.iter().filter(|(_, heading)| *heading == sort).count();
    let (dated, parts) = (count(Heading::Dated), count(Heading::Part));
    let incidents = count(Heading::Incident) + dated;
    let is_log = (dated >= 2 && dated > parts) || (incidents >= 2 && parts == 0);
    let first = headings.iter().find(|(_, heading)| heading.is_incident()).filter(|_| is_log)?.0;
    let mut findings = Vec::new();
    let internal = internal::parts(text, &body.comments, &mut findings);
    let incidents = incidents_at(&body, &headings, level, text.len());
    let above = Body { blocks: body.blocks.into_iter().take(first).collect(), ..Body::default() };
    Some(Log { incidents, zone: zones::noted_zone(words, &above), internal, findings })
}

/// What a heading of the level of incidents, or of a higher one, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heading {
    /// An incident with its day.
    Dated,
    /// An incident.
    Incident,
    /// A part of a postmortem.
    Part,
    /// Above the incidents.
    Above,
}

impl Heading {
    fn is_incident(self) -> bool {
        matches!(self, Self::Dated | Self::Incident)
    }
}

fn heading(block: &Block, wanted: u8, words: &Lexicon) -> Option<Heading> {
    let Kind::Heading { level, text, .. } = &block.kind else { return None };
    let name = text.one_line();
    match level.cmp(&wanted) {
        std::cmp::Ordering::Less => Some(Heading::Above),
        std::cmp::Ordering::Greater => None,
        std::cmp::Ordering::Equal if times::find_date(words, &name).is_some() => Some(Heading::Dated),
        std::cmp::Ordering::Equal if !words.sections(&name).is_empty() => Some(Heading::Part),
        std::cmp::Ordering::Equal => Some(Heading::Incident),
    }
}

fn incidents_at(body: &Body, headings: &[(usize, Heading)], level: u8, end: usize) -> Vec<Incident> {
    let mut incidents: Vec<Incident> = Vec::new();
    let mut is_open = false;
    for (at, heading) in headings {
        let Some(Block { span, kind: Kind::Heading { .. } }) = body.blocks.get(*at) else { continue };
        if *heading == Heading::Part {
            continue;
        }
        if let Some(last) = incidents.last_mut().filter(|_| is_open) {
            last.span.end = span.start;
        }
        is_open = heading.is_incident();
        if is_open {
            incidents.push(Incident { span: Span::new(span.start, end), level, name: String::new() });
        }
    }
    name(&mut incidents, &body.blocks);
    incidents
}

/// Names incidents after their headings; those of one name are told apart by their order.
fn name(incidents: &mut [Incident], blocks: &[Block]) {
    let titles: BTreeMap<usize, &Inline> = blocks
        .iter()
        .filter_map(|block| match &block.kind {
            Kind::Heading { text, .. } => Some((block.span.start, text)),
            _ => None,
        })
        .collect();
    let mut names = BTreeSet::new();
    for incident in incidents {
        let base = titles.get(&incident.span.start).map(|title| file_slug(&title.one_line()));
        let base = base.unwrap_or_default();
        incident.name.clone_from(&base);
        let mut number = 2;
        while !names.insert(incident.name.clone()) {
            incident.name = format!("{base}-{number}");
            number += 1;
        }
    }
}

impl Log {
    /// The log without the incidents that are private as a whole. `text` is its text without the private parts, after
    /// whose headings the others are named.
    pub(super) fn published(mut self, text: &str, start: usize) -> Self {
        let internal = &self.internal;
        let is_private = |at: usize| internal.iter().any(|part| part.start <= at && at < part.end);
        self.incidents.retain(|incident| !is_private(incident.span.start));
        name(&mut self.incidents, &blocks::read(text, start).blocks);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Config, source::SourceFile};

    fn config() -> Config {
        Config::parse(&SourceFile::new("book.toml", "[book]\nsplit = \"h2\"\n")).0
    }

    fn names(text: &str) -> Vec<String> {
        let config = config();
        let log = read(text, &Context::new(&config, &[])).unwrap_or_default();
        log.incidents.into_iter().map(|incident| incident.name).collect()
    }

    #[test]
    fn headings_that_name_incidents_make_a_log() {
        assert_eq!(
            names(
                "# Log\n\n## 2026-03-14 Disk full\n\nx\n\n### Timeline\n\nx\n\n## 2026-03-20 DNS\n\n## References\n\nx\n"
            ),
            ["2026-03-14-disk-full", "2026-03-20-dns"]
        );
        assert_eq!(names("## Disk full\n\n## Disk full\n"), ["disk-full", "disk-full-2"]);
    }

    #[test]
    fn a_document_of_one_incident_stays_one() {
        for text in [
            "# Disk full\n\n## Summary\n\n## Timeline\n\n## Aftermath\n",
            "# Disk full\n\n## Summary\n\n## Timeline\n\n### 2026-03-14\n\n### 2026-03-15\n",
            "# Disk full\n\n## 2026-03-14\n\n## 2026-03-15\n\n## Root cause\n\n## Action items\n",
            "# Disk full\n\n## Only one\n",
            "Text.\n",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_higher_heading_ends_an_incident_and_begins_none() {
        let text = "# 2025\n\n## Disk full\n\none\n\n# 2026\n\nIn this year:\n\n## DNS\n\ntwo\n";
        let config = config();
        let log = read(text, &Context::new(&config, &[])).unwrap();
        let texts: Vec<&str> =
            log.incidents.iter().map(|incident| &text[incident.span.start..incident.span.end]).collect();
        assert_eq!(texts, ["## Disk full\n\none\n\n", "## DNS\n\ntwo\n"]);
    }
}
