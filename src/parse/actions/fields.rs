//! The parts of action items: states, priorities, due days, trackers.

use std::sync::LazyLock;

use chrono::Datelike;
use regex::Regex;

use super::near::Near;

use crate::{
    model::{ActionStatus, Due},
    parse::{
        locale::Lexicon,
        text::first_of,
        times::{self, Order},
    },
    pattern,
};

/// What stands between two fields.
pub(super) const BETWEEN: [char; 8] = [',', ';', '|', '·', '、', '，', '；', '。'];

/// The state that a word or a sign means, a remark behind it apart: `Done as of March`.
pub(crate) fn status(words: &Lexicon, written: &str) -> Option<ActionStatus> {
    word(words, written).or_else(|| {
        let (first, rest) = written.trim().split_once(' ')?;
        let short = rest.split_whitespace().count() <= 5;
        let is_key = || keys(rest).first().is_some_and(|key| *key == (0..rest.len()));
        let is_remark = || short && words.is_remark(rest) || is_key();
        word(words, first).filter(|status| *status == ActionStatus::Done && is_remark())
    })
}

/// The state in a cell or a field of its own, where an explanation may follow: `DONE (in #12)`, `Done: see #12`.
pub(crate) fn status_with_remark(words: &Lexicon, written: &str) -> Option<ActionStatus> {
    status(words, written).or_else(|| {
        let cut = first_of(written, &[" (", "（", ": ", "; ", " - ", " – ", " — ", ", "])?;
        let status = status(words, written.get(..cut)?)?;
        let is_dropped =
            || status == ActionStatus::Done && drops(words, written.get(cut..).unwrap_or_default());
        Some(if is_dropped() { ActionStatus::WontDo } else { status })
    })
}

/// True for a remark by which what is closed was not done: `Closed (not planned)`, `Closed — not_planned. It would …`.
fn drops(words: &Lexicon, remark: &str) -> bool {
    let remark = remark.trim_start_matches(|c: char| !c.is_alphanumeric());
    let said = remark.split(['.', ';', ',', ')', '）', ':']).next().unwrap_or_default().replace('_', " ");
    word(words, said.trim()) == Some(ActionStatus::WontDo)
}

/// The state in a column for it that shows a mark, a box or a share: `x`, `[x]`, `40 %`.
pub(super) fn progress(written: &str) -> Option<ActionStatus> {
    let written = written.trim();
    let inside = written.strip_prefix('[').and_then(|written| written.strip_suffix(']'));
    // Behind a box may stand what shows it: `[x] in the job of each night`.
    let boxed = || written.strip_prefix('[')?.split_once("] ").map(|(inside, _)| inside);
    if let Some(status) = inside.or_else(boxed).and_then(box_status) {
        return Some(status);
    }
    if matches!(written, "x" | "X") {
        return Some(ActionStatus::Done);
    }
    match written.strip_suffix('%')?.trim_end().parse::<u32>().ok()? {
        0 => Some(ActionStatus::Open),
        1..100 => Some(ActionStatus::InProgress),
        100 => Some(ActionStatus::Done),
        _ => None,
    }
}

/// The state that a sign in a box means. Beside the two of Markdown, those that editors of notes and of to-do lists know:
/// `[~]` and `[/]` for work that goes on, `[-]` for work that was dropped.
pub(super) fn box_status(inside: &str) -> Option<ActionStatus> {
    match inside.trim() {
        "x" | "X" | "*" | "✓" | "✔" | "√" => Some(ActionStatus::Done),
        "~" | "/" => Some(ActionStatus::InProgress),
        "-" => Some(ActionStatus::WontDo),
        "" => Some(ActionStatus::Open),
        _ => None,
    }
}

fn word(words: &Lexicon, written: &str) -> Option<ActionStatus> {
    status_sign(written).map(|sign| sign.status).or_else(|| words.action_status(written))
}

/// True for a text with a coloured light. In front of an item it is a state; beside a priority, or the name of several items,
/// it is how much they matter.
pub(super) fn has_light(text: &str) -> bool {
    const LIGHTS: [char; 4] = ['🔴', '🟠', '🟡', '🟢'];
    !text.is_ascii() && text.contains(LIGHTS)
}

/// A sign that says a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StatusSign {
    /// Where in the text it begins.
    pub(crate) at: usize,
    pub(crate) sign: char,
    pub(crate) status: ActionStatus,
}

/// The sign in a text that says a state.
pub(crate) fn status_sign(written: &str) -> Option<StatusSign> {
    if written.is_ascii() {
        return None;
    }
    let signs: [(ActionStatus, &[char]); 3] = [
        (ActionStatus::Done, &['✅', '☑', '✔', '✓', '🟢']),
        (ActionStatus::InProgress, &['🚧', '🔄', '⏳', '🏗', '🟡', '🟠']),
        (ActionStatus::Open, &['☐', '⬜', '🔲', '🔴', '❌', '✗', '✘', '⭕']),
    ];
    signs.into_iter().find_map(|(status, signs)| {
        let at = written.find(signs)?;
        Some(StatusSign { at, sign: written.get(at..)?.chars().next()?, status })
    })
}

/// True for a priority: `P1`, `High`.
pub(crate) fn is_priority(words: &Lexicon, written: &str) -> bool {
    let lower = written.trim().to_lowercase();
    let mut letters = lower.chars();
    let number = letters.next() == Some('p')
        && letters.next().is_some_and(|c| c.is_ascii_digit())
        && letters.next().is_none();
    number || words.is_priority(&lower)
}

/// A due day, month or quarter.
pub(crate) fn due(words: &Lexicon, written: &str, order: Order, near: &Near) -> Option<Due> {
    let written = written.trim();
    if let Some(quarter) = quarter(written, near) {
        return Some(quarter);
    }
    if let Some((date, place)) = times::find_date(words, written) {
        if written.get(place).is_some_and(|day| is_unclear(order, day)) {
            return None;
        }
        return near.resolve(date, order).map(Due::Day);
    }
    if let Some(found) = MONTH.as_ref()?.captures(written) {
        let (year, month) = (found.get(1)?.as_str().parse().ok()?, found.get(2)?.as_str().parse().ok()?);
        return (1..=12).contains(&month).then_some(Due::Month { year, month });
    }
    named_month(words, written, near)
}

/// The quarter that a text names, the later one of two: `Q2 2026`, `Q4 2026 - Q1 2027`. One without a year is the next.
fn quarter(written: &str, near: &Near) -> Option<Due> {
    if !written.contains(['Q', 'q']) {
        return None;
    }
    if let Some(found) = QUARTER.as_ref()?.captures_iter(written).last() {
        let number = |name: &str| found.name(name).and_then(|number| number.as_str().parse::<u32>().ok());
        let quarter = number("q").or_else(|| number("q2"))?;
        let year = number("y").or_else(|| number("y2"))?;
        return Some(Due::Quarter { year: i32::try_from(year).ok()?, quarter });
    }
    let last = written.split_whitespace().next_back()?;
    let quarter = last.strip_prefix(['Q', 'q'])?.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
    let near = near.day()?;
    let year = if quarter < near.quarter() { near.year() + 1 } else { near.year() };
    Some(Due::Quarter { year, quarter })
}

/// The month that a text ends with: `end of April 2026`. One without a year is the next.
fn named_month(words: &Lexicon, written: &str, near: &Near) -> Option<Due> {
    let mut parts = written.split_whitespace().rev().map(|word| word.trim_matches([',', '.']));
    let last = parts.next()?;
    let month = |word: &str| words.times.month(&word.to_lowercase());
    let year = last.strip_prefix("20").filter(|year| year.len() == 2).and(last.parse::<i32>().ok());
    if let Some(year) = year {
        return Some(Due::Month { year, month: month(parts.next()?)? });
    }
    let (month, near) = (month(last).filter(|_| last.starts_with(char::is_uppercase))?, near.day()?);
    Some(Due::Month { year: if month < near.month() { near.year() + 1 } else { near.year() }, month })
}

/// True for a day such as `08/01` where nothing tells the order of its numbers: work is not overdue by a guess.
pub(super) fn is_unclear(order: Order, written: &str) -> bool {
    order == Order::Assumed && times::reads_either_way(written)
}

static QUARTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::ascii(r"(?i)\bQ(?P<q>[1-4])[ ,/-]*(?P<y>20\d\d)\b|\b(?P<y2>20\d\d)[ -]?Q(?P<q2>[1-4])\b")
});
static MONTH: LazyLock<Option<Regex>> = LazyLock::new(|| pattern::ascii(r"^(20\d\d)[-/](0?[1-9]|1[0-2])$"));
static KEY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::ascii(
        r"(?:^|[\s(\[,;:/])((?:[A-Z][A-Z0-9]{1,9}-\d{1,6})|(?:(?:[\w.-]+/)?[\w.-]*#\d{1,6})|(?:![0-9]{1,6}))(?:$|[\s)\],;:./?&])",
    )
});
static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern::ascii(r#"https?://[^\s<>()\[\]"'`|]+"#));
static TRACKED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::ascii(
        r"(?i)/(issues?|pull|pulls|merge_requests|commit|commits|browse|tickets?|cases?|work_?items|tasks?|stories|show_bug|help-?desk)[/?.]\S*\d|linear\.app|atlassian\.net|jira|trello\.com/c/|app\.asana|shortcut\.com|youtrack|clickup|phabricator|/T\d+$|monday\.com|/[A-Z][A-Z0-9]+-\d+\b|/commit/[0-9a-f]{7,}",
    )
});

/// Tracker keys in a text: `SHOP-1432`, `#123`, `owner/name#123`.
pub(crate) fn keys(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let Some(pattern) = KEY.as_ref() else { return found };
    if !may_hold_key(text) {
        return found;
    }
    let mut from = 0;
    while let Some(key) = pattern.captures_at(text, from).and_then(|captures| captures.get(1)) {
        if !is_standard(key.as_str()) {
            found.push(key.range());
        }
        from = key.end();
    }
    found
}

/// False for a text without the mark of a key before a digit: `#1`, `!1`, `A-1`. The days that items are due have none.
fn may_hold_key(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b'#', b'!', b'-', bytes).any(|at| {
        let (before, behind) = bytes.split_at_checked(at).unwrap_or_default();
        let [mark, b'0'..=b'9', ..] = behind else { return false };
        let mut name = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric());
        *mark != b'-' || name.any(u8::is_ascii_uppercase)
    })
}

/// Names that have the form of a tracker key and are none.
fn is_standard(key: &str) -> bool {
    const PREFIXES: [&str; 14] = [
        "UTF-", "SHA-", "ISO-", "RFC-", "HTTP-", "TLS-", "CVE-", "ADR-", "AES-", "PM-", "SEV-", "US-",
        "INC-", "AI-",
    ];
    PREFIXES.iter().any(|prefix| key.starts_with(prefix)) && !key.contains('#')
}

/// Addresses in a text.
pub(crate) fn addresses(text: &str) -> Vec<std::ops::Range<usize>> {
    let Some(pattern) = ADDRESS.as_ref() else { return Vec::new() };
    pattern
        .find_iter(text)
        .map(|found| {
            found.start()..found.start() + found.as_str().trim_end_matches(['.', ',', ';', ':']).len()
        })
        .collect()
}

/// The places of the fields of a text. The year behind `Due: March 14, 2026` belongs to its day.
pub(crate) fn pieces(written: &str) -> Vec<std::ops::Range<usize>> {
    const SIGNS: [char; 4] = ['/', '-', '–', '—'];
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    let mut add = |start: usize, piece: &str| {
        let begins = start + (piece.len() - piece.trim_start().len());
        let said = piece.trim();
        let is_year =
            said.len() == 4 && said.starts_with("20") && said.bytes().all(|byte| byte.is_ascii_digit());
        match found.last_mut() {
            Some(last) if is_year => last.end = begins + said.len(),
            _ if said.is_empty() => {}
            _ => found.push(begins..begins + said.len()),
        }
    };
    let mut start = 0;
    for (at, sign) in written.char_indices() {
        let behind = written.get(at + sign.len_utf8()..).unwrap_or_default();
        let is_spaced =
            || written.get(..at).is_some_and(|text| text.ends_with(' ')) && behind.starts_with(' ');
        if BETWEEN.contains(&sign) || SIGNS.contains(&sign) && is_spaced() {
            add(start, written.get(start..at).unwrap_or_default());
            start = at + sign.len_utf8();
        }
    }
    add(start, written.get(start..).unwrap_or_default());
    found
}

/// True for the address of an issue, a change or a ticket.
pub(crate) fn is_tracker(address: &str) -> bool {
    TRACKED.as_ref().is_some_and(|pattern| pattern.is_match(address))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn near(text: &str) -> Near {
        Near::new(Some(day(text)))
    }

    #[test]
    fn what_is_closed_as_not_planned_was_dropped() {
        let status = |text: &str| status_with_remark(Lexicon::built_in(), text);
        for text in [
            "Closed — not_planned. It would fail.",
            "Closed (not planned)",
            "Closed as not planned",
            "Done - obsolete",
        ] {
            assert_eq!(status(text), Some(ActionStatus::WontDo), "{text}");
        }
        assert_eq!(status("Closed — it was planned"), Some(ActionStatus::Done));
    }

    #[test]
    fn states_are_signs_or_words_with_a_remark() {
        let status = |text: &str| status(Lexicon::built_in(), text);
        assert_eq!(status("✅ Gjort:"), Some(ActionStatus::Done));
        assert_eq!(status("(pending)"), Some(ActionStatus::Open));
        assert_eq!(status("Done as of March"), Some(ActionStatus::Done));
        assert_eq!(status("Done until #49"), Some(ActionStatus::Done));
        assert_eq!(status("Done #49"), Some(ActionStatus::Done));
        assert_eq!(status("Done in the way that the team wanted it"), None);
        assert_eq!(status("Open in March"), None);
    }

    #[test]
    fn due_days_months_and_quarters() {
        let due = |text: &str| {
            due(Lexicon::built_in(), text, Order::DayFirst, &near("2026-03-14")).map(|due| due.to_string())
        };
        assert_eq!(due("2026-04-10").as_deref(), Some("2026-04-10"));
        assert_eq!(due("10 April").as_deref(), Some("2026-04-10"));
        assert_eq!(due("2026-12").as_deref(), Some("2026-12"));
        assert_eq!(due("end of Q2 2026").as_deref(), Some("2026-Q2"));
        assert_eq!(due("Q4 2026 - Q1 2027").as_deref(), Some("2027-Q1"));
        assert_eq!(due("Q2").as_deref(), Some("2026-Q2"));
        assert_eq!(due("end of April 2026").as_deref(), Some("2026-04"));
        assert_eq!(due("mid February").as_deref(), Some("2027-02"));
        assert_eq!(due("soon"), None);
        assert_eq!(due("08/01/2026").as_deref(), Some("2026-01-08"));
    }

    #[test]
    fn only_what_names_no_year_asks_for_the_day_of_the_document() {
        for (text, asks) in [
            ("2026-04-10", false),
            ("end of Q2 2026", false),
            ("end of April 2026", false),
            ("soon", false),
            ("FAQ", false),
            ("10 April", true),
            ("Q2", true),
            ("mid February", true),
        ] {
            let near = near("2026-03-14");
            due(Lexicon::built_in(), text, Order::DayFirst, &near);
            assert_eq!(near.is_asked(), asks, "{text}");
        }
    }

    #[test]
    fn a_day_that_may_be_another_is_not_known_where_nothing_tells_the_order() {
        let due = |text: &str| super::due(Lexicon::built_in(), text, Order::Assumed, &near("2026-07-14"));
        assert_eq!(due("08/01/2026"), None);
        assert_eq!(due("31/08/2026"), Some(Due::Day(day("2026-08-31"))));
        assert_eq!(due("08/08/2026"), Some(Due::Day(day("2026-08-08"))));
    }

    #[test]
    fn the_year_of_a_day_is_no_field_of_its_own() {
        let found = |text: &'static str| pieces(text).into_iter().map(|at| &text[at]).collect::<Vec<_>>();
        assert_eq!(found("Owner: Kim, Due: March 14, 2026; P1"), ["Owner: Kim", "Due: March 14, 2026", "P1"]);
        assert_eq!(found(" , P1"), ["P1"]);
        assert_eq!(found("Kim / 2026-04-01 - P1"), ["Kim", "2026-04-01", "P1"]);
    }

    #[test]
    fn tracker_keys_and_addresses_are_told_from_other_text() {
        let found = |text: &'static str| keys(text).into_iter().map(|key| &text[key]).collect::<Vec<_>>();
        assert_eq!(found("see SHOP-1432, #12 and acme/api#7."), ["SHOP-1432", "#12", "acme/api#7"]);
        assert_eq!(found("UTF-8 in C#12x or PM-2026-001"), Vec::<&str>::new());
        assert!(is_tracker("https://github.com/acme/api/issues/7"));
        assert!(is_tracker("https://acme.atlassian.net/browse/SHOP-1"));
        assert!(!is_tracker("https://docs.example.com/guide"));
        let text = "at https://example.com/a/issues/1.";
        assert_eq!(
            addresses(text).into_iter().map(|at| &text[at]).collect::<Vec<_>>(),
            ["https://example.com/a/issues/1"]
        );
    }

    #[test]
    fn every_pattern_compiles() {
        for pattern in [&QUARTER, &MONTH, &KEY, &ADDRESS, &TRACKED] {
            assert!(pattern.is_some());
        }
    }
}
