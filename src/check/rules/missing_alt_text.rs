//! An image without words for those who cannot see it.

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "missing-alt-text",
    group: Group::Links,
    default_level: Level::Warning,
    stage: Stage::WhenFinished,
    summary: "An image has no text that says what it shows",
    docs: include_str!("missing_alt_text.md"),
    scope: Scope::Document(check),
};

/// What editors and clipboards write in place of a description.
const EMPTY_WORDS: [&str; 11] = [
    "alt",
    "alt text",
    "alt_text",
    "attachment",
    "grafik",
    "image",
    "img",
    "photo",
    "picture",
    "screen shot",
    "screenshot",
];

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for image in document.postmortem.links.iter().filter(|link| link.is_image) {
        let message = if image.text.trim().is_empty() {
            format!("the image `{}` has no alternative text", image.target)
        } else if says_nothing(&image.text) {
            format!("the alternative text `{}` does not say what the image shows", image.text.trim())
        } else {
            continue;
        };
        findings.push(
            Finding::new(RULE.name, image.span, message)
                .help("say what a reader should see in it: `![Error rate, 2 % to 21 % from 13:02](…)`"),
        );
    }
}

/// A file name, or a word such as `image 3`.
fn says_nothing(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let is_file = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"].iter().any(|end| text.ends_with(end));
    let words = text.trim_end_matches(|letter: char| {
        letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '_' | '(' | ')' | '.' | ':')
    });
    is_file || EMPTY_WORDS.contains(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_and_bare_words_say_nothing() {
        for text in ["image.png", "Screenshot 3", "image-20240101-1", "IMG", "alt text"] {
            assert!(says_nothing(text), "{text}");
        }
        for text in ["Error rate by region", "image of the rack", "CPU"] {
            assert!(!says_nothing(text), "{text}");
        }
    }
}
