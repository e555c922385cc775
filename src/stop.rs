//! The wish to end: Ctrl-C, or what a service manager sends.

use std::thread;

use crate::error::{Error, Result};

/// Waits until somebody asks the program to end. Where the system tells of no such wish, for ever.
#[cfg(unix)]
pub async fn asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return interrupted().await };
    tokio::select! {
        () = interrupted() => {}
        _ = terminate.recv() => {}
    }
}

/// Waits until somebody asks the program to end. Where the system tells of no such wish, for ever.
#[cfg(not(unix))]
pub async fn asked() {
    interrupted().await;
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Calls `end` in a thread of its own as soon as somebody asks the program to end.
pub fn when_asked(end: impl FnOnce() + Send + 'static) -> Result<()> {
    let failed = |error| Error::new("cannot wait for Ctrl-C").because(error);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    // The signal is listened to before this returns: one that comes right after is not lost.
    let (ready, is_ready) = std::sync::mpsc::channel();
    thread::spawn(move || {
        runtime.block_on(async {
            let asked = asked();
            tokio::pin!(asked);
            // Asking once registers the wish.
            let first = std::future::poll_fn(|cx| std::task::Poll::Ready(asked.as_mut().poll(cx))).await;
            let _ = ready.send(());
            if first.is_pending() {
                asked.await;
            }
        });
        end();
    });
    // An error means that the thread is gone, and then there is nothing to wait for.
    let _ = is_ready.recv();
    Ok(())
}
