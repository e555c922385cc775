//! Tables, for the forms that know nothing deeper: what a column is called, what it means, and what it holds.

use std::{borrow::Cow, fmt};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// Nothing: it is not known, or does not apply.
    Null,
    /// Yes or no.
    Flag(bool),
    /// A count, a number of seconds or days.
    Integer(i64),
    /// A number with a fraction.
    Real(f64),
    /// Anything else.
    Text(Cow<'a, str>),
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Flag(flag) => f.write_str(if *flag { "yes" } else { "no" }),
            Self::Integer(number) => number.fmt(f),
            Self::Real(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<T: Into<Self>> From<Option<T>> for Value<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// What the cells of a column hold, where they hold something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    /// What tells the rows of the table apart.
    Id,
    /// The id of a postmortem.
    OfPostmortem,
    Text,
    Integer,
    Real,
    Flag,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: Cow<'static, str>,
    pub(super) holds: Type,
    /// What it means, for the description of the tables.
    pub(super) about: &'static str,
}

/// A table without its rows, each of which is as long as the list of columns. There may be more rows than should be in
/// memory: each goes where it is written as soon as it is made.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// What a row is, for the description of the tables.
    pub(super) about: &'static str,
    pub(super) columns: Vec<Column>,
}

/// Where the rows of a table go.
pub(super) type Put<'p> = &'p mut dyn FnMut(&[Value<'_>]);

/// A column of a table that is made from one kind of object, and how the object fills it.
pub(super) type Filled<Of> = (&'static str, Type, &'static str, Of);

impl Table {
    /// A table with these columns.
    pub(super) fn new<Of>(name: &'static str, about: &'static str, columns: &[Filled<Of>]) -> Self {
        let columns = columns.iter().map(|(name, holds, about, _)| Column {
            name: Cow::Borrowed(*name),
            holds: *holds,
            about,
        });
        Self { name, about, columns: columns.collect() }
    }
}
