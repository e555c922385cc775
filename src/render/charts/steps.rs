//! A level over time that goes up and down in steps: what was open, what was left of a budget. Below it, where that is
//! known, what came and what went in each span of time.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::render::{
    charts::{Area, LegendEntry, percent, real, real_size, rounded, share},
    words::Words,
};

/// A level that holds from a day on.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The first day.
    pub from: NaiveDate,
    /// How much.
    pub level: f64,
    /// The same in words, with the time for which it holds.
    pub text: String,
    /// What came and what went since the step before; none where only the level is known.
    pub change: Option<(usize, usize)>,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Begins every id of the chart, unique in the page.
    pub id: String,
    /// What it shows, a few words.
    pub title: String,
    /// The same with its figures.
    pub description: String,
    /// Unit, n, whole sentences about what else a reader has to know.
    pub caption: String,
    /// The steps, the earliest first.
    pub steps: Vec<Step>,
    /// The last day.
    pub until: NaiveDate,
    /// Levels with a line and what it says.
    pub marks: Vec<(f64, String)>,
    /// The words for the level, what came and what went; none where the level is all that is drawn.
    pub names: Option<[String; 3]>,
    /// The table: the headings, and the rows.
    pub headings: Vec<String>,
    /// See [`Input::headings`].
    pub rows: Vec<Vec<String>>,
}

/// A chart of steps, as it is written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepsView {
    /// Begins every id.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// The same with its figures.
    pub description: String,
    /// Unit, n, what else there is to know.
    pub caption: String,
    /// The height of the drawing.
    pub height: String,
    /// Where nothing is.
    pub zero: String,
    /// Lines at levels.
    pub lines: Vec<Line>,
    /// The level, step by step.
    pub areas: Vec<Area>,
    /// The line between what came and what went; empty for none.
    pub axis: String,
    /// What came, above that line, and what went, below.
    pub bars: Vec<Area>,
    /// Days with a name.
    pub ticks: Vec<Tick>,
    /// The baseline of their names.
    pub tick_y: String,
    /// What the areas and the bars are.
    pub legend: Vec<LegendEntry>,
    /// The table: its headings.
    pub headings: Vec<String>,
    /// The table: its rows, the latest first.
    pub rows: Vec<Row>,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it is about.
    pub name: String,
    /// A cell for each further heading.
    pub cells: Vec<String>,
}

/// A line at a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Where.
    pub y: String,
    /// The level.
    pub text: String,
}

/// A day with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// Where.
    pub x: String,
    /// Which end of the name stands there.
    pub anchor: &'static str,
    /// The name.
    pub text: String,
}

const TOP: f64 = 8.0;
const LEVELS: f64 = 112.0;
const GAP: f64 = 14.0;
/// The height of what came, and that of what went.
const CHANGES: f64 = 26.0;
/// More names than this stand in each other's way on a phone.
const TICKS: usize = 6;
/// The months between two names.
const SPANS: [usize; 8] = [1, 3, 6, 12, 24, 60, 120, 240];

/// Draws the steps; none when there is no time to draw.
pub fn steps(input: &Input, words: &Words) -> Option<StepsView> {
    let first = input.steps.first()?.from;
    let days = |day: NaiveDate| real((day - first).num_days());
    let all = days(input.until) + 1.0;
    if all <= 1.0 {
        return None;
    }
    let levels = input.steps.iter().map(|step| step.level).chain(input.marks.iter().map(|(level, _)| *level));
    let (low, high) = levels.fold((0.0_f64, 0.0_f64), |(low, high), level| (low.min(level), high.max(level)));
    let y = |level: f64| TOP + LEVELS * (1.0 - share(level - low, high - low));
    let ends = input.steps.iter().skip(1).map(|step| days(step.from)).chain([all]);
    let spans: Vec<(&Step, f64, f64)> =
        input.steps.iter().zip(ends).map(|(step, end)| (step, days(step.from) / all, end / all)).collect();
    let axis = TOP + LEVELS + GAP + CHANGES;
    let most = input.steps.iter().filter_map(|step| step.change).map(|(came, went)| came.max(went)).max();
    let bottom = if most.is_some() { axis + CHANGES } else { TOP + LEVELS };
    let legend = input.names.iter().flat_map(|names| names.iter().zip(["level", "came", "went"]));
    Some(StepsView {
        id: input.id.clone(),
        title: input.title.clone(),
        description: input.description.clone(),
        caption: input.caption.clone(),
        height: rounded(bottom + 22.0),
        zero: rounded(y(0.0)),
        lines: input
            .marks
            .iter()
            .map(|(level, text)| Line { y: rounded(y(*level)), text: text.clone() })
            .collect(),
        areas: spans
            .iter()
            .map(|(step, start, end)| Area {
                class: if step.level < 0.0 { "level over" } else { "level" }.into(),
                x: percent(*start),
                width: percent(end - start),
                y: rounded(y(step.level.max(0.0))),
                height: rounded((y(step.level) - y(0.0)).abs()),
                name: step.text.clone(),
            })
            .collect(),
        axis: most.map(|_| rounded(axis)).unwrap_or_default(),
        bars: spans.iter().flat_map(|span| bars(*span, axis, most.unwrap_or_default())).collect(),
        ticks: ticks(first, input.until, words),
        tick_y: rounded(bottom + 16.0),
        legend: legend
            .map(|(name, class)| LegendEntry { class: class.to_owned(), name: name.clone(), count: None })
            .collect(),
        headings: input.headings.clone(),
        rows: input
            .rows
            .iter()
            .filter_map(|row| row.split_first())
            .map(|(name, cells)| Row { name: name.clone(), cells: cells.to_vec() })
            .collect(),
    })
}

/// What came and what went, with a little room to the next.
fn bars((step, start, end): (&Step, f64, f64), axis: f64, most: usize) -> Vec<Area> {
    let Some((came, went)) = step.change else { return Vec::new() };
    let height = |count: usize| CHANGES * share(real_size(count), real_size(most));
    let bar = |class: &'static str, count: usize, y: f64| Area {
        class: class.into(),
        x: percent(start + (end - start) * 0.12),
        width: percent((end - start) * 0.76),
        y: rounded(y),
        height: rounded(height(count)),
        name: step.text.clone(),
    };
    let both = [(came, bar("came", came, axis - height(came))), (went, bar("went", went, axis))];
    both.into_iter().filter(|(count, _)| *count > 0).map(|(_, bar)| bar).collect()
}

/// The first days of months, as many as have room; a January is told by its year.
fn ticks(first: NaiveDate, last: NaiveDate, words: &Words) -> Vec<Tick> {
    let months = |day: NaiveDate| day.year() * 12 + day.month0().cast_signed();
    let between = usize::try_from(months(last) - months(first)).unwrap_or_default();
    let span = SPANS.into_iter().find(|span| between / span <= TICKS).unwrap_or(480);
    let all = real((last - first).num_days()) + 1.0;
    let span = i32::try_from(span).unwrap_or(i32::MAX);
    (months(first)..=months(last))
        .filter(|month| month % span == 0)
        .filter_map(|month| {
            NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12).unsigned_abs() + 1, 1)
        })
        .filter(|day| *day >= first)
        .map(|day| {
            let x = real((day - first).num_days()) / all;
            Tick {
                x: percent(x),
                anchor: if x > 0.92 { "end" } else { "start" },
                text: if day.month() == 1 {
                    day.year().to_string()
                } else {
                    words.short_month(day.month()).to_owned()
                },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::english;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn input(steps: Vec<Step>, until: &str) -> Input {
        Input {
            id: "x".to_owned(),
            title: String::new(),
            description: String::new(),
            caption: String::new(),
            steps,
            until: day(until),
            marks: vec![(40.0, "allowed".to_owned())],
            names: None,
            headings: Vec::new(),
            rows: Vec::new(),
        }
    }

    fn step(from: &str, level: f64, change: Option<(usize, usize)>) -> Step {
        Step { from: day(from), level, text: String::new(), change }
    }

    #[test]
    fn a_level_holds_until_the_next_and_below_nothing_it_hangs() {
        let input =
            input(vec![step("2026-01-01", 40.0, None), step("2026-01-06", -40.0, None)], "2026-01-10");
        let view = steps(&input, &english()).unwrap();
        let seen: Vec<_> = view
            .areas
            .iter()
            .map(|area| {
                (&*area.class, area.x.as_str(), area.width.as_str(), area.y.as_str(), area.height.as_str())
            })
            .collect();
        assert_eq!(seen, [("level", "0%", "50%", "8", "56"), ("level over", "50%", "50%", "64", "56")]);
        assert_eq!((view.zero.as_str(), view.lines[0].y.as_str()), ("64", "8"));
        assert_eq!((view.axis.as_str(), view.bars.len()), ("", 0));
    }

    #[test]
    fn what_came_stands_above_the_line_and_what_went_below() {
        let input = input(
            vec![step("2026-01-01", 2.0, Some((2, 0))), step("2026-02-01", 1.0, Some((0, 1)))],
            "2026-02-28",
        );
        let view = steps(&input, &english()).unwrap();
        let seen: Vec<_> =
            view.bars.iter().map(|bar| (&*bar.class, bar.y.as_str(), bar.height.as_str())).collect();
        assert_eq!(seen, [("came", "134", "26"), ("went", "160", "13")]);
        assert_eq!(view.axis, "160");
    }

    #[test]
    fn months_have_their_names_as_far_as_there_is_room() {
        let names = |first: &str, last: &str| -> Vec<String> {
            ticks(day(first), day(last), &english()).into_iter().map(|tick| tick.text).collect()
        };
        assert_eq!(names("2025-11-03", "2026-02-20"), ["Dec", "2026", "Feb"]);
        assert_eq!(names("2024-02-01", "2026-11-20"), ["Jul", "2025", "Jul", "2026", "Jul"]);
        assert_eq!(names("1990-02-01", "2026-11-20"), ["2000", "2010", "2020"]);
        assert_eq!(steps(&input(vec![step("2026-01-01", 1.0, None)], "2026-01-01"), &english()), None);
    }
}
