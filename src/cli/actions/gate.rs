//! `afterword actions gate`: the policy of `[[actions.policy]]` as an exit status.

use std::{collections::BTreeMap, fmt::Write as _, path::PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::{
    check::{Failing, Lack, Verdict},
    cli::{ExitStatus, Global, Io, io, markdown, scope::Scope, session::Session, sheet::Sheet},
    diagnostic::{Diagnostic, Finding, Level},
    error::Result,
    export::Row,
    load::CONFIG,
    pipeline,
    report::{Report, inert, to_json, visible, word},
    words::Count,
};

/// So many items a person reads; programs get all of them.
const SHOWN: usize = 100;

/// Fail when action items lack what `[[actions.policy]]` asks of them
#[derive(Debug, Args)]
#[command(after_help = "\
A policy asks for an owner, a due date, an outcome that can be seen, a tracker key, evidence of what is done, or that \
nothing is overdue for more than so many days; it may hold for some severities, statuses, paths and priorities only. \
The last policy that fits an item decides about it. Without any, every item needs an owner and a due date and may not \
be overdue; drafts are asked nothing. Proposed items, and those that were decided against, never are.

A comment accepts what an item lacks: <!-- afterword: allow overdue-action, because … -->

Examples:
  afterword actions gate
  afterword actions gate postmortems/2026
  afterword actions gate --format markdown >> \"$GITHUB_STEP_SUMMARY\"")]
pub(super) struct Arguments {
    /// Files or folders whose items are judged [default: all]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print what fails
    #[arg(short, long, value_name = "FORMAT", default_value = "human")]
    format: Output,
    /// Fail on what policies of level warning ask for as well
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For a person at a terminal
    Human,
    /// One JSON object
    Json,
    /// For a comment or a summary page of a forge
    Markdown,
    /// Annotations of GitHub Actions
    Github,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let session = Session::open_some(global, io)?;
    let scope = Scope::new(&arguments.paths, &session.root.folder, &io.current)?;
    let documents = session.analysis.archive.postmortems();
    if !documents.iter().any(|postmortem| scope.holds(&postmortem.path)) {
        return Err(scope.empty());
    }
    let verdict = pipeline::gate(&session.analysis, |path| scope.holds(path));
    let denied = if arguments.deny_warnings { Level::Warning } else { Level::Error };
    let gate = Gate {
        passes: !verdict.failing.iter().any(|failing| failing.level >= denied),
        rows: verdict.failing.iter().map(|failing| row(failing, &session)).collect(),
        verdict,
        session: &session,
    };
    let text = match arguments.format {
        Output::Human => gate.human(io, global),
        Output::Json => gate.json(),
        Output::Markdown => gate.markdown(),
        Output::Github => gate.github(),
    };
    io.out.print(&text)?;
    Ok(if gate.passes { ExitStatus::Clean } else { ExitStatus::Findings })
}

fn row<'a>(failing: &Failing<'a>, session: &'a Session) -> Row<'a> {
    Row::new(failing.entry, (failing.postmortem, failing.item), failing.place, &session.analysis.sources)
}

/// The verdict, ready to be printed.
struct Gate<'a> {
    verdict: Verdict<'a>,
    /// One for each failing item.
    rows: Vec<Row<'a>>,
    passes: bool,
    session: &'a Session,
}

#[derive(Serialize)]
struct Document<'a> {
    version: u8,
    today: String,
    passes: bool,
    asked: usize,
    failing: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    #[serde(flatten)]
    row: &'a Row<'a>,
    level: Level,
    /// The line of the policy in `book.toml`; none for the built-in one.
    policy_line: Option<usize>,
    lacks: Vec<Missing<'a>>,
}

#[derive(Serialize)]
struct Missing<'a> {
    rule: &'static str,
    what: &'a str,
    help: &'static str,
}

impl<'a> Gate<'a> {
    fn items(&self) -> impl Iterator<Item = (&Failing<'a>, &Row<'a>)> {
        self.verdict.failing.iter().zip(&self.rows)
    }

    fn human(&self, io: &Io<'_>, global: &Global) -> String {
        let mut sheet = Sheet::new(io);
        for (failing, row) in self.items().take(SHOWN) {
            let path = visible(&self.session.path_from_here(row.path));
            let style = if failing.level == Level::Error { io::ERROR } else { io::WARNING };
            sheet.line(0, &format!("{path}:{}:{}", row.line, row.column), "", io::STRONG);
            sheet.text(2, &about(row), anstyle::Style::new());
            sheet.row(2, (word(failing.level), style), 7, &lacks(&failing.lacks));
            sheet.blank();
        }
        if !global.quiet && !self.rows.is_empty() {
            let steps = self.steps();
            let width = steps.keys().map(|rule| rule.len()).max().unwrap_or_default();
            sheet.text(0, "What to do", io::STRONG);
            for (rule, help) in steps {
                sheet.row(2, (rule, anstyle::Style::new()), width, help);
            }
            sheet.blank();
        }
        if let Some(more) = self.left_out() {
            sheet.line(0, &more, "", anstyle::Style::new());
        }
        let style = if self.passes { io::GOOD } else { io::ERROR };
        sheet.line(0, &self.conclusion(), "", style);
        sheet.finish()
    }

    fn json(&self) -> String {
        let failing = self.items().map(|(failing, row)| {
            let configuration = self.session.analysis.sources.file(CONFIG);
            let line = configuration.filter(|_| !failing.policy.is_empty());
            Entry {
                row,
                level: failing.level,
                policy_line: line.map(|file| file.position(failing.policy.start).line),
                lacks: failing
                    .lacks
                    .iter()
                    .map(|Lack { rule, what, help }| Missing { rule, what, help })
                    .collect(),
            }
        });
        to_json(&Document {
            version: 1,
            today: self.session.analysis.summary.today.to_string(),
            passes: self.passes,
            asked: self.verdict.asked,
            failing: failing.collect(),
        })
    }

    fn markdown(&self) -> String {
        let mark = if self.passes { "passes" } else { "fails" };
        let mut out = format!("## Action items: the gate {mark}\n\n{}\n", inert(&self.conclusion()));
        if self.rows.is_empty() {
            return out;
        }
        out.push('\n');
        out.push_str(&markdown::head(&["place", "action item", "level", "what it lacks"]));
        for (failing, row) in self.items().take(SHOWN) {
            let path = self.session.path_in_repository(row.path);
            let place = format!("`{path}:{}`", row.line);
            out.push_str(&markdown::line(&[
                &place,
                &about(row),
                word(failing.level),
                &lacks(&failing.lacks),
            ]));
        }
        if let Some(more) = self.left_out() {
            // Writing to a `String` cannot fail.
            let _ = writeln!(out, "\n{}", inert(&more));
        }
        out.push_str("\n<details><summary>What to do</summary>\n\n");
        for (rule, help) in self.steps() {
            let _ = writeln!(out, "- **{rule}**: {}", inert(help));
        }
        out + "\n</details>\n"
    }

    /// The failing items as the annotations that a check makes.
    fn github(&self) -> String {
        let diagnostics: Vec<Diagnostic> = self
            .items()
            .flat_map(|(failing, row)| {
                failing.lacks.iter().map(move |lack| {
                    let message = format!("action item `{}`: {}", row.title, lack.what);
                    Diagnostic {
                        path: row.path.to_owned(),
                        level: failing.level,
                        finding: Finding::new(lack.rule, failing.place, message).help(lack.help),
                    }
                })
            })
            .collect();
        let report = Report { diagnostics: &diagnostics, ..self.session.report() };
        format!("{}{}\n", report.annotations(), self.conclusion())
    }

    /// What to do, by the rule that says so.
    fn steps(&self) -> BTreeMap<&'static str, &'static str> {
        let lacks = self.verdict.failing.iter().flat_map(|failing| &failing.lacks);
        lacks.map(|lack| (lack.rule, lack.help)).collect()
    }

    fn left_out(&self) -> Option<String> {
        let left = self.rows.len().saturating_sub(SHOWN);
        (left > 0).then(|| {
            format!(
                "shown are the {SHOWN} most pressing of {} items; `--format json` has all",
                self.rows.len()
            )
        })
    }

    fn conclusion(&self) -> String {
        let asked = Count(self.verdict.asked, "action item");
        if self.rows.is_empty() {
            return match self.verdict.asked {
                0 => "no action item is asked for anything".to_owned(),
                1 => format!("{asked} has all that is asked of it"),
                _ => format!("{asked} have all that is asked of them"),
            };
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for lack in self.verdict.failing.iter().flat_map(|failing| &failing.lacks) {
            *counts.entry(lack.rule).or_default() += 1;
        }
        let counts: Vec<String> =
            counts.into_iter().map(|(rule, count)| format!("{count} `{rule}`")).collect();
        let what = if self.passes { "passes with warnings" } else { "fails" };
        format!("the gate {what}: {} of {asked} lack something: {}", self.rows.len(), counts.join(", "))
    }
}

/// The item in a line: what it is, how urgent, whose.
fn about(row: &Row<'_>) -> String {
    let parts = [row.severity, row.priority, row.answers()];
    let parts: Vec<String> = parts.into_iter().flatten().map(visible).collect();
    let title = visible(row.title);
    if parts.is_empty() { title } else { format!("{title} ({})", parts.join(", ")) }
}

fn lacks(lacks: &[Lack]) -> String {
    lacks.iter().map(|lack| lack.what.as_str()).collect::<Vec<_>>().join("; ")
}
