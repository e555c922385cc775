//! When incidents begin: weekday by hour. Each cell has its count in it, so that the shade is never all there is.

use serde::Serialize;

use crate::render::{
    charts::{ENOUGH, percent, real_size, rounded},
    words::Words,
};

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// Begins every id of the chart, unique in the page.
    pub id: String,
    /// What it shows, a few words.
    pub title: String,
    /// The weekday, 0 for Monday, and the hour at which each began.
    pub starts: Vec<(usize, usize)>,
    /// How many have no known time of day.
    pub untimed: usize,
}

/// A punch card, as it is written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PunchCardView {
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
    /// The height.
    pub height: String,
    /// The days.
    pub days: Vec<Day>,
    /// The labels of the hours.
    pub hours: Vec<Hour>,
    /// The cells with anything in them.
    pub cells: Vec<Cell>,
    /// The width of a cell.
    pub cell_width: String,
}

/// A weekday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// Short.
    pub name: String,
    /// The top of its row.
    pub top: String,
    /// How many.
    pub count: usize,
    /// At which hours, in words.
    pub hours: String,
}

/// A label of the axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hour {
    /// Where.
    pub x: String,
    /// `06`.
    pub text: String,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The left edge.
    pub x: String,
    /// The middle.
    pub middle: String,
    /// The top.
    pub y: String,
    /// How many.
    pub count: usize,
    /// The shade, 1 to 4.
    pub shade: usize,
    /// `Tue 14:00: 3`.
    pub name: String,
}

const ROW: f64 = 24.0;

/// Draws the card.
pub fn punch_card(input: &Input, words: &Words) -> PunchCardView {
    let n = input.starts.len();
    let count = |day: usize, hour: usize| input.starts.iter().filter(|start| **start == (day, hour)).count();
    let most =
        (0..7).flat_map(|day| (0..24).map(move |hour| (day, hour))).map(|(day, hour)| count(day, hour)).max();
    // With few incidents a single one is no peak.
    let most = most.unwrap_or_default().max(4);
    let too_few = (n < ENOUGH).then(|| words.count("hours.too-few", n, &[]));
    let mut caption = words.count("hours.caption", n, &[]);
    if input.untimed > 0 {
        caption.extend([" ", &words.count("hours.untimed", input.untimed, &[])]);
    }
    let mut cells = Vec::new();
    let mut days = Vec::new();
    for day in 0..7 {
        let name = words.short_weekday(day);
        let mut told = Vec::new();
        for hour in 0..24 {
            let count = count(day, hour);
            if count == 0 {
                continue;
            }
            told.push(format!("{hour:02}:00 ({count})"));
            let left = real_size(hour) / 24.0;
            cells.push(Cell {
                x: percent(left),
                middle: percent(left + 0.5 / 24.0),
                y: rounded(real_size(day) * ROW),
                count,
                shade: (count * 4).div_ceil(most),
                name: format!("{name} {hour:02}:00: {count}"),
            });
        }
        let count = input.starts.iter().filter(|(other, _)| *other == day).count();
        days.push(Day {
            name: name.to_owned(),
            top: rounded(real_size(day) * ROW),
            count,
            hours: told.join(", "),
        });
    }
    let figures: Vec<String> = days.iter().map(|day| format!("{} {}", day.name, day.count)).collect();
    PunchCardView {
        id: input.id.clone(),
        title: input.title.clone(),
        description: format!("{}.", words.row(&figures)),
        cells: if too_few.is_none() { cells } else { Vec::new() },
        words: too_few,
        caption,
        height: rounded(7.0 * ROW + 22.0),
        days,
        hours: [0, 6, 12, 18, 24]
            .map(|hour| Hour { x: percent(real_size(hour) / 24.0), text: format!("{hour:02}") })
            .into(),
        cell_width: percent(1.0 / 24.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::english;

    fn punch_card(input: &Input) -> PunchCardView {
        super::punch_card(input, &english())
    }

    #[test]
    fn a_cell_has_its_count_and_its_shade() {
        let view = punch_card(&Input {
            starts: vec![(1, 14), (1, 14), (1, 14), (1, 14), (6, 0)],
            untimed: 2,
            ..Input::default()
        });
        let cells: Vec<_> =
            view.cells.iter().map(|cell| (&*cell.name, cell.shade, &*cell.x, &*cell.y)).collect();
        assert_eq!(cells, [("Tue 14:00: 4", 4, "58.33%", "24"), ("Sun 00:00: 1", 1, "0%", "144")]);
        assert_eq!(
            view.days[1],
            Day { name: "Tue".into(), top: "24".into(), count: 4, hours: "14:00 (4)".into() }
        );
        assert!(
            view.caption.ends_with(", n\u{a0}=\u{a0}5. 2\u{a0}without a known time of day."),
            "{}",
            view.caption
        );
    }

    #[test]
    fn two_are_too_few() {
        let view = punch_card(&Input { starts: vec![(1, 14), (2, 3)], ..Input::default() });
        assert!(view.words.is_some() && view.cells.is_empty());
    }
}
