//! What the rules about names share: is a stated name one of those that the configuration lists?

use crate::{data::nearest, diagnostic::Finding, model::Fact};

/// Reports the stated names that are not known, once there is a list at all.
pub(super) fn report_unknown<'f>(
    rule: &'static str,
    table: &str,
    known: &[&str],
    stated: impl IntoIterator<Item = &'f Fact<String>>,
    is_known: impl Fn(&str) -> bool,
    findings: &mut Vec<Finding>,
) {
    if known.is_empty() {
        return;
    }
    for fact in stated.into_iter().filter(|fact| !is_known(&fact.value)) {
        let help = match nearest(&fact.value, known.iter().copied()) {
            Some(near) => format!("is `{near}` meant? If not, add a `[[{table}]]` to book.toml"),
            None => format!("correct it, or add a `[[{table}]]` to book.toml"),
        };
        let message = format!("no `[[{table}]]` has the id or alias `{}`", fact.value);
        findings.push(Finding::new(rule, fact.span, message).help(help));
    }
}
