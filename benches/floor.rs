//! What no generator of such a site can do without, and nothing else: `cargo run --release --example floor -- ARCHIVE OUT
//! BYTES`.
//!
//! It reads the documents, reads their front matter, turns the Markdown into HTML, puts each through one template, makes a
//! plain inverted index, and writes all of it; each page is filled up so that BYTES are written in the end. On all cores,
//! with the libraries that Afterword uses. It checks nothing, colours nothing and links nothing.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a program of its own, which reads and writes files and is told which"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use tera::{Context, Tera};

const PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{{ title }}</title>\n\
    </head>\n<body>\n<main>\n<h1>{{ title }}</h1>\n{{ html | safe }}\n</main>\n</body>\n</html>\n";
/// How many documents are one task.
const AT_ONCE: usize = 256;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [archive, out, bytes] = arguments.as_slice() else {
        eprintln!("usage: floor ARCHIVE OUT BYTES");
        return ExitCode::FAILURE;
    };
    let bytes = bytes.parse().unwrap_or_default();
    match build(Path::new(archive), Path::new(out), bytes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn build(archive: &Path, out: &Path, bytes: usize) -> io::Result<()> {
    let files: Vec<PathBuf> = walkdir::WalkDir::new(archive)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    let mut tera = Tera::new();
    tera.add_raw_template("page.html", PAGE).map_err(io::Error::other)?;
    fs::create_dir_all(out)?;
    let each = bytes / files.len().max(1);
    let parts: io::Result<Vec<_>> = files
        .par_chunks(AT_ONCE)
        .enumerate()
        .map(|(chunk, files)| part(chunk * AT_ONCE, files, &tera, out, each))
        .collect();
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (word, documents) in parts?.into_iter().flatten() {
        index.entry(word).or_default().extend(documents);
    }
    let index = serde_json::to_vec(&index).map_err(io::Error::other)?;
    fs::write(out.join("index.json"), index)
}

/// Some documents: their pages written, their words with the numbers of those that have them.
fn part(
    first: usize,
    files: &[PathBuf],
    tera: &Tera,
    out: &Path,
    each: usize,
) -> io::Result<BTreeMap<String, Vec<usize>>> {
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (file, number) in files.iter().zip(first..) {
        let text = fs::read_to_string(file)?;
        let (title, body) = split(&text);
        let mut rendered = String::with_capacity(body.len() * 2);
        html::push_html(&mut rendered, Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_GFM));
        let mut context = Context::new();
        context.insert("title", &title);
        context.insert("html", &rendered);
        let mut page = tera.render("page.html", &context).map_err(io::Error::other)?;
        if page.len() + 9 < each {
            page.push_str("<!--");
            page.extend(std::iter::repeat_n('.', each - page.len() - 4));
            page.push_str("-->\n");
        }
        fs::write(out.join(format!("{number}.html")), page)?;
        let words: BTreeSet<String> = body
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        for word in words {
            index.entry(word).or_default().push(number);
        }
    }
    Ok(index)
}

/// The title, as the front matter has it, and the body.
fn split(text: &str) -> (String, &str) {
    let cut = |mark: &str| {
        let rest = text.strip_prefix(mark)?.strip_prefix('\n')?;
        rest.split_once(&format!("\n{mark}\n"))
    };
    if let Some((front, body)) = cut("+++") {
        let table: toml::Table = front.parse().unwrap_or_default();
        let title = table.get("title").and_then(toml::Value::as_str).unwrap_or_default();
        return (title.to_owned(), body);
    }
    if let Some((front, body)) = cut("---") {
        let title = front.lines().find_map(|line| line.strip_prefix("title:")).unwrap_or_default();
        return (title.trim().to_owned(), body);
    }
    (String::new(), text)
}
