//! Afterword turns a folder of Markdown postmortems into something a team learns from.

pub mod aggregate;
pub mod check;
pub mod cli;
pub mod config;
pub mod data;
pub mod diagnostic;
pub mod error;
pub mod load;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod search;
pub mod serve;
pub mod source;
pub mod watch;
pub mod words;
pub mod write;
