//! Counts from which can be taken what was put in.

use std::{borrow::Borrow, collections::BTreeMap};

/// Whether something begins to count or counts no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    In,
    Out,
}

impl Way {
    /// Counts one, if it is one.
    pub(super) fn one(self, count: &mut usize, is_one: bool) {
        match self {
            Self::In => *count += usize::from(is_one),
            Self::Out => *count = count.saturating_sub(usize::from(is_one)),
        }
    }

    /// Counts one of those with a key. What there is none of is absent.
    pub(super) fn of<K, Q>(self, counts: &mut BTreeMap<K, usize>, key: &Q)
    where
        K: Ord + Borrow<Q>,
        Q: Ord + ToOwned<Owned = K> + ?Sized,
    {
        match counts.get_mut(key) {
            Some(1) if self == Self::Out => drop(counts.remove(key)),
            Some(count) => self.one(count, true),
            None if self == Self::In => drop(counts.insert(key.to_owned(), 1)),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_can_be_taken_out_again() {
        let mut counts = BTreeMap::new();
        for key in ["a", "b", "a"] {
            Way::In.of(&mut counts, key);
        }
        assert_eq!(counts, BTreeMap::from([("a".to_owned(), 2), ("b".to_owned(), 1)]));
        for key in ["a", "b", "c"] {
            Way::Out.of(&mut counts, key);
        }
        assert_eq!(counts, BTreeMap::from([("a".to_owned(), 1)]));
    }
}
