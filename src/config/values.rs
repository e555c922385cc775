//! Values of `book.toml` that are more than text: patterns, globs, zones. Each is checked while it is read, so that a
//! wrong one is reported at its own place.

use std::{borrow::Cow, fmt};

use chrono::NaiveDate;
use globset::{Glob, GlobMatcher};
use regex::Regex;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::{
    data::{OneOrMany, Text},
    model::Zone,
};

/// How `03/04/2026` is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// As the dates of all documents together show; day first when they show nothing.
    #[default]
    Auto,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

/// Whether a file may hold many incidents, and by which headings they are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Split {
    /// A file is one postmortem.
    #[default]
    Never,
    /// Headings of the first level.
    H1,
    /// Headings of the second level.
    H2,
    /// Headings of the third level.
    H3,
    /// Headings of the fourth level.
    H4,
}

impl Split {
    /// The level of the headings, from 1.
    pub const fn level(self) -> Option<u8> {
        match self {
            Self::Never => None,
            Self::H1 => Some(1),
            Self::H2 => Some(2),
            Self::H3 => Some(3),
            Self::H4 => Some(4),
        }
    }
}

/// A colour by day and by night: one for both, or a list of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colour {
    /// By day, as style sheets write it.
    pub light: String,
    /// By night.
    pub dark: String,
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut colours = OneOrMany::<String>::deserialize(deserializer)?.0;
        // A name, `#` and digits, or a function of numbers: nothing that could end the declaration.
        let is_colour = |text: &String| {
            text.starts_with(|letter: char| letter == '#' || letter.is_ascii_alphabetic())
                && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "#(),.%/ -".contains(letter))
        };
        if let Some(wrong) = colours.iter().find(|text| !is_colour(text)) {
            return Err(D::Error::custom(format!("`{wrong}` is not a colour; write it as `#0f5c4a`")));
        }
        let second = if colours.len() == 2 { colours.pop() } else { None };
        match (colours.pop(), colours.is_empty()) {
            (Some(light), true) => Ok(Self { dark: second.unwrap_or_else(|| light.clone()), light }),
            _ => Err(D::Error::custom("expected one colour, or a list of one by day and one by night")),
        }
    }
}

impl JsonSchema for Colour {
    fn schema_name() -> Cow<'static, str> {
        "Colour".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "array"],
            "items": { "type": "string" },
            "minItems": 1,
            "maxItems": 2,
            "description": "A colour such as `#0f5c4a`, or a list of the one by day and the one by night",
        })
    }
}

/// A regular expression.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// The compiled expression.
    pub const fn regex(&self) -> &Regex {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Regex::new(&text).map(Self).map_err(|error| {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            D::Error::custom(format!("`{text}` is not a regular expression: {reason}"))
        })
    }
}

/// A pattern for paths below the root: `2024/**`, `*.draft.md`.
#[derive(Debug, Clone)]
pub struct PathGlob(GlobMatcher);

impl PathGlob {
    /// True when the path fits.
    pub fn matches(&self, path: &str) -> bool {
        self.0.is_match(path)
    }

    /// As written.
    pub fn text(&self) -> &str {
        self.0.glob().glob()
    }
}

impl<'de> Deserialize<'de> for PathGlob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Glob::new(&text)
            .map(|glob| Self(glob.compile_matcher()))
            .map_err(|error| D::Error::custom(format!("`{text}` is not a path pattern: {}", error.kind())))
    }
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        text.parse()
            .map(Self)
            .map_err(|_| D::Error::custom(format!("`{}` is not a day; write `2026-03-14`", text.0)))
    }
}

/// A time zone by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneName(pub Zone);

impl<'de> Deserialize<'de> for ZoneName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Zone::from_name(&text).map(Self).ok_or_else(|| {
            D::Error::custom(format!(
                "`{text}` is not a time zone; write `UTC`, an offset such as `+02:00` or a name such as `Europe/Oslo`"
            ))
        })
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! text_schema {
    ($($type:ty => $name:literal, $description:literal;)*) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "description": $description })
            }
        }
    )*};
}

text_schema! {
    Pattern => "Pattern", "A regular expression.";
    PathGlob => "PathGlob", "A pattern for paths below the root, such as `2024/**`.";
    ZoneName => "ZoneName", "`UTC`, an offset such as `+02:00`, or a name of the IANA database.";
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "description": "A day, such as `2026-03-14`." })
    }
}
