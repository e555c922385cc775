//! The findings as a whole: how many of which rule, for the end of a long report and for the summary page of a step.

use std::{cmp::Reverse, collections::BTreeMap, fmt::Write as _};

use crate::{
    diagnostic::Level,
    report::{Report, inert::inert, place::advice, word},
    source::Unit,
};

/// How many findings a step summary lists. GitHub drops one that is larger than a megabyte.
const LISTED: usize = 50;

/// How much of a message a step summary shows, in characters.
const LENGTH: usize = 300;

/// How many findings of a level a rule has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCount {
    /// The rule's name.
    pub rule: &'static str,
    /// The level, which can differ from document to document.
    pub level: Level,
    /// How many they are.
    pub count: usize,
}

impl Report<'_> {
    /// The rules that found something, the loudest first, then those with the most findings.
    pub fn by_rule(&self) -> Vec<RuleCount> {
        let mut counts: BTreeMap<(Level, &'static str), usize> = BTreeMap::new();
        for found in self.diagnostics {
            *counts.entry((found.level, found.finding.rule)).or_default() += 1;
        }
        let counts = counts.into_iter().map(|((level, rule), count)| RuleCount { rule, level, count });
        let mut counts: Vec<RuleCount> = counts.collect();
        counts.sort_by_key(|counted| (Reverse(counted.level), Reverse(counted.count), counted.rule));
        counts
    }

    /// The page of a step of GitHub Actions: what the log says at its end, a table by rule, and the loudest findings.
    /// Markdown, to be appended to the file that `GITHUB_STEP_SUMMARY` names.
    pub fn step_summary(&self) -> String {
        let mut out = format!("## Afterword\n\n{}\n", inert(&self.conclusion()));
        if self.diagnostics.is_empty() {
            return out;
        }
        out.push_str("\n| rule | level | findings |\n|---|---|---:|\n");
        // Writing to a `String` cannot fail.
        for RuleCount { rule, level, count } in self.by_rule() {
            let name = match self.pages.address(rule) {
                Some(address) => format!("[{rule}](<{address}>)"),
                None => rule.to_owned(),
            };
            let _ = writeln!(out, "| {name} | {} | {count} |", word(level));
        }
        let listed = self.loudest(LISTED);
        if listed.len() < self.diagnostics.len() {
            let _ = write!(
                out,
                "\nThe {LISTED} loudest of {} findings; the log of the step has all of them.\n",
                self.diagnostics.len()
            );
        }
        out.push_str("\n| place | level | what is wrong |\n|---|---|---|\n");
        for (_, diagnostic) in listed {
            let place = self.place(diagnostic, diagnostic.finding.span, Unit::Scalars);
            let _ = writeln!(
                out,
                "| {}&#58;{} | {} | {} |",
                inert(&shortened(&self.repository.path(&diagnostic.path))),
                place.line,
                word(diagnostic.level),
                inert(&shortened(&advice(diagnostic)))
            );
        }
        out
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::report::testing::{crowd, report};

    #[test]
    fn a_step_summary_counts_by_rule_and_stays_small() {
        let (source, diagnostics) = crowd(10_000);
        let report = report(&source, &diagnostics);
        let text = report.step_summary();
        assert!(text.len() < 1 << 16, "{}", text.len());
        assert!(text.contains("\n| secret | error | 3334 |\n"), "{text}");
        assert!(text.contains("The 50 loudest of 10000 findings"), "{text}");
        assert_eq!(report.step_summary().matches("| error | ").count(), 51);
    }
}
