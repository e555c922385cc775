//! Writes a made-up archive: `cargo run --release --example archive -- FOLDER DOCUMENTS`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "a program of its own, which writes files and is told what to write"
)]
#![allow(unreachable_pub, reason = "nobody links to an example")]

mod generate;

use std::{fs, io, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count = arguments.get(1).and_then(|count| count.parse().ok());
    let (Some(folder), Some(count)) = (arguments.first(), count) else {
        eprintln!("usage: archive FOLDER DOCUMENTS");
        return ExitCode::FAILURE;
    };
    match write(Path::new(folder), count) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path, count: u64) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("book.toml"), generate::book())?;
    for number in 0..count {
        let document = generate::document(number);
        let file = folder.join(document.path);
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(file, document.text)?;
    }
    Ok(())
}
