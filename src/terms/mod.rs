//! Which words a text has, and which of them are forms of one: what the search index and the likeness of documents have
//! in common.
//!
//! Nothing here weighs or counts, and nothing knows where a text comes from.

mod fold;
mod stem;
mod stop;
mod token;

pub(crate) use fold::{fold, is_unspaced};
pub(crate) use stem::Stems;
pub(crate) use stop::is_stop_word;
pub(crate) use token::terms;
