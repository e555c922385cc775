//! What the words of all built-in languages mean, and that none of them means two things.

use super::*;
use crate::{
    config::Config,
    parse::{Context, parse},
    source::SourceFile,
};

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
        assert_eq!(words.sections(name), kind.into(), "{name}");
    }
    for name in ["Checkout latency", "", "!!!", "Attendees", "2026-03-14"] {
        assert!(words.sections(name).is_empty(), "{name}");
    }
}

#[test]
fn names_of_the_configuration_are_added_and_win() {
    let aliases =
        BTreeMap::from([("timeline".to_owned(), vec!["Ship's log".to_owned(), "Summary".to_owned()])]);
    let words = Lexicon::new(&aliases, &[]);
    assert_eq!(words.sections("Ship’s log (UTC)"), SectionKind::Timeline.into());
    assert_eq!(words.sections("Summary"), SectionKind::Timeline.into());
    assert_eq!(words.sections("Impact"), SectionKind::Impact.into());
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

#[test]
fn every_built_in_file_is_right_and_no_word_means_two_things() {
    let nodes: Vec<_> = FILES
        .iter()
        .map(|text| {
            let (node, problems) = crate::data::toml::parse(text, 0);
            assert_eq!(problems, []);
            assert_eq!(crate::data::read::<Locale>(node.clone()).1, []);
            node
        })
        .collect();
    assert_eq!(clash::findings(&nodes.iter().collect::<Vec<_>>()), []);
}

#[test]
fn what_is_wrong_in_a_file_of_a_site_is_said_at_its_place_and_the_rest_counts() {
    let text = "language = \"suomi\"\n[section.names]\ntimeline = [\"Aikajana\"]\n[sections.names]\n\
                timelin = [\"Aikajana\"]\nimpact = \"Vaikutus\"\nsummary = [\"Yhteenveto\", 3]\n";
    let file = SourceFile::new("locales/fi.toml", text);
    let (locale, findings) = Locale::parse(&file);
    let said: Vec<_> = findings
        .iter()
        .map(|finding| {
            let help = finding.help.clone().unwrap_or_default();
            format!("{}: {} ({help})", file.position(finding.span.start), finding.message)
        })
        .collect();
    assert_eq!(
        said,
        [
            "2:2: unknown key `section` (did you mean `sections`?)",
            "5:1: unknown key `timelin` in `sections.names` (did you mean `timeline`?)",
            "6:10: `sections.names.impact`: expected a list of strings, found the text `Vaikutus` ()",
            "7:26: `sections.names.summary[1]`: expected a string, found the number `3` ()",
        ]
    );
    let words = Lexicon::new(&BTreeMap::new(), &[locale]);
    assert_eq!(words.sections("Yhteenveto"), SectionKind::Summary.into());
    assert_eq!(words.sections("Summary"), SectionKind::Summary.into());
}

/// What a document says, in a few lines: sections, facts, events, action items.
fn read(text: &str) -> String {
    let config = Config::default();
    let source = SourceFile::new("a.md", text);
    let context = Context::new(&config, std::slice::from_ref(&source));
    let postmortem = parse(&source, &context).postmortem;
    let sections = postmortem.sections.iter().flat_map(|section| section.kinds).map(SectionKind::words);
    let mut lines = vec![sections.collect::<Vec<_>>().join(", ")];
    let zone = postmortem.zone.as_ref().map(|zone| zone.value.to_string()).unwrap_or_default();
    let severity = postmortem.severity.as_ref().map(|severity| severity.value.clone()).unwrap_or_default();
    let detected_by = postmortem.detected_by.as_ref().map(|by| by.value.key()).unwrap_or_default();
    let services: Vec<&str> = postmortem.services.iter().map(|service| service.value.as_str()).collect();
    lines.push(format!("{} {severity} {zone} {detected_by} {}", postmortem.date_text(), services.join("+")));
    lines.extend(postmortem.timeline.iter().map(|event| format!("{} {}", event.at, event.text)));
    for action in &postmortem.actions {
        let owner = action.owner.as_ref().map(|owner| owner.value.clone()).unwrap_or_default();
        let due = action.due.as_ref().map(|due| due.value.to_string()).unwrap_or_default();
        lines.push(format!("{} | {owner} | {due} | {}", action.title, action.status.value.words()));
    }
    lines.join("\n")
}

#[test]
fn a_german_document_is_read_with_all_that_it_says() {
    let text = "# Bestellungen blieben liegen\n\n**Datum:** 14. März 2026\n**Schweregrad:** SEV2\n\
                **Betroffene Dienste:** Kasse, Lager\n**Entdeckt durch:** Kunden\n\n\
                ## Zusammenfassung\nDie Kasse stand.\n\n\
                ## Auswirkungen\nNiemand konnte zahlen.\n\n\
                ## Zeitlicher Ablauf\nAlle Zeiten in CET.\n\n\
                | Uhrzeit | Ereignis |\n|---|---|\n| 13:02 Uhr | Die Warteschlange läuft voll |\n\
                | gegen 13:40 | Neustart |\n\n\
                ## Grundursache\nEine zu kleine Warteschlange.\n\n\
                ## Was lief gut?\nDie Anleitung half.\n\n\
                ## Maßnahmen\n| Maßnahme | Verantwortlich | Fällig | Status |\n|---|---|---|---|\n\
                | Warteschlange überwachen | Lager | 10. April 2026 | in Arbeit |\n\
                | Grenze anheben | Kasse | 2026-04 | erledigt |\n";
    assert_eq!(
        read(text),
        "summary, impact, timeline, root cause, went well, action items\n\
         2026-03-14 SEV2 CET customer Kasse+Lager\n\
         2026-03-14 13:02 CET Die Warteschlange läuft voll\n\
         ~2026-03-14 13:40 CET Neustart\n\
         Warteschlange überwachen | Lager | 2026-04-10 | in progress\n\
         Grenze anheben | Kasse | 2026-04 | done"
    );
}

#[test]
fn dates_are_read_in_every_built_in_language() {
    let words = Lexicon::built_in();
    for text in [
        "14 March 2026",
        "14. mars 2026",
        "14. marts 2026",
        "14. März 2026",
        "14 de marzo de 2026",
        "14 mars 2026",
        "14 maart 2026",
        "14 de março de 2026",
        "lördagen den 14 mars 2026",
        "2026年3月14日",
    ] {
        let found = crate::parse::times::find_date(words, text)
            .and_then(|(date, _)| date.resolve(crate::parse::times::Order::DayFirst, None));
        assert_eq!(found.map(|day| day.to_string()).as_deref(), Some("2026-03-14"), "{text}");
    }
}

#[test]
fn longer_headings_tell_their_kind_by_a_phrase_or_by_what_stands_in_brackets() {
    let words = Lexicon::built_in();
    for (heading, kind) in [
        ("Analysis of the outage", Some(SectionKind::RootCause)),
        ("Working theory (root cause)", Some(SectionKind::RootCause)),
        ("Impact on our users", Some(SectionKind::Impact)),
        ("What we are doing to prevent this", Some(SectionKind::ActionItems)),
        ("What could we have done better?", Some(SectionKind::WentWrong)),
        ("Where were we lucky", Some(SectionKind::GotLucky)),
        ("How did we fix it?", Some(SectionKind::Resolution)),
        ("Who was affected?", Some(SectionKind::Impact)),
        ("After-action report", None),
        ("Harbour database outage", None),
    ] {
        assert_eq!(words.sections(heading).into_iter().next(), kind, "{heading}");
    }
}

#[test]
fn a_heading_may_be_several_names_and_a_name_stands_in_the_singular_or_the_plural() {
    use SectionKind::{ActionItems, Detection, GotLucky, Impact, Lessons, Resolution, RootCause, WentWell};
    let words = Lexicon::built_in();
    for (heading, kinds) in [
        ("Root cause and fix", &[RootCause, Resolution][..]),
        ("Lessons learned and actions taken", &[Lessons, ActionItems][..]),
        ("What went well & where we got lucky", &[WentWell, GotLucky]),
        ("Impact / Detection (all users)", &[Impact, Detection]),
        ("Impact, root cause and next steps", &[Impact, RootCause, ActionItems]),
        (
            "Impact, detection, root cause, resolution and lessons",
            &[Impact, Detection, RootCause, Resolution, Lessons],
        ),
        ("Lessons learned and improvements", &[Lessons, ActionItems]),
        ("影響と原因", &[Impact, RootCause]),
        ("Årsak og løsning", &[RootCause, Resolution]),
        // These are one name, and this is none.
        ("Resolution and recovery", &[Resolution]),
        ("Corrective and preventative measures", &[ActionItems]),
        ("Impact and the weather", &[Impact]),
        ("Future improvement", &[ActionItems]),
        ("Supporting documents", &[SectionKind::References]),
        ("Causa raiz", &[RootCause]),
    ] {
        assert_eq!(Vec::from(words.sections(heading)), kinds, "{heading}");
    }
}
