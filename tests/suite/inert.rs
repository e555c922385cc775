//! A reader of Markdown as forges have it, for pages made of other people's text: which links there are, and whether
//! anything in it would be more than text.

use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use regex::Regex;

/// What GitHub and GitLab make into links, mentions and references once Markdown has been read.
static ACTIVE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)@\w|[#!&%$~^]\w|://|\bwww\.\w|\bgh-\d").unwrap());

/// True for what could be the name of a commit.
fn is_commit(word: &str) -> bool {
    word.len() >= 7
        && word.bytes().all(|byte| byte.is_ascii_hexdigit())
        && word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Elements that a page has on purpose.
const OWN: [&str; 9] = [
    "<!-- afterword -->",
    "<br>",
    "<code>",
    "</code>",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "",
];

/// What is active in a page beside links to these addresses.
pub fn check(page: &str, addresses: &[&str]) -> Result<(), String> {
    let (mut text, mut in_link) = (String::new(), false);
    for event in Parser::new_ext(page, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                if !addresses.iter().any(|address| dest_url.starts_with(address)) {
                    return Err(format!("a link to {dest_url}\n{page}"));
                }
                in_link = true;
            }
            Event::End(TagEnd::Link) => in_link = false,
            Event::Start(tag @ (Tag::Image { .. } | Tag::FootnoteDefinition(_) | Tag::CodeBlock(_))) => {
                return Err(format!("{tag:?}\n{page}"));
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let tags = html.trim().replace('>', ">\n");
                let others: Vec<&str> = tags
                    .lines()
                    .map(str::trim)
                    .filter(|tag| tag.starts_with('<') && !OWN.contains(tag))
                    .collect();
                if !others.is_empty() {
                    return Err(format!("HTML {others:?}\n{page}"));
                }
                text.push('\n');
            }
            Event::Text(part) if !in_link => text.push_str(&part),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {
                return Err(format!("{event:?}\n{page}"));
            }
            _ => text.push('\n'),
        }
    }
    let active = |line: &str| {
        let commit = || line.split(|letter: char| !letter.is_alphanumeric()).any(is_commit);
        ACTIVE.is_match(line) || commit()
    };
    match text.lines().find(|line| active(line)) {
        Some(line) => Err(format!("active: {line}\n{page}")),
        None => Ok(()),
    }
}
