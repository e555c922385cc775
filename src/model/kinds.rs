//! The kinds of one section.
//!
//! A document has twenty sections and hardly any has two kinds: they stand in the section itself, and ask for no memory
//! of their own.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::model::SectionKind;

/// No section has more kinds than these.
const MOST: usize = 4;

/// What a section is about, each kind once, in the order of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<SectionKind>", into = "Vec<SectionKind>")]
pub struct Kinds {
    count: u8,
    /// Behind those that count stand others, which are always the same.
    kinds: [SectionKind; MOST],
}

impl Default for Kinds {
    fn default() -> Self {
        Self { count: 0, kinds: [SectionKind::Summary; MOST] }
    }
}

impl Deref for Kinds {
    type Target = [SectionKind];

    fn deref(&self) -> &[SectionKind] {
        self.kinds.get(..usize::from(self.count)).unwrap_or_default()
    }
}

impl FromIterator<SectionKind> for Kinds {
    fn from_iter<I: IntoIterator<Item = SectionKind>>(kinds: I) -> Self {
        let mut all = Self::default();
        for (place, kind) in all.kinds.iter_mut().zip(kinds) {
            *place = kind;
            all.count += 1;
        }
        all
    }
}

impl From<SectionKind> for Kinds {
    fn from(kind: SectionKind) -> Self {
        Self::from_iter([kind])
    }
}

impl From<Vec<SectionKind>> for Kinds {
    fn from(kinds: Vec<SectionKind>) -> Self {
        Self::from_iter(kinds)
    }
}

impl From<Kinds> for Vec<SectionKind> {
    fn from(kinds: Kinds) -> Self {
        kinds.to_vec()
    }
}

impl IntoIterator for Kinds {
    type Item = SectionKind;
    type IntoIter = std::iter::Take<std::array::IntoIter<SectionKind, MOST>>;

    fn into_iter(self) -> Self::IntoIter {
        self.kinds.into_iter().take(usize::from(self.count))
    }
}

impl<const N: usize> PartialEq<[SectionKind; N]> for Kinds {
    fn eq(&self, kinds: &[SectionKind; N]) -> bool {
        **self == *kinds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_kept_in_their_order_and_no_more_than_there_is_room_for() {
        let all = SectionKind::ALL;
        for count in 0..=MOST {
            let kinds: Kinds = all.into_iter().rev().take(count).collect();
            let expected: Vec<SectionKind> = all.into_iter().rev().take(count).collect();
            assert_eq!((kinds.to_vec(), kinds.into_iter().collect()), (expected.clone(), expected));
        }
        assert_eq!(Kinds::from_iter(all).len(), MOST);
        assert_eq!(Kinds::from(SectionKind::Impact), [SectionKind::Impact]);
    }

    #[test]
    fn what_was_kept_of_kinds_reads_as_they_were() {
        let kinds = Kinds::from_iter([SectionKind::Timeline, SectionKind::Impact]);
        let kept = postcard::to_stdvec(&kinds).unwrap();
        assert_eq!(postcard::from_bytes(&kept), Ok(kinds));
    }
}
