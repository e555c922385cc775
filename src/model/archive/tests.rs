//! How postmortems are ordered, named and found.

use super::*;
use crate::model::{Origin, fixture::postmortem};
use crate::source::Span;

fn at(path: &str, id: &str, origin: Origin, date: &str) -> Postmortem {
    let mut postmortem = postmortem(id, date);
    postmortem.path = path.to_owned();
    postmortem.id.origin = origin;
    postmortem
}

fn ids(archive: &Archive) -> Vec<(&str, &str)> {
    archive
        .postmortems()
        .iter()
        .map(|postmortem| (postmortem.path.as_str(), postmortem.id.value.as_str()))
        .collect()
}

#[test]
fn a_link_may_name_a_document_without_its_endings_or_by_its_page() {
    let paths = ["2020/a.html.md.erb", "2020/b.md", "disk-full/index.md", "notes.qmd"];
    let archive = Archive::new(paths.map(|path| at(path, path, Origin::FileName, "")).to_vec());
    let found = [
        "2020/a.html.md.erb",
        "2020/a.html",
        "2020/a",
        "2020/b.md",
        "2020/b.html",
        "2020/b/",
        "disk-full/",
        "disk-full/index.html",
        "notes",
        "2020/c.html",
        "2020",
    ]
    .map(|address| archive.at_address(address, "").map(|found| found.path.as_str()));
    let [a, b, index, notes] = paths.map(Some);
    assert_eq!(found, [a, a, a, b, b, b, index, index, notes, None, None]);
}

fn section(anchor: &str) -> crate::model::Section {
    crate::model::Section {
        kinds: crate::model::Kinds::default(),
        title: anchor.to_owned(),
        form: crate::model::SectionForm::Heading(2),
        anchor: crate::model::anchor::Anchor::default(),
        heading: Span::default(),
        body: Span::default(),
        is_empty: false,
    }
}

#[test]
fn of_a_file_with_several_postmortems_the_anchor_tells_which() {
    let part = |start: usize, anchors: [&str; 2]| {
        let mut part = at("log.md", anchors[0], Origin::FileName, "");
        part.body = Span::new(start, start + 10);
        part.sections = anchors.map(section).to_vec();
        part
    };
    let archive = Archive::new(vec![
        part(30, ["dns", "timeline"]),
        part(10, ["disk", "timeline"]),
        part(20, ["timeline", "cause"]),
    ]);
    let found = ["dns", "Disk", "timeline", "cause", "", "gone"]
        .map(|anchor| archive.at_address("log.html", anchor).map(|found| found.id.value.as_str()));
    assert_eq!(found, ["dns", "disk", "timeline", "timeline", "disk", "disk"].map(Some));
    assert!(archive.is_log("log.md") && !archive.is_log("other.md"));
    assert_eq!(archive.at_path("log.md").map(|found| found.id.value.as_str()), Some("disk"));
}

#[test]
fn the_newest_comes_first_and_the_undated_last() {
    let archive = Archive::new(vec![
        at("a.md", "a", Origin::FileName, ""),
        at("b.md", "b", Origin::FileName, "2025-01-01"),
        at("c.md", "c", Origin::FileName, "2026-01-01"),
    ]);
    assert_eq!(ids(&archive), [("c.md", "c"), ("b.md", "b"), ("a.md", "a")]);
    assert_eq!(archive.index_of("a"), Some(2));
    assert_eq!(archive.at_path("b.md").map(|found| found.id.value.as_str()), Some("b"));
}

#[test]
fn file_names_that_clash_get_their_folder_and_are_no_clash() {
    let archive = Archive::new(vec![
        at("2025/db/report.md", "report", Origin::FileName, "2025-01-01"),
        at("2026/db/report.md", "report", Origin::FileName, "2026-01-01"),
        at("2026/dns/report.md", "report", Origin::FileName, "2026-01-02"),
        at("2027/db/report.md", "report", Origin::FileName, "2027-01-02"),
    ]);
    assert_eq!(
        ids(&archive),
        [
            ("2027/db/report.md", "report-2"),
            ("2026/dns/report.md", "dns-report"),
            ("2026/db/report.md", "db-report"),
            ("2025/db/report.md", "report"),
        ]
    );
    assert_eq!(archive.clashes(), []);
}

#[test]
fn what_got_another_id_is_the_very_same_as_long_as_it_does_so_again() {
    let all = ["a.md", "b.md", "c.md"].map(|path| Arc::new(at(path, "x", Origin::FileName, "2026-01-01")));
    let mut renamed = Renamed::default();
    let mut next = |before: &Archive, postmortems: &[Arc<Postmortem>]| {
        before.next(None, || postmortems.to_vec(), &mut renamed).0
    };
    let first = next(&Archive::default(), &all);
    assert_eq!(ids(&first), [("c.md", "x-3"), ("b.md", "x-2"), ("a.md", "x")]);
    let second = next(&first, &all);
    assert!(first.postmortems().iter().zip(second.postmortems()).all(|(a, b)| Arc::ptr_eq(a, b)));
    let fewer = next(&second, &all[1..]);
    assert_eq!(ids(&fewer), [("c.md", "x-2"), ("b.md", "x")]);
    assert_eq!(fewer, Archive::new(all[1..].to_vec()));
}

#[test]
fn an_archive_of_which_a_document_was_edited_is_the_archive_of_all_documents() {
    let new = |path: &str, id: &str, date: &str| Arc::new(at(path, id, Origin::FileName, date));
    let mut all = vec![
        new("a.md", "a", "2026-01-01"),
        new("b.md", "b", "2026-01-02"),
        new("c/README.md", "b", ""),
        new("d.md", "d", "2026-01-02"),
    ];
    let mut renamed = Renamed::default();
    let (mut archive, _) = Archive::default().next(None, || all.clone(), &mut renamed);
    let edits = [
        (1, new("b.md", "b", "2026-03-01"), true),
        (3, new("d.md", "d", ""), true),
        // What has another id than it asks for, or asks for another one, may change those of others.
        (2, new("c/README.md", "b", "2026-01-01"), false),
        (0, new("a.md", "b", "2026-01-01"), false),
    ];
    for (place, is, is_alone) in edits {
        let was = std::mem::replace(&mut all[place], Arc::clone(&is));
        let mut is_asked = false;
        let asked = || {
            is_asked = true;
            all.clone()
        };
        let (next, moves) = archive.next(Some(vec![(was, Arc::clone(&is))]), asked, &mut renamed);
        assert_eq!(next, Archive::new(all.clone()));
        assert_eq!(is_asked, !is_alone, "{}", is.path);
        for (place, one) in archive.postmortems().iter().enumerate() {
            let there = moves.to(place).map(|to| &next.postmortems()[to]);
            assert!(there.is_none_or(|there| Arc::ptr_eq(there, one)));
            assert_eq!(there.is_none(), moves.gone().contains(&place));
        }
        assert_eq!(moves.gone().len(), moves.fresh().len());
        archive = next;
    }
}

#[test]
fn a_stated_id_that_occurs_twice_is_remembered_and_no_document_is_lost() {
    let archive = Archive::new(vec![
        at("a.md", "x", Origin::FileName, "2026-01-01"),
        at("b.md", "x", Origin::FrontMatter, "2026-01-02"),
        at("c.md", "x", Origin::FrontMatter, "2026-01-03"),
    ]);
    assert_eq!(ids(&archive), [("c.md", "x-2"), ("b.md", "x"), ("a.md", "x-3")]);
    let clashes: Vec<_> = archive
        .clashes()
        .iter()
        .map(|clash| (clash.kept_by.as_str(), clash.path.as_str(), clash.replaced_by.as_str()))
        .collect();
    assert_eq!(clashes, [("b.md", "c.md", "x-2")]);
}
