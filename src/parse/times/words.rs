//! The words of times: months, days of the week, zones, and what teams write when they do not know.
//!
//! English and Norwegian; Japanese dates need no words.

/// The number of a month, 1 to 12, by its name or a common short form of it, in lower case.
pub(super) fn month(word: &str) -> Option<u32> {
    let number = match word {
        "jan" | "january" | "januar" => 1,
        "feb" | "february" | "februar" => 2,
        "mar" | "march" | "mars" => 3,
        "apr" | "april" => 4,
        "may" | "mai" => 5,
        "jun" | "june" | "juni" => 6,
        "jul" | "july" | "juli" => 7,
        "aug" | "august" => 8,
        "sep" | "sept" | "september" => 9,
        "oct" | "october" | "okt" | "oktober" => 10,
        "nov" | "november" => 11,
        "dec" | "december" | "des" | "desember" => 12,
        _ => return None,
    };
    Some(number)
}

/// True for a day of the week, in lower case.
pub(super) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 31] = [
        "mon",
        "monday",
        "tue",
        "tues",
        "tuesday",
        "wed",
        "weds",
        "wednesday",
        "thu",
        "thur",
        "thurs",
        "thursday",
        "fri",
        "friday",
        "sat",
        "saturday",
        "sun",
        "sunday",
        "mandag",
        "man",
        "tirsdag",
        "tir",
        "onsdag",
        "ons",
        "torsdag",
        "tor",
        "fredag",
        "fre",
        "lørdag",
        "lør",
        "søndag",
    ];
    DAYS.contains(&word)
}

/// Words that make a time approximate, in lower case.
pub(super) fn is_approximate(word: &str) -> bool {
    const WORDS: [&str; 16] = [
        "c",
        "ca",
        "circa",
        "cirka",
        "around",
        "about",
        "approx",
        "approximately",
        "roughly",
        "rundt",
        "omtrent",
        "early",
        "late",
        "頃",
        "約",
        "est",
    ];
    WORDS.contains(&word)
}

/// Words that may stand in front of a time and say nothing of their own, in lower case.
pub(super) fn is_preposition(word: &str) -> bool {
    const WORDS: [&str; 15] = [
        "at", "on", "the", "from", "since", "between", "by", "kl", "klokken", "klokka", "den", "fra", "of",
        "um", "@",
    ];
    WORDS.contains(&word)
}

/// Words between the two ends of a range, in lower case.
pub(super) fn is_range(word: &str) -> bool {
    const WORDS: [&str; 8] = ["to", "until", "till", "til", "and", "through", "og", "から"];
    WORDS.contains(&word)
}

/// Words behind a time that belong to it, in lower case.
pub(super) const TRAILERS: [&str; 12] = [
    "and onwards",
    "and onward",
    "onwards",
    "onward",
    "og utover",
    "og fremover",
    "hours",
    "hrs",
    "hr",
    "uhr",
    "h",
    "頃",
];

/// What stands where a time is not known, in lower case.
pub(super) const UNKNOWN: [&str; 22] = [
    "??:??",
    "hh:mm",
    "xx:xx",
    "--:--",
    "__:__",
    "hhmm",
    "????",
    "???",
    "??",
    "xx.xx",
    "00:xx",
    "tbc",
    "tbd",
    "unknown",
    "n/a",
    "ukjent",
    "不明",
    "未定",
    "date unknown",
    "time unknown",
    "yyyy-mm-dd",
    "?",
];

/// Minutes east of UTC of an abbreviation as documents use it; where it means several zones, the one that incident
/// documents mean.
pub(super) fn abbreviation(word: &str) -> Option<i32> {
    let minutes = match word {
        "UTC" | "GMT" | "WET" | "Z" => 0,
        "BST" | "CET" | "WEST" | "MEZ" | "WAT" => 60,
        "CEST" | "EET" | "SAST" | "CAT" | "MESZ" => 120,
        "EEST" | "MSK" | "EAT" => 180,
        "GST" => 240,
        "PKT" => 300,
        "IST" => 330,
        "ICT" | "WIB" => 420,
        "SGT" | "HKT" | "AWST" | "PHT" | "MYT" => 480,
        "JST" | "KST" => 540,
        "ACST" => 570,
        "AEST" => 600,
        "AEDT" => 660,
        "NZST" => 720,
        "NZDT" => 780,
        "BRT" | "ART" | "ADT" => -180,
        "AST" | "EDT" => -240,
        "EST" | "CDT" => -300,
        "CST" | "MDT" => -360,
        "MST" | "PDT" => -420,
        "PST" | "AKDT" => -480,
        "AKST" => -540,
        "HST" => -600,
        _ => return None,
    };
    Some(minutes)
}

/// The place behind the short names of zones that keep summer time.
pub(super) fn wall_clock(word: &str) -> Option<chrono_tz::Tz> {
    match word {
        "PT" | "Pacific Time" => Some(chrono_tz::US::Pacific),
        "MT" | "Mountain Time" => Some(chrono_tz::US::Mountain),
        "CT" | "Central Time" => Some(chrono_tz::US::Central),
        "ET" | "Eastern Time" => Some(chrono_tz::US::Eastern),
        _ => None,
    }
}
