//! Labels that do not cover each other.

use crate::render::charts::real_size;

/// The side of its point on which a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Centred on the point.
    Middle,
    /// From the point to the right.
    Right,
    /// From the point to the left.
    Left,
}

impl Side {
    /// The value of `text-anchor`.
    pub const fn anchor(self) -> &'static str {
        match self {
            Self::Middle => "middle",
            Self::Right => "start",
            Self::Left => "end",
        }
    }

    fn extent(self, at: f64, width: f64) -> (f64, f64) {
        match self {
            Self::Middle => (at - width / 2.0, at + width / 2.0),
            Self::Right => (at - 4.0, at + width),
            Self::Left => (at - width, at + 4.0),
        }
    }
}

/// Where a label went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The row, 0 next to the band.
    pub row: usize,
    /// On which side of its point.
    pub side: Side,
}

/// Places labels with leader lines in rows, so that no label covers another or the leader of another. `points` are the
/// place and width of each, in pixels and from left to right. None when `rows` are not enough.
pub fn flags(points: &[(f64, f64)], width: f64, rows: usize) -> Option<Vec<Placed>> {
    const PREFERENCES: [&[Side]; 5] = [
        &[Side::Middle, Side::Right, Side::Left],
        &[Side::Middle, Side::Left, Side::Right],
        &[Side::Right, Side::Middle, Side::Left],
        &[Side::Left, Side::Middle, Side::Right],
        &[Side::Right],
    ];
    let mut best: Option<Vec<Placed>> = None;
    for sides in PREFERENCES {
        let backwards: Vec<_> = (0..points.len()).rev().map(|index| (index, sides)).collect();
        let forwards: Vec<_> = backwards.iter().rev().copied().collect();
        // Labels of both ends stand inwards, over their neighbours: those have to be below them.
        let mut outwards = forwards.clone();
        let from_middle = |index: usize| points.get(index).map_or(0.0, |(at, _)| (at - width / 2.0).abs());
        outwards.sort_by(|(a, _), (b, _)| from_middle(*a).total_cmp(&from_middle(*b)));
        for order in [backwards, forwards, outwards] {
            // Only what takes fewer rows is better.
            let rows = best.as_deref().map_or(rows, height);
            let Some(placed) = place(points, &order, width, rows) else { continue };
            // None is lower than a single row.
            if height(&placed) == 0 {
                return Some(placed);
            }
            best = Some(placed);
        }
    }
    best
}

/// The highest row that is taken.
fn height(placed: &[Placed]) -> usize {
    placed.iter().map(|label| label.row).max().unwrap_or_default()
}

/// The same as two flights of stairs: labels before `turn` stand to the right of their points, one row down for each step
/// to the left; from `turn` on they hang below, to the left.
pub fn stairs(points: &[(f64, f64)], turn: usize, width: f64) -> Option<Vec<Placed>> {
    let right = (0..turn.min(points.len())).rev().map(|index| (index, [Side::Right].as_slice()));
    let left = (turn..points.len()).map(|index| (index, [Side::Left].as_slice()));
    let order: Vec<_> = right.chain(left).collect();
    place(points, &order, width, points.len())
}

struct Label {
    index: usize,
    at: f64,
    row: usize,
    from: f64,
    to: f64,
    side: Side,
}

/// Places labels one by one, each in the first row and on the first of its sides that is free.
fn place(points: &[(f64, f64)], order: &[(usize, &[Side])], width: f64, rows: usize) -> Option<Vec<Placed>> {
    let mut done: Vec<Label> = Vec::with_capacity(order.len());
    for &(index, sides) in order {
        let &(at, size) = points.get(index)?;
        let inside = |side: &Side| {
            let (from, to) = side.extent(at, size);
            from >= -12.0 && to <= width + 12.0
        };
        let sides = if sides.iter().any(inside) { sides } else { &[Side::Left, Side::Right, Side::Middle] };
        let places =
            (0..rows).flat_map(|row| sides.iter().filter(|side| inside(side)).map(move |side| (row, *side)));
        let label = places.into_iter().find_map(|(row, side)| {
            let (from, to) = side.extent(at, size);
            let free = done.iter().all(|other| {
                let apart = other.row != row || to + 8.0 <= other.from || other.to + 8.0 <= from;
                // Leaders run from the band to the label, through the rows below it.
                let mine_is_clear = row <= other.row || at < other.from - 2.0 || at > other.to + 2.0;
                let its_is_clear = other.row <= row || other.at < from - 2.0 || other.at > to + 2.0;
                apart && mine_is_clear && its_is_clear
            });
            free.then_some(Label { index, at, row, from, to, side })
        })?;
        done.push(label);
    }
    done.sort_by_key(|label| label.index);
    Some(done.into_iter().map(|label| Placed { row: label.row, side: label.side }).collect())
}

/// Moves points along a line, as little as possible and keeping their order, until they are `spacing` apart and within
/// `width`.
pub fn spread(points: &[f64], spacing: f64, width: f64) -> Vec<f64> {
    // Without the spacing the problem is isotonic regression, which pooling solves exactly.
    let mut pools: Vec<(f64, f64)> = Vec::new();
    for (index, point) in points.iter().enumerate() {
        let mut pool = (point - real_size(index) * spacing, 1.0);
        while let Some(&(mean, weight)) = pools.last() {
            if mean <= pool.0 {
                break;
            }
            pool = ((mean * weight + pool.0 * pool.1) / (weight + pool.1), weight + pool.1);
            pools.pop();
        }
        pools.push(pool);
    }
    let room = (width - real_size(points.len().saturating_sub(1)) * spacing).max(0.0);
    let mut spread = Vec::with_capacity(points.len());
    for (mean, weight) in pools {
        let mut left = weight;
        while left > 0.5 {
            spread.push(mean.clamp(0.0, room) + real_size(spread.len()) * spacing);
            left -= 1.0;
        }
    }
    spread
}

/// The width of a text in pixels at a size, roughly and rather too wide.
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(ems).sum::<f64>() * size
}

/// The width of a letter in its own size.
fn ems(letter: char) -> f64 {
    match letter {
        'i' | 'l' | 'j' | '.' | ',' | ':' | '\'' | '|' => 0.3,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '-' | '/' => 0.38,
        'm' | 'w' | 'M' | 'W' | '…' => 0.9,
        'A'..='Z' => 0.7,
        '\u{1100}'.. => 1.05,
        _ => 0.58,
    }
}

/// The text, cut with an ellipsis at a word if it is wider than it may be.
pub fn shortened(text: &str, size: f64, widest: f64) -> String {
    let mut width = 0.0;
    // Where the first letter begins after which there is no room for an ellipsis.
    let mut cut = None;
    for (at, letter) in text.char_indices() {
        width += ems(letter);
        if cut.is_none() && width * size + size > widest {
            cut = Some(at);
        }
        if width * size > widest {
            break;
        }
    }
    if width * size <= widest {
        return text.to_owned();
    }
    let kept = text.get(..cut.unwrap_or(text.len())).unwrap_or_default();
    let at_word = kept.rfind(' ').filter(|at| at * 3 > kept.len() * 2).unwrap_or(kept.len());
    let kept = kept.get(..at_word).unwrap_or_default();
    // A bracket that never closes hides where what is said ends.
    let open =
        kept.rfind('(').filter(|at| *at > 0 && !kept.get(*at..).is_some_and(|rest| rest.contains(')')));
    let kept = kept.get(..open.unwrap_or(kept.len())).unwrap_or_default();
    format!("{}…", kept.trim_end_matches([' ', ',', '.', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_moved_apart_as_little_as_possible() {
        assert_eq!(spread(&[0.0, 50.0, 100.0], 24.0, 100.0), [0.0, 50.0, 100.0]);
        assert_eq!(spread(&[50.0, 50.0, 50.0], 20.0, 100.0), [30.0, 50.0, 70.0]);
        assert_eq!(spread(&[0.0, 0.0, 0.0], 20.0, 100.0), [0.0, 20.0, 40.0]);
        assert_eq!(spread(&[100.0, 100.0], 20.0, 100.0), [80.0, 100.0]);
        assert_eq!(spread(&[], 20.0, 100.0), Vec::<f64>::new());
    }

    #[test]
    fn labels_get_rows_and_leaders_run_free() {
        let middle = |row| Placed { row, side: Side::Middle };
        assert_eq!(flags(&[(50.0, 60.0), (150.0, 60.0)], 300.0, 4), Some(vec![middle(0), middle(0)]));
        let close = flags(&[(100.0, 60.0), (110.0, 60.0), (120.0, 60.0)], 300.0, 4);
        assert_eq!(
            close,
            Some(vec![
                Placed { row: 0, side: Side::Left },
                Placed { row: 1, side: Side::Right },
                Placed { row: 0, side: Side::Right },
            ])
        );
        assert_eq!(flags(&[(5.0, 400.0)], 300.0, 4), None);
        assert_eq!(flags(&[(50.0, 60.0); 9], 300.0, 4), None);
    }

    #[test]
    fn labels_at_both_ends_leave_their_neighbours_room() {
        let placed = flags(&[(0.0, 150.0), (36.0, 140.0), (650.0, 140.0), (720.0, 150.0)], 720.0, 6);
        let rows: Vec<_> = placed.iter().flatten().map(|label| (label.row, label.side)).collect();
        assert_eq!(rows, [(1, Side::Right), (0, Side::Right), (0, Side::Left), (1, Side::Left)]);
    }

    #[test]
    fn stairs_turn_where_there_is_no_more_room_to_the_right() {
        let placed = stairs(&[(0.0, 120.0), (50.0, 120.0), (240.0, 50.0), (300.0, 120.0)], 3, 300.0);
        let rows: Vec<_> = placed.iter().flatten().map(|label| (label.row, label.side)).collect();
        assert_eq!(rows, [(1, Side::Right), (0, Side::Right), (0, Side::Right), (1, Side::Left)]);
    }

    #[test]
    fn long_texts_are_cut_at_a_word() {
        assert_eq!(shortened("Pager fires", 12.0, 200.0), "Pager fires");
        assert_eq!(shortened("cancel(31877); quotes return within two seconds", 12.0, 80.0), "cancel…");
        assert_eq!(
            shortened("Latency alert pages the on-call engineer", 12.0, 150.0),
            "Latency alert pages…"
        );
    }
}
