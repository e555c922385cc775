//! Model and text → pages. Pure: nothing here reads, writes or looks at the clock.

pub mod charts;
pub mod highlight;
pub mod markdown;
pub mod sanitise;
