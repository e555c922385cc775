//! What became of the places of one archive in the next, so that what refers to places can follow.

use std::cmp::Ordering;

use rayon::prelude::*;

/// From the places of one archive to those of the next. A postmortem that is another one now is gone, and fresh.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moves {
    /// Where each postmortem of the one is in the next; none for one that is gone.
    to: Vec<Option<usize>>,
    /// The places in the one of those that are gone.
    gone: Vec<usize>,
    /// The places in the next of those that were not there.
    fresh: Vec<usize>,
}

impl Moves {
    /// From so many places to those where each item of a list comes from, none for what is fresh.
    pub(super) fn new(before: usize, now: impl Iterator<Item = Option<usize>>) -> Self {
        let mut to = vec![None; before];
        let mut fresh = Vec::new();
        for (at, from) in now.enumerate() {
            match from.and_then(|from| to.get_mut(from)) {
                Some(slot) => *slot = Some(at),
                None => fresh.push(at),
            }
        }
        let gone = (0..).zip(&to).filter(|(_, to)| to.is_none()).map(|(at, _)| at).collect();
        Self { to, gone, fresh }
    }

    /// Where a postmortem is now; none when it is gone.
    pub fn to(&self, place: usize) -> Option<usize> {
        self.to.get(place).copied().flatten()
    }

    /// The places that those had which are gone, in their order.
    pub fn gone(&self) -> &[usize] {
        &self.gone
    }

    /// The places of those that were not there, in their order.
    pub fn fresh(&self) -> &[usize] {
        &self.fresh
    }

    /// Where those at some places are now that are still there. What stays is in the order that it was in.
    pub fn kept(&self, places: &[usize]) -> Vec<usize> {
        places.iter().filter_map(|place| self.to(*place)).collect()
    }

    /// Places in their order, without those that are gone, with those of what is fresh that are of the kind.
    pub fn follow(&self, places: &[usize], is_one: impl Fn(usize) -> bool) -> Vec<usize> {
        let fresh = self.fresh.iter().copied().filter(|place| is_one(*place)).collect();
        merged(self.kept(places), fresh, usize::cmp)
    }
}

/// Two lists in one that is sorted. The first is so already, and is expected to be the longer one.
pub fn merged<T: Send>(
    sorted: Vec<T>,
    mut others: Vec<T>,
    compare: impl Fn(&T, &T) -> Ordering + Sync,
) -> Vec<T> {
    others.par_sort_by(&compare);
    if sorted.is_empty() {
        return others;
    }
    let mut all = Vec::with_capacity(sorted.len() + others.len());
    let is_before = |one: &T, other: &T| compare(one, other) == Ordering::Less;
    let before: Vec<usize> =
        others.iter().map(|other| sorted.partition_point(|one| is_before(one, other))).collect();
    let mut sorted = sorted.into_iter();
    let mut taken = 0;
    for (other, before) in others.into_iter().zip(before) {
        all.extend(sorted.by_ref().take(before - taken));
        all.push(other);
        taken = before;
    }
    all.extend(sorted);
    all
}

/// A sorted list without others that are in it; of equal ones, as many go as there are others.
pub fn without<T: Ord + Copy>(sorted: &[T], mut others: Vec<T>) -> Vec<T> {
    others.sort_unstable();
    let mut others = others.into_iter().peekable();
    let is_left = |one: &T| {
        while others.next_if(|other| other < one).is_some() {}
        others.next_if_eq(one).is_none()
    };
    sorted.iter().copied().filter(is_left).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_keeps_its_order_and_what_is_fresh_comes_between() {
        let moves = Moves::new(4, [None, Some(0), Some(2), None, Some(3)].into_iter());
        assert_eq!([0, 1, 2, 3, 4].map(|place| moves.to(place)), [Some(1), None, Some(2), Some(4), None]);
        assert_eq!((moves.gone(), moves.fresh()), (&[1][..], &[0, 3][..]));
        assert_eq!(moves.follow(&[1, 2, 3], |place| place == 3), [2, 3, 4]);
    }

    #[test]
    fn lists_are_merged_and_taken_apart_with_everything_that_occurs_twice() {
        assert_eq!(merged(vec![1, 3, 3, 9], vec![10, 3, 0], i32::cmp), [0, 1, 3, 3, 3, 9, 10]);
        assert_eq!(merged(vec![], vec![2, 1], i32::cmp), [1, 2]);
        assert_eq!(without(&[0, 1, 3, 3, 3, 9, 10], vec![10, 3, 0, 3]), [1, 3, 9]);
        assert_eq!(without(&[1, 3], vec![]), [1, 3]);
    }
}
