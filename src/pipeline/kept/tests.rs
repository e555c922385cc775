//! What is kept is had back as it was, or not at all.

use super::*;
use crate::{
    config::Config,
    parse::{Context, parse_all},
};

const PROGRAM: Name = [7; 32];

/// Documents with everything that is kept: places, zones, days, costs, findings with and without a fix.
const TEXTS: [(&str, &str); 4] = [
    (
        "a.md",
        "+++\ntitle = \"Pool\"\nseverty = \"SEV1\"\nstatus = \"finl\"\ndate = 2026-03-14\n[times]\nzone = \"Europe/Oslo\"\nstarted = 2026-03-14T13:02:00Z\n[impact]\nusers = 12\n[[impact.slo]]\nslo = \"checkout\"\nbad_minutes = 4.5\n[root_cause]\nwhy = [\"One.\", \"Two.\"]\n+++\n\n## Timeline\n\n- ~13:09 EST `alert` [paged](https://example.com)\n",
    ),
    (
        "b.md",
        "# DNS gone\n\n**Severity:** SEV2\n\n## Action items\n\n- [x] Cap it (owner: ada, due 2026-Q2)\n<!-- internal -->\n- [ ] Rotate\n",
    ),
    ("c.md", "---\ntitle: [1\n---\n"),
    ("empty.md", ""),
];

fn manner() -> Manner {
    Manner { settings: [1; 32], order: "DayFirst".to_owned() }
}

fn sources() -> Vec<SourceFile> {
    TEXTS.map(|(path, text)| SourceFile::new(path, text)).to_vec()
}

fn read(source: &SourceFile) -> Said {
    let config = Config::default();
    let parsed = parse_all(source, &Context::new(&config, &[]));
    let findings = parsed.iter().flat_map(|one| one.findings.clone()).collect();
    (parsed.into_iter().map(|one| Arc::new(one.postmortem)).collect(), findings)
}

fn kept(sources: &[SourceFile]) -> Vec<u8> {
    let write = |source: &SourceFile| {
        let (postmortems, findings) = read(source);
        let evidence = Evidence { either: 3, ..Evidence::default() };
        let page = Page { source, evidence, postmortems: &postmortems, findings: &findings };
        written(&PROGRAM, &page)
    };
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&PROGRAM, manner(), &mut bytes);
    sources.iter().filter_map(write).for_each(|written| writer.put(&written).unwrap());
    writer.finish().unwrap();
    bytes
}

#[test]
fn what_is_kept_is_what_was_read() {
    let sources = sources();
    let found = Kept::open(PROGRAM, Box::new(kept(&sources))).unwrap();
    assert!(found.is_of(&[1; 32]) && !found.is_of(&[2; 32]));
    assert!(found.has_order("DayFirst") && !found.has_order("MonthFirst"));
    let mut findings = 0;
    for source in &sources {
        let said = found.said(&name(source)).unwrap();
        assert_eq!(said, read(source), "{}", source.path);
        assert_eq!(found.evidence(&name(source)).map(|evidence| evidence.either), Some(3));
        findings += said.1.iter().filter(|finding| finding.fix.is_some()).count();
    }
    assert!(findings > 0, "no finding has a fix");
}

#[test]
fn a_document_with_another_path_or_text_is_not_found() {
    let found = Kept::open(PROGRAM, Box::new(kept(&sources()))).unwrap();
    let (path, text) = TEXTS[1];
    let torn = SourceFile::torn(path, text, 3);
    for other in [SourceFile::new("other.md", text), SourceFile::new(path, format!("{text} ")), torn] {
        assert_eq!(found.said(&name(&other)), None);
        assert_eq!(found.evidence(&name(&other)), None);
    }
}

#[test]
fn what_another_program_has_written_is_not_used() {
    let bytes = kept(&sources());
    assert!(Kept::open([8; 32], Box::new(bytes)).is_none());
}

#[test]
fn what_is_cut_off_or_damaged_anywhere_gives_the_same_or_nothing() {
    let sources = sources();
    let whole = kept(&sources);
    let check = |bytes: Vec<u8>, what: &str, at: usize| {
        let Some(found) = Kept::open(PROGRAM, Box::new(bytes)) else { return 0 };
        let said = sources.iter().filter_map(|source| Some((source, found.said(&name(source))?)));
        said.map(|(source, said)| assert_eq!(said, read(source), "{what} at {at}: {}", source.path)).count()
    };
    for at in 0..whole.len() {
        check(whole[..at].to_vec(), "cut off", at);
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        let found = check(damaged, "damaged", at);
        assert!(found < sources.len(), "a damage at {at} was not noticed");
    }
    let mut longer = whole.clone();
    longer.extend_from_slice(b"and more");
    assert_eq!(check(longer, "longer", whole.len()), 0);
}
