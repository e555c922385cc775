//! Severities: which spellings mean the same, and which is worse.

use super::names::{Name, folded};

/// What numbered severities are called.
const FAMILIES: [(&str, &str); 8] = [
    ("severity", "sev"),
    ("sev", "sev"),
    ("s", "sev"),
    ("priority", "p"),
    ("prio", "p"),
    ("p", "p"),
    ("level", "level"),
    ("", ""),
];

/// What severities without a number are called, the worst first.
const WORDS: [&[&str]; 5] = [
    &[
        "catastrophic",
        "blocker",
        "critical",
        "crit",
        "emergency",
        "highest",
        "veryhigh",
        "down",
        "kritisk",
        "kritisch",
        "kritiek",
        "critique",
        "crítico",
        "crítica",
        "critico",
        "critica",
        "krytyczny",
        "критический",
        "критическая",
        "緊急",
    ],
    &[
        "major",
        "high",
        "severe",
        "urgent",
        "høy",
        "høj",
        "hög",
        "alvorlig",
        "hoch",
        "hoog",
        "élevé",
        "élevée",
        "alto",
        "alta",
        "wysoki",
        "высокий",
        "высокая",
        "重大",
        "高",
    ],
    &[
        "moderate",
        "medium",
        "partial",
        "disrupted",
        "degraded",
        "middels",
        "mellem",
        "medel",
        "mittel",
        "gemiddeld",
        "moyen",
        "moyenne",
        "medio",
        "media",
        "médio",
        "média",
        "średni",
        "средний",
        "средняя",
        "中",
    ],
    &[
        "minor",
        "low",
        "lav",
        "låg",
        "laag",
        "niedrig",
        "gering",
        "faible",
        "bajo",
        "baja",
        "baixo",
        "baixa",
        "basso",
        "bassa",
        "niski",
        "низкий",
        "низкая",
        "軽微",
        "低",
    ],
    &["trivial", "lowest", "notice", "informational", "info", "none", "nearmiss"],
];

/// What is the same of two spellings of one severity: `SEV-2`, `Severity 2` and `SEV2 (major)` have one key.
pub(super) fn key(written: &str) -> String {
    numbered(written).map_or_else(|| folded(written), |(family, number)| format!("{family}{number}"))
}

/// The family and the number of a numbered severity, behind which a word may say how bad that is: `P0 - Critical`.
fn numbered(written: &str) -> Option<(&'static str, u32)> {
    numbered_alone(written).or_else(|| {
        let (first, word) = written.trim().split_once([' ', '_', '(', '/', ':'])?;
        WORDS
            .iter()
            .any(|words| words.contains(&folded(word).as_str()))
            .then(|| numbered_alone(first))
            .flatten()
    })
}

fn numbered_alone(written: &str) -> Option<(&'static str, u32)> {
    let folded = folded(written);
    let digits = folded.find(|c: char| c.is_ascii_digit())?;
    let (word, number) = folded.split_at(digits);
    let (_, family) = FAMILIES.into_iter().find(|(name, _)| *name == word)?;
    Some((family, number.parse().ok().filter(|number| *number < 10)?))
}

/// How bad a severity is, 0 for the worst; none when its name does not tell.
pub(super) fn rank(written: &str) -> Option<usize> {
    let place = || WORDS.iter().position(|words| words.contains(&folded(written).as_str()));
    // `SEV1` and `critical` are the worst there usually is; a `SEV0` is worse.
    numbered(written).map(|(_, number)| number as usize * 2).or_else(|| place().map(|place| place * 2 + 1))
}

/// The severities, the worst first; those that do not tell come last. A step that no document uses is filled in between
/// numbered ones.
pub(super) fn in_order(mut names: Vec<Name>) -> Vec<Name> {
    let steps: Vec<(String, u32)> = names
        .iter()
        .filter_map(|name| {
            let (_, number) = numbered_alone(&name.id)?;
            Some((name.id.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned(), number))
        })
        .collect();
    let is_one_family = steps.len() == names.len()
        && steps.iter().all(|step| Some(&step.0) == steps.first().map(|first| &first.0));
    if let (true, Some(worst)) = (is_one_family, steps.iter().map(|step| step.1).max()) {
        for number in 1..worst {
            if steps.iter().all(|step| step.1 != number)
                && let Some((word, _)) = steps.first()
            {
                names.push(Name { id: format!("{word}{number}"), aliases: Vec::new(), documents: 0 });
            }
        }
    }
    names.sort_by_key(|name| (rank(&name.id).unwrap_or(usize::MAX), name.id.clone()));
    names
}
