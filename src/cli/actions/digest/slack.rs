//! A digest as a message of Slack: within its limits, and without anything that it would take for markup or a mention.

use serde_json::{Value, json};

use super::{Page, Team};
use crate::{report::to_json, words::capitalised};

/// A message may have so many blocks.
const BLOCKS: usize = 50;
/// The text of a section may have so many characters.
const TEXT: usize = 3_000;
/// A header may have so many characters.
const HEADER: usize = 150;

/// The message as JSON: what an incoming webhook takes, and `chat.postMessage` beside its channel.
pub(super) fn message(page: &Page) -> String {
    let mut blocks = vec![
        json!({ "type": "header", "text": { "type": "plain_text", "text": cut(&page.title, HEADER) } }),
        section(&escaped(&page.summary)),
    ];
    if let Some(remark) = &page.remark {
        let text = json!({ "type": "mrkdwn", "text": cut(&escaped(remark), TEXT) });
        blocks.push(json!({ "type": "context", "elements": [text] }));
    }
    blocks.extend(page.teams.iter().flat_map(|team| texts(&lines(team))).map(|text| section(&text)));
    if !page.removed.is_empty() {
        let mut lines = vec!["*Taken out of the documents unfinished*".to_owned()];
        lines.extend(page.removed.iter().map(|removed| format!("• {}", escaped(removed))));
        blocks.extend(texts(&lines).iter().map(|text| section(text)));
    }
    if blocks.len() > BLOCKS {
        let left = blocks.len() - (BLOCKS - 1);
        blocks.truncate(BLOCKS - 1);
        blocks.push(section(&format!(
            "… and {left} more sections, which do not fit into one message: `afterword actions digest` has them all"
        )));
    }
    to_json(
        &json!({ "text": format!("{}: {}", escaped(&page.title), escaped(&page.summary)), "blocks": blocks }),
    )
}

fn section(text: &str) -> Value {
    json!({ "type": "section", "text": { "type": "mrkdwn", "text": cut(text, TEXT) } })
}

fn lines(team: &Team) -> Vec<String> {
    let mut lines = vec![format!("*{}*: {}", escaped(&team.name), escaped(&team.summary))];
    for kind in &team.news {
        lines.push(format!("_{}_", capitalised(kind.heading)));
        lines.extend(kind.items.iter().map(|item| {
            format!(
                "• {} ({}) `{}`",
                escaped(&item.title),
                escaped(&item.remarks()),
                escaped(&item.id).replace('`', "'")
            )
        }));
    }
    lines
}

/// Lines put together to texts that fit into a section each.
fn texts(lines: &[String]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for line in lines {
        let line = cut(line, TEXT);
        match texts.last_mut() {
            Some(text) if text.chars().count() + 1 + line.chars().count() <= TEXT => {
                text.push('\n');
                text.push_str(&line);
            }
            _ => texts.push(line),
        }
    }
    texts
}

/// A text in which nothing is a link, a mention or a command.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text that is not too long, and does not end within an escaped sign.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let short: String = text.chars().take(most - 1).collect();
    let whole = match short.rfind('&') {
        Some(at) if !short.get(at..).is_some_and(|rest| rest.contains(';')) => {
            short.get(..at).unwrap_or_default()
        }
        _ => &short,
    };
    format!("{}…", whole.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::actions::digest::{Entry, Kind};

    fn page(items: usize, teams: usize) -> Page {
        let entry = |number: usize| Entry {
            id: format!("a/{number}"),
            title: format!("<!channel> & <@U1> {}", "x".repeat(60)),
            owner: Some("@kim".to_owned()),
            note: "due 2026-11-18".to_owned(),
            path: "a.md".to_owned(),
        };
        let kind = || Kind { key: "closed", heading: "closed", items: (0..items).map(entry).collect() };
        let team = |number: usize| Team {
            id: None,
            name: format!("team {number}"),
            summary: "much".to_owned(),
            news: vec![kind()],
        };
        Page {
            version: 1,
            since: chrono::NaiveDate::MIN,
            today: chrono::NaiveDate::MAX,
            title: "t".repeat(200),
            summary: "s".to_owned(),
            remark: Some("r".to_owned()),
            teams: (0..teams).map(team).collect(),
            removed: vec!["gone (b.md)".to_owned()],
        }
    }

    #[test]
    fn a_message_keeps_to_the_limits_and_mentions_nobody() {
        for (items, teams) in [(0, 0), (1, 1), (200, 3), (2, 80)] {
            let message: Value = serde_json::from_str(&message(&page(items, teams))).unwrap();
            let blocks = message["blocks"].as_array().unwrap();
            assert!(blocks.len() <= BLOCKS, "{}", blocks.len());
            for block in blocks {
                let most = if block["type"] == "header" { HEADER } else { TEXT };
                let text = block["text"].as_object().or_else(|| block["elements"][0].as_object()).unwrap();
                let text = text["text"].as_str().unwrap();
                assert!((1..=most).contains(&text.chars().count()));
                assert!(!text.contains(['<', '>']), "{text}");
            }
        }
    }

    #[test]
    fn a_cut_splits_no_escaped_sign() {
        assert_eq!(cut("abc&amp;def", 6), "abc…");
        assert_eq!(cut("a&amp;bcdef", 8), "a&amp;b…");
        assert_eq!(cut("abc", 3), "abc");
    }
}
