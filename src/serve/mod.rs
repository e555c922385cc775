//! A site in memory, served to the browser of whoever writes, and replaced when something changes.
//!
//! A request is answered out of a [`Snapshot`]; a change makes a new one in a thread of its own, and the pages reload
//! when it is there. A build that fails leaves the old site standing and says why on the page. What a site is, and what
//! to watch, is known to the caller only.

mod answer;
#[cfg(test)]
mod tests;

use std::{
    convert::Infallible,
    net::{SocketAddr, TcpListener, ToSocketAddrs},
    sync::{Arc, mpsc as std_mpsc},
    thread,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use tokio::sync::{mpsc, watch};
use tokio_stream::{StreamExt, wrappers::WatchStream};

pub use answer::Snapshot;

use crate::error::{Error, Result};

/// The port when none is asked for.
const PORT: u16 = 3000;
/// How many ports behind it are tried.
const TRIES: u16 = 20;

/// Where to serve.
#[derive(Debug, Clone)]
pub struct Address {
    /// A name or an address of this machine.
    pub host: String,
    /// The port; none takes the first free one from 3000 on, 0 lets the system choose.
    pub port: Option<u16>,
}

/// What happens while a site is served.
#[derive(Debug)]
pub enum Status {
    /// It can be opened at this address.
    Listening(String),
    /// There is a new site; one line about it.
    Built(String),
    /// There is none, and the old one stands.
    Failed(Error),
}

/// Makes a site. Called once in the beginning and then after every change.
pub type Build = dyn Fn() -> Result<Snapshot> + Send + Sync;

/// A site with its number.
#[derive(Default)]
struct Current {
    site: Snapshot,
    /// Unlike that of any other site that a page may have come from, earlier runs included.
    version: String,
    /// Why the last build failed; empty when it did not.
    failure: Option<String>,
}

#[derive(Clone)]
struct Shared {
    current: watch::Receiver<Option<Arc<Current>>>,
    host: Arc<str>,
}

/// Serves until the user ends it. `changes` tells when to build again; `tell` hears what happens.
pub fn serve(
    address: &Address,
    build: Arc<Build>,
    changes: std_mpsc::Receiver<()>,
    tell: &mut dyn FnMut(Status) -> Result<()>,
) -> Result<()> {
    let listener = bind(address)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Error::new("cannot start the server").because(error))?;
    let (publish, current) = watch::channel(None);
    let (status, mut heard) = mpsc::unbounded_channel();
    let shared = Shared { current, host: Arc::from(address.host.as_str()) };
    let outcome = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)
            .map_err(|error| Error::new("cannot start the server").because(error))?;
        let local =
            listener.local_addr().map_err(|error| Error::new("cannot start the server").because(error))?;
        tell(Status::Listening(url(&address.host, local)))?;
        let prefix = format!("{}-{}", std::process::id(), local.port());
        // Kept here as well, so that the streams do not end when there is nothing more to build.
        let (_publish, _status) = (publish.clone(), status.clone());
        thread::spawn(move || build_again_and_again(&*build, &changes, &publish, &status, &prefix));
        let app = Router::new().route(answer::EVENTS, get(events)).fallback(page).with_state(shared);
        let server = axum::serve(listener, app).into_future();
        let asked = asked_to_stop();
        tokio::pin!(server, asked);
        loop {
            tokio::select! {
                ended = &mut server => {
                    return ended.map_err(|error| Error::new("the server has stopped").because(error));
                }
                happened = heard.recv() => match happened {
                    Some(status) => tell(status)?,
                    None => return Ok(()),
                },
                () = &mut asked => return Ok(()),
            }
        }
    });
    // Open event streams would keep a polite shutdown waiting for ever.
    runtime.shutdown_background();
    outcome
}

/// Builds now and after every change, for as long as somebody listens.
fn build_again_and_again(
    build: &Build,
    changes: &std_mpsc::Receiver<()>,
    publish: &watch::Sender<Option<Arc<Current>>>,
    status: &mpsc::UnboundedSender<Status>,
    prefix: &str,
) {
    let mut last = Arc::new(Current::default());
    for number in 0_u64.. {
        let next = match build() {
            Ok(site) => {
                drop(status.send(Status::Built(site.summary.clone())));
                Current { version: format!("{prefix}-{number}"), failure: None, site }
            }
            Err(error) => {
                let text = error.to_string();
                drop(status.send(Status::Failed(error)));
                Current { version: last.version.clone(), failure: Some(text), site: last.site.clone() }
            }
        };
        last = Arc::new(next);
        if publish.send(Some(Arc::clone(&last))).is_err() {
            return;
        }
        let Ok(()) = changes.recv() else { return };
        while changes.try_recv().is_ok() {}
    }
}

async fn page(State(shared): State<Shared>, request: Request) -> Response {
    let Some(current) = first(shared.current.clone()).await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let request = answer::Request {
        method: request.method(),
        path: request.uri().path(),
        query: request.uri().query(),
        host,
    };
    answer::answer(&current.site, &current.version, &shared.host, &request)
}

/// The state of the site now and after every build: `{"version": "…", "notices": ["…"]}`.
async fn events(State(shared): State<Shared>, request: Request) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if !answer::is_allowed_host(host, &shared.host) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let states = WatchStream::new(shared.current).filter_map(|current| {
        let current = current?;
        let notices: Vec<&String> = current.failure.iter().chain(&current.site.notices).collect();
        let state = serde_json::json!({ "version": current.version, "notices": notices });
        Some(Ok::<_, Infallible>(Event::default().data(state.to_string())))
    });
    Sse::new(states).keep_alive(KeepAlive::default()).into_response()
}

/// The site, as soon as there is one.
async fn first(mut current: watch::Receiver<Option<Arc<Current>>>) -> Option<Arc<Current>> {
    let found = current.wait_for(Option::is_some).await.ok()?;
    found.clone()
}

#[cfg(unix)]
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    drop(tokio::signal::ctrl_c().await);
}

fn bind(address: &Address) -> Result<TcpListener> {
    let ports: Vec<u16> = match address.port {
        Some(port) => vec![port],
        None => (PORT..PORT + TRIES).chain([0]).collect(),
    };
    let mut refused = None;
    for port in ports {
        let addresses: Vec<SocketAddr> = (address.host.as_str(), port)
            .to_socket_addrs()
            .map_err(|error| {
                Error::new(format!("cannot find the host `{}`", address.host))
                    .because(error)
                    .help("give a name or an address of this machine with `--host`")
            })?
            .collect();
        match TcpListener::bind(addresses.as_slice()) {
            Ok(listener) => {
                listener
                    .set_nonblocking(true)
                    .map_err(|error| Error::new("cannot start the server").because(error))?;
                return Ok(listener);
            }
            Err(error) => refused = Some((port, error)),
        }
    }
    let Some((port, error)) = refused else { return Err(Error::new("there is no port to serve at")) };
    let help = if error.kind() == std::io::ErrorKind::AddrInUse {
        "another program has this port: give another one with `--port`, or none and a free one is found"
    } else {
        "give an address of this machine with `--host` and a port above 1023 with `--port`"
    };
    Err(Error::new(format!("cannot serve at `{}:{port}`", address.host)).because(error).help(help))
}

fn url(host: &str, local: SocketAddr) -> String {
    let is_any = local.ip().is_unspecified();
    let host = match host {
        _ if is_any => "localhost".to_owned(),
        host if host.contains(':') => format!("[{host}]"),
        host => host.to_owned(),
    };
    format!("http://{host}:{}/", local.port())
}
