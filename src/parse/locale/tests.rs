//! What the words of all built-in languages mean, and that none of them means two things.

use super::*;

#[test]
fn sections_are_recognised_in_every_dress() {
    let words = Lexicon::built_in();
    for (name, kind) in [
        ("Timeline (UTC)", SectionKind::Timeline),
        ("Timeline - UTC", SectionKind::Timeline),
        ("3. Timeline:", SectionKind::Timeline),
        (":alarm_clock: Timeline", SectionKind::Timeline),
        ("⏱️ TIMELINE (all times PST) 14 May – 16 May. Approximate", SectionKind::Timeline),
        ("What happened?", SectionKind::Summary),
        ("Root Cause Analysis", SectionKind::RootCause),
        ("Five Whys — the cache", SectionKind::FiveWhys),
        ("5 Whys", SectionKind::FiveWhys),
        ("Where we got lucky", SectionKind::GotLucky),
        ("What didn’t go well", SectionKind::WentWrong),
        ("Tidslinje", SectionKind::Timeline),
        ("根本原因（共通）", SectionKind::RootCause),
        ("今回の根本原因について", SectionKind::RootCause),
        ("運が良かったこと", SectionKind::GotLucky),
        ("Follow-up tasks", SectionKind::ActionItems),
    ] {
        assert_eq!(words.section(name), Some(kind), "{name}");
    }
    for name in ["Checkout latency", "", "!!!", "Attendees", "2026-03-14"] {
        assert_eq!(words.section(name), None, "{name}");
    }
}

#[test]
fn names_of_the_configuration_are_added_and_win() {
    let aliases =
        BTreeMap::from([("timeline".to_owned(), vec!["Ship's log".to_owned(), "Summary".to_owned()])]);
    let words = Lexicon::new(&aliases, &[]);
    assert_eq!(words.section("Ship’s log (UTC)"), Some(SectionKind::Timeline));
    assert_eq!(words.section("Summary"), Some(SectionKind::Timeline));
    assert_eq!(words.section("Impact"), Some(SectionKind::Impact));
}

#[test]
fn labels_are_recognised_as_they_are_written() {
    let words = Lexicon::built_in();
    assert_eq!(words.meaning("Severity:"), Some(Meaning::Severity));
    assert_eq!(words.meaning("First Detected"), Some(Meaning::Time(Milestone::Detected)));
    assert_eq!(words.meaning("影響期間"), Some(Meaning::Window));
    assert_eq!(words.meaning("Attendees"), None);
    assert_eq!(words.milestone("public-notice"), Some(Milestone::PublicNotice));
    assert_eq!(words.milestone("identified"), Some(Milestone::Identified));
    assert_eq!(words.milestone("date"), None);
}

#[test]
fn states_and_types_are_read_in_the_words_of_teams() {
    let words = Lexicon::built_in();
    for (word, expected) in [
        ("Done", ActionStatus::Done),
        ("(pending)", ActionStatus::Open),
        ("In-Progress", ActionStatus::InProgress),
        ("Won’t do", ActionStatus::WontDo),
        ("Gjort:", ActionStatus::Done),
        ("未着手", ActionStatus::Open),
    ] {
        assert_eq!(words.action_status(word), Some(expected), "{word}");
    }
    assert_eq!(words.action_status("Add an alert"), None);
    assert_eq!(words.action_type("検知（Detect）"), Some(ActionType::Detect));
    assert_eq!(words.action_type("Prevention"), Some(ActionType::Prevent));
    assert_eq!(words.status("In review"), Some(Status::InReview));
    assert_eq!(words.detected_by("Kunde"), Some(DetectedBy::Customer));
}

#[test]
fn every_class_of_a_cue_has_words() {
    for locale in LOCALES.iter() {
        for cue in locale.milestones.cues.values().flatten() {
            for name in cue.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                assert!(locale.milestones.words.contains_key(name), "{}: {cue}", locale.language);
            }
        }
    }
}

/// Tables in which a word has one meaning, and those that share their words.
const EXCLUSIVE: [&[&str]; 11] = [
    &["sections.names"],
    &["sections.phrases"],
    &["sections.words"],
    &["labels", "milestones.names"],
    &["document.status"],
    &["document.detected_by"],
    &["document.visibility"],
    &["times.months", "times.weekdays", "times.approximate", "times.before", "times.clock"],
    &["timeline.columns"],
    &["actions.columns"],
    &["actions.status"],
];

fn lists<'n>(node: &'n crate::data::Node, path: &str) -> Vec<(String, &'n crate::data::Node)> {
    let Some(found) = path.split('.').try_fold(node, |node, key| node.get(key)) else { return Vec::new() };
    match found.entries() {
        [] => vec![(path.to_owned(), found)],
        entries => entries.iter().map(|entry| (format!("{path}.{}", entry.key), &entry.value)).collect(),
    }
}

#[test]
fn every_built_in_file_is_right_and_no_word_means_two_things() {
    let files: Vec<_> = FILES
        .iter()
        .map(|text| {
            let (node, problems) = crate::data::toml::parse(text, 0);
            assert_eq!(problems, []);
            assert_eq!(crate::data::read::<Locale>(node.clone()).1, []);
            node
        })
        .collect();
    for tables in EXCLUSIVE {
        let mut held: BTreeMap<String, String> = BTreeMap::new();
        for node in &files {
            for (key, list) in tables.iter().flat_map(|path| lists(node, path)) {
                let crate::data::Value::List(words) = &list.value else { panic!("`{key}` is no list") };
                for word in words.iter().filter_map(|word| word.text()) {
                    assert!(!fold(word).is_empty(), "`{word}` of `{key}` is no word");
                    let before = held.entry(fold(word)).or_insert_with(|| key.clone());
                    assert_eq!(*before, key, "`{word}` means two things");
                }
            }
        }
    }
}
