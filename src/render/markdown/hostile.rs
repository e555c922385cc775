//! Documents that mean harm: nothing of them runs, nothing hangs, nothing panics.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::render::words::english;

/// The pages' side at its most trusting: every address is taken as it is.
struct Gullible;

impl Destinations for Gullible {
    fn link(&self, destination: &str) -> Target {
        Target::Site(destination.to_owned())
    }

    fn image(&self, destination: &str) -> Target {
        Target::Site(destination.to_owned())
    }
}

fn html(text: &str) -> String {
    let options = Options { destinations: &Gullible, ..Options::default() };
    Markdown::new(english()).to_html(text, &options).html
}

const ELEMENTS: &[&str] = &[
    "script", "style", "iframe", "object", "embed", "svg", "math", "form", "input", "button", "base", "meta",
    "link", "template", "textarea", "video", "audio",
];

/// What a browser would find in the HTML that must not be there. Reads tags as a browser does, not as this crate writes.
fn offences(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let from = &rest[at + 1..];
        rest = from;
        let Some(first) = from.chars().next() else { break };
        if first == '!' || first == '?' {
            found.push(from.chars().take(20).collect());
        }
        let name: String =
            from.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if ELEMENTS.contains(&name.as_str()) {
            found.push(name.clone());
        }
        if !first.is_ascii_alphabetic() {
            continue;
        }
        let (attributes, length) = attributes(&from[name.len()..]);
        for (key, value) in attributes {
            let value: String = value.chars().filter(|char| !char.is_control() && *char != ' ').collect();
            let address =
                ["href", "src", "action", "formaction", "srcset", "xlink:href"].contains(&key.as_str());
            let scheme = value.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
            let web =
                scheme.starts_with("http:") || scheme.starts_with("https:") || scheme.starts_with("mailto:");
            let loads_elsewhere = key == "src" && (web || value.starts_with("//"));
            if key.starts_with("on") || key == "style" || key == "srcdoc" || loads_elsewhere {
                found.push(format!("{key}={value}"));
            }
            if address && scheme.contains(':') && !web {
                found.push(format!("{key}={value}"));
            }
        }
        rest = &from[(name.len() + length).min(from.len())..];
    }
    found
}

fn attributes(from: &str) -> (Vec<(String, String)>, usize) {
    let mut attributes = Vec::new();
    let mut chars = from.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        if char == '>' {
            return (attributes, at);
        }
        if char.is_whitespace() || char == '/' {
            continue;
        }
        let mut key = char.to_string();
        while let Some((_, next)) = chars.next_if(|(_, next)| !next.is_whitespace() && !"=>/".contains(*next))
        {
            key.push(next);
        }
        let mut value = String::new();
        if chars.next_if(|(_, next)| *next == '=').is_some() {
            let quote = chars.next_if(|(_, next)| *next == '"' || *next == '\'').map(|(_, quote)| quote);
            while let Some((_, next)) = chars.next_if(|(_, next)| match quote {
                Some(quote) => *next != quote,
                None => !next.is_whitespace() && *next != '>',
            }) {
                value.push(next);
            }
            if quote.is_some() {
                chars.next();
            }
        }
        let value = value.replace("&#39;", "'").replace("&colon;", ":").replace("&amp;", "&");
        attributes.push((key.to_ascii_lowercase(), value));
    }
    (attributes, from.len())
}

/// Pieces that attacks are made of.
const PROBES: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\" \n onerror\n=alert(1)//",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<a href=\" &#14; javascript:alert(1)\">x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](<java\\\nscript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "![x](javascript:alert(1))",
    "![x](x \"\\\" onerror=alert(1)\")",
    "![\" onerror=alert(1)](x)",
    "[x](https://e.example/\"onmouseover=alert(1))",
    "<javascript:alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<a target=_blank href=https://e.example ping=https://e.example>x</a>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<p title=\"<img src=x onerror=alert(1)>",
    "<table><td><img src=x onerror=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "<!-- internal --><img src=x onerror=alert(1)><!-- /internal -->",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "```\"onclick=alert(1)\nx\n```",
    "## <img src=x onerror=alert(1)> {#\"onclick=alert(1)}",
    "## x {#a}",
    "[^\"onclick=1]\n\n[^\"onclick=1]: <script>alert(1)</script>",
    "<b data-t=\"0:0\">x</b>",
    "https://e.example/\"onclick=alert(1)",
    "<xmp><script>alert(1)</script>",
    "<plaintext>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "| <script> | <img src=x onerror=alert(1)> |\n|-|-|\n| `</td>` | <a href='javascript:x'>y</a> |",
    "\u{0}javascript:alert(1)",
];

#[test]
fn no_probe_survives() {
    for probe in PROBES {
        assert_eq!(offences(&html(probe)), Vec::<String>::new(), "{probe}\n{}", html(probe));
    }
}

#[test]
fn the_check_itself_finds_what_it_looks_for() {
    for (bad, offence) in [
        ("<p>a</p><script>", "script"),
        ("<img alt=\"<\" onerror=x>", "onerror=x"),
        ("<a href='javascript:x'>", "href=javascript:x"),
        ("<a href=\" java\nscript&colon;x\">", "href=javascript:x"),
        ("<img src=\"https://e.example/x.png\">", "src=https://e.example/x.png"),
        ("<!-- x", "!-- x"),
    ] {
        assert_eq!(offences(bad), [offence]);
    }
    assert_eq!(offences("<p title=\"onclick=x\">onclick=x javascript:x</p>"), Vec::<String>::new());
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a hang is a matter of time; what is quadratic takes minutes here"
)]
fn depth_costs_no_more_than_length() {
    let many = |text: &str| text.repeat(40_000);
    let documents = [
        many("> "),
        many("- "),
        many("*a "),
        many("["),
        many("![a]("),
        many("<div>"),
        many("<b a>"),
        many("<table><td>"),
        many("</div>"),
        many("<!-- internal -->\n\n"),
        many("- <!-- internal --> a\n"),
        many("| a "),
        many("[^1]"),
        format!("{}\n\n[^1]: x", many("[^1]")),
        many("`a"),
        many("www."),
        many(":a"),
        many("https://a("),
        many("https://("),
        format!("https://a.example/{}", many(")")),
        (1..30).map(|depth| "  ".repeat(depth) + "- a\n").collect(),
        "<details>\n\n".repeat(3_000),
        "<b>x\n\n".repeat(3_000),
        "## a\n".repeat(20_000),
    ];
    for document in documents {
        let before = Instant::now();
        let rendered = html(&document);
        let start: String = document.chars().take(30).collect();
        assert!(before.elapsed() < Duration::from_secs(30), "{start}: {:?}", before.elapsed());
        assert!(rendered.len() < document.len() * 60 + 1000, "{start}: {}", rendered.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_mixture_of_probes_survives(
        parts in prop::collection::vec(
            prop_oneof![
                prop::sample::select(PROBES).prop_map(str::to_owned),
                "[<>\"'&`*_\\[\\]()!#|/=: \n-]{1,12}",
                "(<|</)(a|img|div|b|script|style|td|p|pre|code|li)( |/|>|\n)(href=|src=|onload=|title=\")?",
                "\\PC{0,6}",
            ],
            0..12,
        ),
        cut in 0usize..400,
    ) {
        let text: String = parts.concat().chars().take(cut + 40).collect();
        let found = offences(&html(&text));
        prop_assert!(found.is_empty(), "{found:?}\n{text}\n{}", html(&text));
    }

    #[test]
    fn spans_lie_in_the_text_and_rendering_is_repeatable(text in "\\PC{0,80}(\n\n?[#>*\\-|<\\[] ?\\PC{0,40}){0,6}") {
        let markdown = Markdown::new(english());
        let options = Options { destinations: &Gullible, ..Options::default() };
        let first = markdown.to_html(&text, &options);
        for heading in &first.headings {
            prop_assert!(text.get(heading.span.start..heading.span.end).is_some());
        }
        prop_assert_eq!(first, markdown.to_html(&text, &options));
    }
}
