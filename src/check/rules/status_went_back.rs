//! A finished document that is not finished any more.

use crate::{
    change::Base,
    check::rule::{Findings, Group, Rule, Scope, Stage, Whole, first_line},
    diagnostic::{Finding, Level},
    model::Status,
};

pub(super) const RULE: Rule = Rule {
    name: "status-went-back",
    group: Group::Structure,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A change takes a final document back to an earlier status",
    docs: include_str!("status_went_back.md"),
    scope: Scope::Change(check),
};

fn check(whole: &Whole<'_>, base: &Base, findings: &mut Findings) {
    for now in whole.archive.postmortems() {
        let was = base.before(now).and_then(|before| before.status.as_ref());
        let (Some(was), Some(is)) = (was, &now.status) else { continue };
        let Some(source) = whole.sources.get(now.path.as_str()) else { continue };
        if was.value != Status::Final || is.value == Status::Final {
            continue;
        }
        let message = format!("the document was `{}` and is `{}` again", was.value.key(), is.value.key());
        findings.entry(now.path.clone()).or_default().push(
            Finding::new(RULE.name, first_line(source, is.span), message)
                .help("leave it final and add what is new with its date, or allow this with the reason for opening it again"),
        );
    }
}
