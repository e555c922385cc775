//! The words that a misspelt one is compared with, loaded when a query finds nothing.
//!
//! Most terms of an archive are numbers, identifiers and misspellings themselves; to offer those would cost bytes and
//! give bad advice.

use crate::search::encode::{Shard, put_front_coded, put_varint, shard};
use crate::search::postings::{Postings, Row};

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;

/// The file of words, each with how common it is, for a site of `documents` documents.
pub(crate) fn vocabulary(postings: &Postings, documents: usize) -> Shard {
    let rare = match documents {
        0..200 => 1,
        200..1000 => 2,
        _ => 3,
    };
    let words: Vec<Row<'_>> =
        postings.rows().filter(|row| row.documents.len() >= rare && is_plain(row.word)).collect();
    let mut bytes = Vec::new();
    put_varint(&mut bytes, words.len() as u32);
    let mut previous = "";
    for row in &words {
        put_front_coded(&mut bytes, previous, row.word);
        previous = row.word;
    }
    let often: Vec<u8> = words.iter().map(|row| row.documents.len().ilog2() as u8).collect();
    shard("v", 0, &[&bytes, &often])
}

/// The short words that more than half of the documents have: they decide nothing, so a query of several words does not
/// load them.
pub(crate) fn common(postings: &Postings, documents: usize) -> Vec<&str> {
    const LONGEST: usize = 4;
    const FEW: usize = 200;
    if documents < FEW {
        return Vec::new();
    }
    let common = |row: &Row<'_>| row.documents.len() * 2 > documents && row.word.len() <= LONGEST;
    let is_word = |row: &Row<'_>| row.word.chars().all(char::is_alphabetic);
    postings.rows().filter(|row| common(row) && is_word(row)).map(|row| row.word).collect()
}

fn is_plain(word: &str) -> bool {
    word.chars().nth(SHORTEST - 1).is_some() && word.chars().all(char::is_alphabetic)
}
