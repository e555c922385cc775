//! Tables and indexes: pages of rows or keys, below pages that lead to them, up to the one that is the root.
//!
//! All of it comes in order and nothing is taken out again, so pages are filled one after the other and no row is ever
//! looked for.

use super::{
    pages::{HEAD, Kind, Page, Pages, SIZE},
    record::{length, varint},
};

/// So many pages stand below one that leads to rows, whatever their numbers: even where the file begins.
const MOST: usize = 250;

/// Two numbers stand in front of the content of a cell, and one may stand behind it.
const HEADS: usize = 22;

/// The rows of a table.
pub(super) struct Rows {
    leaf: Page,
    reserved: usize,
    last: i64,
    /// The pages that are full, with the number of their last row.
    full: Vec<(u32, i64)>,
}

impl Default for Rows {
    fn default() -> Self {
        Self { leaf: Page::new(Kind::Leaf, 0), reserved: 0, last: 0, full: Vec::new() }
    }
}

impl Rows {
    /// Those of the table whose root is the first page.
    pub(super) fn first() -> Self {
        Self { leaf: Page::new(Kind::Leaf, HEAD), reserved: HEAD, ..Self::default() }
    }

    /// Adds a row and gives its number.
    pub(super) fn add(&mut self, record: &[u8], pages: &mut Pages) -> i64 {
        let number = self.last + 1;
        let mut cell = Vec::with_capacity(record.len().min(SIZE) + HEADS);
        length(&mut cell, record.len());
        varint(&mut cell, number.unsigned_abs());
        pages.put_local(&mut cell, record, Kind::Leaf);
        if !self.leaf.fits(&cell) {
            self.turn(pages);
        }
        self.leaf.add(cell);
        self.last = number;
        number
    }

    fn turn(&mut self, pages: &mut Pages) {
        let leaf = std::mem::replace(&mut self.leaf, Page::new(Kind::Leaf, self.reserved));
        self.full.push((pages.add(&leaf), self.last));
    }

    /// Writes all of it, and gives the number of the root.
    pub(super) fn finish(self, pages: &mut Pages) -> u32 {
        let root = self.root(pages);
        pages.add(&root)
    }

    /// Writes all of it but the root.
    pub(super) fn root(mut self, pages: &mut Pages) -> Page {
        if self.full.is_empty() {
            return self.leaf;
        }
        self.turn(pages);
        let mut level = self.full;
        while level.len() > MOST {
            let above = level.len().div_ceil(MOST);
            let bounds = (0..above).map(|nth| nth * level.len() / above..(nth + 1) * level.len() / above);
            let parts: Vec<&[(u32, i64)]> = bounds.filter_map(|bounds| level.get(bounds)).collect();
            level = parts
                .into_iter()
                .filter_map(|part| Some((pages.add(&inner(part)), part.last()?.1)))
                .collect();
        }
        inner(&level)
    }
}

/// The page above some pages.
fn inner(below: &[(u32, i64)]) -> Page {
    let mut page = Page::new(Kind::Inner, 0);
    let Some(((right, _), others)) = below.split_last() else { return page };
    for (number, last) in others {
        let mut cell = number.to_be_bytes().to_vec();
        varint(&mut cell, last.unsigned_abs());
        page.add(cell);
    }
    page.before(*right)
}

/// Writes the index of some keys, which are sorted, and gives the number of its root.
pub(super) fn index(keys: impl Iterator<Item = Vec<u8>>, pages: &mut Pages) -> u32 {
    let mut below = Vec::new();
    let mut leaf = Page::new(Kind::IndexLeaf, 0);
    let mut keys = keys.peekable();
    while let Some(key) = keys.next() {
        let mut cell = Vec::with_capacity(key.len().min(SIZE) + HEADS);
        length(&mut cell, key.len());
        pages.put_local(&mut cell, &key, Kind::IndexLeaf);
        if leaf.fits(&cell) {
            leaf.add(cell);
            continue;
        }
        // A key stands between two pages and in neither; behind the last of them there must be one more.
        let between = if keys.peek().is_none() { leaf.pop() } else { None };
        let (between, next) = between.map_or((cell.clone(), None), |between| (between, Some(cell)));
        below.push((pages.add(&leaf), between));
        leaf = Page::new(Kind::IndexLeaf, 0);
        if let Some(cell) = next {
            leaf.add(cell);
        }
    }
    let mut last = pages.add(&leaf);
    while !below.is_empty() {
        (below, last) = level(below, last, pages);
    }
    last
}

/// Pages with the key behind each.
type Below = Vec<(u32, Vec<u8>)>;

/// The pages above some pages, of which `last` has no key behind it.
fn level(below: Below, last: u32, pages: &mut Pages) -> (Below, u32) {
    let mut above = Vec::new();
    let mut page = Page::new(Kind::IndexInner, 0);
    let mut below = below.into_iter().peekable();
    while let Some((number, between)) = below.next() {
        let mut cell = number.to_be_bytes().to_vec();
        cell.extend(&between);
        if page.fits(&cell) {
            page.add(cell);
        } else if below.peek().is_some() {
            above.push((pages.add(&page.before(number)), between));
            page = Page::new(Kind::IndexInner, 0);
        } else {
            // The page before gives up its last cell, which leads to the page that it then ends with.
            let (right, up) = page.pop().map_or((number, Vec::new()), |cell| {
                let (right, key) = cell.split_at(4);
                (right.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)), key.to_vec())
            });
            above.push((pages.add(&page.before(right)), up));
            page = Page::new(Kind::IndexInner, 0);
            page.add(cell);
        }
    }
    let last = pages.add(&page.before(last));
    (above, last)
}
