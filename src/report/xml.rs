//! Values as XML, for the formats that are older than JSON.

use quick_xml::se::Serializer;
use serde::Serialize;

/// A value as an indented document with a root of this name.
pub(super) fn to_xml(root: &str, value: &impl Serialize) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // A value made of plain structs under a root with a good name cannot fail to become XML.
    let written = Serializer::with_root(&mut out, Some(root)).and_then(|mut serializer| {
        serializer.indent(' ', 2);
        value.serialize(serializer)
    });
    drop(written);
    out.push('\n');
    out
}

/// The text with what may not stand in an XML document, not even escaped, replaced.
pub(super) fn legal(text: &str) -> String {
    let is_legal = |letter: char| matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|letter| if is_legal(letter) { letter } else { '\u{fffd}' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Note<'a> {
        #[serde(rename = "@about")]
        about: &'a str,
        #[serde(rename = "$text")]
        text: &'a str,
    }

    #[test]
    fn markup_in_a_value_is_text() {
        assert_eq!(
            to_xml("note", &Note { about: "\"<&>'", text: "]]> <b> & \"" }),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <note about=\"&quot;&lt;&amp;&gt;'\">]]&gt; &lt;b&gt; &amp; \"</note>\n"
        );
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(legal("a\u{0}b\u{ffff}c\u{1f525}\n"), "a\u{fffd}b\u{fffd}c\u{1f525}\n");
    }
}
