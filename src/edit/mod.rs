//! Lossless edits: a few bytes of a document change, all others stay what they are.
//!
//! [`apply`] makes [`Edit`](crate::source::Edit)s in a text. [`FrontMatterEditor`] finds the edits that set a key of a front matter, in TOML
//! or YAML, between the comments, unknown keys, anchors and line ends that are there; it reads its own result and refuses
//! what did not come out as meant. [`diff()`] shows a change for review. What is to be written, and whether, is not known
//! here.

mod diff;
mod front_matter;
mod order;
mod place;
mod text;
mod toml;
mod value;
mod yaml;

#[cfg(test)]
mod tests;

pub use diff::{Line, diff};
pub use front_matter::{FrontMatterEditor, Refused, Step};
pub use text::{apply, line_end, line_start, next_line};
pub use value::Value;
