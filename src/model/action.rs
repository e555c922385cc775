//! Action items: the work that a postmortem asks for.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    model::{Fact, Markdown, Origin},
    source::Span,
};

/// The state of an action item. `WontDo` is a decision, not a result: it never counts as done.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ActionStatus {
    /// An idea that nobody has committed to. It counts nowhere.
    #[serde(alias = "idea")]
    Proposed,
    /// Committed to, not begun.
    #[default]
    #[serde(alias = "todo", alias = "pending", alias = "new")]
    Open,
    /// Somebody works on it.
    #[serde(alias = "in_progress", alias = "doing", alias = "started", alias = "wip")]
    InProgress,
    /// It waits for something.
    Blocked,
    /// Finished.
    #[serde(alias = "closed", alias = "complete", alias = "completed", alias = "fixed", alias = "resolved")]
    Done,
    /// Decided against.
    #[serde(
        alias = "wontdo",
        alias = "wont_do",
        alias = "wontfix",
        alias = "won't do",
        alias = "cancelled",
        alias = "declined"
    )]
    WontDo,
}

impl ActionStatus {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 6] =
        [Self::Proposed, Self::Open, Self::InProgress, Self::Blocked, Self::Done, Self::WontDo];

    /// The key in documents and exports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Open => "open",
            Self::InProgress => "in-progress",
            Self::Blocked => "blocked",
            Self::Done => "done",
            Self::WontDo => "wont-do",
        }
    }

    /// The word on a page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Open => "open",
            Self::InProgress => "in progress",
            Self::Blocked => "blocked",
            Self::Done => "done",
            Self::WontDo => "won't do",
        }
    }

    /// True while the work is committed to and not finished: open, in progress or blocked.
    pub const fn is_unfinished(self) -> bool {
        matches!(self, Self::Open | Self::InProgress | Self::Blocked)
    }

    /// True when nothing is left to do: done, or decided against.
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Done | Self::WontDo)
    }

    /// True for every state but proposed: only these count as open, done or overdue.
    pub const fn is_committed(self) -> bool {
        !matches!(self, Self::Proposed)
    }
}

/// What an action item is for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ActionType {
    /// Keeps it from happening again.
    #[serde(alias = "prevention", alias = "preventive")]
    Prevent,
    /// Shows it sooner.
    #[serde(alias = "detection", alias = "detective")]
    Detect,
    /// Makes it hurt less.
    #[serde(alias = "mitigation", alias = "mitigative")]
    Mitigate,
    /// Repairs what it broke.
    Repair,
    /// Finds out what is not known.
    #[serde(alias = "investigation")]
    Investigate,
    /// Changes how people work together.
    Process,
    /// Anything else.
    Other,
}

impl ActionType {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Prevent,
        Self::Detect,
        Self::Mitigate,
        Self::Repair,
        Self::Investigate,
        Self::Process,
        Self::Other,
    ];

    /// The key in documents and exports; also the word on a page.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Prevent => "prevent",
            Self::Detect => "detect",
            Self::Mitigate => "mitigate",
            Self::Repair => "repair",
            Self::Investigate => "investigate",
            Self::Process => "process",
            Self::Other => "other",
        }
    }
}

/// When an action item is due, to the precision that was promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// A day.
    Day(NaiveDate),
    /// A month; due on its last day.
    Month {
        /// The year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// A quarter of a year; due on its last day.
    Quarter {
        /// The year.
        year: i32,
        /// 1 to 4.
        quarter: u32,
    },
}

impl Due {
    /// The last day on which it is not overdue.
    pub fn last_day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Month { year, month } => last_of_month(year, month),
            Self::Quarter { year, quarter } => last_of_month(year, quarter * 3),
        }
    }
}

fn last_of_month(year: i32, month: u32) -> NaiveDate {
    let (year, month) = if month >= 12 { (year + 1, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(year, month.max(1), 1).and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MAX)
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month { year, month } => write!(f, "{year}-{month:02}"),
            Self::Quarter { year, quarter } => write!(f, "{year}-Q{quarter}"),
        }
    }
}

impl Serialize for Due {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Due {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom("not a day, a month or a quarter"))
    }
}

impl FromStr for Due {
    type Err = ();

    /// Reads what [`Due`] displays.
    fn from_str(text: &str) -> Result<Self, ()> {
        if let Ok(day) = text.parse() {
            return Ok(Self::Day(day));
        }
        let (year, part) = text.split_once('-').ok_or(())?;
        let (year, is_long) = (year.parse().map_err(drop)?, year.len() == 4);
        let number = |text: &str, most: u32| text.parse().ok().filter(|number| (1..=most).contains(number));
        let due = match part.strip_prefix(['Q', 'q']) {
            Some(quarter) => number(quarter, 4).map(|quarter| Self::Quarter { year, quarter }),
            None => number(part, 12).map(|month| Self::Month { year, month }),
        };
        due.filter(|_| is_long).ok_or(())
    }
}

impl Due {
    /// The quarter that holds a day.
    pub fn quarter_of(day: NaiveDate) -> Self {
        Self::Quarter { year: day.year(), quarter: day.month0() / 3 + 1 }
    }
}

/// One piece of follow-up work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionItem {
    /// Unique within the archive: `POSTMORTEM-ID/NAME`, where the name is stated or numbered (`a1`, `a2`, …).
    pub id: String,
    /// True when the document states the id.
    pub has_own_id: bool,
    /// What is to be done, as plain text.
    pub title: String,
    /// The same as Markdown source.
    pub markdown: Markdown,
    /// The person or team that answers for it, as written.
    pub owner: Option<Fact<String>>,
    /// What it is for.
    pub kind: Option<Fact<ActionType>>,
    /// As written: `P1`, `high`.
    pub priority: Option<Fact<String>>,
    /// The state; [`ActionStatus::Open`] with [`Origin::Inferred`] when the document does not say.
    pub status: Fact<ActionStatus>,
    /// When it is due.
    pub due: Option<Fact<Due>>,
    /// The day on which it was opened.
    pub opened: Option<Fact<NaiveDate>>,
    /// The day on which it was closed.
    pub closed: Option<Fact<NaiveDate>>,
    /// Tracker keys and links, as written: `SHOP-1432`, `#123`, addresses of issues and pull requests.
    pub trackers: Vec<Fact<String>>,
    /// What shows that it is done.
    pub evidence: Option<Box<Fact<String>>>,
    /// The heading or theme that it stands under, if the list is grouped.
    pub group: Option<String>,
    /// True when it must not leave the company.
    pub internal: bool,
    /// The bytes of the whole item.
    pub span: Span,
    /// Where it was read.
    pub origin: Origin,
}

impl ActionItem {
    /// What is to be done, as Markdown.
    pub fn markdown(&self) -> &str {
        self.markdown.of(&self.title)
    }

    /// The part of [`ActionItem::id`] behind the postmortem's id: the anchor on its page.
    pub fn anchor(&self) -> String {
        let name = self.id.rsplit_once('/').map_or(self.id.as_str(), |(_, name)| name);
        format!("action-{}", crate::model::anchor::file_slug(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_and_a_quarter_are_due_on_their_last_day() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(Due::Month { year: 2026, month: 2 }.last_day(), day(2026, 2, 28));
        assert_eq!(Due::Month { year: 2026, month: 12 }.last_day(), day(2026, 12, 31));
        assert_eq!(Due::Quarter { year: 2027, quarter: 1 }.last_day(), day(2027, 3, 31));
        assert_eq!(Due::Quarter { year: 2027, quarter: 4 }.last_day(), day(2027, 12, 31));
        assert_eq!(Due::quarter_of(day(2026, 11, 21)).to_string(), "2026-Q4");
    }

    #[test]
    fn what_is_written_of_a_due_day_is_read_again() {
        for text in ["2026-04-10", "2026-04", "2026-Q2"] {
            assert_eq!(text.parse::<Due>().map(|due| due.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "soon", "2026", "2026-13", "2026-Q5", "26-04", "2026-02-30"] {
            assert_eq!(text.parse::<Due>(), Err(()), "{text}");
        }
    }

    #[test]
    fn only_committed_unfinished_work_can_be_late() {
        let late: Vec<_> = ActionStatus::ALL.into_iter().filter(|status| status.is_unfinished()).collect();
        assert_eq!(late, [ActionStatus::Open, ActionStatus::InProgress, ActionStatus::Blocked]);
        assert!(!ActionStatus::Proposed.is_committed());
        assert!(ActionStatus::WontDo.is_committed());
    }
}
