//! The site of an analysis: its look put together, every page made and handed on. `serve` makes the same pages one by
//! one (`live.rs`), and looks up the history of the action items beside that (`historian.rs`).

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use crate::{
    check::{RULES, Rule},
    config::Config,
    diagnostic::Finding,
    error::Result,
    load,
    pipeline::Analysis,
    render::{self, Artifact, Content, Problem, RulePage, Site, Theme, svg},
    source::{DOCUMENT_TEMPLATES, Sources, Span},
    write::Staging,
};

/// Makes every file of the site and hands it to `put`, from several threads. The problems are those of the site's own
/// templates and theme.
pub(super) fn render<P>(analysis: &Analysis, put: P) -> Result<Vec<Problem>>
where
    P: Fn(Artifact) -> Result<()> + Sync,
{
    let (theme, mut problems) = theme(&analysis.config, &analysis.sources);
    let site = Site {
        archive: &analysis.archive,
        summary: &analysis.summary,
        config: &analysis.config,
        sources: &analysis.sources,
        ledger: analysis.ledger.as_ref(),
        rules: rules(),
    };
    let refused = Mutex::new(Vec::new());
    let put_passive = |artifact: Artifact| match &artifact.content {
        Content::File(file) if is_svg(&artifact.path) && svg::is_active(&load::read_asset(file)?) => {
            refused.lock().unwrap_or_else(PoisonError::into_inner).push(active(&artifact.path));
            Ok(())
        }
        _ => put(artifact),
    };
    problems.extend(render::render(site, &theme, put_passive)?);
    problems.extend(refused.into_inner().unwrap_or_else(PoisonError::into_inner));
    Ok(problems)
}

/// The checks as the site shows them.
pub(super) fn rules() -> &'static [RulePage<'static>] {
    static PAGES: LazyLock<Vec<RulePage<'static>>> = LazyLock::new(|| {
        let page = |rule: &'static Rule| RulePage {
            name: rule.name,
            group: rule.group.word(),
            level: rule.default_level,
            summary: rule.summary,
            docs: rule.docs,
        };
        RULES.iter().map(page).collect()
    });
    &PAGES
}

/// The bytes of a file of the site, or why they are not published.
pub(super) fn bytes(path: &str, content: Content) -> Result<std::result::Result<Vec<u8>, Problem>> {
    let bytes = match content {
        Content::Bytes(bytes) => return Ok(Ok(bytes)),
        Content::File(file) => load::read_asset(&file)?,
    };
    Ok(if is_svg(path) && svg::is_active(&bytes) { Err(active(path)) } else { Ok(bytes) })
}

fn is_svg(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("svg"))
}

fn active(path: &str) -> Problem {
    let message = "the picture holds something that a browser would run, so it is not published";
    let finding = Finding::new("missing-image", Span::empty(0), message)
        .help("export the picture without scripts, event handlers and foreign markup, or as PNG");
    Problem::error(path.strip_prefix("files/").unwrap_or(path), finding)
}

/// The look of a site, and what is wrong with its own templates and theme. Templates of new documents are no pages.
pub(super) fn theme(config: &Config, sources: &Sources) -> (Theme, Vec<Problem>) {
    let own = sources.site_files.iter().filter(|(path, _)| !path.starts_with(DOCUMENT_TEMPLATES));
    let own = own.map(|(path, bytes)| (path.clone(), Arc::clone(bytes))).collect();
    Theme::new(config, &own)
}

/// Writes one file of a site.
pub(super) fn put(staging: &Staging, artifact: Artifact) -> Result<()> {
    match artifact.content {
        Content::Bytes(bytes) => staging.put(&artifact.path, &bytes),
        Content::File(file) => staging.put_copy(&artifact.path, &file),
    }
}
