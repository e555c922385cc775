//! The texts that stood in files: `git cat-file --batch`.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::Stdio,
    thread,
};

use crate::{
    error::{Error, Result},
    git::{command, trouble},
};

/// What a file was at a commit. Reading it is [`read`](Blob::read).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Where the file was, seen from the root of the archive.
    pub path: String,
    /// The work tree that it belongs to.
    pub(super) top: PathBuf,
    /// The name of the object.
    pub(super) id: String,
}

/// As much as a pipe holds.
const BUFFER: usize = 64 * 1024;

impl Blob {
    /// The bytes of these blobs by their paths, with one call of git for each work tree.
    pub fn read<'b>(blobs: impl IntoIterator<Item = &'b Self>) -> Result<BTreeMap<String, Vec<u8>>> {
        let mut by_tree: BTreeMap<&Path, Vec<&Self>> = BTreeMap::new();
        for blob in blobs {
            by_tree.entry(&blob.top).or_default().push(blob);
        }
        let mut texts = BTreeMap::new();
        for (top, blobs) in by_tree {
            let read = read_from(top, &blobs, |_, bytes| bytes.to_vec())?;
            texts.extend(blobs.into_iter().map(|blob| blob.path.clone()).zip(read));
        }
        Ok(texts)
    }

    /// What is made of blobs of one work tree, in their order. Only one text is in memory at a time.
    pub fn read_each<T>(blobs: &[&Self], make: impl Fn(&Self, &[u8]) -> T) -> Result<Vec<T>> {
        blobs.first().map_or_else(|| Ok(Vec::new()), |first| read_from(&first.top, blobs, make))
    }

    /// What it has in common with no other text in another place.
    pub fn name(&self) -> String {
        format!("{} {}", self.id, self.path)
    }
}

fn read_from<T>(top: &Path, blobs: &[&Blob], make: impl Fn(&Blob, &[u8]) -> T) -> Result<Vec<T>> {
    let mut child = command(top, &["cat-file", "--batch", "--buffer"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(trouble::not_started)?;
    let asked: String = blobs.iter().flat_map(|blob| [blob.id.as_str(), "\n"]).collect();
    let (input, output) = (child.stdin.take(), child.stdout.take());
    // Both ends at once, because neither pipe holds everything.
    let read = thread::scope(|scope| {
        scope.spawn(move || input.map(|mut input| input.write_all(asked.as_bytes())));
        let mut output = BufReader::with_capacity(BUFFER, output?);
        let mut text = Vec::new();
        let mut results = Vec::with_capacity(blobs.len());
        for blob in blobs {
            next(&mut output, &mut text)?;
            results.push(make(blob, &text));
        }
        Some(results)
    });
    // It ends when it has nothing more to read; how says less than what it printed.
    drop(child.wait());
    read.ok_or_else(|| {
        Error::new("git does not hand out what the files were")
            .help("`git fsck` tells whether the repository is whole; a partial clone has to reach its remote")
    })
}

/// The bytes of the next object of the answer: behind a line that ends in their number, and before a line end.
fn next(output: &mut impl BufRead, bytes: &mut Vec<u8>) -> Option<()> {
    let mut head = String::new();
    output.read_line(&mut head).ok()?;
    let size: u64 = head.trim_end().rsplit_once(' ')?.1.parse().ok()?;
    bytes.clear();
    output.take(size).read_to_end(bytes).ok()?;
    output.read_exact(&mut [0]).ok()?;
    (u64::try_from(bytes.len()) == Ok(size)).then_some(())
}
