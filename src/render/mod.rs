//! Model and text → pages. Pure: nothing here reads, writes or looks at the clock.

pub mod artifact;
pub mod charts;
pub mod excerpt;
pub mod highlight;
pub mod markdown;
pub mod sanitise;
pub mod theme;
pub mod urls;
pub mod words;

pub use artifact::{Artifact, Content};
