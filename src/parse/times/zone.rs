//! Zones as documents name them.

use std::sync::LazyLock;

use ahash::HashMap;

use super::{clock, cursor::Cursor};
use crate::model::Zone;

/// Reads the name of a zone. `near_clock` allows the forms that are a zone only next to a time: `Z`, `+02:00`.
pub(super) fn read(cursor: &mut Cursor<'_>, near_clock: bool) -> Option<Zone> {
    let mut trial = *cursor;
    let zone = offset(&mut trial, near_clock).or_else(|| {
        trial = *cursor;
        if near_clock && is_signed(cursor.rest()) {
            trial.skip('+');
        }
        named(&mut trial, near_clock)
    })?;
    *cursor = trial;
    Some(zone)
}

/// True for `+UTC`, by which some mean no more than `UTC`.
pub(super) fn is_signed(text: &str) -> bool {
    ["+UTC", "+GMT"].into_iter().any(|name| text.starts_with(name))
}

/// The first zone that is named anywhere in a text.
pub(crate) fn find(text: &str) -> Option<Zone> {
    let mut cursor = Cursor::new(text);
    while cursor.at < text.len() {
        // Scripts that put no space between words put none in front of a zone either.
        let is_spaced = |c: char| c.is_alphanumeric() && c < '\u{3040}';
        let starts_a_word = !cursor.before().is_some_and(|c| is_spaced(c) || c == '/' || c == '_');
        if let Some(zone) = in_other_letters(cursor.rest()) {
            return Some(zone);
        }
        if starts_a_word
            && cursor.peek().is_some_and(char::is_alphabetic)
            && let Some(zone) = read(&mut cursor, false)
        {
            return Some(zone);
        }
        cursor.at += cursor.peek().map_or(1, char::len_utf8);
    }
    None
}

/// `日本時間`; nothing stands between it and the words around it.
fn in_other_letters(text: &str) -> Option<Zone> {
    const NAMES: [(&str, i32); 7] = [
        ("МСК", 180),
        ("日本時間", 540),
        ("日本標準時", 540),
        ("北京时间", 480),
        ("北京時間", 480),
        ("한국 시간", 540),
        ("한국시간", 540),
    ];
    if text.starts_with(|c: char| c.is_ascii()) {
        return None;
    }
    let (name, minutes) = NAMES.into_iter().find(|(name, _)| text.starts_with(name))?;
    Some(Zone::Fixed { minutes, name: name.into() })
}

/// `+02:00`, `-0500`.
fn offset(cursor: &mut Cursor<'_>, near_clock: bool) -> Option<Zone> {
    if !near_clock {
        return None;
    }
    let start = cursor.at;
    let sign = cursor.one_of(&['+', '-'])?;
    let hours = cursor.digits(2, 4)?;
    if hours.len() == 2 && !(cursor.skip(':') && cursor.digits(2, 2).is_some()) {
        return None;
    }
    // `13:02-14:10` and `1302-1410` are ranges, `13:02:00-05:00`, `T13:02-05:00` and `13:02-0500` are not.
    let before = cursor.text.get(..start).unwrap_or_default();
    let is_range = if hours.len() == 2 { !behind_a_whole_clock(before) } else { behind_four_digits(before) };
    if sign == '-' && (is_range || !may_be_west(cursor.text.get(start..cursor.at)?)) {
        return None;
    }
    cursor.at_boundary().then(|| cursor.text.get(start..cursor.at).and_then(Zone::from_name))?
}

/// False for what is behind Greenwich by more hours or by other minutes than any zone: the end of a range.
fn may_be_west(offset: &str) -> bool {
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let part = |range| digits.get(range).and_then(|part: &str| part.parse::<u32>().ok());
    part(0..2).is_some_and(|hours| hours <= 12) && part(2..4).is_some_and(|minutes| matches!(minutes, 0 | 30))
}

/// True behind a clock with seconds, or one that a `T` joins to its date.
fn behind_a_whole_clock(before: &str) -> bool {
    let head = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let clock = before.get(head.len()..).unwrap_or_default();
    clock.matches(':').count() >= 2 || (clock.contains(':') && head.ends_with(['T', 't']))
}

/// True behind a clock that is four digits and nothing between them: `1302`.
fn behind_four_digits(before: &str) -> bool {
    let head = before.trim_end_matches(|c: char| c.is_ascii_digit());
    before.len() - head.len() == 4 && !head.ends_with([':', '.', 'T'])
}

fn named(cursor: &mut Cursor<'_>, near_clock: bool) -> Option<Zone> {
    let start = cursor.at;
    cursor.skip_while(|c| c.is_ascii_alphabetic());
    let word = cursor.text.get(start..cursor.at)?;
    let word = if word == "z"
        && cursor.text.get(..start)?.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'x' | '?'))
    {
        "Z"
    } else {
        word
    };
    if word.is_empty() || (word == "Z" && !near_clock) {
        return None;
    }
    if cursor.peek() == Some('/') {
        cursor.skip_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+'));
        let name = cursor.text.get(start..cursor.at)?.trim_end_matches('-');
        return Zone::from_name(name)
            .filter(|zone| matches!(zone, Zone::Named { .. }))
            .or_else(|| pair(name));
    }
    if word.eq_ignore_ascii_case("utc") || word.eq_ignore_ascii_case("gmt") {
        if let Some(minutes) = shift(cursor) {
            let name = cursor.text.get(start..cursor.at)?.into();
            return Some(Zone::Fixed { minutes, name });
        }
        return cursor.at_boundary().then(|| Zone::Fixed { minutes: 0, name: word.to_uppercase().into() });
    }
    if let Some(place) = wall_clock(word) {
        return cursor.at_boundary().then(|| Zone::Named { place, name: word.into() });
    }
    if let Some(zone) = spelt_out(cursor, word, near_clock).or_else(|| in_words(cursor, start, word)) {
        return Some(zone);
    }
    if let Some(zone) = of_city(cursor, start, word) {
        return Some(zone);
    }
    // Any word of a text may be asked about, and hardly any is in capitals.
    let is_short = word.len() <= LONGEST_ABBREVIATION && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let minutes = is_short.then(|| abbreviation(word)).flatten().filter(|_| cursor.at_boundary())?;
    let name = if word == "Z" { "UTC" } else { word };
    Some(Zone::Fixed { minutes, name: name.into() })
}

/// `Pacific Time`, `Eastern Daylight Time`; next to a clock `Eastern` alone, when nothing but a mark follows.
fn spelt_out(cursor: &mut Cursor<'_>, word: &str, near_clock: bool) -> Option<Zone> {
    let short = match word {
        "Pacific" => "PT",
        "Mountain" => "MT",
        "Central" => "CT",
        "Eastern" => "ET",
        _ => return None,
    };
    let place = wall_clock(short)?;
    let start = cursor.at - word.len();
    let mut trial = *cursor;
    trial.spaces();
    let mut next = trial.word();
    if matches!(next.as_deref(), Some("standard" | "daylight")) {
        trial.spaces();
        next = trial.word();
    }
    if next.as_deref() == Some("time") {
        *cursor = trial;
    } else {
        let marks = [':', ',', ';', ')', ']', '|', '-', '–', '—', '\n'];
        let is_alone =
            cursor.rest().trim_start_matches(' ').chars().next().is_none_or(|c| marks.contains(&c));
        if !near_clock || !is_alone {
            return None;
        }
    }
    Some(Zone::Named { place, name: cursor.text.get(start..cursor.at)?.into() })
}

/// The clocks of the cities that the IANA database names, in lower case; of two names for one city the first counts.
static CITIES: LazyLock<HashMap<String, chrono_tz::Tz>> = LazyLock::new(|| {
    let mut cities = HashMap::default();
    for place in chrono_tz::TZ_VARIANTS {
        if let Some((_, city)) = place.name().rsplit_once('/') {
            cities.entry(city.to_ascii_lowercase()).or_insert(place);
        }
    }
    cities
});

/// `Denver time`: the clocks of a city that the IANA database names.
fn of_city(cursor: &mut Cursor<'_>, start: usize, word: &str) -> Option<Zone> {
    let mut trial = *cursor;
    let is_named = word.starts_with(|c: char| c.is_ascii_uppercase())
        && trial.spaces() > 0
        && trial.literal("time")
        && trial.at_boundary();
    if !is_named {
        return None;
    }
    let place = *CITIES.get(&word.to_ascii_lowercase())?;
    *cursor = trial;
    Some(Zone::Named { place, name: cursor.text.get(start..cursor.at)?.into() })
}

/// The names of zones in words, and the abbreviations that stand for them.
const IN_WORDS: [(&str, &str); 17] = [
    ("Coordinated Universal Time", "UTC"),
    ("Universal Time", "UTC"),
    ("Greenwich Mean Time", "GMT"),
    ("British Summer Time", "BST"),
    ("Central European Time", "CET/CEST"),
    ("Central European Standard Time", "CET"),
    ("Central European Summer Time", "CEST"),
    ("Eastern European Time", "EET/EEST"),
    ("Eastern European Summer Time", "EEST"),
    ("Indian Standard Time", "IST"),
    ("India Standard Time", "IST"),
    ("Japan Standard Time", "JST"),
    ("Korea Standard Time", "KST"),
    ("Singapore Time", "SGT"),
    ("Brasilia Time", "BRT"),
    ("Australian Eastern Standard Time", "AEST"),
    ("Australian Eastern Daylight Time", "AEDT"),
];

/// The words that they begin with.
const FIRST_IN_WORDS: [&str; 13] = [
    "Coordinated",
    "Universal",
    "Greenwich",
    "British",
    "Central",
    "Eastern",
    "Indian",
    "India",
    "Japan",
    "Korea",
    "Singapore",
    "Brasilia",
    "Australian",
];

/// `Central European Time`.
fn in_words(cursor: &mut Cursor<'_>, start: usize, word: &str) -> Option<Zone> {
    // Lengths are compared before letters, which sends nearly every word away.
    if !FIRST_IN_WORDS.iter().any(|first| first.eq_ignore_ascii_case(word)) {
        return None;
    }
    let behind = cursor.text.get(start..)?;
    let fits = |name: &str| behind.get(..name.len()).is_some_and(|text| text.eq_ignore_ascii_case(name));
    let begins = |name: &str| name.split(' ').next().is_some_and(|first| first.eq_ignore_ascii_case(word));
    let (name, short) = IN_WORDS.into_iter().find(|(name, _)| begins(name) && fits(name))?;
    cursor.at = start + name.len();
    let name: std::sync::Arc<str> = behind.get(..name.len())?.into();
    match pair(short) {
        Some(Zone::Named { place, .. }) => Some(Zone::Named { place, name }),
        _ => Some(Zone::Fixed { minutes: abbreviation(short)?, name }),
    }
}

/// The names of one place's clocks in winter and in summer, `CET/CEST`, or the first of two zones in which all times are
/// written: `UTC/ACDT`.
fn pair(written: &str) -> Option<Zone> {
    let (winter, summer) = written.split_once('/')?;
    let place = match (winter, summer) {
        ("CET", "CEST") | ("MEZ", "MESZ") => chrono_tz::CET,
        ("EET", "EEST") => chrono_tz::EET,
        ("GMT", "BST") => chrono_tz::Europe::London,
        ("EST", "EDT") => chrono_tz::US::Eastern,
        ("CST", "CDT") => chrono_tz::US::Central,
        ("MST", "MDT") => chrono_tz::US::Mountain,
        ("PST", "PDT") => chrono_tz::US::Pacific,
        ("UTC", other) if abbreviation(other).is_some() => return Some(Zone::utc()),
        _ => return None,
    };
    Some(Zone::Named { place, name: written.into() })
}

/// The minutes of `+2`, `-05:30` behind `UTC` or `GMT`.
fn shift(cursor: &mut Cursor<'_>) -> Option<i32> {
    let mut trial = *cursor;
    let sign = trial.one_of(&['+', '-'])?;
    let hours = i32::try_from(trial.number(1, 2)?).ok()?;
    let mut minutes = 0;
    let mut after = trial;
    if after.skip(':')
        && let Some(number) = after.number(2, 2)
    {
        minutes = i32::try_from(number).ok()?;
        trial = after;
    }
    if hours > 14 || minutes > 59 || !trial.at_boundary() {
        return None;
    }
    *cursor = trial;
    let size = hours * 60 + minutes;
    Some(if sign == '-' { -size } else { size })
}

/// No abbreviation has more letters.
const LONGEST_ABBREVIATION: usize = 4;

/// Minutes east of UTC of an abbreviation as documents use it; where it means several zones, the one that incident
/// documents mean.
fn abbreviation(word: &str) -> Option<i32> {
    let minutes = match word {
        "UTC" | "GMT" | "WET" | "Z" => 0,
        "BST" | "CET" | "WEST" | "MEZ" | "WAT" => 60,
        "CEST" | "EET" | "SAST" | "CAT" | "MESZ" => 120,
        "EEST" | "MSK" | "EAT" | "TRT" => 180,
        "GST" => 240,
        "PKT" => 300,
        "IST" => 330,
        "NPT" => 345,
        "ICT" | "WIB" => 420,
        "SGT" | "HKT" | "AWST" | "PHT" | "MYT" | "WITA" => 480,
        "JST" | "KST" => 540,
        "ACST" => 570,
        "ACDT" => 630,
        "AEST" => 600,
        "AEDT" => 660,
        "NZST" => 720,
        "NZDT" => 780,
        "BRST" => -120,
        "BRT" | "ART" | "ADT" | "CLST" => -180,
        "AST" | "EDT" | "CLT" => -240,
        "EST" | "CDT" | "COT" => -300,
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
fn wall_clock(word: &str) -> Option<chrono_tz::Tz> {
    match word {
        "PT" => Some(chrono_tz::US::Pacific),
        "MT" => Some(chrono_tz::US::Mountain),
        "CT" => Some(chrono_tz::US::Central),
        "ET" => Some(chrono_tz::US::Eastern),
        _ => None,
    }
}

/// Every zone that stands behind a clock anywhere in a text.
pub(crate) fn at_clocks(text: &str) -> Vec<Zone> {
    let mut cursor = Cursor::new(text);
    let mut zones = Vec::new();
    while let Some(before_digit) = cursor.rest().bytes().position(|byte| byte.is_ascii_digit()) {
        cursor.at += before_digit;
        let before = cursor.text.get(..cursor.at).unwrap_or_default();
        let is_joined =
            || before.strip_suffix('T').is_some_and(|day| day.ends_with(|c: char| c.is_ascii_digit()));
        let starts =
            !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ':')) || is_joined();
        if starts {
            let mut trial = cursor;
            if clock::read(&mut trial, false).is_some() {
                let direct = trial;
                trial.spaces();
                let near = trial.at == direct.at;
                trial.skip('(');
                if let Some(zone) = read(&mut trial, near).or_else(|| in_front(text, cursor.at)) {
                    zones.push(zone);
                }
                cursor = direct;
                continue;
            }
        }
        cursor.at += 1;
    }
    zones
}

/// The zone that stands in front of a clock: `UTC 13:02`.
fn in_front(text: &str, at: usize) -> Option<Zone> {
    let before = text.get(..at)?.strip_suffix(' ')?;
    let start = before.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let word = before.get(start..).filter(|word| word.starts_with(['U', 'G']))?;
    read(&mut Cursor::new(word), false)
}
