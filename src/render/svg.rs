//! Pictures that could act. An SVG file runs nothing while a page shows it as an image, but a reader who opens the file
//! itself opens a document on the site's own origin, with its scripts. Such a file is not published.
//!
//! Nothing is taken out of a picture: one that is changed is no longer the one that its author looked at.

use std::sync::LazyLock;

use regex::Regex;

/// Scripts, handlers, foreign markup, entities that could spell any of them, and addresses that run.
static ACTIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?isx)
        <\s*(?:[\w-]+:)?(?:script|foreignobject|iframe|embed|object|handler|listener)\b
        | <!\s*(?:entity|doctype[^>]*\[)
        | <\?\s*xml-stylesheet
        | [\s"'/]on[a-z]+\s*=
        | (?:java|vb)script\s*:
        | data\s*:\s*(?:text|application|image/svg)
        | href\s*=\s*(?:"[^"]*&[^"]*"|'[^']*&[^']*')
        "#,
    )
    .ok()
});

/// True when the file could run something, or cannot be judged because it is not UTF-8 text.
pub fn is_active(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return true };
    ACTIVE.as_ref().is_none_or(|active| active.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_not_active() {
        let drawing = br##"<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" role="img" aria-label="Load on the 3rd">
<!-- from the dashboard --><style>.only { fill: #336 }</style>
<defs><linearGradient id="g"/></defs><use href="#g"/><text>begins on = Monday &amp; ends &#8211; later</text></svg>"##;
        assert!(!is_active(drawing));
    }

    #[test]
    fn whatever_could_run_is_active() {
        for probe in [
            "<svg><script>alert(1)</script></svg>",
            "<svg><svg:script href='x.js'/></svg>",
            "<svg onload=alert(1)></svg>",
            "<svg><rect\nonclick = \"x()\"/></svg>",
            "<svg><rect fill='a'onfocus='x()'/></svg>",
            "<svg><a href='javascript:alert(1)'>x</a></svg>",
            "<svg><a href=\"java&#115;cript:alert(1)\">x</a></svg>",
            "<svg><set attributeName='href' to='JavaScript:alert(1)'/></svg>",
            "<svg><foreignObject><p>x</p></foreignObject></svg>",
            "<!DOCTYPE svg [ <!ENTITY x 'y'> ]><svg>&x;</svg>",
            "<?xml-stylesheet href='x.xsl' type='text/xsl'?><svg/>",
            "<svg><use href='data:image/svg+xml;base64,AA'/></svg>",
        ] {
            assert!(is_active(probe.as_bytes()), "{probe}");
        }
        assert!(is_active(&[0xff, 0xfe, b'<', 0]));
    }
}
