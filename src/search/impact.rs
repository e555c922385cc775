//! What an occurrence is worth: BM25 without its inverse document frequency, in steps from 1 to 15.
//!
//! Worth is settled here, so that the reader needs no lengths; how rare a word is, the reader knows from its postings.

use crate::search::part::Count;

/// Highest impact: four bits.
const HIGHEST: f32 = 15.0;
/// Impact that repetition alone can reach; the rest is for words of the title, which many mentions must not outweigh.
const REPEATED: f32 = 11.0;
/// What standing in an error message or beside an identifier adds.
const CODE: f32 = 2.0;
/// How soon repetition stops to matter.
const K1: f32 = 1.2;
/// How much a long document's repetitions are discounted.
const B: f32 = 0.75;

/// The impact of a word that a document of `length` terms has `count` times, when documents have `average` terms.
pub(crate) fn impact(count: Count, length: u32, average: f32) -> u8 {
    let relative = length as f32 / average.max(1.0);
    let occurrences = count.occurrences();
    let saturation = occurrences / (occurrences + K1 * (1.0 - B + B * relative));
    let bonus = if count.is_key() {
        HIGHEST - REPEATED
    } else if count.is_code() {
        CODE
    } else {
        0.0
    };
    (saturation * REPEATED + bonus).round().clamp(1.0, HIGHEST) as u8
}
