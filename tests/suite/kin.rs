//! What belongs together: in the demonstration archive, and for incidents that are planted again in other words.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use afterword::{
    aggregate::Reason,
    config::Config,
    pipeline::{self, Analysis},
    source::{SourceFile, Sources},
};
use chrono::{Days, NaiveDate};

use crate::{
    generated::generate,
    support::{TODAY, project, read, tree},
};

/// So many postmortems that a reader looks at: what belongs together must be among them.
const FIRST: usize = 3;
/// Documents about other things, among which the planted ones stand.
const OTHERS: u64 = 240;

/// Words, and what somebody else would have written.
const SYNONYMS: [(&str, &str); 40] = [
    ("after", "following"),
    ("began", "started"),
    ("broke", "gave way"),
    ("caused", "brought about"),
    ("change", "modification"),
    ("changed", "modified"),
    ("check", "verification"),
    ("clients", "consumers"),
    ("customers", "guests"),
    ("database", "data store"),
    ("deleted", "removed"),
    ("deploy", "rollout"),
    ("down", "offline"),
    ("every", "each"),
    ("expired", "ran out"),
    ("failed", "did not succeed"),
    ("failure", "breakdown"),
    ("fixed", "mended"),
    ("hours", "long stretch"),
    ("large", "big"),
    ("lost", "gone"),
    ("message", "note"),
    ("minutes", "short while"),
    ("missing", "absent"),
    ("nobody", "no one"),
    ("page", "screen"),
    ("passengers", "travellers"),
    ("queue", "backlog"),
    ("release", "version"),
    ("requests", "calls"),
    ("rolled", "taken"),
    ("sent", "delivered"),
    ("server", "machine"),
    ("showed", "displayed"),
    ("slow", "sluggish"),
    ("stopped", "ceased"),
    ("system", "platform"),
    ("team", "crew"),
    ("users", "people"),
    ("wrong", "incorrect"),
];

fn analysis(documents: Vec<SourceFile>, config: Config) -> Analysis {
    let today: NaiveDate = TODAY.parse().unwrap();
    pipeline::analyze(Sources { documents, ..Sources::default() }, config, Vec::new(), today)
}

fn demonstration() -> Vec<SourceFile> {
    let files = tree(&project().join("postmortems")).into_iter();
    files
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|ending| ending == "md"))
        .map(|(path, bytes)| SourceFile::from_bytes(format!("postmortems/{path}"), &bytes))
        .collect()
}

fn config() -> Config {
    Config::parse(&SourceFile::new("book.toml", read(project().join("book.toml")))).0
}

/// The ids of those that belong to each postmortem, the nearest first.
fn nearest(analysis: &Analysis) -> BTreeMap<&str, Vec<&str>> {
    let all = analysis.archive.postmortems();
    let related = analysis.summary.related.all(&analysis.archive);
    let id = |at: usize| all[at].id.value.as_str();
    related
        .iter()
        .enumerate()
        .map(|(at, related)| (id(at), related.iter().map(|one| id(one.postmortem)).collect()))
        .collect()
}

#[test]
fn the_demonstration_archive_tells_its_repeat_and_what_looks_like_one() {
    let analysis = analysis(demonstration(), config());
    let archive = &analysis.archive;
    let reasons = |of: &str, other: &str| {
        let related = analysis.summary.related.of(archive, archive.index_of(of).unwrap());
        let other = archive.index_of(other).unwrap();
        let at = related.iter().position(|one| one.postmortem == other);
        at.map(|at| (at, related[at].reasons.clone()))
    };
    let (again, first) = ("2026-02-03-vessel-gateway-certificate", "2025-01-23-scanner-certificate-expired");
    let (at, told) = reasons(again, first).unwrap();
    assert_eq!((at, &told[0]), (0, &Reason::Repeats));
    assert!(told.contains(&Reason::Factor("Something expired".to_owned())), "{told:?}");
    assert_eq!(reasons(first, again).unwrap().1[0], Reason::RepeatedBy);
    let (boards, tides) = ("2025-02-11-departure-boards-frozen", "2026-05-21-departure-boards-stale-tides");
    for (one, other) in [(boards, tides), (tides, boards)] {
        let (at, told) = reasons(one, other).unwrap();
        assert!(at < FIRST && told.iter().all(|reason| !reason.is_stated()), "{one}: {at}, {told:?}");
    }
}

#[test]
fn an_incident_that_happens_again_in_other_words_is_among_the_first() {
    let mut documents = demonstration();
    let originals = analysis(documents.clone(), config());
    let mut planted = BTreeMap::new();
    for postmortem in originals.archive.postmortems() {
        let source = originals.sources.file(&postmortem.path).unwrap();
        let list = |facts: &[afterword::model::Fact<String>]| {
            facts.iter().map(|fact| format!("{:?}", fact.value)).collect::<Vec<_>>().join(", ")
        };
        let date = postmortem.date.as_ref().unwrap().value + Days::new(97);
        let id = format!("again-{}", postmortem.id.value);
        let mut text = format!(
            "+++\ntitle = {:?}\ndate = {date}\nservices = [{}]\nfactors = [{}]\n+++\n\n",
            reworded(&postmortem.title.value),
            list(&postmortem.services),
            list(&postmortem.factors),
        );
        for cause in postmortem.root_cause.summary.iter().chain(&postmortem.root_cause.trigger) {
            let _ = write!(text, "## Root cause\n\n{}\n\n", reworded(&cause.value));
        }
        text.push_str(&reworded(source.markdown_of(postmortem.body)));
        documents.push(SourceFile::new(format!("postmortems/{id}.md"), text));
        planted.insert(id, postmortem.id.value.clone());
    }
    for document in (0..OTHERS).map(generate::document) {
        documents.push(SourceFile::new(document.path, document.text));
    }
    let analysis = analysis(documents, config());
    let nearest = nearest(&analysis);
    let pairs = planted.iter().flat_map(|(again, first)| [(again, first), (first, again)]);
    let missed: Vec<_> = pairs
        .filter(|(one, other)| !nearest[one.as_str()].iter().take(FIRST).any(|near| near == &other.as_str()))
        .collect();
    assert!(planted.len() > 12 && missed.len() * 10 <= planted.len() * 2, "{missed:#?}");
}

/// A text in other words, code apart: a third of its words is what somebody else would have written, or is not there.
fn reworded(text: &str) -> String {
    let other = |word: &str| {
        let lower = word.to_lowercase();
        if let Ok(at) = SYNONYMS.binary_search_by(|(known, _)| known.cmp(&lower.as_str())) {
            return SYNONYMS[at].1.to_owned();
        }
        let number = lower.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        if lower.len() > 3 && number % 3 == 0 { String::new() } else { word.to_owned() }
    };
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            out.push('`');
        }
        // What stands between two backticks is code, and so is what stands between two rows of three.
        if at % 2 == 1 {
            out.push_str(part);
            continue;
        }
        for line in part.split_inclusive('\n') {
            if line.starts_with('#') {
                out.push_str(line);
                continue;
            }
            let mut word = String::new();
            for letter in line.chars() {
                if letter.is_alphabetic() {
                    word.push(letter);
                } else {
                    out.push_str(&other(&std::mem::take(&mut word)));
                    out.push(letter);
                }
            }
            out.push_str(&other(&word));
        }
    }
    out
}
