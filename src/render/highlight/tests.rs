//! What code becomes.

use super::*;

fn html(language: &str, code: &str) -> String {
    Highlighter::default().html(language, code)
}

#[test]
fn common_languages_have_their_classes() {
    for (language, code, expected) in [
        (
            "rust",
            "let x = \"a\"; // b\nf(1)",
            "<span class=k>let </span>x = <span class=s>\"a\"</span>; <span class=c>// b</span>\n<span class=n>f</span>(<span class=m>1</span>)",
        ),
        (
            "yaml",
            "- key-a: 'v' # c\n  url: http://x",
            "- <span class=n>key-a</span>: <span class=s>'v' </span><span class=c># c</span>\n  <span class=n>url</span>: http://x",
        ),
        (
            "json",
            "{\"a\": [1, true]}",
            "{<span class=n>\"a\"</span>: [<span class=m>1</span>, <span class=k>true</span>]}",
        ),
        (
            "SQL",
            "select 1 FROM t -- x",
            "<span class=k>select </span><span class=m>1 </span><span class=k>FROM </span>t <span class=c>-- x</span>",
        ),
        ("bash", "echo $HOME a#b don't", "echo <span class=n>$HOME </span>a#b don't"),
        (
            "console",
            "$ kubectl get 'x'\nNAME",
            "<span class=c>$ </span>kubectl get <span class=s>'x'</span>\nNAME",
        ),
        (
            "diff",
            "@@ 1\n+a\n-b\n c",
            "<span class=k>@@ 1\n</span><span class=gi>+a\n</span><span class=gd>-b\n</span> c",
        ),
        ("toml", "[a]\nb = 1", "<span class=k>[a]</span>\n<span class=n>b </span>= <span class=m>1</span>"),
        (
            "markdown",
            "---\na: b\n---\n# T\n<!-- c -->\nx `y` z\n~~~\nd\n~~~\ne",
            "<span class=c>---\n</span><span class=n>a</span>: b\n<span class=c>---\n</span><span class=k># T\n</span><span class=c>&lt;!-- c --&gt;\n</span>x `<span class=s>y`</span> z\n<span class=s>~~~\nd\n~~~\n</span>e",
        ),
        (
            "html",
            "<a href=\"x\">&</a>",
            "<span class=k>&lt;a</span><span class=n> href=</span><span class=s>\"x\"</span><span class=k>&gt;</span>&amp;<span class=k>&lt;/a&gt;</span>",
        ),
    ] {
        assert_eq!(html(language, code).replace("&quot;", "\""), expected, "{language}");
    }
}

#[test]
fn unknown_and_plain_languages_and_huge_blocks_are_text() {
    for language in ["", "nosuchlanguage", "text"] {
        assert_eq!(html(language, "if <a>"), "if &lt;a&gt;");
    }
    let huge = "x = 1\n".repeat(20_000);
    assert_eq!(html("python", &huge), huge);
}

#[test]
fn a_language_without_a_lexer_has_a_grammar_that_is_asked_once() {
    let highlighter = Highlighter::default();
    let first = highlighter.html("elixir", "def a, do: \"b\" # c");
    assert!(first.contains("<span class=k>def"), "{first}");
    assert!(first.contains("<span class=c># c"), "{first}");
    assert_eq!(highlighter.memo.read().unwrap().html.len(), 1);
    assert_eq!(highlighter.html("elixir", "def a, do: \"b\" # c"), first);
}

#[test]
fn the_text_is_never_changed() {
    let strip = |html: &str| {
        let mut text = String::new();
        let mut rest = html;
        while let Some((before, after)) = rest.split_once('<') {
            text.push_str(before);
            rest = after.split_once('>').map_or("", |(_, after)| after);
        }
        text.push_str(rest);
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    };
    let code = "a 'b\n\"c\\\" é // # -- /* [x]\n@ü ${y $ 1.2. <!-- <a b='c' -->\n\n+x\n$ ls \"\"\" `q\r\n\t-- z: = 'ö'";
    for language in [
        "rust", "go", "python", "sql", "yaml", "json", "ini", "bash", "console", "html", "diff", "c", "css",
        "log", "haskell", "markdown",
    ] {
        assert_eq!(strip(&html(language, code)), code, "{language}");
    }
}
