//! The pages of the file, of which there is nothing else: each holds cells, or what did not fit into one.

/// Bytes of a page.
pub(super) const SIZE: usize = 4096;

/// The file begins with this many bytes about itself, in its first page.
pub(super) const HEAD: usize = 100;

/// The version of SQLite that is said to have written the file: one that writes it just so.
const WRITER: u32 = 3_045_001;

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Rows of a table.
    Leaf = 0x0d,
    /// Pages of rows.
    Inner = 0x05,
    /// Keys of an index.
    IndexLeaf = 0x0a,
    /// Pages of keys, with keys between them.
    IndexInner = 0x02,
}

/// A page that is being filled.
#[derive(Debug, Clone)]
pub(super) struct Page {
    kind: Kind,
    cells: Vec<Vec<u8>>,
    free: usize,
    /// The page behind the last cell, of one whose cells lead to pages.
    right: Option<u32>,
}

impl Page {
    /// An empty page, of which so many bytes are not for cells.
    pub(super) fn new(kind: Kind, reserved: usize) -> Self {
        Self { kind, cells: Vec::new(), free: SIZE - reserved - kind.head(), right: None }
    }

    pub(super) fn fits(&self, cell: &[u8]) -> bool {
        cell.len() + 2 <= self.free
    }

    pub(super) fn add(&mut self, cell: Vec<u8>) {
        self.free -= cell.len() + 2;
        self.cells.push(cell);
    }

    /// Takes the last cell out again.
    pub(super) fn pop(&mut self) -> Option<Vec<u8>> {
        let cell = self.cells.pop()?;
        self.free += cell.len() + 2;
        Some(cell)
    }

    /// The same with the page behind its last cell.
    #[must_use]
    pub(super) fn before(self, right: u32) -> Self {
        Self { right: Some(right), ..self }
    }

    /// Adds its bytes to the file, `start` being where it begins in a page that has something in front. Cells stand from the
    /// end of the page towards its head.
    fn write(&self, out: &mut Vec<u8>, start: usize) {
        let content = SIZE - self.cells.iter().map(Vec::len).sum::<usize>();
        let begin = out.len();
        out.extend_from_slice(&[self.kind as u8, 0, 0]);
        out.extend_from_slice(&short(self.cells.len()));
        out.extend_from_slice(&short(content));
        out.push(0);
        out.extend(self.right.map(u32::to_be_bytes).into_iter().flatten());
        let mut place = SIZE;
        for cell in &self.cells {
            place -= cell.len();
            out.extend_from_slice(&short(place));
        }
        out.resize(begin + content - start, 0);
        self.cells.iter().rev().for_each(|cell| out.extend_from_slice(cell));
    }
}

impl Kind {
    /// Bytes in front of the places of the cells.
    const fn head(self) -> usize {
        match self {
            Self::Leaf | Self::IndexLeaf => 8,
            Self::Inner | Self::IndexInner => 12,
        }
    }

    /// A content of more bytes does not stand in the page as a whole.
    const fn most(self) -> usize {
        match self {
            Self::Leaf | Self::Inner => SIZE - 35,
            Self::IndexLeaf | Self::IndexInner => (SIZE - 12) * 64 / 255 - 23,
        }
    }
}

fn short(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or_default().to_be_bytes()
}

/// The file as far as it is written. The first page comes last, since it says where everything is.
pub(super) struct Pages(Vec<u8>);

impl Pages {
    pub(super) fn new() -> Self {
        Self(vec![0; SIZE])
    }

    fn count(&self) -> u32 {
        u32::try_from(self.0.len() / SIZE).unwrap_or(u32::MAX)
    }

    /// Adds a page and gives its number.
    pub(super) fn add(&mut self, page: &Page) -> u32 {
        page.write(&mut self.0, 0);
        self.count()
    }

    /// Adds as much of a content to its cell as stands there, and where the rest is, which is written.
    pub(super) fn put_local(&mut self, cell: &mut Vec<u8>, content: &[u8], kind: Kind) {
        if content.len() <= kind.most() {
            cell.extend_from_slice(content);
            return;
        }
        let least = (SIZE - 12) * 32 / 255 - 23;
        let fitting = least + (content.len() - least) % (SIZE - 4);
        let (here, rest) = content.split_at(if fitting <= kind.most() { fitting } else { least });
        cell.extend_from_slice(here);
        cell.extend((self.count() + 1).to_be_bytes());
        let mut rest = rest.chunks(SIZE - 4).peekable();
        while let Some(part) = rest.next() {
            let next = if rest.peek().is_some() { self.count() + 2 } else { 0 };
            self.0.extend(next.to_be_bytes());
            self.0.extend(part);
            self.0.resize(self.0.len().next_multiple_of(SIZE), 0);
        }
    }

    /// Puts the table of tables and what the file says of itself in front.
    pub(super) fn finish(mut self, first: &Page) -> Vec<u8> {
        let count = self.count();
        let mut head = b"SQLite format 3\0".to_vec();
        head.extend(short(SIZE));
        // Written and read as ever, no bytes kept back, and the three fractions that there have to be.
        head.extend([1, 1, 0, 64, 32, 32]);
        // Changed once; pages; none of them free; one schema of the fourth form; UTF-8.
        for number in [1, count, 0, 0, 1, 4, 0, 0, 1, 0, 0, 0] {
            head.extend(u32::to_be_bytes(number));
        }
        head.resize(HEAD - 8, 0);
        head.extend(1_u32.to_be_bytes());
        head.extend(WRITER.to_be_bytes());
        first.write(&mut head, HEAD);
        self.0.splice(..SIZE, head);
        self.0
    }
}
