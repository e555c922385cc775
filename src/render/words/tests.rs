//! Words in several languages, words that a site says in its own way, and files that are wrong.

use chrono::NaiveDate;

use crate::{
    data::Spanned,
    diagnostic::Level,
    render::{
        theme::{Problem, builtin},
        words::{ENGLISH, Words, filled, filter},
    },
    source::{SourceFile, Span},
};

/// The built-in words of a language, with those of a site over them.
fn words(language: &str, own: &[(&str, &str)]) -> (Words, Vec<Problem>) {
    let mut files = builtin::words("afterword");
    for (language, text) in own {
        files.push(((*language).to_owned(), SourceFile::new(format!("words/{language}.toml"), *text)));
    }
    Words::new(&Spanned::new(language.to_owned(), Span::new(19, 23)), &files)
}

/// The built-in words of a language.
fn built_in(language: &str) -> Words {
    let (words, problems) = words(language, &[]);
    assert_eq!(problems, [], "{language}");
    words
}

#[test]
fn a_language_without_words_is_a_finding_that_names_those_with_words() {
    let (of_site, problems) = words("sv-SE", &[("sv", "[nav]\nactions = \"Åtgärder\"\n")]);
    assert_eq!((of_site.say("nav.actions"), problems), ("Åtgärder", Vec::new()));
    let (_, problems) = words("tlh", &[]);
    let [Problem { path, level: Level::Warning, finding }] = problems.as_slice() else {
        panic!("{problems:?}")
    };
    assert_eq!(
        (path.as_str(), finding.span, finding.message.as_str(), finding.help.as_deref()),
        (
            "book.toml",
            Span::new(19, 23),
            "no file has the words of the site in `tlh`, so they are English",
            Some(
                "there are `de`, `en`, `es`, `fr`, `ja`, `no`; \
                 `afterword theme words > words/tlh.toml` begins a translation"
            )
        )
    );
}

/// Line, message and help of each problem.
fn said(problems: &[Problem], text: &str) -> Vec<(usize, String, Option<String>)> {
    let line = |at: usize| text[..at].lines().count().max(1);
    problems
        .iter()
        .map(|problem| {
            let finding = &problem.finding;
            (line(finding.span.end), finding.message.clone(), finding.help.clone())
        })
        .collect()
}

#[test]
fn english_days_numbers_durations_and_lists_read_as_before() {
    let words = built_in(ENGLISH);
    let plain = |text: String| text.replace('\u{a0}', " ");
    let date = NaiveDate::from_ymd_opt(2026, 3, 14).unwrap();
    assert_eq!(plain(words.long_day(date)), "Saturday 14 March 2026");
    assert_eq!(plain(words.short_day(date)), "14 Mar 2026");
    assert_eq!(words.month_of(2026, 3), "March 2026");
    assert_eq!(words.quarter(2026, 2), "Q2 2026");
    assert_eq!(words.count("count.actions", 1, &[]), "1\u{a0}action");
    assert_eq!(words.count("count.actions", 0, &[]), "0\u{a0}actions");
    assert_eq!(
        ["12_400", "999", "1000", "9720000", "~8 %", "1.5", ""].map(|text| words.number(text)),
        ["12\u{202f}400", "999", "1\u{202f}000", "9\u{202f}720\u{202f}000", "~8 %", "1.5", ""]
    );
    assert_eq!(
        [43.2, 41.0, 0.04, 99.96, 3_888.0, -0.04, -43.2, -128.0].map(|number| words.decimal(number)),
        ["43.2", "41", "0", "100", "3\u{202f}888", "0", "−43.2", "−128"]
    );
    assert_eq!(words.list(&["a", "b", "c"]), "a, b and c");
    assert_eq!(words.list(&["a"]), "a");
    assert_eq!(words.list::<&str>(&[]), "");
}

#[test]
fn durations_on_pages_are_those_of_the_terminal() {
    let words = built_in(ENGLISH);
    for seconds in [0, 59, 60, 3_599, 3_600, 4_680, 86_399, 86_400, 190_860] {
        assert_eq!(
            words.duration(seconds).replace('\u{a0}', " "),
            crate::words::duration(seconds),
            "{seconds}"
        );
    }
}

#[test]
fn a_region_has_the_words_of_its_language_and_an_unknown_language_those_of_english() {
    let skip = |language: &str| words(language, &[]).0.say("frame.skip").to_owned();
    assert_eq!(skip("de-AT"), skip("de"));
    assert_eq!(skip("nb"), skip("no"));
    assert_eq!(skip("nn-NO"), skip("no"));
    assert_eq!(skip("tlh"), skip("en"));
    assert_eq!(skip("not a tag"), skip("en"));
}

#[test]
fn a_site_says_one_word_in_its_own_way_and_keeps_the_rest() {
    let (own, problems) = words("en", &[("en", "[nav]\npostmortems = \"Reviews\"\n")]);
    assert_eq!(problems, []);
    assert_eq!(own.say("nav.postmortems"), "Reviews");
    assert_eq!(own.say("nav.actions"), "Actions");
    let (german, _) = words("de", &[("en", "[nav]\npostmortems = \"Reviews\"\n")]);
    assert_eq!(german.say("nav.actions"), "Maßnahmen");
    assert_eq!(german.say("nav.postmortems"), "Postmortems");
}

#[test]
fn a_language_of_a_site_has_its_own_plurals_and_direction() {
    let text = "[count]\nactions = { one = \"إجراء\", two = \"إجراءان\", few = \"{n} إجراءات\", many = \"{n} إجراءً\", zero = \"لا إجراء\", other = \"{n} إجراء\" }\n";
    let (arabic, problems) = words("ar", &[("ar", text)]);
    assert_eq!(problems, []);
    let counted = [0, 1, 2, 3, 11, 100].map(|n| arabic.count("count.actions", n, &[]));
    assert_eq!(
        counted.map(|text| text.replace('\u{a0}', " ")),
        ["لا إجراء", "إجراء", "إجراءان", "3 إجراءات", "11 إجراءً", "100 إجراء"]
    );
    assert_eq!(arabic.direction(), "rtl");
    assert_eq!(words("he-IL", &[]).0.direction(), "rtl");
    assert_eq!(built_in("ja").direction(), "ltr");
}

#[test]
fn what_is_wrong_in_a_file_of_words_is_a_finding_and_the_rest_counts() {
    let text = "[nav]\npostmortem = \"Reviews\"\nactions = 3\ninsights = \"Charts\"\n[frame]\nas-of = \"Now, {date}.\"\nmade-by = \"Made\"\n[count]\ndays = { some = \"x\" }\n";
    let (own, problems) = words("en", &[("en", text)]);
    let help = |text: &str| Some(text.to_owned());
    assert_eq!(
        said(&problems, text),
        [
            (
                2,
                "no page says a word called `nav.postmortem`".to_owned(),
                help("did you mean `nav.postmortems`?")
            ),
            (
                3,
                "`nav.actions` is not a text".to_owned(),
                help("a word is a text, or a table of texts by plural category with `other` among them")
            ),
            (
                6,
                "nothing fills in `{date}` in `frame.as-of`".to_owned(),
                help("it is filled in with `{day}`")
            ),
            (
                7,
                "`frame.made-by` leaves out `{generator}`".to_owned(),
                help("it is filled in with `{generator}`")
            ),
            (
                9,
                "`count.days` is not a text".to_owned(),
                help("a word is a text, or a table of texts by plural category with `other` among them")
            ),
        ]
    );
    assert_eq!(own.say("nav.insights"), "Charts");
    assert_eq!(own.say("nav.actions"), "Actions");
}

#[test]
fn only_known_names_are_filled_in() {
    assert_eq!(filled("{a}, {b} {", &[("a", &1)]), "1, {b} {");
}

#[test]
fn words_of_a_template_are_said_before_any_page_is_made_where_that_comes_to_the_same() {
    let own = "[nav]\nactions = \"`To` do & done\"\n[list]\ncomma = \", \"\n[frame]\nskip = \"{% now %}\"\n";
    let (words, _) = words("en", &[("en", own)]);
    let said = |text| filter::said(text, &words).into_owned();
    assert_eq!(said("<b>{{ \"nav.actions\" | say }}</b>"), "<b><code>To</code> do &amp; done</b>");
    for left in [
        "{{ nav.actions | say }}",
        "{{ \"nav.actions\" | say | upper }} {{- 'nav.actions' | say -}} {{ x }}",
        "{{ \"nav.nothing\" | say }}",
        "a{{ \"list.comma\" | say }}b",
        "{{ \"frame.skip\" | say }}",
        "{{ \"frame.as-of\" | say(day=today | safe) }}",
        "{{ \"count.days\" | say }}",
        "plain, {{ and not closed",
    ] {
        assert_eq!(said(left), left);
    }
}
