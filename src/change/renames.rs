//! How alike two texts are: whether a file that is new to git is one that is gone, under another name.

use std::collections::BTreeMap;

/// The share of the lines that two texts have in common, in percent, wherever they stand. Empty lines count nothing.
pub fn likeness(one: &str, other: &str) -> usize {
    let lines = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for line in one.lines().map(str::trim).filter(|line| !line.is_empty()) {
        *left.entry(line).or_default() += 1;
    }
    let mut common: usize = 0;
    for line in other.lines().map(str::trim) {
        if let Some(count) = left.get_mut(line).filter(|count| **count > 0) {
            *count -= 1;
            common += 2;
        }
    }
    (common * 100).checked_div(lines(one) + lines(other)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_as_alike_as_the_share_of_their_lines() {
        let shares = [("a\n\nb\n", "b\na\n"), ("a\nb\nc\n", "a\nx\ny\n"), ("a\n", "b\n"), ("", "\n")];
        let shares = shares.map(|(one, other)| likeness(one, other));
        assert_eq!(shares, [100, 33, 0, 0]);
    }
}
