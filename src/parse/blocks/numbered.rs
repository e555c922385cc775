//! Lists that go on behind a line of text: `4. Cap the queue` right below a paragraph is text to Markdown, where only a one
//! may begin a list, and an item to whoever counted on from the three above.

use super::{Block, Item, Kind};
use crate::{parse::inline::Inline, source::Span};

/// The number behind the last one of a list, of which this is the source. None for one without numbers.
pub(super) fn next(source: &str, items: usize) -> Option<usize> {
    let digits = source.bytes().take_while(u8::is_ascii_digit).count();
    source.get(..digits)?.parse::<usize>().ok()?.checked_add(items)
}

/// The text in front of the item with a number, and the items from there on. None unless all lines count on from it.
pub(super) fn list(text: &Inline, number: usize) -> Option<(Inline, Span, Vec<Item>)> {
    let begins = |number: usize| format!("\n{number}. ");
    let start = text.text.find(&begins(number))?;
    let (mut at, mut number) = (start, number);
    let mut items = Vec::new();
    while at < text.text.len() {
        number = number.checked_add(1)?;
        let rest = text.text.get(at + 1..)?;
        let mark = rest.find(' ')? + 1;
        let end = rest.find(&begins(number)).unwrap_or(rest.len());
        if rest.get(..end)?.contains('\n') {
            return None;
        }
        let item = text.slice(at + 1 + mark..at + 1 + end);
        items.push(Item {
            span: text.source(at + 1..at + 1 + end),
            checked: None,
            blocks: vec![Block { span: item.span, kind: Kind::Paragraph(item) }],
        });
        at += 1 + end;
    }
    let span = items.first()?.span.join(items.last()?.span);
    Some((text.slice(0..start), span, items))
}

#[cfg(test)]
mod tests {
    use crate::parse::blocks::{self, Kind};

    /// What kind of block each is, with its lines or the texts of its items.
    fn shapes(text: &str) -> Vec<String> {
        let body = blocks::read(text, 0);
        let shape = |kind: &Kind| match kind {
            Kind::Paragraph(text) => format!("text {}", text.text.replace('\n', " / ")),
            Kind::List(items) => {
                let texts: Vec<&str> =
                    items.iter().filter_map(|item| Some(item.text()?.text.as_str())).collect();
                format!("list {}", texts.join(" / "))
            }
            _ => "other".to_owned(),
        };
        body.blocks.iter().map(|block| shape(&block.kind)).collect()
    }

    #[test]
    fn a_list_goes_on_below_a_line_of_text() {
        let first = "**Now:**\n1. Cap the queue\n2. Page on lag\n\n";
        assert_eq!(
            shapes(&format!("{first}**Later:**\n3. Add a node\n4. Test *it*\n\n**Last:**\n5. Tell all\n")),
            [
                "text Now:",
                "list Cap the queue / Page on lag",
                "text Later:",
                "list Add a node / Test it",
                "text Last:",
                "list Tell all"
            ]
        );
    }

    #[test]
    fn numbers_that_do_not_count_on_are_text() {
        let list = "1. Cap the queue\n2. Page on lag\n";
        for text in ["It went up to\n3.5 times", "As of\n4. Add a node", "Later:\n3. Add a node\nor two"] {
            let as_text = format!("text {}", text.replace('\n', " / "));
            assert_eq!(shapes(&format!("{list}\n{text}\n")), ["list Cap the queue / Page on lag", &as_text]);
        }
        let below = ["list Cap the queue / Page on lag", "other", "text Now / 3. Add a node"];
        assert_eq!(shapes(&format!("{list}\n## Later\n\nNow\n3. Add a node\n")), below);
    }
}
