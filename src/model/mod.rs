//! What a postmortem is: the vocabulary of the field as types.
//!
//! Values only. Nothing here reads text, files or the clock, and nothing here knows how a fact was written: that is
//! the business of [`parse`](crate::parse).

pub mod action;
pub mod anchor;
pub mod archive;
pub mod audience;
pub mod basis;
pub mod cause;
mod compact;
pub mod fact;
#[cfg(test)]
pub(crate) mod fixture;
pub mod impact;
pub mod kinds;
pub mod markdown;
pub mod milestone;
pub mod moment;
pub mod postmortem;
pub mod section;
pub mod timeline;
pub mod traces;
mod unplaced;
pub mod zone;

pub use action::{ActionItem, ActionStatus, ActionType, Due};
pub use archive::{Archive, Moves, Renamed};
pub use audience::Audience;
pub use basis::{Basis, Carried, Carrier};
pub use cause::RootCause;
pub use fact::{Fact, Origin};
pub use impact::{Impact, ImpactWindow, SloCost};
pub use kinds::Kinds;
pub use markdown::Markdown;
pub use milestone::Milestone;
pub use moment::Moment;
pub use postmortem::{DetectedBy, Format, FrontMatter, Link, Postmortem, Status, Visibility};
pub use section::{Section, SectionForm, SectionKind};
pub use timeline::TimelineEvent;
pub use traces::{Mark, MarkKind, Traces};
pub use zone::Zone;
