//! The colours that a site sets in `book.toml`, behind all style sheets of its look.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::{
    config::{Colour, RULE},
    data::{Spanned, nearest},
    diagnostic::Finding,
    render::theme::Problem,
};

/// Adds the colours to a style sheet that has a property for each, and says which ones nothing in it uses.
pub(super) fn add(colours: &BTreeMap<String, Spanned<Colour>>, sheet: &mut Vec<u8>) -> Vec<Problem> {
    if colours.is_empty() {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(sheet).into_owned();
    let known = names(&text);
    let mut rules = String::new();
    let mut problems = Vec::new();
    for (name, colour) in colours {
        if known.contains(name.as_str()) {
            let Colour { light, dark } = &colour.value;
            // Writing to a string cannot fail.
            let _ = write!(rules, "--{name}:light-dark({light},{dark});");
        } else {
            let finding = Finding::new(RULE, colour.span, format!("the look has no colour `{name}`"));
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has `{}`", known.iter().copied().collect::<Vec<_>>().join("`, `")),
            };
            problems.push(Problem::error("book.toml", finding.help(help)));
        }
    }
    if !rules.is_empty() {
        sheet.extend_from_slice(format!(":root{{{rules}}}\n").as_bytes());
    }
    problems
}

/// The custom properties that have one colour by day and another by night.
fn names(sheet: &str) -> BTreeSet<&str> {
    sheet
        .lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
            value.trim_start().starts_with("light-dark(").then_some(name)
        })
        .collect()
}
