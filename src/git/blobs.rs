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

impl Blob {
    /// The bytes of these blobs by their paths, with one call of git for each work tree.
    pub fn read<'b>(blobs: impl IntoIterator<Item = &'b Self>) -> Result<BTreeMap<String, Vec<u8>>> {
        let mut by_tree: BTreeMap<&Path, Vec<&Self>> = BTreeMap::new();
        for blob in blobs {
            by_tree.entry(&blob.top).or_default().push(blob);
        }
        let mut texts = BTreeMap::new();
        for (top, blobs) in by_tree {
            let read = read_from(top, &blobs)?;
            texts.extend(blobs.into_iter().map(|blob| blob.path.clone()).zip(read));
        }
        Ok(texts)
    }

    /// The bytes of blobs of one work tree, in their order.
    pub fn read_all(blobs: &[&Self]) -> Result<Vec<Vec<u8>>> {
        blobs.first().map_or_else(|| Ok(Vec::new()), |first| read_from(&first.top, blobs))
    }
}

fn read_from(top: &Path, blobs: &[&Blob]) -> Result<Vec<Vec<u8>>> {
    let mut child = command(top, &["cat-file", "--batch"])
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
        let mut output = BufReader::new(output?);
        blobs.iter().map(|_| next(&mut output)).collect::<Option<Vec<_>>>()
    });
    // It ends when it has nothing more to read; how says less than what it printed.
    drop(child.wait());
    read.ok_or_else(|| {
        Error::new("git does not hand out what the files were")
            .help("`git fsck` tells whether the repository is whole; a partial clone has to reach its remote")
    })
}

/// The next object of the answer: a line that ends in its size, its bytes, and a line end.
fn next(output: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut head = String::new();
    output.read_line(&mut head).ok()?;
    let size: u64 = head.trim_end().rsplit_once(' ')?.1.parse().ok()?;
    let mut bytes = Vec::new();
    output.take(size).read_to_end(&mut bytes).ok()?;
    output.read_exact(&mut [0]).ok()?;
    (u64::try_from(bytes.len()) == Ok(size)).then_some(bytes)
}
