//! Afterword turns a folder of Markdown postmortems into something a team learns from.
//!
//! The program is a thin shell around this library. Before 1.0 nothing here is promised to stay as it is.
//! `src/ARCHITECTURE.md` says how the modules fit.
//!
//! ```
//! use afterword::{config::Config, pipeline, source::{SourceFile, Sources}};
//!
//! let text = "# Checkout was slow\n\n## Action items\n\n- [ ] Alert on pool saturation (owner: storefront)\n";
//! let sources =
//!     Sources { documents: vec![SourceFile::new("postmortems/slow.md", text)], ..Sources::default() };
//! let today = chrono::NaiveDate::from_ymd_opt(2026, 3, 20).unwrap_or_default();
//!
//! let analysis = pipeline::analyze(sources, Config::default(), Vec::new(), today);
//!
//! let postmortem = &analysis.archive.postmortems()[0];
//! assert_eq!(postmortem.title.value, "Checkout was slow");
//! assert_eq!(postmortem.actions[0].title, "Alert on pool saturation");
//! assert!(analysis.diagnostics.iter().any(|found| found.finding.rule == "missing-section"));
//! ```

pub mod adopt;
pub mod aggregate;
pub mod amend;
pub mod audience;
pub mod change;
pub mod check;
pub mod cli;
pub mod config;
pub mod data;
pub mod diagnostic;
pub mod edit;
pub mod error;
pub mod explain;
pub mod export;
pub mod fix;
pub mod git;
pub mod load;
pub mod model;
pub mod parse;
pub mod pattern;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod search;
pub mod serve;
pub mod source;
pub mod stop;
pub mod survey;
mod terms;
pub mod watch;
pub mod words;
pub mod write;
