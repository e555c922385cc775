//! The made-up archive of the benchmarks: that it stays the same, is of real size, and that all of it is read. A
//! benchmark of documents in which nothing is found would measure nothing.

#[path = "../../benches/generate/mod.rs"]
pub(crate) mod generate;

use std::collections::BTreeSet;

use afterword::{
    config::Config,
    parse::{self, Context},
    source::SourceFile,
};

const DOCUMENTS: u64 = 64;

#[test]
fn documents_are_of_real_size_and_the_same_every_time() {
    let sizes: Vec<usize> = (0..DOCUMENTS).map(|number| generate::document(number).text.len()).collect();
    assert!(sizes.iter().all(|size| (5_000..11_000).contains(size)), "{sizes:?}");
    let paths: BTreeSet<String> = (0..DOCUMENTS).map(|number| generate::document(number).path).collect();
    assert_eq!(paths.len() as u64, DOCUMENTS);
    assert_eq!(generate::document(7).text, generate::document(7).text);
}

#[test]
fn whatever_the_style_everything_is_read() {
    let (config, findings) = Config::parse(&SourceFile::new("book.toml", generate::book()));
    assert_eq!(findings, []);
    let sources: Vec<SourceFile> = (0..DOCUMENTS)
        .map(generate::document)
        .map(|document| SourceFile::new(document.path, document.text))
        .collect();
    let context = Context::new(&config, &sources);
    for source in &sources {
        let read = parse::parse(source, &context).postmortem;
        assert!(read.timeline.len() > 10, "{}: {} events", source.path, read.timeline.len());
        assert_eq!(read.actions.len(), 5, "{}", source.path);
        assert!(read.actions.iter().all(|action| action.owner.is_some()), "{}", source.path);
        assert!(read.severity_id.is_some() && read.date.is_some(), "{}", source.path);
        assert_eq!(read.services.len(), 1, "{}", source.path);
        assert!(read.sections.len() > 9, "{}: {} sections", source.path, read.sections.len());
    }
}
