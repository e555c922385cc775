//! What a page asks for and points at, read out of its HTML without a browser. Only `sites` uses it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use percent_encoding::percent_decode_str;
use regex::Regex;

/// Every wrong reference of a site that is built for `site_url`, as `page: what`.
pub fn wrong_references(site: &BTreeMap<String, Vec<u8>>, site_url: &str) -> Vec<String> {
    let attribute = Regex::new(r#"<([a-z]+)\b[^>]*?\s(href|src|action|poster|data)="([^"]*)""#).unwrap();
    let id = Regex::new(r#"\sid="([^"]*)""#).unwrap();
    let text = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    let pages: Vec<&String> = site.keys().filter(|path| is_html(path)).collect();
    let ids: BTreeMap<&str, BTreeSet<String>> = pages
        .iter()
        .map(|path| (path.as_str(), id.captures_iter(&text(path)).map(|found| unescape(&found[1])).collect()))
        .collect();

    let mut wrong = Vec::new();
    for page in pages {
        for found in attribute.captures_iter(&text(page)) {
            let (element, target) = (&found[1], unescape(&found[3]));
            if let Err(why) = resolve(site, site_url, &ids, page, element, &target) {
                wrong.push(format!("{page}: <{element}> {target}: {why}"));
            }
        }
    }
    wrong
}

fn resolve(
    site: &BTreeMap<String, Vec<u8>>,
    site_url: &str,
    ids: &BTreeMap<&str, BTreeSet<String>>,
    page: &str,
    element: &str,
    target: &str,
) -> Result<(), &'static str> {
    if target.starts_with("data:") && element == "img" {
        return Ok(());
    }
    if target.contains("://") || target.starts_with("mailto:") {
        // A link may lead out; nothing may be loaded from there. `canonical` and the like load nothing.
        return if ["a", "link"].contains(&element) { Ok(()) } else { Err("is loaded from outside") };
    }
    // The page for what is not there is shown at any address, so its links hold the full path.
    let target = if page == "404.html" { target.strip_prefix(site_url).unwrap_or(target) } else { target };
    if target.starts_with('/') {
        return Err("is not relative");
    }
    let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let path = percent_decode_str(path).decode_utf8_lossy();
    let path = if path.is_empty() { page.to_owned() } else { join(page, &path).ok_or("leaves the site")? };
    if !site.contains_key(&path) {
        return Err("leads nowhere");
    }
    let fragment = percent_decode_str(fragment).decode_utf8_lossy();
    if fragment.contains('=') {
        let html = String::from_utf8_lossy(&site[&path]);
        let is_offered =
            |choice: &str| choice.split_once('=').is_some_and(|(field, value)| offers(&html, field, value));
        return if fragment.split('&').all(is_offered) { Ok(()) } else { Err("has no such filter") };
    }
    match ids.get(path.as_str()) {
        Some(ids) if !fragment.is_empty() && !ids.contains(&*fragment) => Err("has no such place"),
        _ => Ok(()),
    }
}

/// Whether a page has a choice with this name and this value.
fn offers(page: &str, field: &str, value: &str) -> bool {
    let choice = format!(r#"<select[^>]*\sname="{}".*?</select>"#, regex::escape(field));
    let choice = Regex::new(&format!("(?s){choice}")).unwrap();
    choice.find(page).is_some_and(|found| unescape(found.as_str()).contains(&format!("value=\"{value}\"")))
}

/// `path` seen from `page`; `None` when it leaves the site.
fn join(page: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn is_html(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[test]
fn each_kind_of_wrong_reference_is_seen() {
    let page = |body: &str| body.as_bytes().to_vec();
    let site = BTreeMap::from([
        (
            "a/index.html".to_owned(),
            page(
                r##"<a href="../b.html#there"><a href="../b.html#gone"><a href="c.html"><a href="/b.html">
                <a href="../../up.html"><a href="https://example.com/"><img src="https://example.com/x.png">
                <a href="#here"><h1 id="here"><a href="../b.html#tag=x"><a href="../b.html#tag=y">
                <a href="../b.html#tag=x&tag=x"><a href="../b.html#tag=x&is=z">"##,
            ),
        ),
        (
            "b.html".to_owned(),
            page(r#"<p id="there"><select name="tag"><option value="x">x</option></select>"#),
        ),
    ]);
    assert_eq!(
        wrong_references(&site, "/top/"),
        [
            "a/index.html: <a> ../b.html#gone: has no such place",
            "a/index.html: <a> c.html: leads nowhere",
            "a/index.html: <a> /b.html: is not relative",
            "a/index.html: <a> ../../up.html: leaves the site",
            "a/index.html: <img> https://example.com/x.png: is loaded from outside",
            "a/index.html: <a> ../b.html#tag=y: has no such filter",
            "a/index.html: <a> ../b.html#tag=x&is=z: has no such filter",
        ]
    );
}
