//! Files in JSON and plain text that feed readers, browsers and search engines look for. What they hold is fixed by those
//! who read them, so no template makes them.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::{
    error::{Error, Result},
    render::{site::Cx, urls, view::FeedView},
};

/// <https://www.jsonfeed.org/version/1.1/>
#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_text: &'a str,
    date_published: &'a str,
    tags: &'a [String],
}

/// The feed as a JSON Feed; what the Atom feed holds, under its own address.
pub(super) fn json_feed(cx: &Cx<'_>, feed: &FeedView) -> Result<String> {
    let own = cx.address(urls::FEED_JSON).unwrap_or_else(|| urls::FEED_JSON.to_owned());
    json(&JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        description: &feed.subtitle,
        language: &feed.language,
        home_page_url: &feed.home,
        feed_url: &own,
        items: feed
            .entries
            .iter()
            .map(|entry| Item {
                id: &entry.id,
                url: &entry.href,
                title: &entry.title,
                content_text: &entry.summary,
                date_published: &entry.updated,
                tags: &entry.terms,
            })
            .collect(),
    })
}

/// <https://www.w3.org/TR/appmanifest/>
#[derive(Serialize)]
struct Manifest<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    lang: &'a str,
    start_url: &'static str,
    scope: &'static str,
    display: &'static str,
    icons: [Icon; 1],
}

#[derive(Serialize)]
struct Icon {
    src: &'static str,
    sizes: &'static str,
    #[serde(rename = "type")]
    media_type: &'static str,
}

/// What makes the site something that can be kept on a phone or a desk.
pub(super) fn manifest(cx: &Cx<'_>) -> Result<String> {
    let book = &cx.site.config.book;
    json(&Manifest {
        name: &book.title,
        description: &book.description,
        lang: &book.language,
        start_url: "index.html",
        scope: "./",
        display: "minimal-ui",
        icons: [Icon { src: "assets/icon.svg", sizes: "any", media_type: "image/svg+xml" }],
    })
}

/// Everything may be read: who must not see the site is kept out by whoever serves it. With the way to the sitemap, when
/// the site's full address is known.
pub(super) fn robots(cx: &Cx<'_>) -> String {
    let sitemap =
        cx.address("sitemap.xml").map(|address| format!("\nSitemap: {address}\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{sitemap}")
}

/// A value as JSON: an entry of its list on each line, which is as short as can be and can still be compared line by line.
pub(super) fn json(value: &impl Serialize) -> Result<String> {
    let failed = || Error::new("cannot write the data of the site as JSON");
    let mut text = Vec::new();
    let mut to = Serializer::with_formatter(&mut text, Lines::default());
    value.serialize(&mut to).map_err(|error| failed().because(error))?;
    text.push(b'\n');
    String::from_utf8(text).map_err(|error| failed().because(error))
}

/// A line for each entry of the outermost lists.
#[derive(Default)]
struct Lines {
    /// In how many lists this is.
    lists: usize,
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.lists += 1;
        to.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.lists = self.lists.saturating_sub(1);
        to.write_all(if self.lists == 0 { b"\n]" } else { b"]" })
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        let between: &[u8] = if first { b"" } else { b"," };
        to.write_all(between)?;
        to.write_all(if self.lists == 1 { b"\n" } else { b"" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_of_a_list_has_a_line() {
        let value = serde_json::json!({ "version": 1, "entries": [{ "tags": ["a", "b"] }, {}], "none": [] });
        let text = json(&value).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
        assert!(text.contains("[\n{\"tags\":[\"a\",\"b\"]},\n{}\n]"), "{text}");
    }
}
