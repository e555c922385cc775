//! The clock audit: durations that the document states, against its own times.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use regex::Regex;

use crate::{
    check::{
        duration,
        prose::{Form, Piece},
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Fix, Level},
    model::{Milestone, Origin, SectionKind},
    pattern,
    source::{Edit, Span},
};

pub(super) const RULE: Rule = Rule {
    name: "duration-mismatch",
    group: Group::Clock,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A stated duration differs from the document's own times",
    docs: include_str!("duration_mismatch.md"),
    scope: Scope::Document(check),
};

/// What a label of a duration may mean.
struct Meaning {
    label: &'static str,
    /// Any of these pairs of milestones; the first that the document states speaks against a duration.
    pairs: &'static [(Milestone, Milestone)],
    /// Pairs that some mean as well: they can explain a duration, and never speak against one.
    loosely: &'static [(Milestone, Milestone)],
    /// True for all the time from the beginning. A time to repair is counted from wherever a team likes.
    is_whole: bool,
}

use Milestone::{Acknowledged, Declared, Detected, Ended, Mitigated, Resolved, Started};

/// The end of an incident, from wherever teams begin to count.
const WHOLE: &[(Milestone, Milestone)] = &[
    (Started, Resolved),
    (Detected, Resolved),
    (Started, Ended),
    (Detected, Ended),
    (Started, Mitigated),
    (Detected, Mitigated),
    (Declared, Resolved),
    (Declared, Ended),
    (Declared, Mitigated),
    (Acknowledged, Resolved),
    (Acknowledged, Mitigated),
];

/// The moment at which the damage is repaired; the incident may go on for long after it.
const REPAIR: &[(Milestone, Milestone)] = &[
    (Started, Mitigated),
    (Detected, Mitigated),
    (Declared, Mitigated),
    (Acknowledged, Mitigated),
    (Started, Ended),
    (Detected, Ended),
];

/// How long it lasted, by a label or in a sentence.
const DURATION: Meaning = Meaning {
    label: r"(?:(?:total |incident |outage |impact |overall )?duration|(?:total )?downtime|length of (?:the )?(?:outage|incident))",
    pairs: WHOLE,
    loosely: &[],
    is_whole: true,
};

const MEANINGS: [Meaning; 6] = [
    Meaning {
        label: r"(?:time[- ]to[- ]detect(?:ion)?|TTD|MTTD)",
        pairs: &[(Started, Detected)],
        loosely: &[],
        is_whole: false,
    },
    Meaning {
        label: r"(?:time[- ]to[- ](?:acknowledge(?:ment)?|respond)|TTA|MTTA)",
        pairs: &[(Detected, Acknowledged), (Started, Acknowledged)],
        loosely: &[],
        is_whole: false,
    },
    Meaning {
        label: r"(?:time[- ]to[- ](?:mitigat(?:e|ion))|TTM|MTTM)",
        pairs: &[
            (Started, Mitigated),
            (Detected, Mitigated),
            (Declared, Mitigated),
            (Started, Ended),
            (Detected, Ended),
        ],
        loosely: &[],
        is_whole: false,
    },
    Meaning {
        label: r"time[- ]to[- ](?:repair|recover(?:y)?|restore|fix)",
        pairs: REPAIR,
        loosely: WHOLE,
        is_whole: false,
    },
    Meaning {
        label: r"(?:time[- ]to[- ]resol(?:ve|ution)|TTR|MTTR)",
        pairs: WHOLE,
        loosely: &[],
        is_whole: false,
    },
    DURATION,
];

/// A label at the beginning of a piece, alone in a table cell or before a colon or dash.
static LABELS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let label = |meaning: &Meaning| {
        pattern::ascii(&format!(
            r"(?i)^\s*(?P<label>{})\s*(?P<end>\([^)]*\)\s*)?(?:[:–—=-]+\s*|$)",
            meaning.label
        ))
    };
    MEANINGS.iter().filter_map(label).collect()
});

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    if document.postmortem.times.len() < 2 {
        return;
    }
    let prose = document.prose();
    let mut deeds: Vec<usize> =
        DEEDS.iter().flat_map(|deed| deed.find_iter(prose.text().as_bytes())).collect();
    deeds.sort_unstable();
    prose.holding(deeds.into_iter()).for_each(|piece| audit_prose(document, &piece, findings));
    let mut pieces = prose.pieces();
    while let Some(piece) = pieces.find(|piece| may_be_label(piece.text)) {
        let next = pieces.clone().next();
        for (meaning, label) in MEANINGS.iter().zip(LABELS.iter()) {
            let Some(found) = label.captures(piece.text) else { continue };
            let (Some(whole), Some(name)) = (found.get(0), found.name("label")) else { continue };
            let rest = piece.text.get(whole.end()..).unwrap_or_default();
            let stated = stated(&piece, whole.end(), rest, next.as_ref());
            if let Some((seconds, span)) = stated {
                findings.extend(audit(document, name.as_str(), meaning, (seconds, 10), span));
            }
            break;
        }
    }
}

/// A cheap test before the expressions are tried: does the text begin with the first word of a label?
fn may_be_label(text: &str) -> bool {
    const FIRST: [&str; 17] = [
        "time", "ttd", "tta", "ttm", "ttr", "mttd", "mtta", "mttm", "mttr", "total", "incident", "outage",
        "impact", "overall", "length", "duration", "downtime",
    ];
    let text = text.trim_start();
    if !text.starts_with(['d', 'D', 'i', 'I', 'l', 'L', 'm', 'M', 'o', 'O', 't', 'T']) {
        return false;
    }
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = text.get(..length).unwrap_or_default();
    FIRST.iter().any(|first| first.eq_ignore_ascii_case(word))
}

/// The duration behind a label: in the same piece, or in the next cell of the row.
fn stated(piece: &Piece<'_>, end: usize, rest: &str, next: Option<&Piece<'_>>) -> Option<(i64, Span)> {
    if rest.trim().is_empty() {
        let next = next.filter(|next| piece.form == Form::Cell && next.form == Form::Cell)?;
        let (seconds, read) = duration::parse(next.text)?;
        return Some((seconds, next.locate(0, read)));
    }
    let (seconds, read) = duration::parse(rest)?;
    // "(during support hours)": a clock that stops at night cannot be audited by one that does not.
    let remark = rest.get(read..).unwrap_or_default().to_lowercase();
    if says_its_own_clocks(seconds, &remark) {
        return None;
    }
    let is_partial = ["during", "excluding", "working", "business", "office", "support hours"];
    if is_partial.iter().any(|word| remark.contains(word)) {
        return None;
    }
    Some((seconds, piece.locate(end, end + read)))
}

static CLOCK: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern::ascii(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b"));

/// True for "(20:03 to 21:28)" behind its very length: which moments are meant is said there, and they may be others than
/// the document's milestones.
fn says_its_own_clocks(seconds: i64, remark: &str) -> bool {
    let minutes: Vec<i64> = CLOCK
        .iter()
        .flat_map(|clock| clock.captures_iter(remark))
        .filter_map(|found| {
            Some(
                found.get(1)?.as_str().parse::<i64>().ok()? * 60
                    + found.get(2)?.as_str().parse::<i64>().ok()?,
            )
        })
        .collect();
    let [from, to] = minutes.as_slice() else { return false };
    ((to - from).rem_euclid(1_440) * 60 - seconds).abs() <= 300
}

/// "The outage lasted about 3 hours": said of the whole, in a sentence.
static PROSE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::ascii(
        r"(?i)\b(?:the|this|our) (?:(?:total|whole|entire) )?(?P<label>(?:incident|outage|downtime|disruption|degradation) (?:lasted|persisted|took)) (?:for )?(?:(?:a total of|in total) )?(?P<vague>about |around |approximately |approx\.? |roughly |nearly |almost |over |more than |just over |just under |under |less than |~ ?)?(?P<value>\d)",
    )
});

/// What every such sentence holds; hardly any text does.
static DEEDS: LazyLock<[Finder<'static>; 3]> =
    LazyLock::new(|| ["lasted", "persisted", "took"].map(Finder::new));

/// A duration in a sentence about the whole incident. What is called approximate may be off by a quarter.
fn audit_prose(document: &Document<'_>, piece: &Piece<'_>, findings: &mut Vec<Finding>) {
    if piece.form == Form::Quote || piece.section.contains(SectionKind::Timeline) {
        return;
    }
    let Some(found) = PROSE.as_ref().and_then(|prose| prose.captures(piece.text)) else { return };
    let (Some(label), Some(value)) = (found.name("label"), found.name("value")) else { return };
    let rest = piece.text.get(value.start()..).unwrap_or_default();
    let Some((seconds, read)) = duration::parse(rest) else { return };
    if says_its_own_clocks(seconds, rest.get(read..).unwrap_or_default()) {
        return;
    }
    let tolerance = if found.name("vague").is_some() { 4 } else { 10 };
    let span = piece.locate(value.start(), value.start() + read);
    findings.extend(audit(document, label.as_str(), &DURATION, (seconds, tolerance), span));
}

fn audit(
    document: &Document<'_>,
    label: &str,
    meaning: &Meaning,
    (stated, tolerance): (i64, i64),
    span: Span,
) -> Option<Finding> {
    // No downtime says that users felt nothing, not that the incident took no time.
    if stated == 0 && label.to_ascii_lowercase().contains("downtime") {
        return None;
    }
    let times = &document.postmortem.times;
    let between = |(from, to): &(Milestone, Milestone)| {
        let (start, end) = (times.get(from)?, times.get(to)?);
        // A milestone that was guessed, or read from the stated line itself, audits nothing.
        if [start, end].iter().any(|fact| fact.origin == Origin::Inferred || fact.span.overlaps(span)) {
            return None;
        }
        let seconds = start.value.seconds_until(&end.value).filter(|seconds| *seconds > 0)?;
        Some((*from, *to, seconds))
    };
    let computed: Vec<(Milestone, Milestone, i64)> = meaning.pairs.iter().filter_map(between).collect();
    let fits = |seconds: i64| (stated - seconds).abs() <= (seconds / tolerance).max(300);
    let (from, to, seconds) = *computed.first()?;
    let is_only = computed.iter().all(|(_, _, other)| *other == seconds);
    let explained = || computed.iter().copied().chain(meaning.loosely.iter().filter_map(between));
    if explained().any(|(_, _, seconds)| fits(seconds)) {
        return None;
    }
    // What lasted longer than since it was noticed began before, at a time that the document leaves open.
    if stated > seconds && meaning.is_whole && from != Started {
        return None;
    }
    let mut finding = Finding::new(
        RULE.name,
        span,
        format!(
            "`{}` is stated as `{}`, but from `{}` to `{}` it is {}",
            label.trim(),
            document.text(span).trim(),
            from.key(),
            to.key(),
            duration::words(seconds)
        ),
    )
    .help("correct the duration or the times; Afterword computes durations, so the line may simply go")
    .fix(is_only.then(|| recomputed(document, span, seconds)));
    for milestone in [from, to] {
        if let Some(fact) = times.get(&milestone).filter(|fact| !fact.span.is_empty()) {
            finding = finding.also(fact.span, format!("`{}`: {}", milestone.key(), fact.value));
        }
    }
    Some(finding)
}

/// The duration as the document's own times have it.
fn recomputed(document: &Document<'_>, span: Span, seconds: i64) -> Fix {
    let words = duration::words_like(seconds, document.text(span));
    Fix::needs_review(format!("write `{words}`"), vec![Edit::new(span, words)], &[])
}
