//! One request → one answer, out of a site in memory. Pure: no socket, no file.

use std::{collections::BTreeMap, net::IpAddr};

use axum::{
    body::Bytes,
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;

/// Where the page's script listens for changes.
pub(super) const EVENTS: &str = "/__afterword/events";
/// The script that reloads the page; only a served page has it.
const SCRIPT: &str = "/__afterword/reload.js";

const HTML: &str = "text/html; charset=utf-8";

/// A site in memory.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// The files, by their path below the site.
    pub files: BTreeMap<String, Bytes>,
    /// What the page shows above itself, because the site is not as it should be.
    pub notices: Vec<String>,
    /// One line about it for the terminal.
    pub summary: String,
}

/// What of a request counts.
pub(super) struct Request<'a> {
    pub(super) method: &'a Method,
    /// As it was sent, percent signs included.
    pub(super) path: &'a str,
    pub(super) query: Option<&'a str>,
    pub(super) host: Option<&'a str>,
}

/// The answer to a request. `version` goes into pages, so that they know when they are out of date; `name` is the host
/// that was asked to be served, beside the local ones.
pub(super) fn answer(site: &Snapshot, version: &str, name: &str, request: &Request<'_>) -> Response {
    if !is_allowed_host(request.host, name) {
        let text =
            "This server answers to its own address only. Start it with `--host` to give it another name.\n";
        return with_headers((StatusCode::FORBIDDEN, text).into_response(), "text/plain; charset=utf-8");
    }
    if request.method != Method::GET && request.method != Method::HEAD {
        let mut response = (StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n").into_response();
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return with_headers(response, "text/plain; charset=utf-8");
    }
    if request.path == SCRIPT {
        return with_headers(include_str!("reload.js").into_response(), content_type(SCRIPT));
    }
    match find(site, request.path) {
        Found::File(path, bytes) => {
            let content_type = content_type(path);
            let body = if content_type == HTML { with_script(bytes, version) } else { bytes.clone() };
            with_headers(body.into_response(), content_type)
        }
        Found::Folder => {
            let query = request.query.map(|query| format!("?{query}")).unwrap_or_default();
            // Relative, so that nothing in a path can lead to another host.
            let last = request.path.rsplit('/').next().unwrap_or_default();
            let target = HeaderValue::from_str(&format!("./{last}/{query}"));
            let mut response = StatusCode::PERMANENT_REDIRECT.into_response();
            response.headers_mut().insert(header::LOCATION, target.unwrap_or(HeaderValue::from_static("/")));
            with_headers(response, "text/plain; charset=utf-8")
        }
        Found::Nothing => {
            let page = site.files.get("404.html").map_or_else(
                || {
                    with_script(
                        &Bytes::from_static(b"<!doctype html><title>Not found</title><body>Not found</body>"),
                        version,
                    )
                },
                |page| with_script(page, version),
            );
            with_headers((StatusCode::NOT_FOUND, page).into_response(), HTML)
        }
    }
}

enum Found<'a> {
    File(&'a str, &'a Bytes),
    Folder,
    Nothing,
}

/// Looks a path up. What is not a file of the site is nothing, however its path is written.
fn find<'a>(site: &'a Snapshot, path: &str) -> Found<'a> {
    let Ok(path) = percent_decode_str(path).decode_utf8() else { return Found::Nothing };
    let Some(path) = path.strip_prefix('/') else { return Found::Nothing };
    let index =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    if let Some((name, bytes)) = site.files.get_key_value(&index) {
        return Found::File(name, bytes);
    }
    if site.files.contains_key(&format!("{path}/index.html")) { Found::Folder } else { Found::Nothing }
}

/// The page with the script that reloads it.
fn with_script(page: &Bytes, version: &str) -> Bytes {
    let tag = format!("<script src=\"{SCRIPT}\" data-version=\"{version}\" defer></script>");
    let at = page.windows(7).rposition(|window| window == b"</body>").unwrap_or(page.len());
    let (before, after) = page.split_at(at);
    [before, tag.as_bytes(), after].concat().into()
}

fn with_headers(mut response: Response, content_type: &'static str) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // What a careful host would send as well; a page that needs more is found out here.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'self'; img-src 'self' data:; base-uri 'self'; frame-ancestors 'none'",
        ),
    );
    response
}

/// True for the local names, for addresses in figures, and for the name that was asked for. Any other name may be one
/// that a hostile page has pointed at this machine.
pub(super) fn is_allowed_host(host: Option<&str>, name: &str) -> bool {
    let Some(host) = host else { return false };
    let without_port = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(host, _)| host),
    };
    let without_port = without_port.to_ascii_lowercase();
    without_port == "localhost"
        || without_port.ends_with(".localhost")
        || without_port == name.to_ascii_lowercase()
        || without_port.parse::<IpAddr>().is_ok()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "xml" => "application/xml",
        "atom" => "application/atom+xml",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "md" | "txt" | "prom" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
