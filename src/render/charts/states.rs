//! A small bar of how many action items are in which state.

use serde::Serialize;

use crate::render::charts::{percent, real_size, share};

/// One state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The class that colours it, without `state-`: `overdue`, `open`, `done`, …
    pub key: String,
    /// The word.
    pub word: String,
    /// How many.
    pub count: usize,
}

/// A bar of states, as it is written out. It is decoration: the words beside it say the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatesView {
    /// All of them.
    pub total: usize,
    /// Those that occur.
    pub parts: Vec<PartView>,
}

/// One part of the bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// See [`Part::key`].
    pub key: String,
    /// The word.
    pub word: String,
    /// How many.
    pub count: usize,
    /// The left edge.
    pub x: String,
    /// The width.
    pub width: String,
}

/// Draws the bar; none when there is nothing in any state.
pub fn states(parts: &[Part]) -> Option<StatesView> {
    let total: usize = parts.iter().map(|part| part.count).sum();
    let mut done = 0;
    let drawn = parts.iter().filter(|part| part.count > 0).map(|part| {
        let x = percent(share(real_size(done), real_size(total)));
        done += part.count;
        let width = percent(share(real_size(part.count), real_size(total)));
        PartView { key: part.key.clone(), word: part.word.clone(), count: part.count, x, width }
    });
    let parts: Vec<PartView> = drawn.collect();
    (total > 0).then_some(StatesView { total, parts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_fill_the_bar() {
        let part = |key: &str, count| Part { key: key.into(), word: key.into(), count };
        let view = states(&[part("overdue", 1), part("open", 0), part("done", 3)]).unwrap();
        let parts: Vec<_> = view.parts.iter().map(|part| (&*part.key, &*part.x, &*part.width)).collect();
        assert_eq!(parts, [("overdue", "0%", "25%"), ("done", "25%", "75%")]);
        assert_eq!(states(&[part("open", 0)]), None);
    }
}
