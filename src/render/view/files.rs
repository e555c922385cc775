//! Files for programs.

use serde::Serialize;

/// For `feed.xml`.
#[derive(Debug, Clone, Serialize)]
pub struct FeedView {
    /// The language of the site.
    pub language: String,
    /// What made it, with its version.
    pub generator: String,
    /// The name of the site.
    pub title: String,
    /// What the site is, in a sentence.
    pub subtitle: String,
    /// The feed's id, an IRI.
    pub id: String,
    /// The feed's own address.
    pub self_href: String,
    /// The address of the first page.
    pub home: String,
    /// When the latest entry changed, RFC 3339.
    pub updated: String,
    /// The latest postmortems.
    pub entries: Vec<FeedEntry>,
}

/// A postmortem in the feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedEntry {
    /// Its title.
    pub title: String,
    /// Its id, an IRI that does not change when the site moves.
    pub id: String,
    /// The address of its page.
    pub href: String,
    /// Its day, RFC 3339.
    pub updated: String,
    /// Severity, services and tags.
    pub terms: Vec<String>,
    /// Its first words.
    pub summary: String,
}

/// For `sitemap.xml`.
#[derive(Debug, Clone, Serialize)]
pub struct SitemapView {
    /// Every page.
    pub urls: Vec<SitemapUrl>,
}

/// A page in the sitemap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SitemapUrl {
    /// Its full address.
    pub href: String,
}
