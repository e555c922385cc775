//! The figures of an archive for people: tables and small bars that fit the terminal.

use std::{collections::BTreeSet, fmt::Write as _};

use comfy_table::{Cell, CellAlignment, ColumnConstraint, Width};
use textwrap::core::display_width;

use super::over_time;
use crate::{
    aggregate::{Budget, Closing, Distribution, Ledger, MeasureSummary, Outcome, Reading, Share, Summary},
    cli::{
        Io,
        bars::{Row, bar, bars},
        io, table,
    },
    model::{ActionStatus, Archive},
    report::visible,
    words::{Count, duration, list, minutes},
};

/// How wide the bar of a budget is.
const BUDGET: usize = 10;
/// The least that the last column of a table needs; where there is less, every column is broken as it must be.
const ROOM: usize = 14;

pub(super) fn text(archive: &Archive, summary: &Summary, ledger: &Ledger, io: &Io<'_>) -> String {
    let mut out = opening(archive, summary);
    let mut section = |name: &str, text: &str| {
        if !text.is_empty() {
            let _ = write!(out, "\n{}\n{text}\n", io.out.paint(name, io::STRONG));
        }
    };
    let frequency = &summary.frequency;
    section("Severity", &shares(&frequency.severities, io));
    section("Status", &shares(&frequency.statuses, io));
    section("Noticed first by", &shares(&frequency.detected_by, io));
    let years = summary.groups.years.iter().rev();
    let years = years.map(|year| Share { id: year.name.clone(), count: year.postmortems.len() });
    section("Year", &shares(&years.collect::<Vec<_>>(), io));
    section("Measures", &measures(&summary.measures, io));
    section("Error budgets", &budgets(&summary.budgets, io));
    section("Action items", &actions(archive, summary));
    section("Action items by month", &over_time::months(summary, ledger, io));
    out
}

fn opening(archive: &Archive, summary: &Summary) -> String {
    let frequency = &summary.frequency;
    let postmortems = Count(archive.postmortems().len(), "postmortem");
    let mut out = match super::days(archive) {
        Some((first, last)) if first != last => format!("{postmortems} from {first} to {last}"),
        Some((day, _)) => format!("{postmortems} of {day}"),
        None => postmortems.to_string(),
    };
    if frequency.undated > 0 {
        let _ = write!(out, ", {} without a date", frequency.undated);
    }
    if frequency.dated_by_text > 0 {
        let _ = write!(out, ", {} dated by an event since they state no date", frequency.dated_by_text);
    }
    out + "\n"
}

fn shares(shares: &[Share], io: &Io<'_>) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts of documents are far below 2^52")]
    let row = |share: &Share| Row {
        name: if share.id.is_empty() { "not stated".to_owned() } else { visible(&share.id) },
        text: share.count.to_string(),
        value: share.count as f64,
    };
    bars(&shares.iter().map(row).collect::<Vec<_>>(), io)
}

/// Rows whose first cell is a name, whose last one is a text, and whose others are figures. The last column gets what the
/// others leave; where the figures leave nothing for the names, each row is told in words.
pub(super) fn figures<const N: usize>(io: &Io<'_>, head: [&str; N], rows: Vec<[String; N]>) -> String {
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|text| display_width(text));
        cells.chain(head.get(at).map(|text| display_width(text))).max().unwrap_or_default()
    };
    // Each column has a space on both sides, and the first one more.
    let taken: usize = 1 + (0..N - 1).map(|at| width(at) + 2).sum::<usize>();
    let has_room = taken + ROOM <= io.width;
    // No word is broken in two: neither those of a name nor those of the last column.
    let longest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(String::as_str);
        let words = cells.chain(head.get(at).copied()).flat_map(|text| text.split_inclusive([' ', '-']));
        words.map(display_width).max().unwrap_or_default()
    };
    let name = longest(0);
    if taken - width(0) + name + longest(N - 1) + 2 > io.width {
        return told(io, head, &rows);
    }
    let mut table = table::new(io, &head);
    for row in rows {
        table.add_row(row.into_iter().enumerate().map(|(at, text)| {
            if at > 0 {
                return Cell::new(text);
            }
            let name = format!(" {text}");
            if text.contains(' ') { Cell::new(name) } else { table::breakable(&name) }
        }));
    }
    for (at, column) in table.column_iter_mut().enumerate().take(N - 1) {
        if has_room || at > 0 {
            column.set_constraint(ColumnConstraint::ContentWidth);
        } else {
            let width = u16::try_from(name + 3).unwrap_or(u16::MAX);
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
        }
        if at > 0 {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table::text(&table, io, "", "", io::STRONG).trim_end().to_owned()
}

/// Each row as its name and, below it, its figures with what they are.
fn told<const N: usize>(io: &Io<'_>, head: [&str; N], rows: &[[String; N]]) -> String {
    let lead = " ".repeat(4);
    let row = |row: &[String; N]| {
        let said = head.iter().zip(row).skip(1).filter(|(_, text)| text.contains(char::is_alphanumeric));
        let said: Vec<String> = said.map(|(what, text)| format!("{what} {text}")).collect();
        let wrap = textwrap::Options::new(io.width).initial_indent(&lead).subsequent_indent(&lead);
        format!("  {}\n{}", row.first().map_or("", String::as_str), textwrap::fill(&said.join(" · "), wrap))
    };
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// `few` beside a number that says little about others.
fn few(spread: &Distribution) -> &'static str {
    if spread.is_few() { ", few" } else { "" }
}

/// The p90, where it is not just the longest of a handful.
fn high(spread: &Distribution) -> String {
    match spread.p90() {
        Some(_) if spread.n() < Distribution::ENOUGH_FOR_P90 => "too few".to_owned(),
        Some(p90) => duration(p90),
        None => "N/A".to_owned(),
    }
}

fn measures(measures: &[MeasureSummary], io: &Io<'_>) -> String {
    let time = |seconds: Option<i64>| seconds.map_or_else(|| "N/A".to_owned(), duration);
    let row = |summary: &MeasureSummary| {
        let spread = &summary.distribution;
        let half = spread.middle_half();
        let rest = Reading::KEYS.iter().skip(1).filter_map(|state| {
            let count = summary.count(|reading| reading.key() == *state);
            (count > 0).then(|| format!("{count} {state}"))
        });
        [
            visible(&summary.measure.name),
            time(spread.median()),
            time(half.map(|half| half.0)),
            time(half.map(|half| half.1)),
            high(spread),
            format!("{}{}", spread.n(), few(spread)),
            rest.collect::<Vec<_>>().join(", "),
        ]
    };
    let head = ["", "median", "p25", "p75", "p90", "n", "not in n"];
    figures(io, head, measures.iter().map(row).collect())
}

fn budgets(budgets: &[Budget], io: &Io<'_>) -> String {
    if budgets.is_empty() {
        return String::new();
    }
    let row = |budget: &Budget| {
        let over = match budget.months.len() {
            0 => "none".to_owned(),
            months => format!("{} of {months}", budget.months_over()),
        };
        let n = match budget.unknown() {
            0 => budget.costs.len().to_string(),
            unknown => format!("{}, {unknown} unknown", budget.costs.len()),
        };
        [
            visible(&budget.slo),
            minutes(budget.allowed),
            format!("{} d", budget.window_days),
            minutes(budget.burned_today()),
            minutes(budget.left_today()),
            over,
            n,
            bar(budget.burned_today(), budget.allowed, BUDGET, io.unicode),
        ]
    };
    let head = ["", "allows", "in", "spent", "left", "months over", "n", "spent"];
    let mut out = figures(io, head, budgets.iter().map(row).collect());
    // One about two services is one.
    let silent: BTreeSet<usize> = budgets.iter().flat_map(|budget| budget.silent.iter().copied()).collect();
    if !silent.is_empty() {
        let say = if silent.len() == 1 { "says" } else { "say" };
        let silent = Count(silent.len(), "postmortem");
        let _ = write!(out, "\n  {silent} about these services {say} nothing about the objective");
    }
    out
}

fn actions(archive: &Archive, summary: &Summary) -> String {
    let actions = &summary.actions;
    let states = |wanted: fn(ActionStatus) -> bool| {
        let parts: Vec<String> = ActionStatus::ALL
            .into_iter()
            .filter(|status| wanted(*status) && actions.count_of(*status) > 0)
            .map(|status| format!("{} {}", actions.count_of(status), status.words()))
            .collect();
        list(&parts)
    };
    let mut lines = Vec::new();
    if actions.unfinished > 0 {
        lines.push(format!("  {} unfinished: {}", actions.unfinished, states(ActionStatus::is_unfinished)));
        lines.push(format!("  {} overdue, {} without an owner", actions.overdue, actions.unowned));
    }
    let rest = states(|status| !status.is_unfinished());
    if !rest.is_empty() {
        lines.push(format!("  {rest}"));
    }
    lines.extend(closing(&Closing::new(archive, actions)));
    lines.join("\n")
}

/// How many were closed in time, and how soon.
fn closing(closing: &Closing) -> Option<String> {
    let count = |outcome: Outcome| -> usize {
        closing.cohorts.iter().filter_map(|cohort| cohort.outcomes.get(outcome as usize)).sum()
    };
    let (in_time, late) = (count(Outcome::InTime), count(Outcome::Late));
    let took = closing.took.median().map(|median| {
        let (n, few) = (closing.took.n(), few(&closing.took));
        format!("; {} from opening to closing (median, n = {n}{few})", duration(median))
    });
    (in_time + late > 0).then(|| {
        format!("  {in_time} of {} with a due day closed in time{}", in_time + late, took.unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(width: usize) -> String {
        let io = Io::of_width(width, true);
        let row = |name: &str, share: &str| [name, "2 h 13 min", "8 d 13 h", share].map(str::to_owned);
        let rows = vec![row("Time to acknowledge", "1 missing"), row("storefront-checkout", "██")];
        figures(&io, ["", "median", "p90", "not in n"], rows)
    }

    #[test]
    fn no_name_is_broken_within_a_word_however_narrow_it_is() {
        for width in 40..100 {
            let text = told(width);
            assert!(text.lines().all(|line| display_width(line) <= width), "{text}");
            assert!(["acknowledge", "checkout"].iter().all(|word| text.contains(word)), "{width}: {text}");
        }
        assert_eq!(
            told(36),
            "  Time to acknowledge\n    median 2 h 13 min · p90 8 d 13 h\n    · not in n 1 missing\n\
             \x20 storefront-checkout\n    median 2 h 13 min · p90 8 d 13 h"
        );
    }
}
