//! Facet columns: for every document its severity, services and so on, as numbers into lists of values.
//!
//! They are in one file of their own, because counts may arrive after the first titles.

use crate::search::encode::{Shard, put_varint, shard};
use crate::search::part::Entry;
use crate::search::{Facet, Options};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How a column is announced to the reader.
#[derive(Serialize)]
struct Header<'a> {
    key: &'a str,
    label: &'a str,
    /// Whether a document can have several values; then each starts with how many.
    several: bool,
    values: Vec<&'a str>,
}

/// The file of all columns that have values, in the order of the options.
pub(crate) fn columns(entries: &[&Entry], options: &Options) -> Shard {
    let columns: Vec<Column<'_>> = options
        .facets
        .iter()
        .map(|facet| Column::new(facet, entries))
        .filter(|column| !column.is_empty())
        .collect();
    let headers: Vec<&Header<'_>> = columns.iter().map(|column| &column.header).collect();
    let headers = serde_json::to_vec(&headers).unwrap_or_default();
    let mut head = Vec::new();
    put_varint(&mut head, headers.len() as u32);
    head.extend_from_slice(&headers);
    let columns: Vec<[Vec<u8>; 2]> = columns.iter().map(Column::encode).collect();
    let sections = columns.iter().flatten().filter(|section| !section.is_empty()).map(Vec::as_slice);
    shard("f", 0, &[head.as_slice()].into_iter().chain(sections).collect::<Vec<_>>())
}

struct Column<'a> {
    header: Header<'a>,
    numbers: BTreeMap<&'a str, u32>,
    /// The values of each document.
    cells: Vec<&'a [String]>,
}

impl<'a> Column<'a> {
    fn new(facet: &'a Facet, entries: &[&'a Entry]) -> Self {
        let cells: Vec<&[String]> =
            entries.iter().map(|entry| entry.facets.get(&facet.key).map_or(&[][..], Vec::as_slice)).collect();
        let rest: BTreeSet<&str> = cells.iter().copied().flatten().map(String::as_str).collect();
        // Values of the order stay where nobody has them: the reader marks severities by their place.
        let mut values: Vec<&str> = facet.order.iter().map(String::as_str).collect();
        values.extend(rest.into_iter().filter(|value| facet.order.iter().all(|placed| placed != value)));
        let numbers = values.iter().zip(0..).map(|(value, number)| (*value, number)).collect();
        let several = cells.iter().any(|cell| cell.len() > 1);
        Self { header: Header { key: &facet.key, label: &facet.label, several, values }, numbers, cells }
    }

    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.is_empty())
    }

    /// How many values each document has, if there can be several; and the values of all.
    fn encode(&self) -> [Vec<u8>; 2] {
        let mut counts = Vec::new();
        let mut values = Vec::new();
        for cell in &self.cells {
            let numbers = cell.iter().filter_map(|value| self.numbers.get(value.as_str()));
            if self.header.several {
                put_varint(&mut counts, cell.len() as u32);
                numbers.for_each(|number| put_varint(&mut values, *number));
            } else {
                put_varint(&mut values, numbers.max().map_or(0, |number| number + 1));
            }
        }
        [counts, values]
    }
}
