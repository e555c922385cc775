//! Both syntaxes through the whole mechanism: text, tree, typed value, problems.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::{Node, OneOrMany, Problem, Spanned, Text, Value, read, toml, yaml};
use crate::source::Span;

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Book {
    title: Spanned<String>,
    src: OneOrMany<String>,
    tags: Vec<String>,
    state: Option<State>,
    version: Text,
    days: BTreeMap<String, u32>,
    #[serde(alias = "colour")]
    color: Option<String>,
    items: Vec<Item>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Open,
    #[serde(alias = "doing")]
    InProgress,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    name: String,
    #[serde(default)]
    due: Option<Text>,
}

fn from_toml(text: &str) -> (Book, Vec<String>) {
    typed(toml::parse(text, 0), text)
}

fn from_yaml(text: &str) -> (Book, Vec<String>) {
    typed(yaml::parse(text, 0), text)
}

/// The value, and each problem with the text that it points at.
fn typed((node, mut problems): (Node, Vec<Problem>), text: &str) -> (Book, Vec<String>) {
    let (book, more) = read::<Book>(node);
    problems.extend(more);
    let said = problems.iter().map(|problem| {
        let at = &text[problem.span.start..problem.span.end];
        let help = problem.help().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{at:?} {}{help}", problem.message())
    });
    (book, said.collect())
}

#[test]
fn both_syntaxes_give_the_same_value() {
    let expected = Book {
        title: Spanned::new("A: b".to_owned(), Span::new(8, 14)),
        src: OneOrMany(vec!["one".to_owned()]),
        tags: vec!["x".to_owned(), "y".to_owned()],
        state: Some(State::InProgress),
        version: Text("1.10".to_owned()),
        days: BTreeMap::from([("P0".to_owned(), 14)]),
        color: Some("red".to_owned()),
        items: vec![Item { name: "n".to_owned(), due: Some(Text("2026-03-14".to_owned())) }],
    };
    let toml = "title = \"A: b\"\nsrc = 'one'\ntags = ['x', 'y']\nstate = 'In Progress'\nversion = 1.10\n\
                colour = 'red'\n[days]\nP0 = 14\n[[items]]\nname = 'n'\ndue = 2026-03-14\n";
    let (mut book, problems) = from_toml(toml);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(book, expected);
    let yaml = "title:  \"A: b\"\nsrc: one\ntags:\n- x\n- y\nstate: doing\nversion: 1.10\ncolour: red\n\
                days: {P0: 14}\nitems:\n  - name: n\n    due: 2026-03-14\n";
    let (from_yaml, problems) = from_yaml(yaml);
    assert_eq!(problems, Vec::<String>::new());
    book.title.span = from_yaml.title.span;
    assert_eq!(from_yaml, book);
}

#[test]
fn one_wrong_key_never_costs_the_others() {
    let text = "titel = 'x'\nsrc = 3\ntags = 3\nstate = 'opne'\nversion = [1]\n[days]\nP0 = -1\nP1 = 2\n\
                [[items]]\ndue = 1\n[[items]]\nname = 'kept'\nowner = 'y'\n[[items]]\ndue = 2\n";
    let (book, problems) = from_toml(text);
    assert_eq!(
        problems,
        [
            "\"titel\" unknown key `titel` (did you mean `title`?)",
            "\"3\" `src`: expected a string or a list of them, found the number `3`",
            "\"3\" `tags`: expected a list of strings, found the number `3`",
            "\"'opne'\" `state`: expected one of `open`, `doing`, `in-progress`, found the text `opne` (did you mean `open`?)",
            "\"[1]\" `version`: expected a string, found a list",
            "\"-1\" `days.P0`: expected a whole number, 0 or more, found the number `-1`",
            "\"[[items]]\" the key `name` is missing in `items[0]` (add `name`; without it this part is left out)",
            "\"owner\" unknown key `owner` in `items[1]` (known keys here: `name`, `due`)",
            "\"[[items]]\" the key `name` is missing in `items[2]` (add `name`; without it this part is left out)",
        ]
    );
    assert_eq!(book.items, [Item { name: "kept".to_owned(), due: None }]);
    assert_eq!(book.days, BTreeMap::from([("P1".to_owned(), 2)]));
}

#[test]
fn a_text_that_is_not_closed_is_told_in_words_that_are_no_grammar() {
    let problems = ["title = \"Hello\n", "title = 'Hello\n"].map(|text| from_toml(text).1);
    let help = "a text begins and ends with `\"` on one line, or with `\"\"\"` on several";
    assert_eq!(problems[0], [format!("\"\" expected a `\"` at the end of the text ({help})")]);
    assert_eq!(problems[1], [format!("\"\" expected a `'` at the end of the text ({help})")]);
}

#[test]
fn toml_errors_are_all_reported_and_what_the_parser_made_up_is_not_kept() {
    let text =
        "title = Hello\nsrc = = 'x'\nversion = 2026-02-30\ntags = ['a'\ncolor = 'red'\ncolor = 'blue'\n";
    let (book, problems) = from_toml(text);
    assert_eq!(
        problems,
        [
            "\"Hello\" expected quotes around the text `Hello` (write `\"Hello\"`)",
            "\"=\" extra `=`, expected nothing (correct it here; what stands on other lines is read all the same)",
            "\"\" unexpected key or value, expected newline, `#` (correct it here; what stands on other lines is read all the same)",
            "\"2026-02-30\" invalid date, expected day between 01 and 28 (correct it here; what stands on other lines is read all the same)",
            "\"\" missing comma between array elements, expected `,` (correct it here; what stands on other lines is read all the same)",
            "\"color\" the key `color` stands twice (keep one of the two; the first is read)",
        ]
    );
    assert_eq!(book.title.value, "Hello");
    assert_eq!(book.version, Text::default());
    assert_eq!(book.color.as_deref(), Some("red"));
}

#[test]
fn a_yaml_value_that_wants_quotes_is_read_as_the_text_that_it_is() {
    let (book, problems) = from_yaml("title: Checkout: slow\ncolor: @red\ntags: [a]\n");
    assert_eq!(
        problems,
        [
            "\":\" expected one `key: value` on a line, found a second `: ` (put quotes around a value that holds `: `, \
             or align this key with the one above)",
            "\"@\" expected a value, found `@`, which cannot begin one (put quotes around the value)",
        ]
    );
    assert_eq!((book.title.value.as_str(), book.color.as_deref()), ("Checkout: slow", Some("@red")));
    assert_eq!(book.tags, ["a"]);
}

#[test]
fn a_broken_yaml_entry_costs_only_itself() {
    let (book, problems) =
        from_yaml("title: \"open\ncolor: red\ntags: [a, b\nsrc: x\nstate: open\n\tversion: 2\n");
    assert_eq!(
        problems,
        [
            "\"c\" expected the closing quote of the text above (close the quote on its line)",
            "\":\" expected `,` or the closing bracket of the list above",
            "\"\\t\" expected spaces as indentation, found a tab (YAML allows no tabs in front of a line's text: put spaces there)",
        ]
    );
    assert_eq!(book.state, Some(State::Open));
}

#[test]
fn duplicate_yaml_keys_name_both_places() {
    let (_, problems) = yaml::parse("a: 1\nb: 2\na: 3\n", 10);
    let places: Vec<_> = problems
        .into_iter()
        .map(|problem| problem.into_finding("invalid-front-matter"))
        .map(|finding| (finding.span, finding.others.iter().map(|label| label.span).collect::<Vec<_>>()))
        .collect();
    assert_eq!(places, [(Span::new(20, 21), vec![Span::new(10, 11)])]);
}

#[test]
fn yaml_words_are_text_and_an_empty_value_is_an_absent_key() {
    let (node, problems) =
        yaml::parse("a: no\nb: 1e3\nc: 0x1F\nd: 1.2.3\ne: 2026-03-14\nf:\ng: '7'\nh: !!str 7\n", 0);
    assert_eq!(problems, []);
    let values: Vec<_> = node.entries().iter().map(|entry| entry.value.value.clone()).collect();
    let text = |text: &str| Value::String(text.to_owned());
    assert_eq!(
        values,
        [
            text("no"),
            Value::Float(1000.0),
            Value::Integer(31),
            text("1.2.3"),
            text("2026-03-14"),
            Value::Null,
            text("7"),
            text("7")
        ]
    );
    let (book, problems) = from_yaml("title: x\ntags:\nitems:\n");
    assert_eq!((book.title.value.as_str(), book.tags.len(), problems.len()), ("x", 0, 0));
}

#[test]
fn references_expand_within_a_budget() {
    let (node, problems) = yaml::parse("a: &x {q: 1}\nb: *x\n", 0);
    assert_eq!(problems, []);
    assert_eq!(node.get("b").map(|b| (b.span, b.get("q").is_some())), Some((Span::new(16, 18), true)));
    let level = |level: usize| {
        let below = format!("*a{}, ", level - 1).repeat(10);
        format!("a{level}: &a{level} [{}]\n", below.trim_end_matches(", "))
    };
    let bomb = "a0: &a0 [x, x, x]\n".to_owned() + &(1..12).map(level).collect::<String>();
    let (_, problems) = yaml::parse(&bomb, 0);
    assert!(problems.iter().any(|problem| problem.message().contains("too much")));
}

#[test]
fn deep_nesting_is_a_problem_and_not_a_crash() {
    for text in ["[".repeat(50_000), "- ".repeat(50_000), "{a: ".repeat(20_000)] {
        let (_, problems) = yaml::parse(&text, 0);
        assert!(!problems.is_empty());
        let (_, problems) = toml::parse(&format!("a = {text}"), 0);
        assert!(!problems.is_empty());
    }
}

#[test]
fn a_root_that_is_no_table_is_said_so() {
    assert_eq!(from_yaml("just words\n").1, ["\"just words\" expected a table, found the text `just words`"]);
    assert_eq!(from_yaml("").1, Vec::<String>::new());
    assert_eq!(from_toml("").1, Vec::<String>::new());
}

fn spans(node: &Node, all: &mut Vec<Span>) {
    all.push(node.span);
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| spans(item, all)),
        Value::Table(entries) => entries.iter().for_each(|entry| {
            all.push(entry.key_span);
            spans(&entry.value, all);
        }),
        _ => {}
    }
}

fn check_spans(text: &str, base: usize, (node, problems): &(Node, Vec<Problem>)) {
    let mut all: Vec<Span> = problems.iter().map(|problem| problem.span).collect();
    spans(node, &mut all);
    for span in all {
        assert!(base <= span.start && span.end <= base + text.len(), "{span:?} leaves {text:?}");
        assert!(text.get(span.start - base..span.end - base).is_some(), "{span:?} splits {text:?}");
    }
}

const LIKELY: &str = "(title|a|b|items|- |\\[|\\]|\\[\\[|\\{|\\}|: |:| = |'|\"|\n|\n  |\t|#|&x |\\*x|é|1|2026-01-02|,|\\||\r\n|---|!!str ){0,40}";

proptest! {
    #[test]
    fn no_text_panics_and_every_place_is_in_the_text(text in prop_oneof![LIKELY.prop_map(|t: String| t), any::<String>()]) {
        for base in [0, 7] {
            for parsed in [toml::parse(&text, base), yaml::parse(&text, base)] {
                check_spans(&text, base, &parsed);
                let (_, problems) = read::<Book>(parsed.0);
                check_spans(&text, base, &(Node::new(Span::empty(base), Value::Null), problems));
            }
        }
    }
}
