//! What is left of texts that were written for a generator.

use proptest::prelude::*;

use super::without_marks;

/// The text that is left, which is as long as what was written, with one space for several and none at line ends; `=`
/// when it is unchanged.
fn left(text: &str) -> String {
    let Some(left) = without_marks(text) else { return "=".to_owned() };
    assert_eq!(left.len(), text.len(), "{left}");
    let one_space = |line: &str| {
        let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
        if line.starts_with(' ') { format!(" {}", words.join(" ")) } else { words.join(" ") }
    };
    left.lines().map(|line| one_space(line.trim_end())).collect::<Vec<_>>().join("\n")
}

#[test]
fn template_tags_go_and_their_texts_for_readers_stay() {
    assert_eq!(left("The API <%= status %> was down.\n"), "The API was down.");
    assert_eq!(left("<% if full %>\nText\n<% end %>"), "\nText\n");
    assert_eq!(left("<%= warning_text('Do not restart it') %>"), "<wbr/> Do not restart it");
    assert_eq!(left("{% include note.html content=\"Full disk\" class=\"big red\" %}"), "<wbr/> Full disk");
    assert_eq!(left("{% raw %}{{ x }}{% endraw %}"), "<wbr/> {{ x }}");
}

#[test]
fn shortcodes_go_and_a_moment_or_a_caption_stays() {
    assert_eq!(
        left("*Resolved* - it works {{< track \"2026-03-14 14:20:00\" >}}"),
        "*Resolved* - it works 2026-03-14 14:20:00"
    );
    assert_eq!(left("{{< figure src=\"a.png\" caption=\"Load\" >}}"), "<wbr/> Load");
    assert_eq!(left("- {{% notice %}}Text{{% /notice %}}"), "- <wbr/> Text");
}

#[test]
fn a_link_that_a_mark_makes_still_leads_there() {
    assert_eq!(left("[a]({{< ref \"b.md\" >}})"), "[a]( b.md )");
    assert_eq!(left("[a]({% post_url 2026-01-02-b %})"), "[a]( 2026-01-02-b )");
    assert_eq!(left("[a]({{ site.baseurl }}/b)"), "[a]( /b)");
}

#[test]
fn fences_of_colons_go_and_their_titles_stay() {
    assert_eq!(left(":::note\nText\n:::\n"), "\nText\n");
    assert_eq!(left("::: {.callout-note title=\"Full disk\"}\nText\n:::"), "<wbr/> Full disk\nText\n");
    assert_eq!(left(":::warning[Full disk]\nText\n::::"), "<wbr/> Full disk\nText\n");
    assert_eq!(left("::: tip Full disk"), "<wbr/> Full disk");
    assert_eq!(left("::: 12 :::"), "=");
}

#[test]
fn an_admonition_is_a_quote() {
    assert_eq!(
        left("!!! note \"Full disk\"\n    Text\n\n    - item\n\nBehind\n    !!! no\n"),
        "><wbr/> Full disk\n> Text\n\n> - item\n\nBehind\n !!! no"
    );
    assert_eq!(left("??? tip\n\n    Text\n"), ">\n\n> Text");
    assert_eq!(left("!!! it broke again\nText"), "=");
}

#[test]
fn components_go_and_gaps_to_fill_in_stay() {
    assert_eq!(
        left(
            "import Tabs from '@theme/Tabs';\n\n<Tabs><Tab label=\"Shop\">Text</Tab></Tabs>\n\n<Graph src=\"a\" />"
        ),
        "\n\n<wbr/> Shop Text\n\n"
    );
    assert_eq!(left("Restart <Host> and `<Tab>x</Tab>`"), "=");
    assert_eq!(left("Call Vec<String> {{ .Values.image }}"), "=");
}

#[test]
fn statements_of_mdx_go_over_all_of_their_lines() {
    let meta = "export const meta = {\n  title: 'It\\'s the disk',\n  tags: ['a', \"b}\"],\n}\n\nText";
    assert_eq!(left(meta), "\n\n\n\n\nText");
    assert_eq!(
        left(
            "import {\n  Tabs,\n  Tab,\n} from '@theme/Tabs'\n\nexport default (props) => <Post {...props} />\n\nText"
        ),
        "\n\n\n\n\n\n\nText"
    );
    for text in [
        "import the index again\nText",
        "export const\nText",
        "export default settings\nText",
        "export const meta = {\nText",
        "Text\n\n```js\nexport const meta = {\n}\n```\n",
    ] {
        assert_eq!(left(text), "=", "{text}");
    }
}

#[test]
fn code_and_front_matter_stay_as_they_are() {
    for text in [
        "---\ntitle: \"{{< x >}}\"\n---\nText\n",
        "```yaml\nimage: {{ site.x }} {% if %}\n:::note\n```\n",
        "Run `{% if x %}` and ``a ` {{< x >}}`` and {% never closed\n",
        "Text\n\n    {% if x %}\n",
    ] {
        assert_eq!(left(text), "=", "{text}");
    }
}

proptest! {
    #[test]
    fn whatever_a_text_holds_its_length_and_its_lines_stay(
        text in "([ab>`~ :!?<{%=/*}\"'\\-\n\té日]|:::|!!! note|<%|%>|\\{\\{<|>\\}\\}|\\{%|%\\}|<Tab>|</Tab>|    |```){0,40}"
    ) {
        if let Some(left) = without_marks(&text) {
            prop_assert_eq!(left.len(), text.len());
            let ends = |text: &str| text.match_indices('\n').map(|(at, _)| at).collect::<Vec<_>>();
            prop_assert_eq!(ends(&left), ends(&text));
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test is about time")]
fn a_text_made_to_be_slow_is_read_in_time() {
    for text in ["<% ", "{{< x ", "`", "` ``", "<Ab ", "</Ab>", "::: {", "!!! a\n\n", "{% x %}", "<%x%> "] {
        let began = std::time::Instant::now();
        without_marks(&text.repeat(30_000));
        assert!(began.elapsed().as_secs() < 30, "{text}");
    }
}
