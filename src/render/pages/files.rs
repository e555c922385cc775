//! What other programs than a browser read first: the feeds, the sitemap, what may be indexed, and what may be installed.

use crate::render::{
    site::{Cx, GENERATOR, severity_id},
    urls::{self, Kind},
    view::{FeedEntry, FeedView, SitemapUrl, SitemapView},
};

/// How many postmortems the feed holds.
const LATEST: usize = 30;

pub(super) fn feed(cx: &Cx<'_>) -> FeedView {
    let book = &cx.site.config.book;
    // Relative addresses count from the feed's own; readers of feeds know how to do that.
    let full = |path: &str| cx.address(path).unwrap_or_else(|| urls::encoded(path));
    let entries: Vec<FeedEntry> = (0..cx.cards.len())
        .filter_map(|place| {
            let (postmortem, card) = cx.at(place)?;
            let date = postmortem.date.as_ref()?.value;
            let mut terms: Vec<String> = severity_id(postmortem).map(str::to_owned).into_iter().collect();
            terms.extend(cx.names(Kind::Service, &postmortem.services));
            terms.extend(cx.names(Kind::Tag, &postmortem.tags));
            Some(FeedEntry {
                title: postmortem.title.value.clone(),
                id: format!("urn:afterword:{}", urls::encoded(&postmortem.id.value)),
                href: full(&card.page),
                updated: format!("{date}T00:00:00Z"),
                terms,
                summary: cx.text(place).to_owned(),
            })
        })
        .take(LATEST)
        .collect();
    FeedView {
        language: book.language.value.clone(),
        generator: GENERATOR.to_owned(),
        title: book.title.clone(),
        subtitle: book.description.clone(),
        id: cx.address("").unwrap_or_else(|| "urn:afterword:feed".to_owned()),
        self_href: full(urls::FEED),
        home: full("index.html"),
        updated: entries
            .first()
            .map_or_else(|| format!("{}T00:00:00Z", cx.site.summary.today), |entry| entry.updated.clone()),
        entries,
    }
}

/// The sitemap, which needs the full address of the site.
pub(super) fn sitemap(cx: &Cx<'_>) -> Option<SitemapView> {
    let urls = super::paths(cx).into_iter().map(|path| Some(SitemapUrl { href: cx.address(&path)? }));
    Some(SitemapView { urls: urls.collect::<Option<Vec<_>>>()? })
}
