//! Findings for a person at a terminal: the lines themselves, a mark under the place, and the next step.

use std::{fmt::Write as _, ops::Range};

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet, renderer::DecorStyle,
};
use anstyle::Style;

use crate::{
    diagnostic::{Diagnostic, Level},
    report::{
        Look, Report, RuleCount, how_to_fix,
        visible::{harmless, visible},
        word,
    },
    source::{SourceFile, Span},
};

/// Headings.
const STRONG: Style = Style::new().bold();

/// More findings than this are too long to read: the loudest are shown.
const SHOWN: usize = 100;

/// More findings than this are also summed up by rule.
const MANY: usize = 30;

/// How many columns of a line the number, the frame and the signs of what is cut take.
const MARGIN: usize = 20;

/// A mark over more lines than this marks the first of them only: a whole section says less than its heading.
const LINES: usize = 3;

pub(super) fn text(report: &Report<'_>, look: Look) -> String {
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(look.width.max(40));
    let mut out = String::new();
    let most = if look.quiet { usize::MAX } else { SHOWN };
    let shown = report.loudest(most);
    for (heading, reach) in report.groups() {
        let own = shown.iter().filter(|(at, diagnostic)| {
            report.touched(*at).map(|touched| touched.reach) == reach
                && (!look.quiet || diagnostic.level == Level::Error)
        });
        let mut above: Option<&Diagnostic> = None;
        for (nth, (_, diagnostic)) in own.enumerate() {
            if let Some(heading) = heading.as_ref().filter(|_| nth == 0) {
                let style = if look.color { STRONG } else { Style::new() };
                // Writing to a `String` cannot fail.
                let _ = write!(out, "{style}{heading}{style:#}\n\n");
            }
            let path = visible(&report.here.path(&diagnostic.path));
            // The place stands above already: the finding joins the one that showed it.
            let place = if above.is_some_and(|above| is_at_same_place(above, diagnostic)) {
                out.pop();
                Place::Above
            } else {
                Place::Shown(report.source(diagnostic))
            };
            out.push_str(&one(diagnostic, &path, place, look, &renderer));
            out.push_str("\n\n");
            above = Some(diagnostic);
        }
    }
    if !look.quiet && report.diagnostics.len() > MANY {
        out.push_str(&overview(report));
    }
    out
}

/// All findings as a table by rule, and how to see those that are not shown.
fn overview(report: &Report<'_>) -> String {
    let mut out = String::from("findings  level    rule\n");
    // Writing to a `String` cannot fail.
    for RuleCount { rule, level, count } in report.by_rule() {
        let _ = writeln!(out, "{count:>8}  {:<7}  {rule}", word(level));
    }
    if report.diagnostics.len() <= SHOWN {
        return out + "\n";
    }
    let _ = write!(
        out,
        "\nshown are the {SHOWN} loudest of {} findings; `afterword check --format short` prints each on a line, \
         `afterword check PATH` shows those of a file or folder\n\n",
        report.diagnostics.len()
    );
    out
}

/// Whether the place of a finding is shown with it.
#[derive(Clone, Copy)]
enum Place<'s> {
    /// In this text, if there is one.
    Shown(Option<&'s SourceFile>),
    /// By the finding above.
    Above,
}

/// True for findings that would show the same lines with the same mark.
fn is_at_same_place(above: &Diagnostic, diagnostic: &Diagnostic) -> bool {
    let plain = |one: &Diagnostic| one.finding.others.is_empty() && one.finding.label.is_empty();
    above.path == diagnostic.path
        && above.finding.span == diagnostic.finding.span
        && plain(above)
        && plain(diagnostic)
}

fn one(diagnostic: &Diagnostic, path: &str, place: Place<'_>, look: Look, renderer: &Renderer) -> String {
    let finding = &diagnostic.finding;
    let title = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Info | Level::Allow => Title::INFO.with_name(word(diagnostic.level)),
    };
    let title = title.primary_title(visible(&finding.message)).id(finding.rule);
    let group = match place {
        Place::Above => Group::with_title(title),
        Place::Shown(source) => {
            match source.and_then(|source| Excerpt::around(diagnostic, source, look.width)) {
                Some(excerpt) => title.element(excerpt.snippet(diagnostic, path)),
                None => title.element(origin(diagnostic, path, source)),
            }
        }
    };
    let help = finding.help.as_deref().map(|help| Title::HELP.message(visible(help)));
    let fix = finding.fix.as_deref().map(|fix| {
        let how = how_to_fix(fix.applicability);
        Title::HELP.with_name("fixable").message(format!("{} ({how})", visible(&fix.title)))
    });
    renderer.render(&[group.elements(help).elements(fix)])
}

/// The place alone, for a file that is empty or could not be read.
fn origin<'a>(diagnostic: &Diagnostic, path: &str, source: Option<&SourceFile>) -> Origin<'a> {
    let origin = Origin::path(path.to_owned());
    let Some(source) = source else { return origin };
    let at = source.position(diagnostic.finding.span.start);
    origin.line(at.line).char_column(at.column)
}

/// The lines that a finding is about. Rendering a few lines costs the same in a document of any length.
struct Excerpt {
    text: String,
    first_line: usize,
    primary: Range<usize>,
    others: Vec<Range<usize>>,
}

impl Excerpt {
    fn around(diagnostic: &Diagnostic, source: &SourceFile, width: usize) -> Option<Self> {
        if source.text.is_empty() {
            return None;
        }
        let finding = &diagnostic.finding;
        let longest = width.saturating_sub(MARGIN);
        let primary = fitted(finding.span, source, longest);
        let others: Vec<Span> =
            finding.others.iter().map(|other| fitted(other.span, source, longest)).collect();
        let whole = others.iter().fold(primary, |whole, other| whole.join(*other));
        let first_line = source.position(whole.start).line;
        let last_line = source.position(whole.end).line;
        let lines = Span::new(source.line(first_line)?.start, source.line(last_line)?.end);
        let text = harmless(source.slice(lines)).into_owned();
        if text.is_empty() {
            return None;
        }
        let within = |span: Span| {
            let start = span.start.saturating_sub(lines.start).min(text.len());
            start..span.end.saturating_sub(lines.start).clamp(start, text.len())
        };
        let (primary, others) = (within(primary), others.into_iter().map(within).collect());
        Some(Self { text, first_line, primary, others })
    }

    fn snippet<'a>(self, diagnostic: &Diagnostic, path: &str) -> Snippet<'a, Annotation<'a>> {
        let finding = &diagnostic.finding;
        let label = |text: &str| Some(visible(text)).filter(|text| !text.is_empty());
        let others = self.others.into_iter().zip(&finding.others);
        Snippet::source(self.text)
            .path(path.to_owned())
            .line_start(self.first_line)
            .fold(true)
            .annotation(AnnotationKind::Primary.span(self.primary).label(label(&finding.label)))
            .annotations(
                others.map(|(span, other)| AnnotationKind::Context.span(span).label(label(&other.text))),
            )
    }
}

/// A span that lies within the text, ends where its last visible character ends, and is neither too tall nor longer than
/// so many characters, because then its line could not be cut to the width of the terminal.
fn fitted(span: Span, source: &SourceFile, longest: usize) -> Span {
    // `slice` cuts to the text and to whole characters.
    let start = source.slice(Span::new(0, span.start)).len();
    let span = Span::new(start, start + source.slice(Span::new(start, span.end)).trim_end().len());
    let (first, last) = (source.position(span.start).line, source.position(span.end).line);
    let span = match source.line(first) {
        Some(line) if last - first >= LINES => Span::new(span.start, line.end.max(span.start)),
        _ => span,
    };
    let text = source.slice(span);
    match text.char_indices().nth(longest) {
        Some((end, _)) if !text.contains('\n') => Span::new(span.start, span.start + end),
        _ => span,
    }
}
