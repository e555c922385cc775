//! Bytes: variable-length integers, front-coded words, and the scripts that carry them.
//!
//! What the bytes mean is the business of the modules that write them.

use crate::search::IndexFile;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write as _;

/// Characters of a content hash: 18 bits, enough to notice a stale file beside a fresh one.
const HASH_LENGTH: usize = 3;

/// A packed file and the hash that the manifest knows it by.
#[derive(Clone, Debug)]
pub(crate) struct Shard {
    pub(crate) file: IndexFile,
    pub(crate) hash: String,
}

/// Appends `value` in groups of seven bits, lowest first; the top bit says that more follow.
pub(crate) fn put_varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Appends `word` as what it shares with `previous`, counted in UTF-16 as the reader counts, the number of its other
/// bytes, and those.
pub(crate) fn put_front_coded(bytes: &mut Vec<u8>, previous: &str, word: &str) {
    let (shared, tail) = word.split_at(shared_prefix(previous, word));
    put_varint(bytes, shared.encode_utf16().count() as u32);
    put_varint(bytes, tail.len() as u32);
    bytes.extend_from_slice(tail.as_bytes());
}

/// Length in bytes of what `left` and `right` begin with alike, at a letter boundary.
pub(crate) fn shared_prefix(left: &str, right: &str) -> usize {
    left.chars()
        .zip(right.chars())
        .take_while(|(left, right)| left == right)
        .map(|(letter, _)| letter.len_utf8())
        .sum()
}

/// A script file `search/{kind}/{key}.js` that hands `sections`, one after the other and deflated, to the reader.
pub(crate) fn shard(kind: &str, key: usize, sections: &[&[u8]]) -> Shard {
    let packed = STANDARD.encode(deflate(sections));
    let hash = content_hash(&packed);
    let call = format!("AfterwordSearch.add(\"{kind}\",{key},\"{hash}\",\"{packed}\");\n");
    Shard { file: IndexFile { path: format!("search/{kind}/{key}.js"), bytes: call.into_bytes() }, hash }
}

/// Three URL-safe characters that change with `content`.
pub(crate) fn content_hash(content: &str) -> String {
    let digest = blake3::hash(content.as_bytes());
    let mut hash = URL_SAFE_NO_PAD.encode(digest.as_bytes());
    hash.truncate(HASH_LENGTH);
    hash
}

/// Each section gets a block, and so codes, of its own: words, numbers and impacts are distributed differently.
fn deflate(sections: &[&[u8]]) -> Vec<u8> {
    let size: usize = sections.iter().map(|section| section.len()).sum();
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(size / 2), Compression::default());
    // Writing to memory cannot fail; were it to, the reader would find the file damaged and say so.
    for (section, at) in sections.iter().zip(1..) {
        let _ = encoder.write_all(section);
        if at < sections.len() {
            let _ = encoder.flush();
        }
    }
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{put_front_coded, put_varint, shard};

    #[test]
    fn varints_take_seven_bits_a_byte() {
        let mut bytes = Vec::new();
        for value in [0, 127, 128, 16_384, u32::MAX] {
            put_varint(&mut bytes, value);
        }
        assert_eq!(bytes, [0, 0x7f, 0x80, 1, 0x80, 0x80, 1, 0xff, 0xff, 0xff, 0xff, 0x0f]);
    }

    #[test]
    fn front_coding_shares_whole_letters_only() {
        let mut bytes = Vec::new();
        put_front_coded(&mut bytes, "pool", "pooled");
        put_front_coded(&mut bytes, "é", "è");
        put_front_coded(&mut bytes, "𠀀é", "𠀀éa");
        assert_eq!(bytes, [4, 2, b'e', b'd', 0, 2, 0xc3, 0xa8, 3, 1, b'a']);
    }

    #[test]
    fn a_shard_is_a_script_that_names_itself() {
        let shard = shard("t", 7, &[]);
        assert_eq!(shard.file.path, "search/t/7.js");
        let expected = format!("AfterwordSearch.add(\"t\",7,\"{}\",\"AwA=\");\n", shard.hash);
        assert_eq!(String::from_utf8(shard.file.bytes).unwrap(), expected);
    }
}
