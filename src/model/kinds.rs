//! The kinds of one section.
//!
//! A document has twenty sections and hardly any has two kinds: they stand in the section itself, a bit each, and ask for
//! no memory of their own. A heading may name all kinds there are, and none is lost.

use serde::{Deserialize, Serialize};

use crate::model::SectionKind;

/// What a section is about: each kind once, in the order of [`SectionKind::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<SectionKind>", into = "Vec<SectionKind>")]
pub struct Kinds(u32);

impl Kinds {
    /// True when this is one of them.
    pub const fn contains(self, kind: SectionKind) -> bool {
        self.0 & bit(kind) != 0
    }

    /// True when one of them is one of these.
    pub const fn overlaps(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// True when the name of the section says nothing.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The kind of a section that has no other.
    pub fn only(self) -> Option<SectionKind> {
        self.into_iter().next().filter(|_| self.len() == 1)
    }
}

const fn bit(kind: SectionKind) -> u32 {
    1 << kind as u32
}

impl FromIterator<SectionKind> for Kinds {
    fn from_iter<I: IntoIterator<Item = SectionKind>>(kinds: I) -> Self {
        Self(kinds.into_iter().fold(0, |all, kind| all | bit(kind)))
    }
}

impl From<SectionKind> for Kinds {
    fn from(kind: SectionKind) -> Self {
        Self(bit(kind))
    }
}

impl From<Vec<SectionKind>> for Kinds {
    fn from(kinds: Vec<SectionKind>) -> Self {
        kinds.into_iter().collect()
    }
}

impl From<Kinds> for Vec<SectionKind> {
    fn from(kinds: Kinds) -> Self {
        kinds.into_iter().collect()
    }
}

impl IntoIterator for Kinds {
    type Item = SectionKind;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        Iter(self.0)
    }
}

/// The kinds of a section, one after the other.
#[derive(Debug)]
pub struct Iter(u32);

impl Iterator for Iter {
    type Item = SectionKind;

    fn next(&mut self) -> Option<SectionKind> {
        let kind = SectionKind::ALL.get(self.0.trailing_zeros() as usize).copied()?;
        self.0 &= !bit(kind);
        Some(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_may_be_about_everything_there_is_and_says_so_in_one_order() {
        let all = SectionKind::ALL;
        for count in 0..=all.len() {
            let kinds: Kinds = all.into_iter().take(count).rev().collect();
            let expected: Vec<SectionKind> = all.into_iter().take(count).collect();
            assert_eq!((kinds.len(), kinds.is_empty()), (count, count == 0));
            assert_eq!(kinds.only(), (count == 1).then_some(SectionKind::Summary));
            assert_eq!(Vec::from(kinds), expected);
        }
    }

    #[test]
    fn what_was_kept_of_kinds_reads_as_they_were() {
        let kinds = Kinds::from_iter([SectionKind::Timeline, SectionKind::Impact]);
        let kept = postcard::to_stdvec(&kinds).unwrap();
        assert_eq!(postcard::from_bytes(&kept), Ok(kinds));
    }
}
