//! Imports and exports of MDX: statements of JavaScript between the Markdown.

/// A longer statement is none.
const LONGEST: usize = 8_000;

/// The length of the import or export that a text begins with; none where it begins with anything else.
pub(super) fn length(text: &str) -> Option<usize> {
    if !text.starts_with("import ") && !text.starts_with("export ") {
        return None;
    }
    let length = statement(text)?;
    let written = text.get(..length)?;
    let words = written.trim_end().trim_end_matches(';');
    let is_statement = match words.split_at_checked("import ".len())? {
        ("import ", _) => words.ends_with(['"', '\'']),
        (_, rest) if rest.starts_with("default ") => {
            written.trim_end().ends_with(';') || words.ends_with([')', '}', '>'])
        }
        (_, rest) if rest.starts_with("const ") => rest.lines().next().is_some_and(|line| line.contains('=')),
        (_, rest) => {
            rest.starts_with("function ") && words.ends_with('}')
                || rest.starts_with('{') && words.ends_with(['}', '"', '\''])
        }
    };
    is_statement.then_some(length)
}

/// The length of the statement that a text begins with: up to the end of the line on which all brackets are closed.
fn statement(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    let mut quote = None;
    let mut last = ' ';
    let mut letters = text.char_indices().take_while(|(at, _)| *at < LONGEST);
    while let Some((at, letter)) = letters.next() {
        match (quote, letter) {
            (Some(_), '\\') => {
                letters.next();
            }
            (None, '\n') if open == 0 && last != '=' => return Some(at),
            // Only backticks go on over the end of a line; an apostrophe between tags ends nowhere.
            (Some('"' | '\''), '\n') => quote = None,
            (Some(sign), _) if sign == letter => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(letter),
            (None, '{' | '(' | '[') => open += 1,
            (None, '}' | ')' | ']') => open = open.checked_sub(1)?,
            _ => {}
        }
        if !letter.is_whitespace() {
            last = letter;
        }
    }
    (open == 0 && text.len() < LONGEST).then_some(text.len())
}
