//! What a label says that its value is: `Severity`, `Incident declared`, `Dato`, `影響期間`.
//!
//! The same words name a row of a table, a bold label, a heading with one line below it and a mark in a timeline.

use std::{collections::BTreeMap, sync::LazyLock};

use super::sections::fold;
use crate::model::Milestone;

/// What a labelled value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Severity,
    Status,
    Services,
    Teams,
    Date,
    Authors,
    DetectedBy,
    Factors,
    Tags,
    Zone,
    Visibility,
    Id,
    Users,
    /// From when to when users felt it.
    Window,
    Time(Milestone),
}

const LABELS: &[(Meaning, &[&str])] = &[
    (
        Meaning::Severity,
        &[
            "severity",
            "sev",
            "severity level",
            "incident severity",
            "alvorlighetsgrad",
            "重大度",
            "重要度",
            "深刻度",
        ],
    ),
    (Meaning::Status, &["status", "document status", "ステータス", "状態"]),
    (
        Meaning::Services,
        &[
            "services",
            "service",
            "affected services",
            "affected service",
            "services affected",
            "impacted services",
            "affected systems",
            "systems affected",
            "affected components",
            "components",
            "tjenester",
            "tjeneste",
            "影響サービス",
            "影響を受けたサービス",
            "対象サービス",
        ],
    ),
    (Meaning::Teams, &["team", "teams", "owning team", "team name", "responsible team", "チーム"]),
    (
        Meaning::Date,
        &[
            "date",
            "incident date",
            "date of incident",
            "day",
            "dato",
            "日付",
            "発生日",
            "発生日時",
            "インシデント発生日",
        ],
    ),
    (
        Meaning::Authors,
        &[
            "author",
            "authors",
            "written by",
            "created by",
            "prepared by",
            "postmortem author",
            "av",
            "forfatter",
            "forfattere",
            "作成者",
            "著者",
        ],
    ),
    (Meaning::DetectedBy, &["detected by", "detected via", "reported by", "oppdaget av"]),
    (Meaning::Factors, &["factors", "contributing factors", "faktorer"]),
    (Meaning::Tags, &["tags", "tag", "categories", "category", "labels", "タグ"]),
    (Meaning::Zone, &["zone", "time zone", "timezone", "tidssone", "タイムゾーン"]),
    (Meaning::Visibility, &["visibility", "audience"]),
    (Meaning::Id, &["id", "incident id", "incident number", "incident no"]),
    (
        Meaning::Users,
        &["users affected", "affected users", "customers affected", "affected customers", "users impacted"],
    ),
    (
        Meaning::Window,
        &[
            "impact period",
            "impact window",
            "outage window",
            "outage period",
            "incident window",
            "incident period",
            "影響期間",
            "発生期間",
            "障害期間",
        ],
    ),
    (Meaning::Time(Milestone::Introduced), &["introduced", "cause introduced", "bug introduced", "原因混入"]),
    (
        Meaning::Time(Milestone::Started),
        &[
            "started",
            "start",
            "start time",
            "started at",
            "incident start",
            "incident started",
            "impact start",
            "impact started",
            "impact began",
            "began",
            "outage start",
            "outage started",
            "outage began",
            "fault occurs",
            "fault occurred",
            "incident began",
            "time started",
            "starttid",
            "発生",
            "障害発生",
            "影響開始",
        ],
    ),
    (
        Meaning::Time(Milestone::Detected),
        &[
            "detected",
            "first detected",
            "detected at",
            "detection time",
            "time detected",
            "fault detected",
            "incident detected",
            "issue detected",
            "problem detected",
            "first noticed",
            "first reported",
            "oppdaget",
            "検知",
            "検出",
            "発覚",
        ],
    ),
    (
        Meaning::Time(Milestone::Acknowledged),
        &[
            "acknowledged",
            "acknowledged at",
            "time acknowledged",
            "first acknowledged",
            "alert acknowledged",
            "確認",
        ],
    ),
    (
        Meaning::Time(Milestone::Declared),
        &[
            "declared",
            "incident declared",
            "declared at",
            "first declared",
            "time declared",
            "インシデント宣言",
        ],
    ),
    (
        Meaning::Time(Milestone::Identified),
        &[
            "identified at",
            "cause identified",
            "root cause identified",
            "cause found",
            "issue identified",
            "årsak funnet",
            "原因特定",
        ],
    ),
    (
        Meaning::Time(Milestone::Mitigated),
        &[
            "mitigated",
            "mitigated at",
            "time mitigated",
            "incident mitigated",
            "repaired",
            "緩和",
            "緩和策適用",
            "暫定復旧",
        ],
    ),
    (
        Meaning::Time(Milestone::Ended),
        &[
            "ended",
            "end",
            "end time",
            "ended at",
            "impact end",
            "impact ended",
            "incident end",
            "outage end",
            "outage ended",
            "影響終了",
        ],
    ),
    (
        Meaning::Time(Milestone::Resolved),
        &[
            "resolved",
            "resolved at",
            "incident resolved",
            "time resolved",
            "resolution time",
            "issue resolved",
            "restored",
            "service restored",
            "fully restored",
            "fully resolved",
            "recovered",
            "løst",
            "復旧",
            "復旧確認",
            "解決",
            "完全復旧",
        ],
    ),
    (Meaning::Time(Milestone::Closed), &["closed", "closed at", "incident closed", "クローズ"]),
    (
        Meaning::Time(Milestone::PublicNotice),
        &["public notice", "users notified", "customers notified", "status page updated"],
    ),
    (Meaning::Time(Milestone::Published), &["published", "published at", "postmortem published"]),
];

static BY_NAME: LazyLock<BTreeMap<&'static str, Meaning>> = LazyLock::new(|| {
    LABELS.iter().flat_map(|(meaning, names)| names.iter().map(move |name| (*name, *meaning))).collect()
});

/// What the value behind a label is.
pub(crate) fn meaning(label: &str) -> Option<Meaning> {
    BY_NAME.get(fold(label).as_str()).copied()
}

/// The milestone that a label or a mark names.
pub(crate) fn milestone(label: &str) -> Option<Milestone> {
    if let Some(Meaning::Time(milestone)) = meaning(label) {
        Some(milestone)
    } else {
        let key = label.trim().to_lowercase().replace([' ', '-'], "_");
        Milestone::from_key(&key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_recognised_as_they_are_written() {
        assert_eq!(meaning("**Severity**:".trim_matches('*')), Some(Meaning::Severity));
        assert_eq!(meaning("First Detected"), Some(Meaning::Time(Milestone::Detected)));
        assert_eq!(meaning("影響期間"), Some(Meaning::Window));
        assert_eq!(meaning("Attendees"), None);
        assert_eq!(milestone("public-notice"), Some(Milestone::PublicNotice));
        assert_eq!(milestone("identified"), Some(Milestone::Identified));
        assert_eq!(milestone("date"), None);
    }

    #[test]
    fn no_name_stands_twice_and_each_is_written_as_it_is_looked_up() {
        let names: Vec<&str> = LABELS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        for name in &names {
            assert_eq!(&fold(name), name);
        }
        assert_eq!(names.len(), BY_NAME.len());
    }
}
