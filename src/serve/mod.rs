//! A site served to the browser of whoever writes, and replaced when something changes.
//!
//! Somebody else makes the site and puts it on the [`Stage`]; its pages are made when they are asked for, and the open
//! ones hear of it when there is another one. What a site is, and what to watch, is known to the caller only.

mod address;
mod answer;
mod stage;
#[cfg(test)]
mod tests;

use std::{convert::Infallible, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use tokio::sync::{mpsc, watch};
use tokio_stream::{StreamExt, wrappers::WatchStream};

pub use address::Address;
pub use stage::{File, Site, Stage};

use crate::{
    error::{Error, Result},
    stop,
};
use stage::Current;

/// What happens while a site is served.
#[derive(Debug)]
pub enum Status {
    /// It can be opened at this address.
    Listening(String),
    /// Something for the terminal.
    Said(String),
    /// There is no other site, and the old one stands.
    Failed(Error),
}

#[derive(Clone)]
struct Shared {
    shown: Arc<watch::Sender<Current>>,
    current: watch::Receiver<Current>,
    host: Arc<str>,
}

/// Serves until somebody asks the program to end. `begin` is given the stage to put sites on, and returns at once; `tell`
/// hears what happens.
pub fn serve(
    address: &Address,
    begin: impl FnOnce(Stage) -> Result<()>,
    tell: &mut dyn FnMut(Status) -> Result<()>,
) -> Result<()> {
    let failed = |error| Error::new("cannot start the server").because(error);
    let listener = address.bind()?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(failed)?;
    let (shown, current) = watch::channel(Current::default());
    let shown = Arc::new(shown);
    let (said, mut heard) = mpsc::unbounded_channel();
    let shared = Shared { shown: Arc::clone(&shown), current, host: Arc::from(address.name()) };
    let outcome = runtime.block_on(async {
        let asked = stop::asked();
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        let local = listener.local_addr().map_err(failed)?;
        tell(Status::Listening(address.url_of(local)))?;
        let prefix = format!("{}-{}", std::process::id(), local.port());
        begin(Stage::new(shown, said.clone(), prefix))?;
        let app = Router::new().route(answer::EVENTS, get(events)).fallback(page).with_state(shared);
        let server = axum::serve(listener, app).into_future();
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

async fn page(State(shared): State<Shared>, request: Request) -> Response {
    let mut current = shared.current.clone();
    let is_there = |current: &Current| current.site.is_some() || !current.notices().is_empty();
    let Ok(current) = current.wait_for(is_there).await.map(|current| current.clone()) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let shown = Arc::clone(&shared.shown);
    // Making a page is work, and the threads that serve are few.
    let answered = tokio::task::spawn_blocking(move || {
        let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
        let request = answer::Request {
            method: request.method(),
            path: request.uri().path(),
            query: request.uri().query(),
            host,
        };
        let site = current.site.as_deref();
        let (mut response, notices) = answer::answer(site, &current.version, &shared.host, &request);
        if !notices.is_empty() {
            stage::remark(&shown, &current.version, notices);
        }
        if let Ok(version) = HeaderValue::from_str(&current.version) {
            response.headers_mut().insert(answer::VERSION, version);
        }
        response
    });
    answered.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// The state of the site now and after every change: `{"version": "…", "notices": ["…"]}`.
async fn events(State(shared): State<Shared>, request: Request) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if !answer::is_allowed_host(host, &shared.host) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let states = WatchStream::new(shared.current).map(|current| {
        let state = serde_json::json!({ "version": *current.version, "notices": current.notices() });
        Ok::<_, Infallible>(Event::default().data(state.to_string()))
    });
    Sse::new(states).keep_alive(KeepAlive::default()).into_response()
}
