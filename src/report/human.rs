//! Findings for a person at a terminal: the lines themselves, a mark under the place, and the next step.

use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Level as Title, Origin, Renderer, Snippet, renderer::DecorStyle,
};

use crate::{
    diagnostic::{Diagnostic, Level},
    report::{
        Look, Report,
        visible::{harmless, visible},
        word,
    },
    source::{SourceFile, Span},
};

/// A mark over more lines than this marks the first of them only: a whole section says less than its heading.
const LINES: usize = 3;

pub(super) fn text(report: &Report<'_>, look: Look) -> String {
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(look.width.max(40));
    let mut out = String::new();
    for diagnostic in report.diagnostics {
        if look.quiet && diagnostic.level != Level::Error {
            continue;
        }
        let path = visible(&report.here.path(&diagnostic.path));
        out.push_str(&one(diagnostic, &path, report.sources.get(&*diagnostic.path).copied(), &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(diagnostic: &Diagnostic, path: &str, source: Option<&SourceFile>, renderer: &Renderer) -> String {
    let finding = &diagnostic.finding;
    let title = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Info | Level::Allow => Title::INFO.with_name(word(diagnostic.level)),
    };
    let title = title.primary_title(visible(&finding.message)).id(finding.rule);
    let group = match source.and_then(|source| Excerpt::around(diagnostic, source)) {
        Some(excerpt) => title.element(excerpt.snippet(diagnostic, path)),
        None => title.element(origin(diagnostic, path, source)),
    };
    let help = finding.help.as_deref().map(|help| Title::HELP.message(visible(help)));
    renderer.render(&[group.elements(help)])
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
    fn around(diagnostic: &Diagnostic, source: &SourceFile) -> Option<Self> {
        if source.text.is_empty() {
            return None;
        }
        let finding = &diagnostic.finding;
        let primary = fitted(finding.span, source);
        let others: Vec<Span> = finding.others.iter().map(|other| fitted(other.span, source)).collect();
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

/// A span that lies within the text, ends where its last visible character ends, and is not too tall.
fn fitted(span: Span, source: &SourceFile) -> Span {
    // `slice` cuts to the text and to whole characters.
    let start = source.slice(Span::new(0, span.start)).len();
    let span = Span::new(start, start + source.slice(Span::new(start, span.end)).trim_end().len());
    let (first, last) = (source.position(span.start).line, source.position(span.end).line);
    match source.line(first) {
        Some(line) if last - first >= LINES => Span::new(span.start, line.end.max(span.start)),
        _ => span,
    }
}
