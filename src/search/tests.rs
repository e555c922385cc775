//! The index as a whole: which files there are, and that order and parts do not matter.
//! What a reader finds in them is asserted by `tests/search`.

use crate::search::{Block, Document, Facet, IndexFile, Options, Part, Snippets, Weight, assemble, build};
use std::collections::BTreeMap;

fn document(number: usize) -> Document {
    let body = format!("The pool of host db-{number} filled. Request {number} failed.");
    Document {
        id: format!("2026-01-{number:02}-pool"),
        title: format!("Pool {number} exhausted"),
        url: format!("postmortems/{number}.html"),
        date: Some(format!("2026-01-{number:02}")),
        summary: "The pool filled.".to_owned(),
        blocks: vec![
            Block { weight: Weight::Key, text: "checkout".to_owned() },
            Block { weight: Weight::Heading, text: "Impact".to_owned() },
            Block { weight: Weight::Body, text: body },
        ],
        facets: BTreeMap::from([("service".to_owned(), vec!["checkout".to_owned()])]),
    }
}

fn options() -> Options {
    let service =
        Facet { key: "service".to_owned(), label: "Service".to_owned(), order: Vec::new(), searched: true };
    Options { facets: vec![service], ..Options::default() }
}

fn paths(files: &[IndexFile]) -> Vec<&str> {
    files.iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn a_small_site_is_one_file_and_its_texts() {
    let files = build(&[document(2), document(1)], &options());
    assert_eq!(
        paths(&files),
        ["search/index.js", "search/x/2026-01-01-pool.js", "search/x/2026-01-02-pool.js"]
    );
    let text = "AfterwordSearch.add(\"x\",\"2026-01-01-pool\",\"\",\
                \"Impact\\n\\nThe pool of host db-1 filled. Request 1 failed.\");\n";
    assert_eq!(String::from_utf8_lossy(&files[1].bytes), text);
}

#[test]
fn a_large_site_is_cut_into_shards() {
    let documents: Vec<Document> = (1..=20).map(document).collect();
    let files = build(&documents, &Options { inline_limit: 0, snippets: Snippets::Summary, ..options() });
    assert_eq!(
        paths(&files),
        [
            "search/d/0.js",
            "search/d/1.js",
            "search/f/0.js",
            "search/index.js",
            "search/t/0.js",
            "search/v/0.js"
        ]
    );
}

#[test]
fn order_and_parts_of_the_documents_do_not_matter() {
    let documents: Vec<Document> = (1..=40).map(document).collect();
    let backwards: Vec<Document> = documents.iter().rev().cloned().collect();
    let parts = backwards.chunks(7).map(|chunk| Part::new(chunk, &options())).collect();
    assert_eq!(build(&documents, &options()), assemble(parts, &options()));
}

#[test]
fn a_new_document_leaves_old_titles_and_texts_as_they_were() {
    let sharded = Options { inline_limit: 0, ..options() };
    let documents: Vec<Document> = (1..=33).map(document).collect();
    let before = build(&documents[..32], &sharded);
    let after = build(&documents, &sharded);
    let kept = |file: &&IndexFile| file.path.starts_with("search/d/") || file.path.starts_with("search/x/");
    let old: Vec<&IndexFile> = before.iter().filter(kept).collect();
    let still: Vec<&IndexFile> = after.iter().filter(kept).filter(|file| old.contains(file)).collect();
    assert_eq!(still, old);
    assert_eq!(old.len(), 34);
}

#[test]
fn documents_with_one_id_keep_a_text_each() {
    let second = Document { url: "other.html".to_owned(), ..document(1) };
    let files = build(&[document(1), second], &options());
    assert_eq!(
        paths(&files),
        ["search/index.js", "search/x/2026-01-01-pool.js", "search/x/2026-01-01-pool~2.js"]
    );
}

#[test]
fn no_documents_give_an_index_that_says_so() {
    let files = build(&[], &options());
    assert_eq!(paths(&files), ["search/index.js"]);
    assert!(String::from_utf8_lossy(&files[0].bytes).contains("\"documents\":0"));
}
