//! Paragraphs with a `<br>` in the middle of a line: the lines of the source are where a formatter wrapped them, and say
//! nothing.

use crate::parse::inline::Inline;

/// True when a tag for a new line has text behind it on the line of the source.
pub(super) fn breaks_within(behind: &str) -> bool {
    let line = behind.lines().next().unwrap_or_default();
    !line.trim().is_empty()
}

/// The same text with a space for each line that only its source has.
pub(super) fn unwrapped(mut inline: Inline, document: &str, base: usize) -> Inline {
    let is_wrapped = |at: usize| {
        let place = inline.source(at..at + 1).start.checked_sub(base);
        place.and_then(|place| document.get(place..)).is_some_and(|source| source.starts_with('\n'))
    };
    let letters = inline.text.char_indices();
    inline.text =
        letters.map(|(at, letter)| if letter == '\n' && is_wrapped(at) { ' ' } else { letter }).collect();
    inline
}

#[cfg(test)]
mod tests {
    use crate::parse::blocks::{self, Kind};

    #[test]
    fn where_lines_end_with_a_tag_within_them_those_of_the_source_say_nothing() {
        let lines = |text: &str| {
            let body = blocks::read(text, 0);
            let Some(Kind::Paragraph(text)) = body.blocks.first().map(|block| &block.kind) else {
                panic!("{body:?}")
            };
            text.lines().iter().map(|line| line.text.clone()).collect::<Vec<_>>()
        };
        let expected = ["13:02 Pages go out", "13:09 Index rebuilt"];
        assert_eq!(lines("13:02 Pages\n*go* out <br/> 13:09 Index\nrebuilt\n"), expected);
        assert_eq!(lines("13:02 Pages *go* out<br>\n13:09 Index rebuilt\n"), expected);
        assert_eq!(lines("13:02 Pages<br>\ngo out\n"), ["13:02 Pages", "go out"]);
    }
}
