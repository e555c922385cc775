//! Where each page stands, and how one page links to another.
//!
//! Every address is relative and names a file (`../services/checkout.html`), so that the site works below any path and
//! opened from disk. A path here is below the output folder; a page puts its own way up, its *root*, before it.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::{
    aggregate::{Group, Groups},
    config::Config,
    model::{Archive, Postmortem, Section},
};

/// The page that lists every postmortem.
pub const POSTMORTEMS: &str = "postmortems/index.html";
/// The page of every action item.
pub const ACTIONS: &str = "actions.html";
/// The action items that a team talks about in its weekly meeting.
pub const WEEKLY: &str = "actions/weekly.html";
/// Where luck helped.
pub const LUCK: &str = "luck.html";
/// Incidents that did no harm.
pub const NEAR_MISSES: &str = "near-misses.html";
/// The page of charts.
pub const INSIGHTS: &str = "insights.html";
/// The page that lists the checks.
pub const RULES: &str = "rules/index.html";
/// The page of search results.
pub const SEARCH: &str = "search.html";
/// The Atom feed.
pub const FEED: &str = "feed.xml";
/// The same as a JSON Feed.
pub const FEED_JSON: &str = "feed.json";
/// What the list of postmortems shows, for programs.
pub const POSTMORTEMS_JSON: &str = "postmortems.json";
/// Every action item, for programs.
pub const ACTIONS_JSON: &str = "actions.json";
/// The same for spreadsheets.
pub const ACTIONS_CSV: &str = "actions.csv";
/// The days on which something is expected, for calendars.
pub const CALENDAR: &str = "actions.ics";
/// Figures, for monitoring.
pub const METRICS: &str = "metrics.prom";
/// Everything as an SQLite database, for questions of the team's own.
pub const DATABASE: &str = "archive.sqlite";
/// What may be indexed by search engines, and where the sitemap is.
pub const ROBOTS: &str = "robots.txt";
/// What a browser needs to know to install the site.
pub const MANIFEST: &str = "manifest.webmanifest";
/// The script that keeps pages for when there is no network. It stands at the top, since it answers for what is below.
pub const OFFLINE: &str = "offline.js";

/// The folder of the files that documents show.
pub const FILES: &str = "files/";

/// What may not stand in a path of an address as it is.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\');

/// What postmortems are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// By service.
    Service,
    /// By team.
    Team,
    /// By contributing factor.
    Factor,
    /// By tag.
    Tag,
    /// By source, where the archive has several.
    Source,
    /// By year.
    Year,
}

impl Kind {
    /// All of them, in the order of the pages.
    pub const ALL: [Self; 6] = [Self::Service, Self::Team, Self::Factor, Self::Tag, Self::Source, Self::Year];

    /// Those that a site has pages of. Most archives are of one source and have none of sources.
    pub fn of(groups: &Groups) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|kind| *kind != Self::Source || !groups.sources.is_empty())
    }

    /// The word for one; also the name of the filter's field.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Team => "team",
            Self::Factor => "factor",
            Self::Tag => "tag",
            Self::Source => "source",
            Self::Year => "year",
        }
    }

    /// The folder of its pages.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Service => "services",
            Self::Team => "teams",
            Self::Factor => "factors",
            Self::Tag => "tags",
            Self::Source => "sources",
            Self::Year => "years",
        }
    }

    /// The groups of this kind.
    pub fn groups(self, groups: &Groups) -> &[Group] {
        match self {
            Self::Service => &groups.services,
            Self::Team => &groups.teams,
            Self::Factor => &groups.factors,
            Self::Tag => &groups.tags,
            Self::Source => &groups.sources,
            Self::Year => &groups.years,
        }
    }

    /// The page that lists the groups of this kind.
    pub fn index(self) -> String {
        format!("{}/index.html", self.folder())
    }

    /// The page of a group.
    pub fn page(self, group: &Group) -> String {
        self.part(group, 0)
    }

    /// A part of the page of a group whose postmortems are too many for one page, the first one being 0. No slug has a
    /// tilde.
    pub fn part(self, group: &Group, part: usize) -> String {
        match part {
            0 => [self.folder(), "/", &group.slug, ".html"].concat(),
            later => format!("{}/{}~{}.html", self.folder(), group.slug, later + 1),
        }
    }
}

/// The page of a postmortem.
pub fn postmortem(postmortem: &Postmortem) -> String {
    let id = postmortem.id.value.as_str();
    // `index` is the list.
    let id = if id.eq_ignore_ascii_case("index") { "index-1" } else { id };
    format!("postmortems/{id}.html")
}

/// The place of the postmortem of which this is the page.
pub fn at(archive: &Archive, path: &str) -> Option<usize> {
    let id = path.strip_prefix("postmortems/")?.strip_suffix(".html")?;
    let is_it = |place: &usize| archive.postmortems().get(*place).is_some_and(|one| postmortem(one) == path);
    let first = || (0..archive.postmortems().len()).find(is_it);
    archive.index_of(id).filter(is_it).or_else(|| if id == "index-1" { first() } else { None })
}

/// The copy of a file that documents show. What lies outside of the root stands beside what lies in it: no copy may stand
/// outside of the site.
pub fn file(path: &str) -> String {
    let (mut up, mut rest) = (0, path);
    while let Some(below) = rest.strip_prefix("../") {
        (up, rest) = (up + 1, below);
    }
    format!("{FILES}{}{rest}", "outside/".repeat(up))
}

/// The page of a check.
pub fn rule(name: &str) -> String {
    format!("rules/{name}.html")
}

/// The way up from a page to the output folder: `../` for each folder that the page stands in.
pub fn root(page: &str) -> String {
    "../".repeat(page.matches('/').count())
}

/// A path as it may stand in an attribute of a page.
pub fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    encoded.extend(utf8_percent_encode(path, UNSAFE));
    encoded
}

/// The address of `to` for a page whose root is `root`.
pub fn from(root: &str, to: &str) -> String {
    let mut address = String::with_capacity(root.len() + to.len());
    address.push_str(root);
    address.extend(utf8_percent_encode(to, UNSAFE));
    address
}

/// The address of a section for whoever links to `page` as given; the page itself when the section has no heading.
pub fn of_section(page: &str, section: &Section) -> String {
    match section.anchor() {
        anchor if anchor.is_empty() => page.to_owned(),
        anchor => format!("{page}#{}", encoded(&anchor)),
    }
}

/// The full address of a page, when the site's is known and whole.
pub fn full(config: &Config, path: &str) -> Option<String> {
    let site = config.output.html.site_url.as_deref()?;
    let is_whole = site.starts_with("https://") || site.starts_with("http://");
    is_whole.then(|| format!("{}/{}", site.trim_end_matches('/'), encoded(path)))
}

/// A place on the page of a postmortem, below the site: an anchor, or nothing for the whole page.
pub fn place(page: &Postmortem, anchor: &str) -> String {
    let page = encoded(&postmortem(page));
    if anchor.is_empty() { page } else { format!("{page}#{}", encoded(anchor)) }
}

/// The full address of such a place.
pub fn full_place(config: &Config, page: &Postmortem, anchor: &str) -> Option<String> {
    let site = full(config, "")?;
    Some(format!("{site}{}", place(page, anchor)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_one_step_up_for_each_folder() {
        assert_eq!(root("index.html"), "");
        assert_eq!(root("services/checkout.html"), "../");
        assert_eq!(root("a/b/c.png"), "../../");
    }

    #[test]
    fn addresses_keep_slashes_and_encode_the_rest() {
        assert_eq!(from("../", "files/a b#1.png"), "../files/a%20b%231.png");
        assert_eq!(from("", "postmortems/café.html"), "postmortems/caf%C3%A9.html");
    }
}
