//! How many per month, stacked by severity. The worst stands on the base line, where heights can be compared.

use serde::Serialize;

use crate::render::{
    charts::{Area, ENOUGH, LegendEntry, percent, real_size, rounded, share},
    words::Words,
};

/// What a column is made of: a severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The word on the page.
    pub name: String,
    /// The class that colours it: `sev-1` … `sev-5`, `sev-none`.
    pub class: String,
}

/// One month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// One count for each series.
    pub counts: Vec<usize>,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// Begins every id of the chart, unique in the page.
    pub id: String,
    /// What it shows, a few words.
    pub title: String,
    /// The severities, the worst first.
    pub series: Vec<Series>,
    /// All months without a gap, the earliest first.
    pub months: Vec<Month>,
    /// Postmortems without a date.
    pub undated: usize,
    /// How many are drawn on the day of an event or of a mention, since they state none.
    pub dated_by_text: usize,
}

/// A chart of months, as it is written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthsView {
    /// Begins every id.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// The same with its figures.
    pub description: String,
    /// Stands in the place of the drawing when there is too little to draw.
    pub words: Option<String>,
    /// Unit, n, what is not counted.
    pub caption: String,
    /// The height of the drawing.
    pub height: String,
    /// The base line.
    pub base: String,
    /// The baseline of the labels below.
    pub label_y: String,
    /// The baseline of the years.
    pub year_y: String,
    /// Lines at round counts.
    pub lines: Vec<Line>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The series, in words.
    pub legend: Vec<LegendEntry>,
    /// The table: a heading for each series.
    pub headings: Vec<String>,
    /// The table: a row for each column with anything in it.
    pub rows: Vec<Row>,
}

/// A line at a round count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Where.
    pub y: String,
    /// The count.
    pub text: String,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The middle.
    pub middle: String,
    /// The left edge.
    pub left: String,
    /// The label below; may be empty.
    pub label: String,
    /// The year below that, at its first column.
    pub year: String,
    /// The severities, from the base line up.
    pub parts: Vec<Area>,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The month, quarter or year.
    pub name: String,
    /// One count for each series.
    pub counts: Vec<usize>,
    /// All of them.
    pub total: usize,
}

/// The length of time of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Month,
    Quarter,
    Year,
}

struct Bin {
    year: i32,
    label: String,
    name: String,
    counts: Vec<usize>,
}

/// The height of one postmortem, as long as there are few.
const UNIT: f64 = 38.0;
const HIGHEST: f64 = 152.0;
const TOP: f64 = 6.0;

/// Draws the chart.
pub fn months(input: &Input, words: &Words) -> MonthsView {
    let step = match input.months.len() {
        ..=36 => Step::Month,
        37..=120 => Step::Quarter,
        _ => Step::Year,
    };
    let bins = bins(input, step, words);
    let total: usize = bins.iter().flat_map(|bin| &bin.counts).sum();
    let highest = bins.iter().map(|bin| bin.counts.iter().sum::<usize>()).max().unwrap_or_default();
    let ceiling = ceiling(highest);
    let unit = match step {
        Step::Month => "month",
        Step::Quarter => "quarter",
        Step::Year => "year",
    };
    let unit_words = words.of("months-per", unit);
    let mut caption = words.fill("chart.caption", &[("unit", &unit_words), ("n", &words.whole(total))]);
    for (count, key) in [(input.undated, "months.undated"), (input.dated_by_text, "months.dated-by-text")] {
        if count > 0 {
            caption.extend([" ", &words.count(key, count, &[])]);
        }
    }
    let too_few = (total < ENOUGH).then(|| words.count("months.too-few", total, &[]));
    let plot = (real_size(ceiling) * UNIT).min(HIGHEST);
    let base = TOP + plot;
    let legend: Vec<LegendEntry> = input
        .series
        .iter()
        .enumerate()
        .map(|(index, series)| LegendEntry {
            class: series.class.clone(),
            name: series.name.clone(),
            count: Some(bins.iter().filter_map(|bin| bin.counts.get(index)).sum()),
        })
        .collect();
    let figures: Vec<String> =
        legend.iter().map(|entry| format!("{} {}", entry.count.unwrap_or_default(), entry.name)).collect();
    MonthsView {
        id: input.id.clone(),
        title: input.title.clone(),
        description: words.fill(
            &format!("months-most.{unit}"),
            &[("all", &total), ("parts", &words.row(&figures)), ("most", &highest)],
        ),
        height: rounded(base + 38.0),
        base: rounded(base),
        label_y: rounded(base + 16.0),
        year_y: rounded(base + 32.0),
        lines: lines(ceiling, plot),
        columns: if too_few.is_none() { columns(&bins, &input.series, ceiling, plot) } else { Vec::new() },
        words: too_few,
        caption,
        legend,
        headings: input.series.iter().map(|series| series.name.clone()).collect(),
        rows: bins
            .into_iter()
            .map(|bin| Row { total: bin.counts.iter().sum(), name: bin.name, counts: bin.counts })
            .filter(|row| row.total > 0)
            .collect(),
    }
}

fn bins(input: &Input, step: Step, words: &Words) -> Vec<Bin> {
    let mut bins: Vec<Bin> = Vec::new();
    let few = input.months.len() <= 14;
    for month in &input.months {
        let (label, name) = match step {
            Step::Month => {
                let short = words.short_month(month.month);
                // A single letter, or the number where months have no name.
                let letter = short.chars().take_while(char::is_ascii_digit).collect::<String>();
                let letter = if letter.is_empty() { short.chars().take(1).collect() } else { letter };
                (if few { letter } else { String::new() }, words.short_month_of(month.year, month.month))
            }
            Step::Quarter => (String::new(), words.quarter(month.year, month.month.div_ceil(3))),
            Step::Year => (String::new(), month.year.to_string()),
        };
        match bins.last_mut() {
            Some(bin) if bin.name == name => {
                for (sum, count) in bin.counts.iter_mut().zip(&month.counts) {
                    *sum += count;
                }
            }
            _ => bins.push(Bin { year: month.year, label, name, counts: month.counts.clone() }),
        }
    }
    bins
}

/// The count at the top: the first round one that is not below the highest column.
fn ceiling(highest: usize) -> usize {
    let mut scale = 1;
    loop {
        for round in [1, 2, 4, 6, 8, 10] {
            if round * scale >= highest {
                return (round * scale).max(2);
            }
        }
        scale *= 10;
    }
}

fn lines(ceiling: usize, plot: f64) -> Vec<Line> {
    let line = |value: usize| Line {
        y: rounded(TOP + plot - share(real_size(value), real_size(ceiling)) * plot),
        text: value.to_string(),
    };
    [ceiling / 2, ceiling].map(line).into()
}

fn columns(bins: &[Bin], series: &[Series], ceiling: usize, plot: f64) -> Vec<Column> {
    let slot = share(1.0, real_size(bins.len()));
    // A column on its own is no wider than a finger.
    let width = (slot * 0.78).min(0.09);
    let mut shown_year = None;
    let years = bins.last().zip(bins.first()).map_or(0, |(last, first)| last.year - first.year);
    let every = match years {
        ..=9 => 1,
        10..=30 => 5,
        _ => 10,
    };
    bins.iter()
        .enumerate()
        .map(|(index, bin)| {
            let left = real_size(index) * slot;
            let middle = left + slot / 2.0;
            let new_year =
                shown_year.replace(bin.year) != Some(bin.year) && (bin.year % every == 0 || every == 1);
            // The first year may have only a few columns before the next label.
            let room = bins.iter().filter(|other| other.year == bin.year).count();
            let crowded = index == 0 && real_size(room) * slot < 0.13 && bins.len() > room;
            let mut y = TOP + plot;
            let parts =
                bin.counts.iter().zip(series).filter(|(count, _)| **count > 0).map(|(count, series)| {
                    let height = share(real_size(*count), real_size(ceiling)) * plot;
                    y -= height;
                    Area {
                        class: series.class.clone().into(),
                        x: percent(middle - width / 2.0),
                        width: percent(width),
                        y: rounded(y),
                        height: rounded(height),
                        name: format!("{}: {count} {}", bin.name, series.name),
                    }
                });
            Column {
                parts: parts.collect(),
                middle: percent(middle),
                left: percent(left),
                label: bin.label.clone(),
                year: if new_year && !crowded { bin.year.to_string() } else { String::new() },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::english;

    fn months(input: &Input) -> MonthsView {
        super::months(input, &english())
    }

    fn input(months: &[(i32, u32, [usize; 2])]) -> Input {
        let series = [("SEV1", "sev-1"), ("SEV2", "sev-2")];
        Input {
            id: "m".into(),
            title: "Postmortems".into(),
            series: series.map(|(name, class)| Series { name: name.into(), class: class.into() }).into(),
            months: months
                .iter()
                .map(|(year, month, counts)| Month { year: *year, month: *month, counts: counts.to_vec() })
                .collect(),
            undated: 1,
            dated_by_text: 2,
        }
    }

    #[test]
    fn columns_stand_on_the_base_line_with_the_worst_below() {
        let view = months(&input(&[(2025, 12, [1, 2]), (2026, 1, [0, 0]), (2026, 2, [0, 1])]));
        assert_eq!(view.words, None);
        assert_eq!(
            view.caption,
            "Postmortems per month, n\u{a0}=\u{a0}4. 1\u{a0}without a date is not drawn. \
             2\u{a0}state no date and stand on the first day that the text tells."
        );
        assert_eq!(view.description, "4 in all: 1 SEV1, 3 SEV2. At most 3 in a month.");
        let parts: Vec<_> =
            view.columns[0].parts.iter().map(|part| (&*part.name, &*part.y, &*part.height)).collect();
        assert_eq!(parts, [("Dec 2025: 1 SEV1", "120", "38"), ("Dec 2025: 2 SEV2", "44", "76")]);
        assert_eq!(view.columns[1].parts, []);
        assert_eq!(view.lines.iter().map(|line| &*line.text).collect::<Vec<_>>(), ["2", "4"]);
        assert_eq!(view.rows.len(), 2);
    }

    #[test]
    fn two_are_too_few_for_a_picture() {
        let view = months(&input(&[(2026, 1, [1, 1])]));
        assert_eq!(
            view.words.as_deref().map(|words| words.replace('\u{a0}', " ")),
            Some("2 postmortems with a date: too few for a picture.".into())
        );
        assert_eq!(view.columns, []);
        assert_eq!(view.rows.len(), 1);
    }

    #[test]
    fn many_months_are_drawn_as_quarters_and_many_years_as_years() {
        let row = |count: u32| {
            (0..count)
                .map(|at| (2000 + i32::try_from(at / 12).unwrap(), at % 12 + 1, [1, 0]))
                .collect::<Vec<_>>()
        };
        assert_eq!(months(&input(&row(36))).columns.len(), 36);
        assert_eq!(months(&input(&row(48))).columns.len(), 16);
        assert_eq!(months(&input(&row(240))).columns.len(), 20);
        assert_eq!(ceiling(0), 2);
        assert_eq!(ceiling(7), 8);
        assert_eq!(ceiling(41), 60);
    }
}
