//! A value at the end of a file, with its length and its seal behind it.

use std::io::{self, Write};

use serde::{Serialize, de::DeserializeOwned};

use crate::{load::Parts, source::Span};

/// What stands for something as no other value does.
pub(in crate::pipeline) type Name = [u8; SEAL];

const SEAL: usize = 32;
/// The bytes in which the length of the value is written.
const LENGTH: usize = 8;

/// The mark by which is known that some bytes are what the owner of a name has written.
pub(super) fn seal(name: &Name, bytes: &[u8]) -> Name {
    *blake3::Hasher::new_keyed(name).update(bytes).finalize().as_bytes()
}

/// Writes a value to the end of a file.
pub(in crate::pipeline) fn write(name: &Name, value: &impl Serialize, to: &mut dyn Write) -> io::Result<()> {
    let bytes = postcard::to_stdvec(value).map_err(io::Error::other)?;
    to.write_all(&bytes)?;
    to.write_all(&u64::try_from(bytes.len()).map_err(io::Error::other)?.to_le_bytes())?;
    to.write_all(&seal(name, &bytes))
}

/// The value at the end of a file, when it is whole and was written under this name.
pub(in crate::pipeline) fn last<T: DeserializeOwned>(name: &Name, from: &dyn Parts) -> Option<T> {
    let end = from.length();
    let behind = end.checked_sub(LENGTH + SEAL)?;
    let mark = from.part(Span::new(behind, end))?;
    let (length, sealed) = mark.split_first_chunk::<LENGTH>()?;
    let start = behind.checked_sub(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let value = from.part(Span::new(start, behind))?;
    (seal(name, &value)[..] == *sealed).then(|| postcard::from_bytes(&value).ok()).flatten()
}
