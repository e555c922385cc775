//! A file whose name states another day than its text.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
    model::Origin,
    pattern,
};

pub(super) const RULE: Rule = Rule {
    name: "file-date-mismatch",
    group: Group::Clock,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "The file name states another date than the document",
    docs: include_str!("file_date_mismatch.md"),
    scope: Scope::Document(check),
};

static DATE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern::ascii(r"(?:^|\D)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?:\D|$)"));

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let Some(date) = &document.postmortem.date else { return };
    // The day of the first event is often days before the one that a team names its file after.
    if !matches!(date.origin, Origin::FrontMatter | Origin::Label) {
        return;
    }
    // A post has the day of its writing in its name, and that of the incident in its title.
    if document.postmortem.title.span.contains(date.span) {
        return;
    }
    let file = document.postmortem.path.rsplit('/').next().unwrap_or_default();
    let Some(named) = date_in(file) else { return };
    if named == date.value {
        return;
    }
    findings.push(
        Finding::new(
            RULE.name,
            date.span,
            format!("the document is dated {}, its file name says {named}", date.value),
        )
        .help("rename the file or correct the date, so that both sort to the same place"),
    );
}

fn date_in(file: &str) -> Option<NaiveDate> {
    let found = DATE.as_ref()?.captures(file)?;
    let number = |group: usize| found.get(group)?.as_str().parse::<u32>().ok();
    NaiveDate::from_ymd_opt(i32::try_from(number(1)?).ok()?, number(2)?, number(3)?)
        .filter(|date| (1990..2200).contains(&chrono::Datelike::year(date)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_from_file_names_in_the_usual_spellings() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 14);
        assert_eq!(date_in("2026-03-14-checkout.md"), day);
        assert_eq!(date_in("20260314_checkout.md"), day);
        assert_eq!(date_in("incident-2026.03.14.md"), day);
        assert_eq!(date_in("INC-20261399.md"), None);
        assert_eq!(date_in("build-1202603141.md"), None);
    }
}
