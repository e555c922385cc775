//! A text with a name, and places in it.
//!
//! Every fact that Afterword reads keeps a [`Span`], so that a diagnostic, a fix or a page can point at the very bytes.

mod dialect;
mod edit;
mod name;
mod relative;
mod sources;

use std::{
    fmt,
    ops::{Deref, Range},
    sync::{Arc, OnceLock},
};

use serde::{Deserialize, Serialize};

pub(crate) use dialect::metadata;
pub use edit::Edit;
pub use name::{markdown_stem, names_its_folder};

pub use relative::{join, relative};
pub use sources::{DOCUMENT_TEMPLATES, Sources};

/// A half-open range of bytes in one [`SourceFile`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes `start..end`; an inverted pair becomes the empty span at `start`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// The empty span at `at`.
    pub const fn empty(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// True when the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True when `other` lies within.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The part of it that lies within another; none when they share no byte.
    pub fn within(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self::new(self.start.max(other.start), self.end.min(other.end)))
    }

    /// The smallest span around both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same bytes, counted from a text that begins `by` bytes earlier.
    #[must_use]
    pub const fn shift(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

/// A place as people and editors count it: both from 1, columns in Unicode scalar values unless a [`Unit`] was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// What a column counts. Lines are the same for everybody; consumers of reports and editors differ in this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Unicode scalar values: what people count.
    Scalars,
    /// Code units of UTF-16.
    Utf16,
}

/// One file of an archive, or `book.toml`. Cheap to clone.
#[derive(Debug, Clone)]
pub struct SourceFile(Arc<File>);

/// What a [`SourceFile`] holds.
#[derive(Debug, Clone)]
pub struct File {
    /// Path below the root that was loaded, with `/` between its parts on every system.
    pub path: String,
    /// The text. Bytes that are not UTF-8 stand here as U+FFFD; see [`File::invalid_utf8`].
    pub text: Arc<str>,
    /// Where the first byte stands that is not UTF-8. The text before it is as in the file.
    pub invalid_utf8: Option<usize>,
    /// The text as Markdown: of the same length, without what is meant for a site generator. It is what is read and
    /// shown; findings and edits are about the text.
    pub markdown: Arc<str>,
    /// Looked up on first use: most files have nothing that is reported.
    line_starts: OnceLock<Box<[u32]>>,
    /// What whoever read the Markdown of a part has left of its running text, for those who ask for it later.
    running: OnceLock<(Span, Box<[u8]>)>,
}

impl Deref for SourceFile {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl SourceFile {
    /// A file whose text is known to be UTF-8.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        let text: Arc<str> = text.into();
        let markdown = dialect::without_marks(&text).map_or_else(|| Arc::clone(&text), Arc::from);
        let (path, line_starts, running) = (path.into(), OnceLock::new(), OnceLock::new());
        Self(Arc::new(File { path, text, invalid_utf8: None, markdown, line_starts, running }))
    }

    /// One in which a byte that is not UTF-8 stood.
    #[cfg(test)]
    pub(crate) fn torn(path: &str, text: &str, at: usize) -> Self {
        let file = Arc::unwrap_or_clone(Self::new(path, text).0);
        Self(Arc::new(File { invalid_utf8: Some(at), ..file }))
    }

    /// True for the very same file in memory.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// A file as it was read from disk. Nothing is lost by a stray byte: the rest of the text is still read.
    pub fn from_bytes(path: impl Into<String>, bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::new(path, text),
            Err(error) => {
                let file = Self::new(path, String::from_utf8_lossy(bytes).as_ref());
                let invalid_utf8 = Some(error.valid_up_to());
                Self(Arc::new(File { invalid_utf8, ..Arc::unwrap_or_clone(file.0) }))
            }
        }
    }

    /// The same file with spaces in place of these parts, line ends apart: every other byte stands where it stood.
    #[must_use]
    pub fn without(&self, parts: &[Span]) -> Self {
        let (text, markdown) = (blanked(&self.text, parts), blanked(&self.markdown, parts));
        let (path, line_starts, running) = (self.path.clone(), self.line_starts.clone(), OnceLock::new());
        Self(Arc::new(File { text, markdown, path, line_starts, running, invalid_utf8: self.invalid_utf8 }))
    }

    /// The text of a span; a span that does not fit the text gives as much of it as there is.
    pub fn slice(&self, span: Span) -> &str {
        slice(&self.text, span)
    }

    /// The same of the text as Markdown.
    pub fn markdown_of(&self, span: Span) -> &str {
        slice(&self.markdown, span)
    }

    /// Keeps the steps through the running text of a part, as `parse::running` writes them.
    pub(crate) fn keep_running(&self, part: Span, steps: Box<[u8]>) {
        self.running.get_or_init(|| (part, steps));
    }

    /// The steps through the running text of a part, when they were kept.
    pub(crate) fn running(&self, part: Span) -> Option<&[u8]> {
        self.running.get().filter(|(kept, _)| *kept == part).map(|(_, steps)| &**steps)
    }

    /// The line and column of a byte.
    pub fn position(&self, offset: usize) -> Position {
        self.position_in(Unit::Scalars, offset)
    }

    /// The line of a byte, counted from 1.
    pub fn line_number(&self, offset: usize) -> usize {
        self.line_of(offset) + 1
    }

    /// The line of a byte, and its column in a unit of the caller's choice.
    pub fn position_in(&self, unit: Unit, offset: usize) -> Position {
        let offset = floor_boundary(&self.text, offset);
        let line = self.line_of(offset);
        let start = self.line_start(line).unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        let column = match unit {
            Unit::Bytes => before.len(),
            Unit::Scalars => before.chars().count(),
            Unit::Utf16 => before.encode_utf16().count(),
        };
        Position { line: line + 1, column: column + 1 }
    }

    /// The span of a line, counted from 1, without its line end.
    pub fn line(&self, number: usize) -> Option<Span> {
        let index = number.checked_sub(1)?;
        let start = self.line_start(index)?;
        let end = self.line_start(index + 1).map_or(self.text.len(), |next| next - 1);
        let text = self.text.get(start..end)?;
        Some(Span::new(start, start + text.trim_end_matches('\r').len()))
    }

    /// How many lines there are; a text that ends in a line end has an empty last one.
    pub fn line_count(&self) -> usize {
        self.line_starts().len()
    }

    /// They are kept for as long as the text is, so they are no longer than they must be.
    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = || memchr::memchr_iter(b'\n', self.text.as_bytes());
            let mut starts = Vec::with_capacity(1 + ends().count());
            starts.push(0);
            starts.extend(ends().map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX)));
            starts.into_boxed_slice()
        })
    }

    /// Where a line begins, counted from 0.
    fn line_start(&self, line: usize) -> Option<usize> {
        self.line_starts().get(line).map(|start| *start as usize)
    }

    fn line_of(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }
}

impl PartialEq for SourceFile {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.text == other.text
    }
}

impl Eq for SourceFile {}

fn slice(text: &str, span: Span) -> &str {
    let start = floor_boundary(text, span.start);
    let end = floor_boundary(text, span.end).max(start);
    text.get(start..end).unwrap_or_default()
}

fn blanked(text: &str, parts: &[Span]) -> Arc<str> {
    let mut out = String::with_capacity(text.len());
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    for part in parts {
        let from = out.len().max(part.start);
        out.push_str(slice(text, Span::new(out.len(), from)));
        let hidden = slice(text, Span::new(out.len(), part.end));
        out.extend(
            hidden.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }),
        );
    }
    out.push_str(slice(text, Span::new(out.len(), text.len())));
    out.into()
}

/// The last place at or before a byte that stands between two characters.
pub(crate) fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let file = SourceFile::new("a.md", "först\r\nsecond\n");
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position(3).to_string(), "1:3");
        assert_eq!(file.position(8), Position { line: 2, column: 1 });
        assert_eq!(file.position(999), Position { line: 3, column: 1 });
        assert_eq!(file.line(1).map(|span| file.slice(span)), Some("först"));
        assert_eq!(file.line(2).map(|span| file.slice(span)), Some("second"));
        assert_eq!(file.line(3).map(|span| file.slice(span)), Some(""));
        assert_eq!(file.line(4), None);
        assert_eq!(file.line(0), None);
    }

    #[test]
    fn a_column_is_counted_in_the_unit_that_was_asked_for() {
        let file = SourceFile::new("a.md", "one\né🔥x\n");
        let columns = [Unit::Bytes, Unit::Scalars, Unit::Utf16].map(|unit| file.position_in(unit, 10));
        assert_eq!(columns.map(|at| at.line), [2, 2, 2]);
        assert_eq!(columns.map(|at| at.column), [7, 3, 4]);
    }

    #[test]
    fn a_stray_byte_is_remembered_and_the_rest_is_read() {
        let file = SourceFile::from_bytes("a.md", b"# Title \xff\nmore");
        assert_eq!(file.invalid_utf8, Some(8));
        assert_eq!(&*file.text, "# Title \u{fffd}\nmore");
    }

    #[test]
    fn a_span_that_does_not_fit_is_cut_and_never_splits_a_character() {
        let file = SourceFile::new("a.md", "aé");
        assert_eq!(file.slice(Span::new(0, 2)), "a");
        assert_eq!(file.slice(Span::new(1, 99)), "é");
        assert_eq!(file.slice(Span::new(50, 99)), "");
    }

    #[test]
    fn what_is_taken_out_leaves_everything_else_in_its_place() {
        let file = SourceFile::new("a.md", "one é two\nthree four\n");
        let parts = [Span::new(12, 16), Span::new(4, 6), Span::new(5, 13), Span::new(30, 40)];
        let cut = file.without(&parts);
        assert_eq!(&*cut.text, "one       \n      four\n");
        assert_eq!(cut.markdown, cut.text);
        assert_eq!(cut.line(2).map(|line| cut.slice(line)), Some("      four"));
        assert_eq!(file.without(&[]).text, file.text);
    }

    #[test]
    fn the_endings_of_markdown_and_of_its_generators_are_not_part_of_a_name() {
        let stems =
            ["a/2020-08-04.html.md.erb", "b.qmd", "c.v2.MD", "d.md.erb.md", "e.html", "f.erb", ".md", "g"]
                .map(markdown_stem);
        assert_eq!(stems, [Some("2020-08-04"), Some("b"), Some("c.v2"), Some("d"), None, None, None, None]);
    }
}
