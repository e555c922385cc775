//! Model and text → pages. Pure: nothing here reads, writes or looks at the clock.
//!
//! [`render()`] makes the pages one by one and hands each over as soon as it is made, so that a site of any size is never
//! whole in memory. A page is a view (`view/`), filled in `pages/`, and a template of the [`Theme`].

pub mod artifact;
mod cards;
pub mod charts;
pub mod excerpt;
pub mod highlight;
pub mod markdown;
mod pages;
mod passages;
pub mod sanitise;
mod site;
pub mod svg;
pub mod theme;
mod tongue;
pub mod urls;
pub mod view;
pub mod words;

pub use artifact::{Artifact, Content};
pub use pages::{Made, OnDemand, render, render_all};
pub use site::{RulePage, Site};
pub use theme::{Problem, Theme};
