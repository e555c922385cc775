//! Time zones as documents name them.

use std::{fmt, sync::Arc};

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A time zone: a fixed offset, or a place whose clocks may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Zone {
    /// A fixed offset from UTC, with the name that the document gives it (`UTC`, `PST`, `+02:00`).
    Fixed {
        /// Minutes east of UTC.
        minutes: i32,
        /// As written.
        name: Arc<str>,
    },
    /// A place whose clocks may change.
    Named {
        /// The zone of the IANA database.
        place: Tz,
        /// As written: `Europe/Oslo`, `ET`, `Pacific Time`.
        name: Arc<str>,
    },
}

/// What a local time means in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instant {
    /// The one moment.
    One(DateTime<Utc>),
    /// The clocks went back: the time occurred twice, an earlier and a later one.
    Twice(DateTime<Utc>, DateTime<Utc>),
    /// The clocks went forward: the time did not occur.
    Never,
}

impl Zone {
    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self::Fixed { minutes: 0, name: "UTC".into() }
    }

    /// A place by the name that the IANA database gives it.
    pub fn at(place: Tz) -> Self {
        Self::Named { place, name: place.name().into() }
    }

    /// The zone with this exact name: `UTC`, `Z`, an offset such as `+02:00`, or a name of the IANA database. The
    /// abbreviations that documents use (`CET`, `PST`) are the readers' business, since many mean several zones.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim();
        if name.eq_ignore_ascii_case("utc") || name.eq_ignore_ascii_case("gmt") || name == "Z" {
            return Some(Self::Fixed {
                minutes: 0,
                name: if name == "Z" { "UTC" } else { name }.to_uppercase().into(),
            });
        }
        if let Some(rest) = name.strip_prefix(['+', '-']) {
            let (hours, minutes) = match rest.split_once(':') {
                Some(parts) => parts,
                None if rest.len() == 4 => rest.split_at_checked(2)?,
                None => (rest, "0"),
            };
            let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
            let size = hours * 60 + minutes;
            if size == 0 {
                return Some(Self::utc());
            }
            let valid = (0..=14).contains(&hours) && (0..60).contains(&minutes);
            let minutes = if name.starts_with('-') { -size } else { size };
            return valid.then(|| Self::Fixed { minutes, name: name.into() });
        }
        name.parse().ok().map(Self::at)
    }

    /// What a local time means here.
    pub fn instant(&self, local: NaiveDateTime) -> Instant {
        let result = match self {
            Self::Fixed { minutes, .. } => match FixedOffset::east_opt(minutes * 60) {
                Some(offset) => offset.from_local_datetime(&local).map(|moment| moment.to_utc()),
                None => LocalResult::None,
            },
            Self::Named { place, .. } => place.from_local_datetime(&local).map(|moment| moment.to_utc()),
        };
        match result {
            LocalResult::Single(moment) => Instant::One(moment),
            LocalResult::Ambiguous(earlier, later) => Instant::Twice(earlier, later),
            LocalResult::None => Instant::Never,
        }
    }

    /// The offset from UTC in minutes at a local time; none when that time did not occur.
    pub fn offset_minutes(&self, local: NaiveDateTime) -> Option<i32> {
        match self {
            Self::Fixed { minutes, .. } => Some(*minutes),
            Self::Named { .. } => match self.instant(local) {
                Instant::One(moment) | Instant::Twice(moment, _) => {
                    i32::try_from((local - moment.naive_utc()).num_minutes()).ok()
                }
                Instant::Never => None,
            },
        }
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (offset, place, name) = match self {
            Self::Fixed { minutes, name } => (*minutes, "", name),
            Self::Named { place, name } => (0, place.name(), name),
        };
        (offset, place, &**name).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (minutes, place, name) = <(i32, String, String)>::deserialize(deserializer)?;
        let name = name.into();
        if place.is_empty() {
            return Ok(Self::Fixed { minutes, name });
        }
        let place = place.parse().map_err(|_| D::Error::custom("not a zone"))?;
        Ok(Self::Named { place, name })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed { name, .. } | Self::Named { name, .. } => f.write_str(name),
        }
    }
}

/// `+02:00`, as RFC 3339 writes an offset; `Z` for none.
pub fn offset_text(minutes: i32) -> String {
    if minutes == 0 {
        return "Z".to_owned();
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_name_and_by_offset() {
        let minutes = |name: &str| match Zone::from_name(name) {
            Some(Zone::Fixed { minutes, .. }) => Some(minutes),
            _ => None,
        };
        assert_eq!(minutes("UTC"), Some(0));
        assert_eq!(minutes("+02:00"), Some(120));
        assert_eq!(minutes("-0530"), Some(-330));
        assert_eq!(minutes("+9"), Some(540));
        assert_eq!(Zone::from_name("Europe/Oslo"), Some(Zone::at(chrono_tz::Europe::Oslo)));
        for wrong in ["", "Mars/Olympus", "+99:00", "+2:99", "+é0"] {
            assert_eq!(Zone::from_name(wrong), None, "{wrong}");
        }
    }
}
