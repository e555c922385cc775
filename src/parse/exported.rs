//! The title and the day of a page that stand in an export of MDX, `export const meta = { title: '…', date: '…' }`, or in
//! lines above its text, as Pelican, MkDocs and Nikola read them.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{context::Context, front_matter, times};
use crate::{
    model::{Fact, Origin},
    source::{SourceFile, Span, metadata},
};

/// What such exports begin with.
const EXPORT: &str = "export const ";
/// Objects with more letters hold more than what a page says of itself.
const LONGEST: usize = 4_000;

/// What an export, or the lines above the text, say of the page.
#[derive(Debug, Default)]
pub(super) struct Exported {
    pub(super) title: Option<Fact<String>>,
    pub(super) day: Option<Fact<NaiveDate>>,
}

/// Reads the exports from a place in a text on.
pub(super) fn read(source: &SourceFile, body: usize, context: &Context<'_>) -> Exported {
    let mut found = Exported::default();
    let text: &str = &source.text;
    // Where nothing was taken out of the Markdown, no statement was.
    if Arc::ptr_eq(&source.text, &source.markdown) {
        return found;
    }
    for (at, _) in text.get(body..).unwrap_or_default().match_indices(EXPORT) {
        let at = body + at;
        // What stays in the Markdown is text or code.
        let is_statement = source.markdown.as_bytes().get(at) == Some(&b' ');
        if !is_statement {
            continue;
        }
        let object = text.get(at..).and_then(|rest| rest.find('{')).map(|brace| at + brace + 1);
        let Some(object) = object else { continue };
        for (key, value) in entries(text, object) {
            found.add(key, value, source, context);
        }
    }
    if let Some((lines, _)) = metadata::entries(text).filter(|_| body == 0) {
        for (key, value) in lines {
            found.add(&key.trim().to_lowercase(), value.into(), source, context);
        }
    }
    found
}

impl Exported {
    fn add(&mut self, key: &str, value: Span, source: &SourceFile, context: &Context<'_>) {
        let written = source.slice(value);
        // A front matter says by that key whether a page is published.
        let ours = if key == "published" { "date" } else { front_matter::meaning(key).unwrap_or(key) };
        match ours {
            "title" if self.title.is_none() => {
                let title = written.replace('\\', "").trim().to_owned();
                self.title = Some(title)
                    .filter(|title| !title.is_empty())
                    .map(|title| Fact::new(title, value, Origin::Label));
            }
            "date" if self.day.is_none() => {
                let date = times::find_date(context.words(), written);
                let day = date.and_then(|(date, _)| date.resolve(context.order(), None));
                self.day = day.map(|day| Fact::new(day, value, Origin::Label));
            }
            _ => {}
        }
    }
}

/// The texts in quotes behind the keys of an object, but not of those within it, whose inside begins at a place.
fn entries(text: &str, object: usize) -> Vec<(&str, Span)> {
    let mut found = Vec::new();
    let mut open = 1_usize;
    let mut at = object;
    let end = object.saturating_add(LONGEST);
    while open > 0 && at < end {
        let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        match next {
            '{' | '[' | '(' => open += 1,
            '}' | ']' | ')' => open -= 1,
            '\'' | '"' | '`' => {
                let Some(length) = quoted(text.get(at + 1..).unwrap_or_default(), next) else { break };
                let value = Span::new(at + 1, at + 1 + length);
                if let Some(key) = text.get(object..at).and_then(key).filter(|_| open == 1) {
                    found.push((key, value));
                }
                at = value.end;
            }
            _ => {}
        }
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    }
    found
}

/// The length of a text up to the quote that ends it.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.find(|letter| {
        let ends = letter == quote && !escaped;
        escaped = letter == '\\' && !escaped;
        ends
    })
}

/// The key in front of a value.
fn key(before: &str) -> Option<&str> {
    let name = before.trim_end().strip_suffix(':')?.trim_end().trim_end_matches(['"', '\'']);
    let key = name.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next()?;
    (!key.is_empty()).then_some(key)
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::read;

    #[test]
    fn lines_above_the_text_say_the_title_and_the_day_of_its_page_and_are_no_text() {
        let page = "Title: Post mortem of 14 March 2026\nSlug: slow\nDate: 2026-03-16 11:58:00\nCategory: Site\n\n\
                    ## Summary\n\nThe disk was full.\n";
        let postmortem = read("content/slow.md", page).postmortem;
        assert_eq!(postmortem.title.value, "Post mortem of 14 March 2026");
        assert_eq!(postmortem.date.map(|date| date.value.to_string()).as_deref(), Some("2026-03-14"));
        assert!(postmortem.times.is_empty());
        let published = page
            .replace("Date: 2026-03-16 11:58:00", "published: Sat, 14 Mar 2026 at 04:57 AM")
            .replace(" of 14 March 2026", "");
        let date = read("content/slow.md", &published).postmortem.date;
        assert_eq!(date.map(|date| date.value.to_string()).as_deref(), Some("2026-03-14"));
    }

    #[test]
    fn an_export_says_the_title_and_the_day_of_its_page() {
        let about = |export: &str| {
            let read = read(
                "search.mdx",
                &format!("{export}\n\n## The disk\n\n## What happened\n\nA disk was full.\n"),
            )
            .postmortem;
            (read.title.value, read.date.map(|date| date.value.to_string()))
        };
        let said = |title: &str, day: &str| (title.to_owned(), Some(day.to_owned()));
        assert_eq!(
            about(
                "import Post from './post'\n\nexport const post = {\n  seo: { title: 'No' },\n  date: '2026-03-14',\n  title: \"It's the disk\",\n}\n\nexport const metadata = {\n  title: post.title,\n}"
            ),
            said("It's the disk", "2026-03-14")
        );
        assert_eq!(
            about(
                "export const meta = { title: 'Slow search: it\\'s the disk', publishedAt: 'March 14, 2026' };"
            ),
            said("Slow search: it's the disk", "2026-03-14")
        );
        assert_eq!(
            about("```js\nexport const meta = { title: 'No', date: '2026-03-14' };\n```"),
            ("Search".to_owned(), None)
        );
        assert_eq!(
            about("export const meta = { title: 'No', date: '2026-03-14' };\n\n# Full disk\n"),
            said("Full disk", "2026-03-14")
        );
    }
}
