//! Writes a made-up archive: `cargo run --release --example archive -- FOLDER DOCUMENTS`. With a number of commits behind
//! that, it also prints a history for `git fast-import`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "a program of its own, which writes files and is told what to write"
)]
#![allow(unreachable_pub, reason = "nobody links to an example")]

mod generate;
mod made_history;

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::Path,
    process::ExitCode,
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|number| number.parse().ok());
    let (Some(folder), Some(count)) = (arguments.first(), number(1)) else {
        eprintln!("usage: archive FOLDER DOCUMENTS [COMMITS]");
        return ExitCode::FAILURE;
    };
    match write(Path::new(folder), count, number(2)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path, count: u64, commits: Option<u64>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("book.toml"), generate::book())?;
    for number in 0..count {
        let document = generate::document(number);
        let file = folder.join(document.path);
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(file, document.text)?;
    }
    if let Some(commits) = commits {
        let mut to = BufWriter::new(io::stdout().lock());
        made_history::tell(count, commits, &mut to)?;
        to.flush()?;
    }
    Ok(())
}
