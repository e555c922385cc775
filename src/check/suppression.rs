//! Suppressions: comments that accept a finding, with a reason.
//!
//! `<!-- afterword: allow NAME, because REASON -->` covers its own line when text stands on it, else the block below;
//! `allow-file` covers the document. In front matter `# afterword: allow NAME, because REASON` covers its own line or
//! the next. A suppression that is unknown, reasonless or without effect is itself a finding, so that none outlives
//! what it was written for.

use crate::{
    check::{
        rule::{Group, Rule},
        rules::{BAD_SUPPRESSION, RULES, rule},
    },
    data::nearest,
    diagnostic::{Finding, Level},
    model::Postmortem,
    source::{SourceFile, Span},
};

const MARK: &str = "afterword:";

/// One accepted name in one comment.
struct Suppression {
    /// A rule or a group.
    name: String,
    /// The comment.
    span: Span,
    /// The bytes whose findings are accepted.
    covers: Span,
}

/// What a document accepts, for findings that are not those of a check.
pub(super) struct Accepts(Vec<Suppression>);

impl Accepts {
    /// The suppressions of a document. What is wrong with them is told by a check.
    pub(super) fn of(postmortem: &Postmortem, source: &SourceFile) -> Self {
        Self(read(postmortem, source, &mut Vec::new()))
    }

    /// True when the document gives a reason for what a rule says about a place.
    pub(super) fn accepts(&self, rule: &'static str, place: Span) -> bool {
        let finding = Finding::new(rule, place, "");
        self.0.iter().any(|suppression| suppression.accepts(&finding))
    }
}

impl Suppression {
    fn accepts(&self, finding: &Finding) -> bool {
        finding.span.start >= self.covers.start
            && finding.span.start <= self.covers.end
            && self.names(rule(finding.rule))
    }

    fn names(&self, rule: Option<&Rule>) -> bool {
        rule.is_some_and(|rule| rule.name == self.name || rule.group.word() == self.name)
    }
}

/// Takes away what the document accepts and adds what is wrong with its suppressions. `levels` are those of the
/// document, in the order of [`RULES`]: a rule that is off cannot make a suppression useless.
pub(super) fn apply(
    postmortem: &Postmortem,
    source: &SourceFile,
    levels: &[Level],
    findings: &mut Vec<Finding>,
) {
    let mut problems = Vec::new();
    let suppressions = read(postmortem, source, &mut problems);
    if suppressions.is_empty() && problems.is_empty() {
        return;
    }
    let mut used = vec![false; suppressions.len()];
    findings.retain(|finding| {
        let mut accepted = false;
        for (suppression, used) in suppressions.iter().zip(&mut used) {
            if suppression.accepts(finding) {
                (*used, accepted) = (true, true);
            }
        }
        !accepted
    });
    let is_off = |suppression: &Suppression| {
        RULES.iter().zip(levels).all(|(rule, level)| !suppression.names(Some(rule)) || *level == Level::Allow)
    };
    for (suppression, _) in suppressions.iter().zip(used).filter(|(one, used)| !used && !is_off(one)) {
        problems.push(
            Finding::new(
                BAD_SUPPRESSION.name,
                suppression.span,
                format!("nothing here needs `{}` to be allowed", suppression.name),
            )
            .help("remove the suppression"),
        );
    }
    findings.append(&mut problems);
}

fn read(postmortem: &Postmortem, source: &SourceFile, problems: &mut Vec<Finding>) -> Vec<Suppression> {
    let mut suppressions = Vec::new();
    let body = postmortem.comments.iter().filter_map(|span| {
        let text = source.slice(*span).strip_prefix("<!--")?;
        Some((*span, text.strip_suffix("-->").unwrap_or(text), covered_by(source, *span)))
    });
    for (span, text, covers) in body.chain(front_matter_comments(postmortem, source)) {
        let Some(order) = text.trim().strip_prefix(MARK) else { continue };
        let whole = Span::new(0, source.text.len());
        match parse(order.trim()) {
            Ok(order) => {
                let covers = if order.whole_file { whole } else { covers };
                for name in order.names {
                    if rule(name).is_some() || Group::ALL.iter().any(|group| group.word() == name) {
                        suppressions.push(Suppression { name: name.to_owned(), span, covers });
                    } else {
                        problems.push(unknown(name, span));
                    }
                }
            }
            Err((message, help)) => {
                problems.push(Finding::new(BAD_SUPPRESSION.name, span, message).help(help));
            }
        }
    }
    suppressions
}

fn unknown(name: &str, span: Span) -> Finding {
    let names = RULES.iter().map(|rule| rule.name).chain(Group::ALL.map(Group::word));
    let help = match nearest(name, names) {
        Some(near) => format!("is `{near}` meant?"),
        None => "`afterword rules` lists all rules and groups".to_owned(),
    };
    Finding::new(BAD_SUPPRESSION.name, span, format!("there is no rule and no group `{name}`")).help(help)
}

struct Order<'t> {
    whole_file: bool,
    names: Vec<&'t str>,
}

/// Reads what stands behind `afterword:`.
fn parse(order: &str) -> Result<Order<'_>, (&'static str, &'static str)> {
    const FORM: &str = "the form is `afterword: allow RULE, because REASON`";
    let (word, rest) = order.split_once(char::is_whitespace).unwrap_or((order, ""));
    let whole_file = match word {
        "allow" => false,
        "allow-file" => true,
        _ => {
            return Err((
                "this comment speaks to afterword, but says neither `allow` nor `allow-file`",
                FORM,
            ));
        }
    };
    let Some((names, reason)) = rest.split_once("because") else {
        return Err(("this suppression gives no reason", FORM));
    };
    if reason.trim().is_empty() {
        return Err(("this suppression gives no reason", FORM));
    }
    let names: Vec<&str> = names
        .split(|letter: char| letter == ',' || letter.is_whitespace())
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        return Err(("this suppression names no rule", FORM));
    }
    Ok(Order { whole_file, names })
}

/// What a comment of the body covers: its line when there is text on it, else the block below.
fn covered_by(source: &SourceFile, comment: Span) -> Span {
    let last = source.position(comment.end.saturating_sub(1)).line;
    let first = source.position(comment.start).line;
    let around = [
        source.line(first).map(|line| Span::new(line.start, comment.start)),
        source.line(last).map(|line| Span::new(comment.end, line.end)),
    ];
    let is_alone = around.iter().flatten().all(|span| {
        let text = source.slice(*span);
        text.trim_matches(['>', ' ', '\t']).is_empty() || text.trim_start().starts_with("<!--")
    });
    if !is_alone {
        return Span::new(
            source.line(first).map_or(comment.start, |line| line.start),
            line_end(source, last),
        );
    }
    block_below(source, last + 1)
}

/// The first block from a line on: up to a blank line, a whole fenced block, or one list item.
fn block_below(source: &SourceFile, from: usize) -> Span {
    let text = |number: usize| source.line(number).map(|line| source.slice(line));
    let is_skipped = |line: &str| line.trim().is_empty() || line.trim_start().starts_with("<!--");
    let mut first = from;
    while text(first).is_some_and(is_skipped) {
        first += 1;
    }
    let Some(opening) = text(first) else { return Span::empty(source.text.len()) };
    let start = source.line(first).map_or(source.text.len(), |line| line.start);
    let fence = ["```", "~~~"].into_iter().find(|fence| opening.trim_start().starts_with(fence));
    let marker = is_item(opening).then(|| indent(opening));
    let mut last = first;
    while let Some(line) = text(last + 1) {
        if let Some(fence) = fence {
            last += 1;
            if line.trim_start().starts_with(fence) {
                break;
            }
            continue;
        }
        if line.trim().is_empty() || marker.is_some_and(|at| is_item(line) && indent(line) <= at) {
            break;
        }
        last += 1;
    }
    Span::new(start, line_end(source, last))
}

fn line_end(source: &SourceFile, number: usize) -> usize {
    source.line(number).map_or(source.text.len(), |line| line.end)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let numbered = digits.len() < line.len() && (digits.starts_with(". ") || digits.starts_with(") "));
    numbered || ["- ", "* ", "+ "].iter().any(|marker| line.starts_with(marker))
}

/// Comments of the front matter that speak to Afterword, with what they cover.
fn front_matter_comments<'s>(postmortem: &Postmortem, source: &'s SourceFile) -> Vec<(Span, &'s str, Span)> {
    let Some(front_matter) = postmortem.front_matter else { return Vec::new() };
    let first = source.position(front_matter.content.start).line;
    let last = source.position(front_matter.content.end).line;
    let mut found = Vec::new();
    for number in first..=last {
        let Some(line) = source.line(number) else { continue };
        let text = source.slice(line);
        let Some(at) = text.find("# afterword:") else { continue };
        let comment = Span::new(line.start + at, line.end);
        let alone = text.get(..at).is_some_and(|before| before.trim().is_empty());
        let covers = if alone { next_entry(source, number, last) } else { line };
        found.push((comment, text.get(at + 1..).unwrap_or_default(), covers));
    }
    found
}

/// What a comment of its own covers: the next line; when that opens a table or a list item, all of it.
fn next_entry(source: &SourceFile, number: usize, last: usize) -> Span {
    let line = |number: usize| source.line(number).map(|line| (line, source.slice(line)));
    let is_entry = |number: &usize| {
        line(*number).is_some_and(|(_, text)| !text.trim().is_empty() && !text.trim_start().starts_with('#'))
    };
    let Some(first) = (number + 1..=last).find(is_entry) else { return Span::default() };
    let Some((start, opening)) = line(first) else { return Span::default() };
    let is_header = opening.starts_with('[');
    if !is_header && !is_item(opening) {
        return start;
    }
    let ends = |number: &usize| {
        line(*number).is_none_or(|(_, text)| {
            if is_header {
                text.starts_with('[')
            } else {
                !text.trim().is_empty() && indent(text) <= indent(opening)
            }
        })
    };
    let behind = (first + 1..=last).find(ends).unwrap_or(last);
    Span::new(start.start, line_end(source, behind.saturating_sub(1)))
}
