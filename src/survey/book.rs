//! A first `book.toml`: what was found, each with the evidence beside it, so that a person can judge it.

use std::fmt::Write as _;

use super::{FEW, Folders, Name, Survey, severities};
use crate::{
    config::Sections,
    model::{SectionKind, Zone},
    words::{Count, list},
};

/// In fewer documents than these, that all have a part which is not usual shows little.
const MANY: usize = 5;

/// Documents elsewhere beyond these are not named.
const MOST_STRAYS: usize = 8;

/// Services or teams beyond these are left to the documents.
const MOST: usize = 40;

/// What stands around the documents.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The folders of the documents.
    pub folders: Folders,
    /// How many other Markdown documents there are.
    pub others: usize,
}

impl Survey {
    /// The configuration, without the baseline.
    pub fn book_toml(&self, place: &Place) -> String {
        let mut out = String::from(
            "# What the documents show. Every key is optional: correct what is wrong, delete what you do not need.\n",
        );
        self.book(place, &mut out);
        self.severity(&mut out);
        let services = "The services that documents name. A service that is not here is then a finding; so are misspelt ones.";
        names(&mut out, "service", services, &self.services);
        names(&mut out, "team", "The teams that documents name.", &self.teams);
        self.sections(&mut out);
        out
    }

    fn book(&self, place: &Place, out: &mut String) {
        let folders: Vec<String> = place.folders.taken.iter().map(|folder| quoted(folder)).collect();
        let src = match folders.as_slice() {
            [only] => only.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        let others = match place.others.saturating_sub(place.folders.strays.len()) {
            0 => String::new(),
            others => format!("; {} elsewhere did not look like postmortems", Count(others, "Markdown file")),
        };
        let _ = write!(
            out,
            "\n[book]\ntitle = \"Postmortems\"\n# {}{others}.\n",
            Count(self.documents, "document")
        );
        if let strays @ [_, ..] = place.folders.strays.as_slice() {
            let count = strays.len();
            let _ = writeln!(
                out,
                "# {count} did, among other documents. Move them, or add their folders to `src`:"
            );
            for path in strays.iter().take(MOST_STRAYS) {
                let _ = writeln!(out, "#   {path}");
            }
            if count > MOST_STRAYS {
                out.push_str("#   …\n");
            }
        }
        let _ = writeln!(out, "src = {src}");
        self.zone(out);
        self.date_order(out);
    }

    fn zone(&self, out: &mut String) {
        let stating: usize = self.zones.iter().map(|zone| zone.documents).sum();
        out.push_str("# The time zone of times that name none. ");
        let _ = match self.zones.as_slice() {
            [] => write!(out, "No document states its zone.\n# zone = \"UTC\"\n"),
            [first, rest @ ..] => {
                let all = Count(self.documents, "document");
                let _ = writeln!(out, "{stating} of {all} state theirs: {}.", counted(&self.zones));
                let is_settled = rest.is_empty() && stating >= FEW && stating * 2 >= self.documents;
                // An abbreviation is of one half of the year in many places; a person has to name the place.
                let sign = if is_settled && is_zone(&first.id) { "" } else { "# " };
                let offset = self.offsets.get(&first.id).filter(|_| !is_zone(&first.id));
                writeln!(out, "{sign}zone = {}", quoted(offset.unwrap_or(&first.id)))
            }
        };
    }

    fn date_order(&self, out: &mut String) {
        let found = self.dates;
        let (order, example, telling, against) = if found.month_first > found.day_first {
            ("mdy", "4 March, with the month first", found.month_first, found.day_first)
        } else {
            ("dmy", "3 April, with the day first", found.day_first, found.month_first)
        };
        if telling < FEW || against * 10 > telling {
            return;
        }
        let telling = Count(telling, "date");
        let _ = write!(
            out,
            "# `03/04/2026` is {example}: so {telling} must be read, and {against} the other way.\ndate-order = \"{order}\"\n"
        );
    }

    fn severity(&self, out: &mut String) {
        // A name that tells nothing and stands in one document is more likely a remark.
        let (known, odd): (Vec<&Name>, Vec<&Name>) = self
            .severities
            .iter()
            .partition(|name| severities::rank(&name.id).is_some() || name.documents > 1);
        if !known.is_empty() {
            out.push_str(
                "\n# The severities that documents state, the worst first, as far as their names tell.\n",
            );
            entries(out, "severity", &known);
        }
        left_out(out, &odd);
    }

    fn sections(&self, out: &mut String) {
        if self.documents < FEW {
            return;
        }
        let share = |kind: SectionKind| self.parts.get(&kind).copied().unwrap_or_default();
        let usual = Sections::default().required;
        let usual: Vec<SectionKind> = usual.iter().filter_map(|name| SectionKind::from_words(name)).collect();
        let required: Vec<SectionKind> = SectionKind::ALL
            .into_iter()
            .filter(|kind| {
                let needed = if usual.contains(kind) { 6 } else { 9 };
                let is_telling = usual.contains(kind) || self.documents >= MANY;
                *kind != SectionKind::References && is_telling && share(*kind) * 10 >= self.documents * needed
            })
            .collect();
        let counts: Vec<String> = SectionKind::ALL
            .into_iter()
            .filter(|kind| usual.contains(kind) || required.contains(kind))
            .map(|kind| format!("{} {}", kind.words(), share(kind)))
            .collect();
        let listed: Vec<String> = required.iter().map(|kind| quoted(&kind.words())).collect();
        let _ = write!(
            out,
            "\n[sections]\n# The parts that most documents have, which a finished one must have. They are in, of {}:\n# {}.\nrequired = [{}]\n",
            Count(self.documents, "document"),
            counts.join(", "),
            listed.join(", ")
        );
        let (timelines, unknown): (Vec<_>, Vec<_>) =
            self.headings.iter().partition(|heading| heading.is_timeline);
        if !timelines.is_empty() {
            let names: Vec<String> = timelines.iter().map(|heading| quoted(&heading.name.id)).collect();
            let counts: Vec<Name> = timelines.iter().map(|heading| heading.name.clone()).collect();
            let _ = write!(
                out,
                "\n# Headings of your own that hold the events: {}.\n[sections.aliases]\ntimeline = [{}]\n",
                counted(&counts),
                names.join(", ")
            );
        }
        if !unknown.is_empty() {
            out.push_str("\n# Common headings that name no known part. If one of them is one, say so:\n");
            out.push_str(if timelines.is_empty() { "# [sections.aliases]\n" } else { "" });
            for heading in unknown {
                let id = heading.name.id.replace(['\n', '\r'], " ");
                let _ = writeln!(
                    out,
                    "# \"…\" = [{}] # {}",
                    quoted(&id),
                    Count(heading.name.documents, "document")
                );
            }
        }
    }
}

/// The most common names as entries, the others as a remark.
fn names(out: &mut String, table: &str, about: &str, names: &[Name]) {
    let (short, long): (Vec<&Name>, Vec<&Name>) =
        names.iter().partition(|name| name.documents > 1 || is_short(&name.id));
    if short.is_empty() {
        return;
    }
    let listed: Vec<&Name> = short.iter().take(MOST).copied().collect();
    let _ = write!(out, "\n# {about}\n");
    entries(out, table, &listed);
    let rest: Vec<&Name> = short.iter().skip(MOST).copied().chain(long).collect();
    left_out(out, &rest);
}

fn entries(out: &mut String, table: &str, names: &[&Name]) {
    for name in names {
        let evidence = match name.documents {
            0 => "no document yet".to_owned(),
            documents => Count(documents, "document").to_string(),
        };
        let _ = write!(out, "[[{table}]] # {evidence}\nid = {}\n", quoted(&name.id));
        if !name.aliases.is_empty() {
            let aliases: Vec<String> = name.aliases.iter().map(|alias| quoted(alias)).collect();
            let _ = writeln!(out, "aliases = [{}]", aliases.join(", "));
        }
    }
}

/// What was found and does not look like a name to keep.
fn left_out(out: &mut String, names: &[&Name]) {
    if !names.is_empty() {
        let names: Vec<String> = names.iter().take(MOST).map(|name| quoted(&name.id)).collect();
        let _ = writeln!(out, "# Left out: {}", names.join(", "));
    }
}

/// True for what may be the name of a system: one or two words.
fn is_short(name: &str) -> bool {
    name.split_whitespace().count() <= 2 && name.chars().count() <= 32
}

fn is_zone(name: &str) -> bool {
    Zone::from_name(name).is_some()
}

/// `UTC (17) and CET (3)`.
fn counted(names: &[Name]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("{} ({})", name.id, name.documents)).collect();
    list(&names)
}

/// A basic TOML string, on one line.
fn quoted(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
