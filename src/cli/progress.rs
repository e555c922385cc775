//! A sign of life for whoever waits at a terminal for longer than a second. Nobody else sees anything.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::{Global, Io};

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the sign moves.
const TICK: Duration = Duration::from_millis(120);

/// Shown until it is dropped.
pub(super) struct Progress {
    done: Arc<AtomicU64>,
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to wait. `what` says what is being done.
    pub(super) fn start(what: &'static str, global: &Global, io: &Io<'_>) -> Self {
        let done = Arc::new(AtomicU64::new(0));
        if global.quiet || !io.err.is_terminal {
            return Self { done, end: None, thread: None };
        }
        let (end, ended) = mpsc::channel();
        let count = Arc::clone(&done);
        let thread = thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style);
            }
            while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                bar.set_message(match count.load(Ordering::Relaxed) {
                    0 => what.to_owned(),
                    files => format!("{what}: {files} files"),
                });
                bar.tick();
            }
            bar.finish_and_clear();
        });
        Self { done, end: Some(end), thread: Some(thread) }
    }

    /// One more file is done. May be called from many threads.
    pub(super) fn one_more(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // The line has to be clear before anything else is printed; a thread that died has nothing to clear.
            drop(thread.join());
        }
    }
}
