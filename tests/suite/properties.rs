//! What holds for every text, not only for those that somebody thought of: nothing panics, and every finding points
//! into the text it is about.

use std::sync::LazyLock;

use afterword::{
    config::Config,
    model::{ActionItem, Archive},
    parse::{self, Context},
    pipeline::{self, Analysis},
    source::{SourceFile, Sources},
};
use chrono::NaiveDate;
use proptest::prelude::*;

use crate::support::{TODAY, project, tree};

/// The demonstration archive and the templates: every construct that Afterword knows is in one of them.
static DOCUMENTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    ["postmortems", "templates/new"]
        .iter()
        .flat_map(|folder| tree(&project().join(folder)))
        .filter(|(path, _)| path.to_lowercase().ends_with(".md"))
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect()
});

/// Pieces of HTML that open, close and break tables and lists.
const TAGS: [&str; 18] = [
    "\n<table>\n<tr><td>",
    "</td></tr></table>\n",
    "<tr>",
    "<td rowspan=2 colspan='3'>",
    "<th>",
    "</td>",
    "\n<ul><li>",
    "\n<ol>\n",
    "<li>",
    "</li></ul>",
    "\n<dl><dt>",
    "<dd>",
    "<b>",
    "</b>",
    "<a href='#12'>",
    "&eacute;",
    "<td title=\"",
    "<!-- ",
];

fn analyze(text: &str) -> Analysis {
    let sources =
        Sources { documents: vec![SourceFile::new("postmortems/a.md", text)], ..Sources::default() };
    let today: NaiveDate = TODAY.parse().unwrap();
    pipeline::analyze(sources, Config::default(), Vec::new(), today)
}

/// Analyses a text and fails when a finding points outside of it.
#[track_caller]
fn check(text: &str) {
    let analysis = analyze(text);
    assert_eq!(analysis.archive.postmortems().len(), 1, "a document is lost: {text:?}");
    actions_read_alone_are_the_same(text, &analysis.archive);
    for found in &analysis.diagnostics {
        if found.path != "postmortems/a.md" {
            continue;
        }
        let spans =
            std::iter::once(found.finding.span).chain(found.finding.others.iter().map(|label| label.span));
        for span in spans {
            assert!(
                span.start <= span.end && text.get(span.start..span.end).is_some(),
                "{span:?} of {:?} is not in {text:?}",
                found.finding
            );
        }
    }
}

#[track_caller]
fn actions_read_alone_are_the_same(text: &str, archive: &Archive) {
    let source = SourceFile::new("postmortems/a.md", text);
    let config = Config::default();
    let context = Context::new(&config, std::slice::from_ref(&source));
    let Some(alone) = parse::action_items(&source, &context) else { return };
    let all: Vec<ActionItem> = archive.postmortems().iter().flat_map(|one| one.actions.clone()).collect();
    let alone: Vec<ActionItem> = alone
        .into_iter()
        .zip(&all)
        .map(|(item, in_all)| ActionItem { internal: in_all.internal, ..item })
        .collect();
    assert_eq!(alone, all, "{text:?}");
}

/// The largest place in `text` that is not beyond `at` and splits no character.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[test]
fn a_document_may_end_after_any_line() {
    for document in DOCUMENTS.iter() {
        for (end, _) in document.match_indices('\n').step_by(3) {
            check(&document[..end]);
        }
    }
}

#[test]
fn a_document_may_have_any_kind_of_line_end() {
    for document in DOCUMENTS.iter() {
        check(&document.replace('\n', "\r\n"));
        check(&document.replace('\n', "\r"));
        check(&format!("\u{feff}{document}"));
    }
}

#[test]
fn windows_line_ends_change_nothing_that_is_read() {
    for document in DOCUMENTS.iter() {
        let (unix, windows) = (analyze(document), analyze(&document.replace('\n', "\r\n")));
        let (unix, windows) = (&unix.archive.postmortems()[0], &windows.archive.postmortems()[0]);
        assert_eq!(unix.title.value, windows.title.value);
        assert_eq!(unix.timeline.len(), windows.timeline.len(), "{}", unix.title.value);
        assert_eq!(unix.actions.len(), windows.actions.len(), "{}", unix.title.value);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn a_document_may_end_anywhere(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>()) {
        let document = which.get(&DOCUMENTS);
        check(&document[..boundary(document, at.index(document.len() + 1))]);
    }

    #[test]
    fn a_piece_of_one_document_may_stand_anywhere_in_another(
        into in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
        places in prop::array::uniform4(any::<prop::sample::Index>()),
    ) {
        let (into, from) = (into.get(&DOCUMENTS), from.get(&DOCUMENTS));
        let [start, end, first, last] = places;
        let cut = |text: &str, a: prop::sample::Index, b: prop::sample::Index| {
            let (a, b) = (boundary(text, a.index(text.len() + 1)), boundary(text, b.index(text.len() + 1)));
            (a.min(b), a.max(b))
        };
        let (start, end) = cut(into, start, end);
        let (first, last) = cut(from, first, last);
        check(&format!("{}{}{}", &into[..start], &from[first..last], &into[end..]));
    }

    #[test]
    fn any_characters_may_stand_anywhere(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        noise in "[-+#=\\[\\]|*_`~<>:&'\"{}0-9a-z\\s\u{e9}\u{202e}\u{1f525}\u{0}]{0,40}",
    ) {
        let document = which.get(&DOCUMENTS);
        let at = boundary(document, at.index(document.len() + 1));
        check(&format!("{}{noise}{}", &document[..at], &document[at..]));
    }

    #[test]
    fn tags_may_stand_anywhere(
        which in any::<prop::sample::Index>(),
        tags in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(TAGS.to_vec())), 1..24),
    ) {
        let mut text = which.get(&DOCUMENTS).clone();
        for (at, tag) in tags {
            text.insert_str(boundary(&text, at.index(text.len() + 1)), tag);
        }
        check(&text);
    }

    #[test]
    fn the_lines_of_a_document_may_stand_in_any_order(
        lines in any::<prop::sample::Index>().prop_flat_map(|which| {
            Just(which.get(&DOCUMENTS).lines().map(str::to_owned).collect::<Vec<_>>()).prop_shuffle()
        }),
    ) {
        check(&lines.join("\n"));
    }

    #[test]
    fn any_byte_of_a_document_may_be_another(
        which in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24),
    ) {
        let mut bytes = which.get(&DOCUMENTS).clone().into_bytes();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= byte;
        }
        check(&SourceFile::from_bytes("postmortems/a.md", &bytes).text);
    }

    #[test]
    fn any_text_is_a_document(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_front_matter_is_read(
        fence in prop::sample::select(vec!["+++", "---"]),
        key in "(title|date|id|status|severity|services|times|impact|timeline|action_items|related|tags)",
        value in "[-\\[\\]{}=:,\"'0-9a-zTZ# \n]{0,60}",
        glue in prop::sample::select(vec![" = ", ": ", ":\n  - ", " = [", " = {", "]\n", ""]),
    ) {
        check(&format!("{fence}\n{key}{glue}{value}\n{fence}\n\n# Title\n\nText.\n"));
    }
}
