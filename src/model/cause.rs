//! Trigger, cause and the chain of whys: three separate things.

use serde::{Deserialize, Serialize};

use crate::model::Fact;

/// What the document says about why it happened: the cause and the trigger in its front matter, the whys there or in a
/// section of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RootCause {
    /// The condition that made the incident possible.
    pub summary: Option<Fact<String>>,
    /// The event that set it off.
    pub trigger: Option<Fact<String>>,
    /// Five whys: each answer asks the next.
    pub why: Vec<Fact<String>>,
}

impl RootCause {
    /// True when nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
