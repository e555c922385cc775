//! Where a site is served: a socket of its own, and what to say when it cannot be had.

use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream, ToSocketAddrs as _},
    time::Duration,
};

use super::answer::SERVER;
use crate::error::{Error, Result};

/// The port when none is asked for.
const PORT: u16 = 3000;
/// How many ports behind one are tried.
const TRIES: u16 = 20;
/// How long a program that has the port may take to say what it is.
const PATIENCE: Duration = Duration::from_millis(300);

/// Where to serve.
#[derive(Debug, Clone)]
pub struct Address {
    /// A name or an address of this machine.
    pub host: String,
    /// The port; none takes the first free one from 3000 on, 0 lets the system choose.
    pub port: Option<u16>,
}

impl Address {
    /// The host as programs know it, without the brackets that addresses of version 6 have in a browser.
    pub(super) fn name(&self) -> &str {
        let inside = self.host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        inside.unwrap_or(&self.host)
    }

    pub(super) fn bind(&self) -> Result<TcpListener> {
        let ports: Vec<u16> = match self.port {
            Some(port) => vec![port],
            None => (PORT..PORT + TRIES).chain([0]).collect(),
        };
        let mut refused = None;
        for port in ports {
            match TcpListener::bind(self.sockets(port)?.as_slice()) {
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
        let help = if error.kind() == ErrorKind::AddrInUse {
            self.taken(port)
        } else {
            "give an address of this machine with `--host` and a port above 1023 with `--port`".to_owned()
        };
        Err(Error::new(format!("cannot serve at `{}`", self.url(port))).because(error).help(help))
    }

    /// The address in a browser.
    pub(super) fn url(&self, port: u16) -> String {
        let host = self.name();
        if host.contains(':') { format!("http://[{host}]:{port}/") } else { format!("http://{host}:{port}/") }
    }

    /// The same for a socket that was bound. One that answers to every address is opened at this machine's own.
    pub(super) fn url_of(&self, local: SocketAddr) -> String {
        if local.ip().is_unspecified() {
            return format!("http://localhost:{}/", local.port());
        }
        self.url(local.port())
    }

    fn sockets(&self, port: u16) -> Result<Vec<SocketAddr>> {
        let sockets = (self.name(), port).to_socket_addrs().map_err(|error| {
            Error::new(format!("cannot find the host `{}`", self.host))
                .because(error)
                .help("give a name or an address of this machine with `--host`")
        })?;
        Ok(sockets.collect())
    }

    /// Who has a port, and which one is free.
    fn taken(&self, port: u16) -> String {
        let who = match self.listener(port).as_deref() {
            Some(SERVER) => "another `afterword serve` has this port".to_owned(),
            Some(name) => format!("`{name}` has this port"),
            None => "another program has this port".to_owned(),
        };
        let mut next = (1..=TRIES).filter_map(|more| port.checked_add(more));
        let is_free = |port: &u16| {
            self.sockets(*port).is_ok_and(|sockets| TcpListener::bind(sockets.as_slice()).is_ok())
        };
        match next.find(is_free) {
            Some(free) => format!("{who}; `--port {free}` is free, and without `--port` a free one is found"),
            None => format!("{who}; without `--port` a free one is found"),
        }
    }

    /// What the program that has a port calls itself, if it speaks HTTP.
    fn listener(&self, port: u16) -> Option<String> {
        let socket = *self.sockets(port).ok()?.first()?;
        let mut stream = TcpStream::connect_timeout(&socket, PATIENCE).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.set_write_timeout(Some(PATIENCE)).ok()?;
        write!(stream, "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
        let mut head = Vec::new();
        // Half an answer has the line as well.
        drop(stream.take(4 << 10).read_to_end(&mut head));
        let head = String::from_utf8_lossy(&head);
        let line = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("server").then(|| value.trim().to_owned())
        })?;
        (!line.is_empty() && line.len() < 80).then_some(line)
    }
}
