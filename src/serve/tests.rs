//! Answers to requests, one by one and over a real connection.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use axum::{body::Bytes, http::Method};

use super::*;

fn site(text: &str) -> Snapshot {
    let files = [
        ("index.html", text),
        ("a b/index.html", "<body>deep</body>"),
        ("style.css", "a{}"),
        ("404.html", "lost"),
    ];
    Snapshot {
        files: files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), Bytes::copy_from_slice(text.as_bytes())))
            .collect(),
        ..Snapshot::default()
    }
}

fn ask(method: &Method, path: &str, host: Option<&str>) -> Response {
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let request = answer::Request { method, path, query, host };
    answer::answer(&site("<body>home</body>"), "v1", "127.0.0.1", &request)
}

fn status(path: &str) -> u16 {
    ask(&Method::GET, path, Some("localhost:3000")).status().as_u16()
}

fn header_of(response: &Response, name: header::HeaderName) -> &str {
    response.headers().get(name).unwrap().to_str().unwrap()
}

#[test]
fn files_are_found_by_their_paths_and_nothing_else_is() {
    assert_eq!(["/", "/index.html", "/a%20b/", "/style.css", "/?q=1"].map(status), [200; 5]);
    let lost = [
        "/nothing",
        "/../Cargo.toml",
        "/..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/%ff",
        "/style.css/",
        "/%00",
    ];
    assert_eq!(lost.map(status), [404; 7]);
}

#[test]
fn a_folder_without_its_slash_is_sent_to_the_right_place_on_the_same_host() {
    let response = ask(&Method::GET, "/a%20b?x=1", Some("localhost"));
    assert_eq!(response.status().as_u16(), 308);
    assert_eq!(header_of(&response, header::LOCATION), "./a%20b/?x=1");
}

#[test]
fn answers_say_what_they_are_and_are_never_kept() {
    let style = ask(&Method::GET, "/style.css", Some("localhost"));
    assert_eq!(header_of(&style, header::CONTENT_TYPE), "text/css; charset=utf-8");
    assert_eq!(header_of(&style, header::CACHE_CONTROL), "no-store");
    let lost = ask(&Method::GET, "/nothing", Some("localhost"));
    assert_eq!(header_of(&lost, header::CONTENT_TYPE), "text/html; charset=utf-8");
}

#[test]
fn a_name_that_was_pointed_at_this_machine_is_refused() {
    let allowed =
        ["localhost", "localhost:3000", "127.0.0.1:80", "[::1]:3000", "x.localhost", "192.168.1.7:3000"];
    for host in allowed {
        assert_eq!(ask(&Method::GET, "/", Some(host)).status().as_u16(), 200, "{host}");
    }
    for host in [None, Some("evil.example"), Some("evil.example:3000"), Some("localhost.evil.example")] {
        assert_eq!(ask(&Method::GET, "/", host).status().as_u16(), 403, "{host:?}");
    }
    assert!(answer::is_allowed_host(Some("kb.internal:3000"), "KB.internal"));
}

#[test]
fn only_reading_is_possible() {
    let response = ask(&Method::POST, "/", Some("localhost"));
    assert_eq!((response.status().as_u16(), header_of(&response, header::ALLOW)), (405, "GET, HEAD"));
}

/// Sends one request and reads until `until` has come.
fn get(port: u16, path: &str, until: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    let mut buffer = [0; 4096];
    while !text.contains(until) {
        match stream.read(&mut buffer).unwrap() {
            0 => break,
            length => text.push_str(&String::from_utf8_lossy(&buffer[..length])),
        }
    }
    text
}

#[test]
fn a_change_reaches_the_page_and_a_failure_leaves_the_old_site() {
    let (change, changes) = std_mpsc::channel();
    let (happened, status) = std_mpsc::channel();
    let count = std::sync::atomic::AtomicUsize::new(0);
    let build = move || match count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
        1 => Err(Error::new("the disk is on fire")),
        number => Ok(site(&format!("<body>home {number}</body>"))),
    };
    thread::spawn(move || {
        let address = Address { host: "127.0.0.1".to_owned(), port: Some(0) };
        let mut tell = |status| {
            happened.send(status).map_err(|_| Error::new("the test is over"))?;
            Ok(())
        };
        serve(&address, Arc::new(build), changes, &mut tell)
    });
    let next = || status.recv_timeout(Duration::from_secs(10)).unwrap();
    let Status::Listening(url) = next() else { panic!("it listens first") };
    let port: u16 = url.trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
    let page = get(port, "/", "</body>");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert!(page.contains("home 0<script src=\"/__afterword/reload.js\" data-version=\""), "{page}");
    let script = get(port, "/__afterword/reload.js", "})();");
    assert!(script.contains("text/javascript") && script.contains("EventSource"), "{script}");
    assert!(matches!(next(), Status::Built(_)));

    change.send(()).unwrap();
    assert!(matches!(next(), Status::Failed(error) if error.to_string() == "the disk is on fire"));
    assert!(get(port, "/", "</body>").contains("home 0<script"));
    assert!(get(port, answer::EVENTS, "on fire").contains("\"notices\":[\"the disk is on fire\"]"));

    change.send(()).unwrap();
    assert!(matches!(next(), Status::Built(_)));
    assert!(get(port, "/", "</body>").contains("home 2<script"));
    assert!(get(port, answer::EVENTS, "-2\"").contains("\"notices\":[]"));
}

#[test]
fn a_port_that_is_taken_is_an_error_when_asked_for_and_passed_over_when_not() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let address = |port| Address { host: "127.0.0.1".to_owned(), port };
    let error = bind(&address(Some(port))).unwrap_err();
    assert_eq!(error.to_string(), format!("cannot serve at `127.0.0.1:{port}`"));
    assert!(error.next_step().unwrap().contains("--port"));
    let first = bind(&address(None)).unwrap();
    let second = bind(&address(None)).unwrap();
    assert_ne!(first.local_addr().unwrap(), second.local_addr().unwrap());
    assert!(bind(&Address { host: "no such host".to_owned(), port: None }).is_err());
}
