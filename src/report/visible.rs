//! Text out of documents, made safe for a terminal.
//!
//! A document can hold escape sequences that recolour, retitle or even drive the terminal that shows them. Nothing from
//! a document reaches one without passing through here or through the snippet renderer, which does the same.

use std::borrow::Cow;

/// The text on one line, with every control character shown instead of sent.
pub fn visible(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(
        &harmless(text).replace("\r\n", " ").replace(['\n', '\t'], " "),
    )
}

/// The text with the C1 control characters replaced, which the snippet renderer lets through and some terminals obey.
/// The replacement is as long as what it replaces, so that spans stay right.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let is_c1 = |letter: char| ('\u{80}'..='\u{9f}').contains(&letter);
    if text.contains(is_c1) { Cow::Owned(text.replace(is_c1, "·")) } else { Cow::Borrowed(text) }
}
