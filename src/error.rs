//! The one error type: what the environment refused.
//!
//! Content never makes an [`Error`]; a broken document becomes a poorer model and a
//! [`Finding`](crate::diagnostic::Finding). An error is a folder that cannot be read, a port that is taken, a disk that
//! is full. It is opaque on purpose: nobody needs to tell the cases apart, everybody needs to read them.

use std::{fmt, path::Path};

/// Something outside the documents that kept the job from being done.
#[derive(Debug)]
pub struct Error {
    message: String,
    help: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The result of a function at the edge.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error that has no deeper cause. The message says what was attempted, in lower case, without a final dot.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, source: None }
    }

    /// An error met while working on `path`: "cannot `action` `path`", and why.
    pub fn at(
        action: &str,
        path: &Path,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self {
            message: format!("cannot {action} `{}`", path.display()),
            help: None,
            source: Some(source.into()),
        }
    }

    /// Adds the cause.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Adds the next step for whoever reads the message.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The next step, when there is a sensible one.
    pub fn next_step(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// True when the reader of our output went away, which is not a failure: `afterword stats | head`.
    pub fn is_broken_pipe(&self) -> bool {
        self.source.as_deref().is_some_and(|source| {
            source
                .downcast_ref::<std::io::Error>()
                .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
