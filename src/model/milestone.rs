//! The named moments of an incident.

use serde::{Deserialize, Serialize};

/// A named moment. The order of the variants is the order in which they normally come.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// The latent trigger came into the world, for instance with a deploy.
    #[serde(alias = "trigger", alias = "triggered")]
    Introduced,
    /// Impact begins.
    #[serde(alias = "start", alias = "impact_start", alias = "began")]
    Started,
    /// A person or an alert noticed it.
    #[serde(alias = "detection")]
    Detected,
    /// A responder took it.
    Acknowledged,
    /// It was declared an incident.
    Declared,
    /// The cause is known.
    Identified,
    /// The worst is over: users no longer feel the full impact.
    Mitigated,
    /// Impact ends.
    #[serde(alias = "impact_end", alias = "end")]
    Ended,
    /// Systems are back to normal.
    #[serde(alias = "recovered", alias = "fixed")]
    Resolved,
    /// Work on the incident, the review included, is over.
    Closed,
    /// Users were told.
    #[serde(alias = "public-notice")]
    PublicNotice,
    /// The postmortem was published.
    Published,
}

impl Milestone {
    /// All of them, in their usual order.
    pub const ALL: [Self; 12] = [
        Self::Introduced,
        Self::Started,
        Self::Detected,
        Self::Acknowledged,
        Self::Declared,
        Self::Identified,
        Self::Mitigated,
        Self::Ended,
        Self::Resolved,
        Self::Closed,
        Self::PublicNotice,
        Self::Published,
    ];

    /// Those that must not come before an earlier one of this list. `detected` may precede `started` (an early alert),
    /// the cause is often identified only after a rollback has mitigated it, and notices are published whenever
    /// somebody gets to it, so none of these is bound by the order.
    pub const ORDERED: [Self; 5] =
        [Self::Introduced, Self::Started, Self::Mitigated, Self::Ended, Self::Closed];

    /// The key in front matter, configuration and exports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Introduced => "introduced",
            Self::Started => "started",
            Self::Detected => "detected",
            Self::Acknowledged => "acknowledged",
            Self::Declared => "declared",
            Self::Identified => "identified",
            Self::Mitigated => "mitigated",
            Self::Ended => "ended",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::PublicNotice => "public_notice",
            Self::Published => "published",
        }
    }

    /// The word on a page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Introduced => "Introduced",
            Self::Started => "Started",
            Self::Detected => "Detected",
            Self::Acknowledged => "Acknowledged",
            Self::Declared => "Declared",
            Self::Identified => "Cause identified",
            Self::Mitigated => "Mitigated",
            Self::Ended => "Impact ended",
            Self::Resolved => "Resolved",
            Self::Closed => "Closed",
            Self::PublicNotice => "Public notice",
            Self::Published => "Published",
        }
    }

    /// The milestone with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|milestone| milestone.key() == key)
    }
}
