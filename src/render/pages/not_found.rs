//! The page that a server shows for an address that is not there.

use crate::render::{
    site::Cx,
    urls,
    view::{Link, NotFoundView},
};

pub(super) fn view(cx: &Cx<'_>) -> NotFoundView {
    let words = cx.words;
    let mut page = cx.page("404.html", "", words.say("not-found.name"), words.say("not-found.description"));
    // It is served at any depth, so its links begin with the full path. Without one they count from where it is opened,
    // which is right for a site at the top of its host and for a file.
    if let Some(url) = &cx.site.config.output.html.site_url {
        let path = url
            .split_once("://")
            .map_or(url.as_str(), |(_, place)| place.split_once('/').map_or("", |(_, path)| path));
        let path = path.trim_matches('/');
        page.root = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
    }
    page.canonical = None;
    NotFoundView {
        page,
        links: vec![
            Link::to("index.html", words.say("not-found.first-page")),
            Link::to(urls::POSTMORTEMS, words.say("link.all-postmortems")),
            Link::to(urls::ACTIONS, words.say("link.all-actions")),
        ],
    }
}
