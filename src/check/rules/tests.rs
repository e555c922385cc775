//! The registry, and the pages as tests: each flagged block must be reported by its rule, no fine block may be.
//!
//! An info string is `markdown flagged`, `markdown fine` or `markdown beside`, with a file name behind it when that
//! matters; `escaped` for `markdown` when the block has bytes written as `\xNN`; `toml configuration` for a book.toml
//! that holds for all blocks behind it, `toml flagged` and `toml fine` for one that is itself tested. A document
//! `beside` is part of the archive of the next block, one `before` is what its document was. An `output` block behind a
//! flagged one holds the exact findings of the rule, a `markdown fixed` or `markdown fixed unsafe` block the document
//! after its fixes; `UPDATE=1` rewrites both.

#![expect(clippy::disallowed_methods, reason = "the files of the rules are compared with the registry")]

use std::{collections::BTreeSet, fmt::Write as _, fs, path::PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::{RULES, rule};
use crate::{
    check::{rule::Group, rule::Rule, testing},
    diagnostic::Applicability,
    source::{SourceFile, Span},
};

/// A fenced block of a page.
struct Block {
    info: String,
    text: String,
    /// The bytes of the text in the page.
    span: Span,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/check/rules")
}

fn file(rule: &Rule) -> String {
    rule.name.replace('-', "_")
}

fn headings_and_blocks(page: &str) -> (Vec<String>, Vec<Block>) {
    let (mut headings, mut blocks) = (Vec::new(), Vec::new());
    let (mut heading, mut block): (Option<String>, Option<Block>) = (None, None);
    for (event, range) in Parser::new(page).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => heading = Some("#".repeat(level as usize) + " "),
            Event::End(TagEnd::Heading(_)) => headings.extend(heading.take()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let start = range.start + page[range.clone()].find('\n').unwrap() + 1;
                block = Some(Block { info: info.to_string(), text: String::new(), span: Span::empty(start) });
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(block.take()),
            Event::Text(text) => match (&mut heading, &mut block) {
                (Some(heading), _) => heading.push_str(&text),
                (_, Some(block)) => {
                    block.text.push_str(&text);
                    block.span = Span::new(block.span.start, range.end);
                }
                _ => {}
            },
            _ => {}
        }
    }
    (headings, blocks)
}

#[test]
fn names_are_kebab_case_and_unique_and_are_no_groups() {
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
    for name in names {
        assert!(
            name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{name}"
        );
        assert!(Group::ALL.iter().all(|group| group.word() != name), "{name}");
        assert!(rule(name).is_some_and(|rule| rule.name == name));
    }
}

#[test]
fn summaries_are_one_sentence_without_a_dot() {
    let groups = Group::ALL.iter().map(|group| group.summary());
    for summary in RULES.iter().map(|rule| rule.summary).chain(groups) {
        assert!(!summary.contains(". ") && !summary.ends_with('.') && summary.len() < 90, "{summary}");
        assert!(summary.starts_with(|letter: char| letter.is_uppercase()), "{summary}");
    }
}

#[test]
fn rules_stand_in_the_order_of_their_groups() {
    assert!(RULES.is_sorted_by_key(|rule| rule.group));
    for group in Group::ALL {
        assert!(RULES.iter().any(|rule| rule.group == group), "{group:?}");
    }
}

#[test]
fn every_file_belongs_to_a_rule_and_every_rule_has_its_files() {
    let mut expected: BTreeSet<String> =
        RULES.iter().flat_map(|rule| [file(rule) + ".rs", file(rule) + ".md"]).collect();
    expected.extend(["mod.rs".to_owned(), "tests.rs".to_owned()]);
    let found: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.contains(".toml"))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn pages_have_their_headings_in_order_and_examples_of_both_kinds() {
    for rule in RULES {
        let (headings, blocks) = headings_and_blocks(rule.docs);
        let mut expected = vec![format!("# {}", rule.name)];
        let parts = ["What it checks", "Why", "Flagged", "Fine", "How to fix"];
        expected.extend(parts.iter().map(|part| format!("## {part}")));
        let has_options = headings.len() > expected.len();
        if has_options {
            expected.push("## Options".to_owned());
        }
        assert_eq!(headings, expected);
        for kind in ["flagged", "fine"] {
            assert!(
                blocks.iter().any(|block| block.info.contains(kind)),
                "{} has no {kind} block",
                rule.name
            );
        }
    }
}

#[test]
fn the_examples_of_every_page_are_as_it_says() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = String::new();
    for rule in RULES {
        let (_, blocks) = headings_and_blocks(rule.docs);
        let mut case = testing::Case::default();
        let mut page = rule.docs.to_owned();
        let mut last = String::new();
        let mut fixed = None;
        let mut kinds = BTreeSet::new();
        for block in &blocks {
            let words: Vec<&str> = block.info.split(' ').collect();
            let path = words.get(2).copied();
            let kind = words.get(1).copied().unwrap_or_default();
            match (words[0], kind) {
                ("markdown" | "escaped", "beside") => case = case.beside(path.unwrap(), &block.text),
                ("markdown", "before") => case = case.before(&block.text),
                ("toml", "configuration") => case = case.configuration(&block.text),
                ("markdown" | "escaped" | "toml", "flagged" | "fine") => {
                    let found = match words[0] {
                        "toml" => case.clone().configuration(&block.text).check("# A\n"),
                        "escaped" => case.check_bytes(path.unwrap_or(testing::PATH), &unescape(&block.text)),
                        _ => case.check_at(path.unwrap_or(testing::PATH), &block.text),
                    };
                    let own: Vec<&str> = found
                        .iter()
                        .map(String::as_str)
                        .filter(|line| line.contains(&format!("[{}]", rule.name)))
                        .collect();
                    if own.is_empty() == (kind == "flagged") {
                        let _ = writeln!(
                            wrong,
                            "{}: this {kind} block gives {own:?} (of {found:#?})\n{}",
                            rule.name, block.text
                        );
                    }
                    fixed = match words[0] {
                        "markdown" => case.fixed_at(path.unwrap_or(testing::PATH), &block.text, rule.name),
                        _ => None,
                    };
                    kinds.extend(fixed.as_ref().map(|(_, kind)| (*kind, false)));
                    last = own.into_iter().flat_map(|line| [line, "\n"]).collect();
                    case.clear_beside();
                }
                ("markdown", "fixed") => {
                    let Some((text, kind)) = fixed.take() else {
                        let _ = writeln!(wrong, "{}: nothing is fixed before\n{}", rule.name, block.text);
                        continue;
                    };
                    kinds.insert((kind, true));
                    let info = if kind == Applicability::Unsafe {
                        "markdown fixed unsafe"
                    } else {
                        "markdown fixed"
                    };
                    if update {
                        let span = Span::new(block.span.start, block.span.end);
                        page = page.replacen(&rule.docs[std::ops::Range::from(span)], &text, 1);
                    } else if (text.as_str(), info) != (block.text.as_str(), block.info.as_str()) {
                        let _ =
                            writeln!(wrong, "{}: expected\n{}found `{info}`\n{text}", rule.name, block.text);
                    }
                }
                ("output", _) if last != block.text && update => page = page.replacen(&block.text, &last, 1),
                ("output", _) => {
                    if last != block.text {
                        let _ = writeln!(wrong, "{}: expected\n{}found\n{last}", rule.name, block.text);
                    }
                }
                _ => {
                    let _ = writeln!(wrong, "{}: a block that is no test: `{}`", rule.name, block.info);
                }
            }
        }
        wrong.push_str(&unsaid_fixes(rule, &kinds));
        if page != rule.docs {
            fs::write(folder().join(file(rule) + ".md"), page).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What the page of a rule leaves out about its fixes: an example of each kind, and how they are made.
fn unsaid_fixes(rule: &Rule, kinds: &BTreeSet<(Applicability, bool)>) -> String {
    let how = rule.docs.split("## How to fix").nth(1).unwrap_or_default();
    let mut wrong = String::new();
    for (kind, order) in [(Applicability::Safe, "`--fix`"), (Applicability::Unsafe, "`--fix --unsafe`")] {
        let (is_there, is_shown) = (kinds.iter().any(|one| one.0 == kind), kinds.contains(&(kind, true)));
        if is_there && !is_shown {
            let _ = writeln!(wrong, "{}: no `fixed` block shows what {order} does", rule.name);
        }
        if is_shown != how.contains(order) {
            let _ = writeln!(wrong, "{}: its fixes and `How to fix` disagree about {order}", rule.name);
        }
    }
    wrong
}

/// The bytes of a text in which some are written `\xNN`.
fn unescape(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}

#[test]
fn a_page_shows_no_text_that_its_block_does_not_hold() {
    let page = "# a\n\n````markdown flagged\n```\nx\n```\n````\n";
    let (_, blocks) = headings_and_blocks(page);
    assert_eq!(blocks[0].text, "```\nx\n```\n");
    assert_eq!(SourceFile::new("a.md", page).slice(blocks[0].span), blocks[0].text);
}
