//! Answers to requests, one by one and over a real connection.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc as std_mpsc,
    thread,
    time::Duration,
};

use axum::{body::Bytes, http::Method};

use super::*;

/// A site with all of its files made.
struct Files(BTreeMap<String, Bytes>);

impl Site for Files {
    fn file(&self, path: &str) -> Result<Option<File>> {
        if path == "burnt.png" {
            return Err(Error::new("the picture is on fire"));
        }
        let notices = if path == "a b/index.html" { vec!["deep water".to_owned()] } else { Vec::new() };
        Ok(self.0.get(path).map(|bytes| File { bytes: bytes.clone(), notices }))
    }

    fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }
}

fn site(text: &str) -> Files {
    let files = [
        ("index.html", text),
        ("a b/index.html", "<body>deep</body>"),
        ("style.css", "a{}"),
        ("404.html", "lost"),
    ];
    Files(
        files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), Bytes::copy_from_slice(text.as_bytes())))
            .collect(),
    )
}

fn ask(method: &Method, path: &str, host: Option<&str>) -> Response {
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let request = answer::Request { method, path, query, host };
    answer::answer(Some(&site("<body>home</body>")), "v1", "127.0.0.1", &request).0
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

/// A server, its port, its stage, and what it tells.
fn served() -> (u16, Stage, std_mpsc::Receiver<Status>) {
    let (happened, status) = std_mpsc::channel();
    let (ready, stage) = std_mpsc::channel();
    thread::spawn(move || {
        let address = Address { host: "127.0.0.1".to_owned(), port: Some(0) };
        let mut tell = |status| {
            happened.send(status).map_err(|_| Error::new("the test is over"))?;
            Ok(())
        };
        let begin = |stage| {
            ready.send(stage).map_err(|_| Error::new("the test is over"))?;
            Ok(())
        };
        serve(&address, begin, &mut tell)
    });
    let Ok(Status::Listening(url)) = status.recv_timeout(Duration::from_secs(10)) else {
        panic!("it listens first")
    };
    let port = url.trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
    (port, stage.recv_timeout(Duration::from_secs(10)).unwrap(), status)
}

#[test]
fn a_change_reaches_the_page_and_a_failure_leaves_the_old_site() {
    let (port, stage, status) = served();
    let next = || status.recv_timeout(Duration::from_secs(10)).unwrap();
    let show = |text: &str| stage.show(Arc::new(site(&format!("<body>{text}</body>"))), Vec::new());
    show("home 0");
    let page = get(port, "/", "</body>");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("\r\nafterword-version: "), "{page}");
    assert!(page.contains("home 0<script src=\"/__afterword/reload.js\" data-version=\""), "{page}");
    let script = get(port, "/__afterword/reload.js", "})();");
    assert!(script.contains("text/javascript") && script.contains("EventSource"), "{script}");

    stage.fail(Error::new("the disk is on fire"));
    assert!(matches!(next(), Status::Failed(error) if error.to_string() == "the disk is on fire"));
    assert!(get(port, "/", "</body>").contains("home 0<script"));
    assert!(get(port, answer::EVENTS, "on fire").contains("\"notices\":[\"the disk is on fire\"]"));

    show("home 1");
    assert!(get(port, "/", "</body>").contains("home 1<script"));
    assert!(get(port, answer::EVENTS, "-1\"").contains("\"notices\":[]"));
    stage.say("all is well".to_owned());
    assert!(matches!(next(), Status::Said(text) if text == "all is well"));
}

#[test]
fn what_goes_wrong_with_a_page_is_said_until_there_is_another_site() {
    let (port, stage, _status) = served();
    let show = |notice: &str| stage.show(Arc::new(site("<body>home</body>")), vec![notice.to_owned()]);
    show("a gap in the frame");
    get(port, "/a%20b/", "deep</body>");
    let burnt = get(port, "/burnt.png", "</body>");
    assert!(burnt.starts_with("HTTP/1.1 500 "), "{burnt}");
    let notices = "\"notices\":[\"a gap in the frame\",\"deep water\",\"the picture is on fire\"]";
    let said = get(port, answer::EVENTS, "fire");
    assert!(said.contains(notices), "{said}");
    show("another gap");
    assert!(get(port, answer::EVENTS, "gap").contains("\"notices\":[\"another gap\"]"));
}

#[test]
fn a_failure_in_the_beginning_is_said_on_a_page_that_waits() {
    let (port, stage, _status) = served();
    stage.fail(Error::new("the folder is not there"));
    let page = get(port, "/", "</body>");
    assert!(page.starts_with("HTTP/1.1 404 ") && page.contains("data-version=\"\""), "{page}");
    assert!(get(port, answer::EVENTS, "there").contains("\"notices\":[\"the folder is not there\"]"));
}

fn address(host: &str, port: Option<u16>) -> Address {
    Address { host: host.to_owned(), port }
}

#[test]
fn a_port_that_is_taken_is_an_error_when_asked_for_and_passed_over_when_not() {
    let first = address("127.0.0.1", None).bind().unwrap();
    let second = address("127.0.0.1", None).bind().unwrap();
    assert_ne!(first.local_addr().unwrap(), second.local_addr().unwrap());
    assert!(address("no such host", None).bind().is_err());
}

#[test]
fn of_a_port_that_is_taken_it_is_said_by_whom_and_which_one_is_free() {
    let refused = |port| {
        let error = address("127.0.0.1", Some(port)).bind().unwrap_err();
        assert_eq!(error.to_string(), format!("cannot serve at `http://127.0.0.1:{port}/`"));
        let help = error.next_step().unwrap().to_owned();
        let free: u16 = help.split(['`', ' ']).find_map(|word| word.parse().ok()).unwrap();
        assert!(TcpListener::bind(("127.0.0.1", free)).is_ok(), "{help}");
        help
    };
    let (port, stage, _status) = served();
    stage.show(Arc::new(site("")), Vec::new());
    assert!(refused(port).starts_with("another `afterword serve` has this port; `--port "));
    let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = silent.local_addr().unwrap().port();
    assert!(refused(port).starts_with("another program has this port; "));
}

#[test]
fn an_address_of_version_6_is_one_with_brackets_and_without() {
    for host in ["::1", "[::1]"] {
        let address = address(host, Some(0));
        // A machine without version 6 has nothing to bind to; the address is understood all the same.
        if let Ok(listener) = address.bind() {
            let local = listener.local_addr().unwrap();
            assert!(local.is_ipv6());
            assert_eq!(address.url_of(local), format!("http://[::1]:{}/", local.port()));
        }
        assert_eq!(address.url(3000), "http://[::1]:3000/");
    }
}
