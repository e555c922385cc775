//! Values as JSON for programs, which somebody may also look at in a terminal.
//!
//! The control characters that JSON leaves as they are stand there escaped as well: some terminals obey them.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

/// A value as indented JSON with a final line end.
pub fn to_json(value: &impl Serialize) -> String {
    text(|out| write_json(value, out))
}

/// The same on a single line.
pub fn to_json_line(value: &impl Serialize) -> String {
    text(|out| write_json_line(value, out))
}

/// Writes a value as indented JSON with a final line end, as it is made.
pub fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Indented(PrettyFormatter::new())))?;
    out.write_all(b"\n")
}

/// The same on a single line.
pub fn write_json_line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, OnOneLine))?;
    out.write_all(b"\n")
}

fn text(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    // A value made of plain structs cannot fail to become JSON, nor to be written to memory.
    let written = write(&mut bytes).ok().and_then(|()| String::from_utf8(bytes).ok());
    written.unwrap_or_default()
}

/// A part of a string, in which JSON needs nothing escaped.
fn fragment<W: ?Sized + Write>(out: &mut W, text: &str) -> io::Result<()> {
    // The first bytes of all of them, which hardly any text has.
    if memchr::memchr2(0x7f, 0xc2, text.as_bytes()).is_none() {
        return out.write_all(text.as_bytes());
    }
    let mut rest = text;
    while let Some(at) = rest.find(|letter| ('\u{7f}'..='\u{9f}').contains(&letter)) {
        let (before, from) = rest.split_at(at);
        out.write_all(before.as_bytes())?;
        let mut letters = from.chars();
        let control = letters.next().map_or(0, u32::from);
        write!(out, "\\u{control:04x}")?;
        rest = letters.as_str();
    }
    out.write_all(rest.as_bytes())
}

struct OnOneLine;

impl Formatter for OnOneLine {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        fragment(out, text)
    }
}

struct Indented(PrettyFormatter<'static>);

/// What the formatter of the library does, handed on.
macro_rules! hand_on {
    ($($name:ident($($first:ident)?);)*) => {$(
        fn $name<W: ?Sized + Write>(&mut self, out: &mut W $(, $first: bool)?) -> io::Result<()> {
            self.0.$name(out $(, $first)?)
        }
    )*};
}

impl Formatter for Indented {
    hand_on! {
        begin_array();
        end_array();
        begin_array_value(first);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first);
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        fragment(out, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_that_a_terminal_obeys_are_escaped_and_nothing_else_is_changed() {
        let value = serde_json::json!({ "a": ["x\u{9b}31m\u{7f}é\n", 1.5, {}, []], "b": null });
        assert_eq!(to_json_line(&value), "{\"a\":[\"x\\u009b31m\\u007fé\\n\",1.5,{},[]],\"b\":null}\n");
        let plain = serde_json::json!({ "a": [1, {}, { "b": "é" }], "c": [] });
        assert_eq!(to_json(&plain), format!("{}\n", serde_json::to_string_pretty(&plain).unwrap()));
    }
}
