//! For whom a site, an export or a feed is made.

use super::{Postmortem, Visibility};

/// For whom something is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// The company: everything.
    #[default]
    Internal,
    /// Everybody: what is stated to be public, without the parts that are marked internal.
    Public,
}

impl Postmortem {
    /// True when everybody may read it. `default` holds for a document that does not say.
    pub fn is_public(&self, default: Visibility) -> bool {
        self.visibility.as_ref().map_or(default, |stated| stated.value) == Visibility::Public
    }
}
