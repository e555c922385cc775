//! One request → one answer, out of a site. No socket.

use std::net::IpAddr;

use axum::{
    body::Bytes,
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;

use super::stage::{File, Site};
use crate::error::Result;

/// Where the page's script listens for changes.
pub(super) const EVENTS: &str = "/__afterword/events";
/// The script that keeps a page up to date; only a served page has it.
const SCRIPT: &str = "/__afterword/reload.js";

const HTML: &str = "text/html; charset=utf-8";

/// The header that says of which site an answer is.
pub(super) const VERSION: &str = "afterword-version";
/// What this program calls itself.
pub(super) const SERVER: &str = concat!("afterword/", env!("CARGO_PKG_VERSION"));

/// What of a request counts.
pub(super) struct Request<'a> {
    pub(super) method: &'a Method,
    /// As it was sent, percent signs included.
    pub(super) path: &'a str,
    pub(super) query: Option<&'a str>,
    pub(super) host: Option<&'a str>,
}

/// The answer to a request, and what went wrong with the page. `version` goes into pages, so that they know when they are
/// out of date; `name` is the host that was asked to be served, beside the local ones.
pub(super) fn answer(
    site: Option<&dyn Site>,
    version: &str,
    name: &str,
    request: &Request<'_>,
) -> (Response, Vec<String>) {
    const TEXT: &str = "text/plain; charset=utf-8";
    let plain = |response: Response| (with_headers(response, TEXT), Vec::new());
    if !is_allowed_host(request.host, name) {
        let text =
            "This server answers to its own address only. Start it with `--host` to give it another name.\n";
        return plain((StatusCode::FORBIDDEN, text).into_response());
    }
    if request.method != Method::GET && request.method != Method::HEAD {
        let mut response = (StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n").into_response();
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return plain(response);
    }
    if request.path == SCRIPT {
        return (with_headers(include_str!("reload.js").into_response(), content_type(SCRIPT)), Vec::new());
    }
    match find(site, request.path) {
        Ok(Found::File(path, file)) => file_response(&path, file, StatusCode::OK, version),
        Ok(Found::Folder) => {
            let query = request.query.map(|query| format!("?{query}")).unwrap_or_default();
            // Relative, so that nothing in a path can lead to another host.
            let last = request.path.rsplit('/').next().unwrap_or_default();
            let target = HeaderValue::from_str(&format!("./{last}/{query}"));
            let mut response = StatusCode::PERMANENT_REDIRECT.into_response();
            response.headers_mut().insert(header::LOCATION, target.unwrap_or(HeaderValue::from_static("/")));
            plain(response)
        }
        Ok(Found::Nothing) => {
            const NOTHING: &[u8] = b"<!doctype html><title>Not found</title><body>Not found</body>";
            let page = site.and_then(|site| site.file("404.html").ok().flatten());
            let page = page.unwrap_or(File { bytes: Bytes::from_static(NOTHING), notices: Vec::new() });
            file_response("404.html", page, StatusCode::NOT_FOUND, version)
        }
        Err(error) => {
            let page = Bytes::from_static(b"<!doctype html><title>Not made</title><body></body>");
            let file = File { bytes: page, notices: vec![error.to_string()] };
            file_response("error.html", file, StatusCode::INTERNAL_SERVER_ERROR, version)
        }
    }
}

/// A file as it is, with what tells it from another of its name; a page with the script that keeps it up to date.
fn file_response(path: &str, file: File, status: StatusCode, version: &str) -> (Response, Vec<String>) {
    let content_type = content_type(path);
    let File { bytes, notices } = file;
    if content_type == HTML {
        let page = with_script(&bytes, version);
        return (with_headers((status, page).into_response(), content_type), notices);
    }
    let stamp = format!("\"{}\"", blake3::hash(&bytes).to_hex());
    let mut response = with_headers((status, bytes).into_response(), content_type);
    if let Ok(stamp) = HeaderValue::from_str(&stamp) {
        response.headers_mut().insert(header::ETAG, stamp);
    }
    (response, notices)
}

enum Found {
    File(String, File),
    Folder,
    Nothing,
}

/// Looks a path up. What is not a file of the site is nothing, however its path is written.
fn find(site: Option<&dyn Site>, path: &str) -> Result<Found> {
    let Some(site) = site else { return Ok(Found::Nothing) };
    let Ok(path) = percent_decode_str(path).decode_utf8() else { return Ok(Found::Nothing) };
    let Some(path) = path.strip_prefix('/') else { return Ok(Found::Nothing) };
    let index =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    if let Some(file) = site.file(&index)? {
        return Ok(Found::File(index, file));
    }
    Ok(if site.has(&format!("{path}/index.html")) { Found::Folder } else { Found::Nothing })
}

/// The page with the script that keeps it up to date. It stands at the end and runs before all that wait for the end: it
/// sees the page as it was sent.
fn with_script(page: &Bytes, version: &str) -> Bytes {
    let tag = format!("<script src=\"{SCRIPT}\" data-version=\"{version}\"></script>");
    let at = page.windows(7).rposition(|window| window == b"</body>").unwrap_or(page.len());
    let (before, after) = page.split_at(at);
    [before, tag.as_bytes(), after].concat().into()
}

fn with_headers(mut response: Response, content_type: &'static str) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::SERVER, HeaderValue::from_static(SERVER));
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
