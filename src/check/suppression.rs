//! Suppressions: comments that accept a finding, with a reason.
//!
//! `<!-- afterword: allow NAME, because REASON -->` covers its own line when text stands on it, else the block below;
//! `allow-file` covers the document. In front matter `# afterword: allow NAME, because REASON` covers its own line or
//! the next. A suppression that is unknown, reasonless or without effect is itself a finding, so that none outlives
//! what it was written for.

use crate::{
    check::{
        rule::{Group, Rule, Scope},
        rules::{BAD_SUPPRESSION, RULES, rule},
    },
    data::nearest,
    diagnostic::{Aspect, Finding, Fix, Level},
    edit::{line_start, next_line},
    model::Postmortem,
    source::{Edit, SourceFile, Span},
};

/// What a comment begins with that speaks to Afterword.
const MARK: &str = "afterword:";

/// The same where a comment of front matter begins.
const IN_FRONT_MATTER: &str = "# afterword:";

/// One accepted name in one comment.
struct Suppression {
    /// A rule or a group.
    name: String,
    /// Where the name stands.
    name_span: Span,
    /// True when the comment names nothing else.
    is_alone: bool,
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
        // A change is looked at once, and its suppression stays.
        let says_nothing =
            |rule: &Rule, level: Level| level == Level::Allow || matches!(rule.scope, Scope::Change(_));
        RULES
            .iter()
            .zip(levels)
            .all(|(rule, level)| !suppression.names(Some(rule)) || says_nothing(rule, *level))
    };
    for (suppression, _) in suppressions.iter().zip(used).filter(|(one, used)| !used && !is_off(one)) {
        problems.push(
            Finding::new(
                BAD_SUPPRESSION.name,
                suppression.span,
                format!("nothing here needs `{}` to be allowed", suppression.name),
            )
            .help("remove the suppression")
            .fix(Some(without(source, suppression))),
        );
    }
    findings.append(&mut problems);
}

fn read(postmortem: &Postmortem, source: &SourceFile, problems: &mut Vec<Finding>) -> Vec<Suppression> {
    let mut suppressions = Vec::new();
    let body = postmortem.comments.iter().filter_map(|span| {
        let text = source.slice(*span).strip_prefix("<!--")?;
        let order = text.strip_suffix("-->").unwrap_or(text).trim().strip_prefix(MARK)?;
        Some((*span, order, covered_by(source, *span)))
    });
    for (span, order, covers) in body.chain(front_matter_comments(postmortem, source)) {
        let whole = Span::new(0, source.text.len());
        match parse(order.trim()) {
            Ok(order) => {
                let covers = if order.whole_file { whole } else { covers };
                let is_alone = order.names.len() == 1;
                for name in order.names {
                    let name_span = place_of(source, span, name);
                    if rule(name).is_some() || Group::ALL.iter().any(|group| group.word() == name) {
                        let name = name.to_owned();
                        suppressions.push(Suppression { name, name_span, is_alone, span, covers });
                    } else {
                        problems.push(unknown(name, span, name_span));
                    }
                }
            }
            Err(Wrong::NoReason(message)) => problems.push(
                Finding::new(BAD_SUPPRESSION.name, span, message).help(FORM).fix(reason_asked(source, span)),
            ),
            Err(Wrong::Form(message)) => {
                problems.push(Finding::new(BAD_SUPPRESSION.name, span, message).help(FORM));
            }
        }
    }
    suppressions
}

/// Where a name stands in a comment.
fn place_of(source: &SourceFile, comment: Span, name: &str) -> Span {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    let text = source.slice(comment);
    let whole = |at: &usize| {
        let before = text.get(..*at).and_then(|text| text.chars().next_back());
        let behind = text.get(at + name.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_part) && !behind.is_some_and(is_part)
    };
    let at = text.match_indices(name).map(|(at, _)| at).find(whole).unwrap_or_default();
    Span::new(at, at + name.len()).shift(comment.start)
}

/// The document without a suppression: the name, or the comment with the line that holds nothing else.
fn without(source: &SourceFile, suppression: &Suppression) -> Fix {
    let text: &str = &source.text;
    let span = if suppression.is_alone {
        whole_lines(text, suppression.span)
    } else {
        let name = suppression.name_span;
        let behind = text.get(name.end..).unwrap_or_default();
        let gap = behind.len() - behind.trim_start_matches([',', ' ']).len();
        let is_last = behind.get(gap..).is_some_and(|rest| rest.starts_with("because"));
        let before = text.get(..name.start).unwrap_or_default();
        let start = if is_last { before.trim_end_matches([',', ' ']).len() } else { name.start };
        Span::new(start, if is_last { name.end } else { name.end + gap })
    };
    let title = format!("remove the suppression of `{}`", suppression.name);
    Fix::safe(title, vec![Edit::delete(span)], &[Aspect::Sections])
}

/// A comment with its line, where nothing else stands there, and with one of the blank lines around it.
fn whole_lines(text: &str, comment: Span) -> Span {
    let (start, end) = (line_start(text, comment.start), next_line(text, comment.end.saturating_sub(1)));
    let is_blank = |span: Option<&str>| span.is_none_or(|text| text.trim().is_empty());
    if !is_blank(text.get(start..comment.start)) || !is_blank(text.get(comment.end..end)) {
        let before = text.get(..comment.start).unwrap_or_default();
        return Span::new(before.trim_end_matches([' ', '\t']).len().max(start), comment.end);
    }
    let above = text.get(line_start(text, start.saturating_sub(1))..start);
    let below_end = next_line(text, end);
    let has_gap_below = below_end > end && is_blank(text.get(end..below_end));
    Span::new(start, if is_blank(above) && has_gap_below { below_end } else { end })
}

/// The comment with the place for its reason.
fn reason_asked(source: &SourceFile, comment: Span) -> Option<Fix> {
    let text = source.slice(comment);
    let body = text.strip_suffix("-->").unwrap_or(text).trim_end();
    let body = body.strip_suffix("because").unwrap_or(body).trim_end_matches([',', ' ', '\t']);
    let names = body.split_once("allow")?.1;
    let end = if text.ends_with("-->") { " " } else { "" };
    let tail = Span::new(body.len(), text.len() - if end.is_empty() { 0 } else { "-->".len() });
    let edit = Edit::new(tail.shift(comment.start), format!(", because {ASKED}{end}"));
    let fix = Fix::needs_review("insert the place for the reason", vec![edit], &[]);
    (!names.trim_start_matches("-file").trim().is_empty()).then(|| fix.leaving(&[BAD_SUPPRESSION.name]))
}

fn unknown(name: &str, span: Span, name_span: Span) -> Finding {
    let names = RULES.iter().map(|rule| rule.name).chain(Group::ALL.map(Group::word));
    let near = nearest(name, names);
    let fix = near.map(|near| {
        let edit = Edit::new(name_span, near);
        Fix::needs_review(format!("write `{near}`"), vec![edit], &[])
    });
    let help = match near {
        Some(near) => format!("is `{near}` meant?"),
        None => "`afterword rules` lists all rules and groups".to_owned(),
    };
    let message = format!("there is no rule and no group `{name}`");
    Finding::new(BAD_SUPPRESSION.name, span, message).help(help).fix(fix)
}

/// What stands where a reason is asked for.
const ASKED: &str = "…";

const FORM: &str = "the form is `afterword: allow RULE, because REASON`";

/// Why a comment is no suppression.
enum Wrong {
    Form(&'static str),
    NoReason(&'static str),
}

struct Order<'t> {
    whole_file: bool,
    names: Vec<&'t str>,
}

/// Reads what stands behind `afterword:`.
fn parse(order: &str) -> Result<Order<'_>, Wrong> {
    let (word, rest) = order.split_once(char::is_whitespace).unwrap_or((order, ""));
    let whole_file = match word {
        "allow" => false,
        "allow-file" => true,
        _ => {
            return Err(Wrong::Form(
                "this comment speaks to afterword, but says neither `allow` nor `allow-file`",
            ));
        }
    };
    let Some((names, reason)) = rest.split_once("because") else {
        return Err(Wrong::NoReason("this suppression gives no reason"));
    };
    match reason.trim() {
        "" => return Err(Wrong::NoReason("this suppression gives no reason")),
        ASKED => return Err(Wrong::Form("the reason of this suppression is still to be written")),
        _ => {}
    }
    let names: Vec<&str> = names
        .split(|letter: char| letter == ',' || letter.is_whitespace())
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        return Err(Wrong::Form("this suppression names no rule"));
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

/// What the comments of the front matter say that speak to Afterword, with what they cover.
fn front_matter_comments<'s>(postmortem: &Postmortem, source: &'s SourceFile) -> Vec<(Span, &'s str, Span)> {
    let Some(front_matter) = postmortem.front_matter else { return Vec::new() };
    if !source.slice(front_matter.content).contains(IN_FRONT_MATTER) {
        return Vec::new();
    }
    let first = source.position(front_matter.content.start).line;
    let last = source.position(front_matter.content.end).line;
    let mut found = Vec::new();
    for number in first..=last {
        let Some(line) = source.line(number) else { continue };
        let text = source.slice(line);
        let Some(at) = text.find(IN_FRONT_MATTER) else { continue };
        let comment = Span::new(line.start + at, line.end);
        let alone = text.get(..at).is_some_and(|before| before.trim().is_empty());
        let covers = if alone { next_entry(source, number, last) } else { line };
        found.push((comment, text.get(at + IN_FRONT_MATTER.len()..).unwrap_or_default(), covers));
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
