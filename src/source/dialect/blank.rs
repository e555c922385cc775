//! Blanks parts of a text and keeps every other byte in its place.

use std::ops::Range;

/// Nothing that is shown, and no space either: four spaces at the beginning of a line would make code of what follows.
const NOTHING: &[u8] = b"<wbr/>";

/// Text that begins further than this in its line is within a sentence.
const DEEPEST: usize = 60;

/// A text of which parts are blanked.
pub(super) struct Blank {
    bytes: Vec<u8>,
    /// What has been blanked.
    runs: Vec<Range<usize>>,
    is_changed: bool,
}

impl Blank {
    pub(super) fn new(text: &str) -> Self {
        Self { bytes: text.as_bytes().to_vec(), runs: Vec::new(), is_changed: false }
    }

    /// Makes spaces of all of a part but what is kept in it, line ends apart. Both ends stand between characters.
    pub(super) fn all_but(&mut self, part: Range<usize>, keep: &[Range<usize>]) {
        let mut from = part.start;
        for kept in keep.iter().chain([&(part.end..part.end)]) {
            let run = from..kept.start;
            for byte in self.bytes.get_mut(run.clone()).into_iter().flatten() {
                if !matches!(byte, b'\n' | b'\r') {
                    *byte = b' ';
                    self.is_changed = true;
                }
            }
            self.runs.push(run);
            from = kept.end;
        }
    }

    /// Puts a sign of one byte in place of one.
    pub(super) fn put(&mut self, at: usize, sign: u8) {
        if let Some(byte) = self.bytes.get_mut(at).filter(|byte| byte.is_ascii()) {
            *byte = sign;
            self.is_changed = true;
        }
    }

    /// The text; none when it is what it was.
    pub(super) fn finish(mut self) -> Option<String> {
        for run in std::mem::take(&mut self.runs) {
            self.guard(&run);
        }
        self.is_changed.then(|| String::from_utf8(self.bytes).ok()).flatten()
    }

    /// Keeps the text behind a run at the beginning of a line from being taken for code.
    fn guard(&mut self, run: &Range<usize>) {
        let before = self.bytes.get(run.start.saturating_sub(DEEPEST)..run.start).unwrap_or_default();
        let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        if line.len() == DEEPEST || !line.iter().all(|byte| b" \t>-*+.)0123456789".contains(byte)) {
            return;
        }
        let behind = self.bytes.get(run.end..).unwrap_or_default().iter();
        let is_followed = behind.take_while(|byte| **byte != b'\n').any(|byte| !byte.is_ascii_whitespace());
        let room = self.bytes.get_mut(run.start..run.end).and_then(|run| run.get_mut(..NOTHING.len()));
        if let Some(room) = room.filter(|room| is_followed && room.iter().all(|byte| *byte == b' ')) {
            room.copy_from_slice(NOTHING);
        }
    }
}
