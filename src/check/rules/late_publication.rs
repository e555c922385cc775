//! A postmortem that came when nobody remembered any more.

use crate::{
    aggregate::publication::{DAYS, end},
    check::rule::{Document, Group, Rule, Scope, Stage, first_line},
    diagnostic::{Finding, Level},
    model::{Milestone, Status},
};

pub(super) const RULE: Rule = Rule {
    name: "late-publication",
    group: Group::Clock,
    default_level: Level::Info,
    stage: Stage::Always,
    summary: "The document was published, or is still a draft, long after the incident",
    docs: include_str!("late_publication.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    let Some(end) = end(postmortem) else { return };
    if let Some(published) = postmortem.times.get(&Milestone::Published) {
        let Some(days) =
            published.value.date.map(|day| (day - end).num_days()).filter(|days| *days > i64::from(DAYS))
        else {
            return;
        };
        findings.push(
            Finding::new(
                RULE.name,
                first_line(document.source, published.span),
                format!("published {days} days after the incident ended"),
            )
            .help("what people remember fades within days; a short document early is worth more than a full one late"),
        );
        return;
    }
    let days = (document.today - end).num_days();
    if let Some(status) =
        postmortem.status.as_ref().filter(|status| status.value == Status::Draft && days > i64::from(DAYS))
    {
        findings.push(
            Finding::new(
                RULE.name,
                first_line(document.source, status.span),
                format!("still a draft {days} days after the incident"),
            )
            .help("finish it with what is known, and say what is not; or say that it will not be finished"),
        );
    }
}
