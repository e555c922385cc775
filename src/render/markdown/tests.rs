//! What whole documents become.

use super::*;
use crate::render::words::english;

struct Archive;

impl Destinations for Archive {
    fn link(&self, destination: &str) -> Target {
        match destination.strip_suffix(".md") {
            Some(stem) if !destination.starts_with("..") => Target::Site(format!("../{stem}/")),
            _ => Target::Nowhere,
        }
    }

    fn image(&self, destination: &str) -> Target {
        if destination.starts_with("..") {
            Target::Nowhere
        } else {
            Target::Site(format!("assets/{destination}"))
        }
    }

    fn mentions(&self, text: &str) -> Vec<(std::ops::Range<usize>, String)> {
        text.match_indices("SHOP-7")
            .map(|(at, key)| (at..at + key.len(), format!("https://t.example/{key}")))
            .collect()
    }
}

fn rendered(text: &str) -> Rendered {
    Markdown::new(english())
        .to_html(text, &Options { destinations: &Archive, title: "Checkout latency", ..Options::default() })
}

fn html(text: &str) -> String {
    rendered(text).html.trim_end().to_owned()
}

#[test]
fn the_title_is_not_said_twice_and_no_level_is_skipped() {
    let page = rendered("# Checkout  latency\n\n### Impact `p99` :tada:\n\n##### Detail\n\n# Impact\n");
    assert_eq!(
        page.html,
        "<h2 id=\"impact-p99-tada\">Impact <code>p99</code> 🎉 <a class=\"anchor\" href=\"#impact-p99-tada\" aria-label=\"Link to this section\">#</a></h2>\n\
         <h3 id=\"detail\">Detail <a class=\"anchor\" href=\"#detail\" aria-label=\"Link to this section\">#</a></h3>\n\
         <h2 id=\"impact\">Impact <a class=\"anchor\" href=\"#impact\" aria-label=\"Link to this section\">#</a></h2>\n"
    );
    let levels: Vec<_> = page.headings.iter().map(|heading| (heading.level, heading.page_level)).collect();
    assert_eq!(levels, [(3, 2), (5, 3), (1, 2)]);
    assert_eq!(page.headings.first().map(|heading| heading.span), Some(Span::new(21, 45)));
}

#[test]
fn a_heading_may_name_its_anchor() {
    let page = rendered("## Root cause {#why}\n\n## In {service}\n");
    let anchors: Vec<_> = page.headings.iter().map(|heading| (&*heading.anchor, &*heading.text)).collect();
    assert_eq!(anchors, [("why", "Root cause"), ("in-service", "In {service}")]);
    assert!(page.html.contains("<h2 id=\"why\">Root cause <a"), "{}", page.html);
}

#[test]
fn a_table_scrolls_and_says_what_it_is() {
    assert_eq!(
        html("## Impact\n\n| | n |\n|:--|--:|\n| a | 1 |\n").lines().skip(1).collect::<Vec<_>>().join("\n"),
        "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table: Impact\"><table>\n\
         <thead><tr><td class=\"align-left\"></td><th scope=\"col\" class=\"align-right\">n</th></tr></thead>\n\
         <tbody>\n<tr><td class=\"align-left\">a</td><td class=\"align-right\">1</td></tr>\n</tbody></table></div>"
    );
}

#[test]
fn a_table_without_a_header_names_its_rows() {
    assert_eq!(
        html("| | |\n|-|-|\n| Severity | SEV2 |\n"),
        "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table><tbody>\n\
         <tr><th scope=\"row\">Severity</th><td>SEV2</td></tr>\n</tbody></table></div>"
    );
}

#[test]
fn tasks_are_read_out_and_cannot_be_ticked() {
    assert_eq!(
        html("- [x] a\n- [ ] b\n"),
        "<ul><li class=\"task\"><span class=\"task-box is-done\" aria-hidden=\"true\">☑</span>\
         <span class=\"visually-hidden\">done: </span> a</li>\n\
         <li class=\"task\"><span class=\"task-box\" aria-hidden=\"true\">☐</span>\
         <span class=\"visually-hidden\">to do: </span> b</li>\n</ul>"
    );
}

#[test]
fn an_alert_has_a_title() {
    assert_eq!(
        html("> [!WARNING]\n> Hot."),
        "<div class=\"alert alert-warning\" role=\"note\"><p class=\"alert-title\">Warning</p>\n<p>Hot.</p>\n</div>"
    );
}

#[test]
fn footnotes_stand_at_the_end_in_the_order_of_use() {
    assert_eq!(
        html("a[^b] c[^a] d[^b] e[^none]\n\n[^a]: A\n[^b]: B\n[^lost]: L\n"),
        "<p>a<sup id=\"fnref-1\" class=\"footnote-ref\"><a href=\"#fn-1\" aria-label=\"Footnote 1\">1</a></sup> \
         c<sup id=\"fnref-2\" class=\"footnote-ref\"><a href=\"#fn-2\" aria-label=\"Footnote 2\">2</a></sup> \
         d<sup class=\"footnote-ref\"><a href=\"#fn-1\" aria-label=\"Footnote 1\">1</a></sup> e[^none]</p>\n\
         <section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n\
         <li id=\"fn-1\"><p>B <a class=\"footnote-back\" href=\"#fnref-1\" aria-label=\"Back to the text of footnote 1\">↩</a></p></li>\n\
         <li id=\"fn-2\"><p>A <a class=\"footnote-back\" href=\"#fnref-2\" aria-label=\"Back to the text of footnote 2\">↩</a></p></li>\n\
         <li><p>L</p></li>\n</ol></section>"
    );
}

#[test]
fn links_lead_into_the_archive_to_the_web_or_nowhere() {
    assert_eq!(
        html(
            "[a](b.md) [c](../x.md) [d](javascript:alert(1)) [e](https://e.example 'T') <f@g.example> https://h.example."
        ),
        "<p><a href=\"../b/\">a</a> c d \
         <a href=\"https://e.example\" class=\"external\" rel=\"noopener noreferrer\" title=\"T\">e</a> \
         <a href=\"mailto:f@g.example\" class=\"external\" rel=\"noopener noreferrer\">f@g.example</a> \
         <a href=\"https://h.example\" class=\"external\" rel=\"noopener noreferrer\">https://h.example</a>.</p>"
    );
    assert_eq!(
        html("see SHOP-7 and [SHOP-7](b.md)"),
        "<p>see <a href=\"https://t.example/SHOP-7\" class=\"external\" rel=\"noopener noreferrer\">SHOP-7</a> \
         and <a href=\"../b/\">SHOP-7</a></p>"
    );
}

#[test]
fn images_come_from_the_archive_only() {
    assert_eq!(
        html(
            "![a *b*](c.png) ![d](https://e.example/f.png) ![g](../../etc/passwd) ![h](data:image/png;base64,AA==)"
        ),
        "<p><img src=\"assets/c.png\" alt=\"a b\" loading=\"lazy\" decoding=\"async\"> \
         <a href=\"https://e.example/f.png\" class=\"external\" rel=\"noopener noreferrer\">d</a> g h</p>"
    );
    assert_eq!(
        rendered("![a](c.png)").images,
        [Link {
            destination: "c.png".into(),
            target: Target::Site("assets/c.png".into()),
            span: Span::new(0, 11)
        }]
    );
}

#[test]
fn internal_parts_are_marked_wherever_the_comments_stand() {
    assert_eq!(
        html("a\n\n<!-- internal -->\n\nb\n\n<!-- /internal -->\n\nc"),
        format!("<p>a</p>\n<div class=\"internal\"><p>b</p>\n</div>\n<p>c</p>")
    );
    assert_eq!(
        html("a <!-- internal -->b *c*<!-- /internal --> d"),
        "<p>a <span class=\"internal-text\">b <em>c</em></span> d</p>"
    );
    assert_eq!(
        html("- a\n- <!-- internal --> *b*\n- c <!-- /internal --> d\n"),
        format!(
            "<ul><li>a</li>\n<li><span class=\"internal-text\"> <em>b</em></span></li>\n\
             <li><div class=\"internal\">c </div>\n d</li>\n</ul>"
        )
    );
    assert_eq!(
        html("<!-- internal -->\n\na\n\n- b <!-- /internal --> c\n\nd"),
        format!("<div class=\"internal\"><p>a</p>\n<ul><li>b  c</li>\n</ul>\n</div>\n<p>d</p>")
    );
    assert_eq!(
        html("> <!-- internal -->\n> a\n\nb"),
        format!(
            "<blockquote><div class=\"internal\"><p>a</p>\n</div>\n</blockquote>\n\
             <div class=\"internal\"><p>b</p>\n</div>"
        )
    );
}

#[test]
fn other_comments_vanish() {
    assert_eq!(
        html("a <!-- b --> c\n\n<!-- afterword: allow x, because y -->\n\nd"),
        "<p>a  c</p>\n<p>d</p>"
    );
}

#[test]
fn raw_html_is_cleaned_and_balanced_and_placeholders_stay() {
    assert_eq!(
        html(
            "<details open onclick=x id=i class=c>\n<summary>More</summary>\n\n*a* <kbd style=x>b</kbd> <hostname>\n"
        ),
        "<details open=\"\">\n<summary>More</summary>\n<p><em>a</em> <kbd>b</kbd> &lt;hostname&gt;</p>\n</details>"
    );
    assert_eq!(html("a<br>b<br/>c"), "<p>a<br>b<br>c</p>");
    assert_eq!(
        html("## T\n\n<b>x</b> [y](z.md)\n\n```\n<k>\n```"),
        "<h2 id=\"t\">T <a class=\"anchor\" href=\"#t\" aria-label=\"Link to this section\">#</a></h2>\n\
         <p><b>x</b> <a href=\"../z/\">y</a></p>\n\
         <pre class=\"code\" tabindex=\"0\"><code>&lt;k&gt;\n</code></pre>"
    );
    assert_eq!(
        html("<a href='b.md'>x</a><img src=c.png width=20 alt=A><a href='../y.md'>z</a>"),
        "<p><a href=\"../b/\">x</a><img src=\"assets/c.png\" alt=\"A\" loading=\"lazy\" decoding=\"async\" width=\"20\">z</p>"
    );
}

#[test]
fn events_and_actions_get_their_ids_by_place() {
    let text = "- 13:02 a\n  - 13:03 b\n\n13:05 c\n13:06 **d**\n\n| t | e |\n|-|-|\n| 13:07 | f |\n";
    let places = ["13:02", "13:03", "13:05", "13:06", "13:07"];
    let anchors: Vec<Anchor> = places
        .iter()
        .enumerate()
        .map(|(number, place)| {
            let at = text.find(place).map_or(0, |at| at + 100);
            Anchor { span: Span::new(at, at + 5), id: format!("event-{number}"), class: "" }
        })
        .collect();
    let html = Markdown::new(english())
        .to_html(text, &Options { anchors: &anchors, base: 100, ..Options::default() })
        .html;
    assert_eq!(
        html.split_once("<div").map(|(before, _)| before),
        Some(
            "<ul><li id=\"event-0\"><a class=\"anchor\" href=\"#event-0\" aria-label=\"Link to this entry\">#</a>13:02 a\
             <ul><li id=\"event-1\"><a class=\"anchor\" href=\"#event-1\" aria-label=\"Link to this entry\">#</a>13:03 b\
             </li>\n</ul>\n</li>\n</ul>\n\
             <p id=\"event-2\">13:05 c\n<span id=\"event-3\" class=\"place\"></span>13:06 <strong>d</strong></p>\n"
        )
    );
    assert!(
        html.contains(
            "<tr id=\"event-4\"><td class=\"moment\"><a class=\"anchor\" href=\"#event-4\" \
             aria-label=\"Link to this entry\">#</a>13:07</td>"
        ),
        "{html}"
    );
}

#[test]
fn a_section_can_be_followed_or_replaced() {
    let text = "## A\n\na\n\nb\n\n## B\n\nc\n";
    let body = Span::new(6, 12);
    let with = |replace| {
        let insertions = [Insertion { span: body, replace, html: "<svg></svg>".into() }];
        let html = Markdown::new(english())
            .to_html(text, &Options { insertions: &insertions, ..Options::default() })
            .html;
        html.replace("<h2", "\n<h2")
            .lines()
            .filter(|line| !line.starts_with("<h2"))
            .collect::<Vec<_>>()
            .join("|")
    };
    assert_eq!(with(true), "|<svg></svg>|<p>c</p>");
    assert_eq!(with(false), "|<p>a</p>|<p>b</p>|<svg></svg>|<p>c</p>");
}

#[test]
fn one_line_has_no_block_around_it() {
    let markdown = Markdown::new(english());
    assert_eq!(
        markdown.line_to_html("Cap the `pool` & alert", &NoDestinations),
        "Cap the <code>pool</code> &amp; alert"
    );
    assert_eq!(markdown.line_to_html("# 5 <b", &NoDestinations), "# 5 &lt;b");
}
