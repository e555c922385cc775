//! The stages, composed. One function stands behind `check`, `build`, `serve`, `actions`, `stats` and `export`, so that
//! no two of them can disagree.

mod amend;
mod base;
mod checkouts;
mod fix;
mod history;
mod kept;
mod memory;
mod reading;
mod shelf;
mod together;
mod workspace;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use chrono::NaiveDate;
use rayon::prelude::*;

pub use amend::{Amended, amend};
pub use checkouts::histories;
pub use fix::{Fixed, Options, fix};
pub use history::{ledger, ledger_of};
pub use memory::Memory;
pub use reading::{Reading, read};
pub use workspace::Workspace;

use crate::{
    adopt::{self, Adoption},
    aggregate::{Ledger, Summary},
    change::Base,
    check::{self, Accepted, Baseline, Verdict},
    config::{self, Config},
    diagnostic::{Diagnostic, Finding},
    error::Result,
    export,
    load::Root,
    model::{Archive, Audience, Format},
    parse,
    source::{SourceFile, Sources, Span},
};

/// What the sources say, as of a day.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// What was read.
    pub sources: Sources,
    /// What the user configured.
    pub config: Config,
    usage: parse::Usage,
    /// Who may see it.
    pub audience: Audience,
    /// What became of the action items, where somebody has asked for it.
    pub ledger: Option<Ledger>,
    /// All postmortems.
    pub archive: Arc<Archive>,
    /// What they say together.
    pub summary: Arc<Summary>,
    /// What is wrong with them, in the order of reports, without what the baseline accepts.
    pub diagnostics: Vec<Diagnostic>,
    /// What the baseline accepts.
    pub accepted: Accepted,
    /// What the archive was at the revision that it is compared with, if it is.
    pub base: Option<Base>,
}

impl Analysis {
    /// How it was settled whether the day or the month comes first.
    pub fn dates(&self) -> parse::Dates {
        self.usage.dates()
    }
}

impl Analysis {
    /// What there is to export.
    pub fn exported(&self) -> export::Input<'_> {
        export::Input {
            archive: &self.archive,
            summary: &self.summary,
            config: &self.config,
            sources: &self.sources,
            ledger: self.ledger.as_ref(),
        }
    }
}

/// Reads the archive at a root and analyses it. `out` is where a site goes, when that is not where the configuration
/// says.
pub fn open(root: &Root, out: Option<&Path>, today: NaiveDate) -> Result<Analysis> {
    let (config, findings) = configuration(root);
    open_with(root, config, findings, None, out, today)
}

/// The same with a configuration that is not, or not quite, that of the root, and compared with a revision of git, if one
/// is given.
pub fn open_with(
    root: &Root,
    config: Config,
    findings: Vec<Finding>,
    since: Option<&str>,
    out: Option<&Path>,
    today: NaiveDate,
) -> Result<Analysis> {
    Workspace::new(out, today).analyze_once(root, (config, findings), since)
}

/// The configuration of a root, and what is wrong with it.
pub fn configuration(root: &Root) -> (Config, Vec<Finding>) {
    let (mut config, findings) = root.config.as_ref().map(Config::parse).unwrap_or_default();
    root.place(&mut config);
    (config, findings)
}

/// Texts to analysis. Pure and total: whatever the texts hold, every document is in the archive. `findings` are those of
/// the configuration.
pub fn analyze(sources: Sources, config: Config, findings: Vec<Finding>, today: NaiveDate) -> Analysis {
    analyze_since(sources, config, findings, None, today)
}

/// The same with what the archive was before.
fn analyze_since(
    sources: Sources,
    config: Config,
    findings: Vec<Finding>,
    base: Option<Base>,
    today: NaiveDate,
) -> Analysis {
    judge(
        reading::read_once(sources, config, findings, today, (Memory::default(), |_: &mut Memory| ())),
        base,
    )
}

/// What is wrong with what was read.
pub fn judge(mut reading: Reading, base: Option<Base>) -> Analysis {
    let remarks = reading.take_remarks();
    let judged = findings_beside(&reading, remarks, base.as_ref());
    analysis(reading, base, judged)
}

/// The same; none when `is_over` is true before the end, because nobody wants to know any more.
pub fn judge_unless(mut reading: Reading, is_over: &(impl Fn() -> bool + Sync)) -> Option<Analysis> {
    let remarks = reading.take_remarks();
    let judged = findings_unless(&reading, remarks, None, is_over)?;
    Some(analysis(reading, None, judged))
}

fn analysis(
    reading: Reading,
    base: Option<Base>,
    (diagnostics, accepted): (Vec<Diagnostic>, Accepted),
) -> Analysis {
    let Reading { sources, config, archive, summary, usage, .. } = reading;
    let audience = Audience::Internal;
    Analysis { sources, config, usage, audience, ledger: None, archive, summary, diagnostics, accepted, base }
}

/// What is wrong with what was read, in the order of reports, and what the baseline accepts of it.
pub fn findings(reading: &Reading, base: Option<&Base>) -> (Vec<Diagnostic>, Accepted) {
    findings_beside(reading, reading.remarks(), base)
}

/// The same beside what reading has to say.
fn findings_beside(
    reading: &Reading,
    remarks: BTreeMap<String, Vec<Finding>>,
    base: Option<&Base>,
) -> (Vec<Diagnostic>, Accepted) {
    findings_unless(reading, remarks, base, &|| false).unwrap_or_default()
}

fn findings_unless(
    reading: &Reading,
    mut remarks: BTreeMap<String, Vec<Finding>>,
    base: Option<&Base>,
    is_over: &(impl Fn() -> bool + Sync),
) -> Option<(Vec<Diagnostic>, Accepted)> {
    let Reading { sources, config, archive, summary, .. } = reading;
    let baseline = baseline(sources, config, &mut remarks);
    let files: BTreeSet<String> = sources
        .assets
        .keys()
        .cloned()
        .chain(sources.documents.iter().map(|source| source.path.clone()))
        .collect();
    let templates: Vec<&str> = sources.templates_of_documents().collect();
    let input = check::Input {
        archive,
        summary,
        sources: &sources.documents,
        files: &files,
        templates: &templates,
        config,
        context: &reading.context(),
        today: summary.today,
        base,
    };
    let mut diagnostics = check::check_unless(&input, remarks, is_over)?;
    let accepted = baseline.accept(&mut diagnostics, |path| sources.file(path));
    Some((diagnostics, accepted))
}

/// What is wrong with the files beside the documents, as far as that shows at once.
pub fn about_settings(reading: &Reading) -> Vec<Diagnostic> {
    let Reading { sources, config, archive, .. } = reading;
    let mut remarks = reading.settings.clone();
    baseline(sources, config, &mut remarks);
    check::of_settings(config, archive, remarks)
}

/// The findings that the site accepts as they stand. A file that is missing or cannot be read accepts none, and says so.
fn baseline(sources: &Sources, config: &Config, reading: &mut BTreeMap<String, Vec<Finding>>) -> Baseline {
    let (path, finding) = match (&sources.baseline, &config.check.baseline) {
        (Some(file), _) => match Baseline::parse(file) {
            Ok(baseline) => return baseline,
            Err(finding) => (file.path.clone(), *finding),
        },
        (None, Some(name)) => {
            let message = format!("the baseline `{}` is not there", name.value);
            let finding = Finding::new(config::RULE, name.span, message)
                .help("write it with `afterword check --update-baseline`, or remove the key");
            (check::CONFIGURATION.to_owned(), finding)
        }
        (None, None) => return Baseline::default(),
    };
    reading.entry(path).or_default().push(finding);
    Baseline::default()
}

/// What the policy of the site says about the action items of the documents with these paths.
pub fn gate(analysis: &Analysis, is_chosen: impl Fn(&str) -> bool) -> Verdict<'_> {
    let archive = (&*analysis.archive, &*analysis.summary, &analysis.config);
    check::gate(archive, |path| analysis.sources.file(path), is_chosen)
}

/// What of an analysis everybody may read, and made of nothing else. The findings are those of the whole archive about
/// the documents and settings that are left: a public document that names an internal one is still found out.
pub fn publish(analysis: &Analysis) -> Analysis {
    let Analysis { sources, config, usage, archive, summary, diagnostics, accepted, .. } = analysis.clone();
    let all: BTreeSet<String> = sources.documents.iter().map(|file| file.path.clone()).collect();
    let (settings, documents) = (BTreeMap::new(), Vec::new());
    let whole = Reading { sources, config, archive, summary, usage, settings, documents };
    let Reading { sources, config, archive, summary, usage, .. } = whole.of(Audience::Public);
    let is_left = |path: &str| !all.contains(path) || sources.file(path).is_some();
    let left = |mut found: Vec<Diagnostic>| {
        found.retain(|found| is_left(&found.path));
        found
    };
    let (diagnostics, accepted) =
        (left(diagnostics), Accepted { diagnostics: left(accepted.diagnostics.clone()), ..accepted });
    let audience = Audience::Public;
    Analysis {
        sources,
        config,
        usage,
        audience,
        ledger: None,
        archive,
        summary,
        diagnostics,
        accepted,
        base: None,
    }
}

/// What `adopt` makes of the documents with these paths. `format` is the language of a front matter that has to be begun,
/// when that is not to be what the archive uses.
pub fn adopt(
    analysis: &Analysis,
    is_chosen: impl Fn(&str) -> bool + Sync,
    format: Option<Format>,
    inferred: bool,
) -> Vec<Adoption> {
    let sources = &analysis.sources;
    let context = parse::Context::of(&analysis.config, analysis.usage.clone());
    let usual = adopt::usual_format(&analysis.archive);
    let adopt = |source: &&SourceFile| {
        if let Some(reason) = sources.unreadable.get(&source.path) {
            return Adoption::untouched(&source.path, format!("it cannot be read: {reason}"));
        }
        if analysis.archive.is_log(&source.path) {
            return Adoption::untouched(
                &source.path,
                "it holds several incidents, and has one front matter".to_owned(),
            );
        }
        let format = format.or_else(|| adopt::needed_format(&source.path)).unwrap_or(usual);
        adopt::adopt(source, &context, adopt::Options { format, inferred })
    };
    let chosen: Vec<_> = sources.documents.iter().filter(|source| is_chosen(&source.path)).collect();
    chosen.par_iter().map(adopt).collect()
}

fn unreadable(reason: &str) -> Finding {
    Finding::new("unreadable-text", Span::empty(0), format!("the document cannot be read: {reason}"))
        .help("mend the file or its permissions; its page holds nothing but its name until then")
}
