//! `afterword rules`: the catalogue of checks, and the page of one.

mod page;

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::{
    check::{self, Group, RULES, Rule},
    cli::{ExitStatus, Global, Io, io},
    data::nearest,
    diagnostic::Level,
    error::{Error, Result},
    report::{to_json, word},
    words::Count,
};

/// List the rules, or explain one
#[derive(Debug, Args)]
#[command(after_help = "\
A rule's level is set in `[check]` of `book.toml`, and a comment in a document accepts a finding: \
<!-- afterword: allow RULE, because … -->

Examples:
  afterword rules
  afterword rules overdue-action
  afterword rules blameless          # the rules of a group")]
pub(super) struct Arguments {
    /// The rule to explain, or the group to list
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    format: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Text,
    Json,
}

/// A rule as programs get it.
#[derive(Serialize)]
struct Row {
    name: &'static str,
    group: &'static str,
    level: Level,
    summary: &'static str,
    page: &'static str,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let name = arguments.name.as_deref();
    let group = name.and_then(|name| Group::ALL.into_iter().find(|group| group.word() == name));
    let chosen: Vec<&Rule> = match (name, group) {
        (None, _) => RULES.iter().collect(),
        (Some(_), Some(group)) => RULES.iter().filter(|rule| rule.group == group).collect(),
        (Some(name), None) => vec![check::rule(name).ok_or_else(|| unknown(name))?],
    };
    match (arguments.format, chosen.as_slice()) {
        (Output::Json, rules) => {
            let rows: Vec<Row> = rules.iter().map(|rule| row(rule)).collect();
            io.out.print(&to_json(&serde_json::json!({ "version": 1, "rules": rows })))?;
        }
        (Output::Text, [rule]) if group.is_none() => {
            let text = explain(rule, io);
            io.out.print(&text)?;
        }
        (Output::Text, rules) => {
            let text = catalogue(rules, global, io);
            io.out.print(&text)?;
        }
    }
    Ok(ExitStatus::Clean)
}

fn row(rule: &Rule) -> Row {
    Row {
        name: rule.name,
        group: rule.group.word(),
        level: rule.default_level,
        summary: rule.summary,
        page: rule.docs,
    }
}

fn unknown(name: &str) -> Error {
    let names = RULES.iter().map(|rule| rule.name).chain(Group::ALL.map(Group::word));
    let help = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`? `afterword rules` lists all of them"),
        None => "`afterword rules` lists all of them".to_owned(),
    };
    Error::new(format!("there is no rule `{name}`")).help(help)
}

fn explain(rule: &Rule, io: &Io<'_>) -> String {
    let about = format!("{} · {} by default", rule.group.word(), word(rule.default_level));
    let look = page::Look { color: io.out.color, width: io.width };
    page::text(rule.docs, &about, look)
}

fn catalogue(rules: &[&Rule], global: &Global, io: &Io<'_>) -> String {
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let mut out = String::new();
    for group in Group::ALL {
        let own: Vec<_> = rules.iter().filter(|rule| rule.group == group).collect();
        if own.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(out, "{}", io.out.paint(group.word(), io::STRONG));
        for rule in own {
            let style = match rule.default_level {
                Level::Error => io::ERROR,
                Level::Warning => io::WARNING,
                Level::Info | Level::Allow => io::FAINT,
            };
            let level = io.out.paint(&format!("{:<7}", word(rule.default_level)), style);
            let _ = writeln!(out, "  {:width$}  {level}  {}", rule.name, rule.summary);
        }
    }
    if !global.quiet {
        let _ = writeln!(out, "\n{}; `afterword rules NAME` explains one", Count(rules.len(), "rule"));
    }
    out
}
