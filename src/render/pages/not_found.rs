//! The page that a server shows for an address that is not there.

use crate::render::{
    site::Cx,
    urls,
    view::{Link, NotFoundView},
};

pub(super) fn view(cx: &Cx<'_>) -> NotFoundView {
    let mut page = cx.page("404.html", "", "Not found", "There is no page at this address.");
    // It is served at any depth, so its links need a fixed place to count from. Without one they count from where it
    // is opened, which is right for a site at the top of its host and for a file.
    page.base =
        cx.site.config.output.html.site_url.as_ref().map(|url| format!("{}/", url.trim_end_matches('/')));
    page.here = if page.base.is_some() { "404.html".to_owned() } else { String::new() };
    page.canonical = None;
    NotFoundView {
        page,
        links: vec![
            Link::to("index.html", "The first page"),
            Link::to(urls::POSTMORTEMS, "All postmortems"),
            Link::to(urls::ACTIONS, "All actions"),
        ],
    }
}
