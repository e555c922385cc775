//! Which lines of a text are not those of an earlier one.

use std::ops::RangeInclusive;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Lines of a text, counted from 1, as ranges in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines(Vec<RangeInclusive<usize>>);

impl Lines {
    /// Every line there can be: those of a new file.
    pub fn all() -> Self {
        Self(vec![1..=usize::MAX])
    }

    /// The lines of `new` that are not in `old`, or not there. How a line ends is not looked at.
    pub fn changed(old: &str, new: &str) -> Self {
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let ranges =
            capture_diff_slices(Algorithm::Myers, &old, &new).into_iter().filter_map(|op| match op {
                DiffOp::Insert { new_index, new_len, .. } | DiffOp::Replace { new_index, new_len, .. } => {
                    Some(new_index + 1..=new_index + new_len)
                }
                DiffOp::Equal { .. } | DiffOp::Delete { .. } => None,
            });
        Self(ranges.collect())
    }

    /// True when none has changed: the file is renamed, or lines have only been taken out.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True when one of the lines from `first` to `last` is among them.
    pub fn touch(&self, first: usize, last: usize) -> bool {
        self.0.iter().any(|range| *range.start() <= last && first <= *range.end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_and_changed_lines_count_and_removed_ones_leave_no_trace() {
        let old = "title\n\none\ntwo\nthree\nlast";
        let new = "title\r\n\r\nONE\r\ntwo\r\nlast\r\nmore\r\nand more\r\n";
        let lines = Lines::changed(old, new);
        assert_eq!(lines, Lines(vec![3..=3, 6..=7]));
        assert_eq!(
            [lines.touch(1, 2), lines.touch(2, 4), lines.touch(4, 5), lines.touch(7, 9)],
            [false, true, false, true]
        );
        assert!(Lines::changed(old, "title\n\none\n").is_empty());
        assert!(Lines::all().touch(9, 9));
    }
}
