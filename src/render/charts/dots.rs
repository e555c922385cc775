//! Durations as dots on a logarithmic scale, with the median and the ninetieth percentile: durations of incidents are few
//! and skewed, and a bar of their mean would hide both.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    aggregate::Distribution,
    render::{
        charts::{ENOUGH, percent, place::text_width, real, rounded},
        words::Words,
    },
};

/// One measure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measure {
    /// Its name.
    pub name: String,
    /// The recorded durations in seconds, each with the title of its postmortem.
    pub values: Vec<(i64, String)>,
    /// The middle one.
    pub median: Option<i64>,
    /// What nine of ten do not exceed.
    pub p90: Option<i64>,
    /// How many are concluded from the words of a timeline, and so are not among the values.
    pub inferred: usize,
    /// How many say nothing.
    pub missing: usize,
    /// How many are not over.
    pub pending: usize,
    /// How many contradict themselves.
    pub invalid: usize,
}

/// What is drawn: one row for each measure, on one scale.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// Begins every id of the chart, unique in the page.
    pub id: String,
    /// What it shows, a few words.
    pub title: String,
    /// The measures, in order.
    pub measures: Vec<Measure>,
}

/// A dot plot, as it is written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DotsView {
    /// Begins every id.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// The unit and the scale.
    pub caption: String,
    /// The measures.
    pub rows: Vec<DotRow>,
    /// The marks of the scale; none when no row is drawn.
    pub ticks: Vec<Tick>,
}

/// One measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DotRow {
    /// Its name.
    pub name: String,
    /// `median 32 min · p90 3 h · n = 12`, or the values themselves when they are few.
    pub figures: String,
    /// What is not drawn, in words; may be empty.
    pub absent: String,
    /// The height of its drawing; empty when there is none.
    pub height: String,
    /// The dots.
    pub dots: Vec<Dot>,
    /// The median.
    pub median: String,
    /// The ninetieth percentile.
    pub p90: String,
    /// For the table: n, shortest, median, p90, longest.
    pub cells: Vec<String>,
}

/// One duration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dot {
    /// Where, across.
    pub x: String,
    /// Where, down.
    pub y: String,
    /// Its duration and postmortem.
    pub name: String,
}

/// A mark of the scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// Where.
    pub x: String,
    /// The duration.
    pub text: String,
    /// `start`, `middle` or `end`.
    pub anchor: String,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;
/// Round durations, evenly enough on a logarithmic scale.
const ROUND: [i64; 12] = [
    1,
    10,
    MINUTE,
    10 * MINUTE,
    HOUR,
    6 * HOUR,
    DAY,
    7 * DAY,
    30 * DAY,
    365 * DAY,
    3_650 * DAY,
    36_500 * DAY,
];
/// The narrowest drawing, for which dots are kept apart.
const WIDTH: f64 = 300.0;
const APART: f64 = 9.0;
/// More values than this do not each have a dot.
const MANY: usize = 400;
/// Dots on top of each other; more than that overlap.
const MOST_LEVELS: i32 = 4;

/// Draws the plot.
pub fn dots(input: &Input, words: &Words) -> DotsView {
    let drawn = input.measures.iter().filter(|measure| measure.values.len() >= ENOUGH);
    let values: Vec<i64> =
        drawn.flat_map(|measure| measure.values.iter().map(|(seconds, _)| *seconds)).collect();
    let scale = Scale::over(&values);
    DotsView {
        id: input.id.clone(),
        title: input.title.clone(),
        caption: caption(input, scale.is_some(), words),
        rows: input.measures.iter().map(|measure| row(measure, scale.as_ref(), words)).collect(),
        ticks: scale.map(|scale| scale.ticks(words)).unwrap_or_default(),
    }
}

fn caption(input: &Input, is_drawn: bool, words: &Words) -> String {
    let any = |is: fn(&Measure) -> bool| input.measures.iter().any(is);
    let first = if is_drawn { words.say("dots.drawn") } else { words.say("dots.too-few") };
    let mut sentences = vec![first];
    if is_drawn && any(|measure| shown_p90(measure).is_some()) {
        sentences.push(words.say("dots.p90"));
    }
    if any(|measure| measure.inferred > 0) {
        sentences.push(words.say("dots.inferred-note"));
    }
    sentences.join(" ")
}

struct Scale {
    from: f64,
    to: f64,
}

impl Scale {
    fn over(values: &[i64]) -> Option<Self> {
        let shortest = (*values.iter().min()?).max(1);
        let longest = (*values.iter().max()?).max(2);
        let from = ROUND.iter().rev().find(|round| **round <= shortest).copied().unwrap_or(1);
        let to = ROUND.iter().find(|round| **round >= longest && **round > from).copied().unwrap_or(longest);
        Some(Self { from: real(from).ln(), to: real(to).ln() })
    }

    fn share(&self, seconds: i64) -> f64 {
        ((real(seconds.max(1)).ln() - self.from) / (self.to - self.from)).clamp(0.0, 1.0)
    }

    fn ticks(&self, words: &Words) -> Vec<Tick> {
        let inside = |round: &&i64| (self.from - 1e-9..=self.to + 1e-9).contains(&real(**round).ln());
        let mut ticks: Vec<Tick> = Vec::new();
        let mut end = f64::MIN;
        for round in ROUND.iter().filter(inside) {
            let share = self.share(*round);
            let half = text_width(&words.duration(*round), 12.0) / 2.0;
            if share * WIDTH - half < end {
                continue;
            }
            end = share * WIDTH + half + 6.0;
            let anchor = if share < 0.02 {
                "start"
            } else if share > 0.98 {
                "end"
            } else {
                "middle"
            };
            ticks.push(Tick { x: percent(share), text: words.duration(*round), anchor: anchor.to_owned() });
        }
        ticks
    }
}

fn row(measure: &Measure, scale: Option<&Scale>, words: &Words) -> DotRow {
    let mut values: Vec<(i64, &str)> =
        measure.values.iter().map(|(seconds, title)| (*seconds, title.as_str())).collect();
    values.sort_unstable();
    let n = values.len();
    let text = |seconds: Option<i64>| match seconds {
        None => words.say("chart.not-available").to_owned(),
        Some(seconds) => words.duration(seconds),
    };
    let shortest = values.first().map(|(seconds, _)| *seconds);
    let longest = values.last().map(|(seconds, _)| *seconds);
    let scale = scale.filter(|_| n >= ENOUGH);
    let (dots, levels) = scale.map(|scale| swarm(&values, scale, words)).unwrap_or_default();
    let middle = f64::from(levels) * APART + 9.0;
    let p90 = shown_p90(measure);
    let figures = match scale {
        Some(_) => {
            let median = text(measure.median);
            match p90.map(|p90| words.duration(p90)) {
                Some(p90) => words.count("dots.figures-p90", n, &[("median", &median), ("high", &p90)]),
                None => words.count("dots.figures", n, &[("median", &median)]),
            }
        }
        None if n == 0 => words.say("dots.none").to_owned(),
        None => {
            let list: Vec<String> = values.iter().map(|(seconds, _)| words.duration(*seconds)).collect();
            words.count("dots.few", n, &[("values", &words.list(&list))])
        }
    };
    DotRow {
        name: measure.name.clone(),
        figures,
        absent: absent(measure, words),
        height: if scale.is_some() { rounded(middle * 2.0) } else { String::new() },
        dots: dots
            .into_iter()
            .map(|(share, level, name)| Dot {
                x: percent(share),
                y: rounded(middle + f64::from(level) * APART),
                name,
            })
            .collect(),
        median: scale
            .zip(measure.median)
            .map(|(scale, median)| percent(scale.share(median)))
            .unwrap_or_default(),
        p90: scale.zip(p90).map(|(scale, p90)| percent(scale.share(p90))).unwrap_or_default(),
        cells: [
            n.to_string(),
            text(shortest),
            text(measure.median),
            p90.map_or_else(|| words.say("chart.too-few").to_owned(), |p90| words.duration(p90)),
            text(longest),
        ]
        .into(),
    }
}

/// Each value's place, on the nearest free level above or below the line; and how many levels there are on each side. Of
/// many, those are left out that would lie on another one.
fn swarm(values: &[(i64, &str)], scale: &Scale, words: &Words) -> (Vec<(f64, i32, String)>, i32) {
    let mut ends: Vec<(i32, f64)> = Vec::new();
    let mut dots = Vec::with_capacity(values.len());
    let mut highest = 0;
    let mut taken = BTreeSet::new();
    for (index, (seconds, title)) in values.iter().enumerate() {
        let share = scale.share(*seconds);
        let at = share * WIDTH;
        let levels = std::iter::once(0).chain((1..=MOST_LEVELS).flat_map(|level| [-level, level]));
        let free = levels
            .filter(|level| ends.iter().all(|(other, end)| other != level || at - end >= APART))
            .min_by_key(|level| level.abs());
        let most = usize::try_from(MOST_LEVELS * 2 + 1).unwrap_or(9);
        let wrapped = i32::try_from(index % most).unwrap_or_default() - MOST_LEVELS;
        let level = free.unwrap_or(wrapped);
        ends.retain(|(other, _)| *other != level);
        ends.push((level, at));
        highest = highest.max(level.abs());
        if values.len() > MANY && !taken.insert(((share * WIDTH / 3.0).round().to_bits(), level)) {
            continue;
        }
        dots.push((share, level, format!("{}: {title}", words.duration(*seconds))));
    }
    (dots, highest)
}

/// Of a handful of values, the ninetieth percentile is just the longest.
fn shown_p90(measure: &Measure) -> Option<i64> {
    measure.p90.filter(|_| measure.values.len() >= Distribution::ENOUGH_FOR_P90)
}

/// What is not among the dots.
fn absent(measure: &Measure, words: &Words) -> String {
    let parts = [
        (measure.inferred, "dots.inferred"),
        (measure.missing, "dots.missing"),
        (measure.pending, "dots.pending"),
        (measure.invalid, "dots.invalid"),
    ];
    let said = parts.into_iter().filter(|(count, _)| *count > 0);
    words.row(&said.map(|(count, key)| words.count(key, count, &[])).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::english;

    fn dots(input: &Input) -> DotsView {
        super::dots(input, &english())
    }

    #[test]
    fn of_many_values_those_that_would_hide_each_other_share_a_dot() {
        let measures = |values: &[i64]| Input { measures: vec![measure(values)], ..Input::default() };
        let few = dots(&measures(&[60; 100]));
        let many = dots(&measures(&(0..20_000).map(|at| 60 + at % 3_600).collect::<Vec<_>>()));
        assert_eq!(few.rows[0].dots.len(), 100);
        assert!((300..1_000).contains(&many.rows[0].dots.len()), "{}", many.rows[0].dots.len());
        assert!(many.rows[0].figures.ends_with("n\u{a0}=\u{a0}20\u{202f}000"), "{}", many.rows[0].figures);
    }

    fn measure(values: &[i64]) -> Measure {
        Measure {
            name: "Time to detect".into(),
            values: values.iter().map(|seconds| (*seconds, format!("p{seconds}"))).collect(),
            median: values.get(values.len() / 2).copied(),
            p90: values.last().copied(),
            inferred: 3,
            missing: 2,
            pending: 0,
            invalid: 1,
        }
    }

    #[test]
    fn dots_stand_on_a_logarithmic_scale_that_begins_and_ends_round() {
        let view = dots(&Input { measures: vec![measure(&[60, 600, 3600])], ..Input::default() });
        let ticks: Vec<_> =
            view.ticks.iter().map(|tick| (tick.text.replace('\u{a0}', " "), &*tick.x)).collect();
        assert_eq!(
            ticks,
            [("1 min".to_owned(), "0%"), ("10 min".to_owned(), "56.24%"), ("1 h".to_owned(), "100%")]
        );
        let row = &view.rows[0];
        assert_eq!(
            row.dots.iter().map(|dot| (&*dot.x, &*dot.y)).collect::<Vec<_>>(),
            [("0%", "9"), ("56.24%", "9"), ("100%", "9")]
        );
        assert_eq!(row.figures.replace('\u{a0}', " "), "median 10 min · n = 3");
        assert_eq!(row.absent.replace('\u{a0}', " "), "3 inferred, 2 not recorded, 1 invalid");
        assert_eq!((&*row.median, &*row.p90), ("56.24%", ""));
    }

    #[test]
    fn ten_values_have_a_ninetieth_percentile() {
        let view = dots(&Input {
            measures: vec![measure(&[60, 60, 60, 60, 60, 60, 60, 60, 60, 3600])],
            ..Input::default()
        });
        assert_eq!(view.rows[0].figures.replace('\u{a0}', " "), "median 1 min · p90 1 h · n = 10");
        assert_eq!(view.rows[0].p90, "100%");
    }

    #[test]
    fn dots_of_one_place_stand_side_by_side_up_to_a_height() {
        let view =
            dots(&Input { measures: vec![measure(&[60; 3]), measure(&[60; 500])], ..Input::default() });
        let mut ys: Vec<_> = view.rows[0].dots.iter().map(|dot| dot.y.clone()).collect();
        ys.sort();
        ys.dedup();
        assert_eq!(ys.len(), 3);
        assert_eq!(view.rows[1].height, "90");
    }

    #[test]
    fn a_few_values_are_told_and_none_are_not_zero() {
        let view = dots(&Input { measures: vec![measure(&[60, 120]), measure(&[])], ..Input::default() });
        assert_eq!(
            view.rows.iter().map(|row| row.figures.replace('\u{a0}', " ")).collect::<Vec<_>>(),
            ["1 min and 2 min · n = 2", "none recorded"]
        );
        assert_eq!(view.rows[1].cells, ["0", "N/A", "N/A", "too few", "N/A"]);
        assert_eq!(view.ticks, []);
    }

    #[test]
    fn a_duration_of_nothing_is_at_the_edge() {
        let view = dots(&Input { measures: vec![measure(&[0, 0, 5])], ..Input::default() });
        assert_eq!(view.rows[0].dots[0].x, "0%");
    }
}
