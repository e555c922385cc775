//! What is too long to be held at once, and is read part by part.

use std::{
    fmt,
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
    sync::{Mutex, PoisonError},
};

use crate::{
    error::{Error, Result},
    source::Span,
};

/// Bytes of which any part can be had, by any thread.
pub trait Parts: fmt::Debug + Send + Sync {
    /// How many there are.
    fn length(&self) -> usize;

    /// Those at a place; none when they are not all there.
    fn part(&self, place: Span) -> Option<Vec<u8>>;
}

impl Parts for Vec<u8> {
    fn length(&self) -> usize {
        self.len()
    }

    fn part(&self, place: Span) -> Option<Vec<u8>> {
        self.get(place.start..place.end).map(<[u8]>::to_vec)
    }
}

/// A file that stays open: another one may take its name meanwhile.
#[derive(Debug)]
struct Opened {
    length: usize,
    /// Threads take turns: looking for a place and reading from there are two calls.
    file: Mutex<File>,
}

/// Opens a file that is read part by part.
///
/// # Errors
///
/// The file is not there or may not be read.
pub fn open(file: &Path) -> Result<Box<dyn Parts>> {
    let fault = |error| Error::at("open", file, error);
    let opened = File::open(file).map_err(fault)?;
    let length = usize::try_from(opened.metadata().map_err(fault)?.len()).unwrap_or(usize::MAX);
    Ok(Box::new(Opened { length, file: Mutex::new(opened) }))
}

impl Parts for Opened {
    fn length(&self) -> usize {
        self.length
    }

    fn part(&self, place: Span) -> Option<Vec<u8>> {
        // What a damaged file says of a place is not believed before memory is asked for.
        let length = place.end.checked_sub(place.start).filter(|_| place.end <= self.length)?;
        let mut bytes = vec![0; length];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(u64::try_from(place.start).ok()?)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gives_the_parts_that_its_bytes_give() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kept.bin");
        let bytes = b"queue limit".to_vec();
        std::fs::write(&file, &bytes).unwrap();
        let opened = open(&file).unwrap();
        assert_eq!(opened.length(), bytes.length());
        for place in [(0, 5), (6, 11), (3, 3), (6, 12), (20, 30)] {
            let place = Span { start: place.0, end: place.1 };
            assert_eq!(opened.part(place), bytes.part(place), "{place:?}");
        }
        assert_eq!(opened.part(Span { start: 5, end: 2 }), None);
        assert!(open(&folder.path().join("other.bin")).is_err());
    }

    #[test]
    fn a_file_that_another_one_replaces_is_read_on() {
        let folder = tempfile::tempdir().unwrap();
        let (file, next) = (folder.path().join("kept.bin"), folder.path().join("next.bin"));
        std::fs::write(&file, b"before").unwrap();
        let opened = open(&file).unwrap();
        std::fs::write(&next, b"behind").unwrap();
        std::fs::rename(&next, &file).unwrap();
        assert_eq!(opened.part(Span { start: 0, end: 6 }), Some(b"before".to_vec()));
    }
}
