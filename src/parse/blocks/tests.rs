//! What becomes of Markdown and of the HTML in it.

use super::*;
use crate::parse::tests::read as document;

/// The blocks of a text, each with the words of its parts.
fn blocks(text: &str) -> Vec<String> {
    read(text, 0).blocks.iter().map(said).collect()
}

fn said(block: &Block) -> String {
    let cells = |cells: &[Inline]| cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>().join(" | ");
    match &block.kind {
        Kind::Heading { text, .. } => format!("# {}", text.text),
        Kind::Paragraph(text) => text.text.clone(),
        Kind::List(items) => {
            let item = |item: &Item| {
                let mark = item.checked.map_or("", |checked| if checked { "[x] " } else { "[ ] " });
                format!("{mark}{}", item.blocks.iter().map(said).collect::<Vec<_>>().join(" / "))
            };
            format!("({})", items.iter().map(item).collect::<Vec<_>>().join("; "))
        }
        Kind::Table { head, rows } => {
            let rows = rows.iter().map(|row| cells(&row.cells)).collect::<Vec<_>>().join(" // ");
            format!("{} => {rows}", cells(head))
        }
        Kind::Quote(blocks) => format!("> {}", blocks.iter().map(said).collect::<Vec<_>>().join(" / ")),
        Kind::Code => "code".to_owned(),
        Kind::Html => "html".to_owned(),
        Kind::Rule => "rule".to_owned(),
    }
}

#[test]
fn tables_of_html_are_tables() {
    assert_eq!(
        blocks(
            "<table>\n<thead><tr><th>Time</th><th>Event</th></tr></thead>\n<tbody>\n  <tr>\n    <td>13:02</td>\n    <td>Index <b>rebuilt</b>,\n      slowly &amp; again</td>\n  </tr>\n  <tr><td>13:09<td>Pages\n</table>\n"
        ),
        ["Time | Event => 13:02 | Index rebuilt, slowly & again // 13:09 | Pages"]
    );
    assert_eq!(
        blocks(
            "<table><tr><td><b>Day</b></td><td><b>Event</b></td></tr><tr><td>a</td><td>b</td></tr></table>"
        ),
        ["Day | Event => a | b"]
    );
    assert_eq!(
        blocks(
            "<table><tr><th>Severity</th><td>High</td></tr><tr><th>Status</th><td>Final</td></tr></table>"
        ),
        [" |  => Severity | High // Status | Final"]
    );
}

#[test]
fn cells_of_html_reach_over_rows_and_columns() {
    assert_eq!(
        blocks(
            "<table><tr><th>Day</th><th>Time</th><th>Event</th></tr>\n<tr><td rowspan=2>14 March</td><td>13:02</td><td>a</td></tr>\n<tr><td>13:09</td><td>b</td></tr>\n<tr><td colspan=\"2\">later</td><td>c</td></tr></table>"
        ),
        ["Day | Time | Event => 14 March | 13:02 | a // 14 March | 13:09 | b // later |  | c"]
    );
}

#[test]
fn the_lines_of_a_cell_are_lines_whatever_makes_them() {
    assert_eq!(
        blocks(
            "<table><tr><td>a<br>b<p>c</p>d<ul><li>e</li><li>f</li></ul><table><tr><td>g</td></tr></table></td><td>\n\nh *i*\n\n- j\n- k\n\n```\nl\n```\n\n</td></tr></table>"
        ),
        [" |  => a\nb\nc\nd\ne\nf\ng | h i\nj\nk"]
    );
    assert_eq!(blocks("| a |\n|---|\n| b<ul><li>c</li><li>d</li></ul> |\n"), ["a => b\nc\nd\n"]);
}

#[test]
fn lists_of_html_are_lists() {
    assert_eq!(
        blocks("<ul>\n  <li>a <i>b</i>\n  <li>c\n    <ol><li>d</li></ol>\n  </li>\n</ul>\n"),
        ["(a b; c / (d))"]
    );
    assert_eq!(
        blocks(
            "<ul>\n<li><input type=\"checkbox\" checked> a</li>\n<li>\n\n**b**\n\n- c\n\n</li>\n</ul>\n\nd\n"
        ),
        ["([x] a; b / (c))", "d"]
    );
    assert_eq!(
        blocks("<dl><dt>Severity</dt><dd>High</dd><dt>Services</dt><dd>search</dd><dd>index</dd></dl>"),
        [" |  => Severity | High // Services | search\nindex"]
    );
    assert_eq!(blocks("- a\n\n  <ul><li>b</li></ul>\n\n- c\n"), ["(a / (b); c)"]);
}

#[test]
fn what_html_leaves_open_ends_with_the_next_heading_or_the_markdown_around_it() {
    assert_eq!(blocks("<ul><li>a\n\n# b\n\nc\n"), ["(a)", "# b", "c"]);
    assert_eq!(blocks("<table><tr><td>a\n\n# b\n\n</td></tr></table>\n"), [" => a", "# b", "html"]);
    assert_eq!(blocks("> <ul><li>a\n\nb\n"), ["> (a)", "b"]);
    assert_eq!(blocks("- <table><tr><td>a\n- b\n"), ["( => a; b)"]);
}

#[test]
fn html_without_text_in_tables_or_lists_is_html() {
    for html in [
        "<p align=\"center\">a</p>",
        "<table><tr><td><img src=\"a.png\"></td></tr></table>",
        "<ul></ul>",
        "<li>a</li>",
        "<div>1 < 2 <ultra> & </div>",
        "<table><tr><td><script>a</script></td></tr></table>",
    ] {
        assert_eq!(blocks(html), ["html"], "{html}");
    }
}

#[test]
fn what_stands_in_html_keeps_its_place_style_and_address() {
    let text = "# é\n\n> <table><tr><td> *13:02* </td><td>See <a href=\"https://a.example/1?a&amp;b\">#1</a>\n> and <b>do <s>it</s></b> &lt;now&gt;</td></tr></table>\n";
    let body = read(text, 0);
    let Kind::Quote(blocks) = &body.blocks[1].kind else { panic!() };
    let Kind::Table { rows, .. } = &blocks[0].kind else { panic!() };
    let cell = &rows[0].cells[1];
    assert_eq!(cell.text, "See #1 and do it <now>");
    let at = |part: &str| {
        let start = cell.text.find(part).unwrap();
        let span = cell.source(start..start + part.len());
        &text[span.start..span.end]
    };
    assert_eq!([at("#1"), at("do"), at("it")], ["#1", "do", "it"]);
    assert_eq!(&text[rows[0].cells[0].span.start..rows[0].cells[0].span.end], "*13:02*");
    assert_eq!(&text[rows[0].span.start..rows[0].span.end].lines().count(), &2);
    assert_eq!(cell.bold_starts().len(), 1);
    assert_eq!(body.links[0].target, "https://a.example/1?a&b");
    assert_eq!(body.links[0].text, "#1");
}

#[test]
fn facts_events_and_work_are_read_from_html_as_from_markdown() {
    let text = "# Search\n\n<dl><dt>Severity</dt><dd>SEV2</dd></dl>\n\n## Timeline (UTC)\n\n<table>\n<tr><th>Time</th><th>Event</th></tr>\n\n<!-- internal -->\n<tr><td>2026-03-14 13:02</td><td>Errors begin</td></tr>\n<!-- /internal -->\n\n<tr><td>13:09</td><td>Alert fires</td></tr>\n</table>\n\n## Action items\n\n<ul>\n<li><input type=\"checkbox\" checked> Cap the queue (<a href=\"https://github.com/acme/search/issues/12\">#12</a>)</li>\n<li>Test it</li>\n</ul>\n";
    let read = document("2026-03-14-search.md", text).postmortem;
    assert_eq!(read.severity.map(|severity| severity.value), Some("SEV2".to_owned()));
    let events: Vec<_> = read.timeline.iter().map(|event| (event.text.as_str(), event.internal)).collect();
    assert_eq!(events, [("Errors begin", true), ("Alert fires", false)]);
    let actions = read.actions.iter();
    let actions: Vec<_> =
        actions.map(|item| (item.title.as_str(), item.status.value.key(), item.trackers.len())).collect();
    assert_eq!(actions, [("Cap the queue", "done", 1), ("Test it", "open", 0)]);
}

#[test]
fn an_item_far_behind_its_mark_is_text_and_no_code() {
    let text = "# Search\n\n## Actions\n\n1.            Cap the queue\n2.            Test it\n              by hand\n";
    let titles = |text: &str| {
        let actions = document("2026-03-14-search.md", text).postmortem.actions;
        actions.into_iter().map(|item| item.title).collect::<Vec<_>>()
    };
    assert_eq!(titles(text), ["Cap the queue", "Test it by hand"]);
    assert_eq!(
        titles("# Search\n\n## Actions\n\n- Cap it\n\n      lag = 5\n\n- ```\n  lag\n  ```\n"),
        ["Cap it"]
    );
}

#[test]
fn a_text_of_nothing_but_tags_takes_no_longer_than_it_is_long() {
    // A reader that looks back for each tag would take minutes.
    for tags in [
        "<ul><li>",
        "<table><tr><td>a",
        "<td rowspan=99 colspan=99>a",
        "<b>",
        "<table><tr><td>&",
        "<li><table>\n\n",
    ] {
        let text = format!("<table>\n<ul>\n{}", tags.repeat(20_000));
        assert!(read(&text, 0).blocks.len() <= 3, "{tags}");
    }
}
