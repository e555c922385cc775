//! What became of the action items of a site that is served: looked up beside the work, when nothing has changed for a
//! while, and again when somebody has committed.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use crate::{
    cli::live::Live,
    load::Root,
    model::Audience,
    pipeline,
    serve::{Site, Stage},
    watch::{Changes, Watched},
};

/// How long it has to be quiet: whoever writes is served first.
const QUIET: Duration = Duration::from_millis(400);

/// Why to look again.
pub(super) enum News {
    /// There is another site.
    Made(Root, Arc<Live>),
    /// Something has happened in a repository.
    Committed,
}

/// Looks up what became of the action items as often as there is news, and lets open pages know.
pub(super) fn keep_up(news: &Receiver<News>, stage: &Stage, audience: Audience) {
    let mut last = None;
    while let Ok(first) = news.recv() {
        let mut next = first;
        loop {
            if let News::Made(root, live) = next {
                last = Some((root, live));
            }
            next = match news.recv_timeout(QUIET) {
                Ok(newer) => newer,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            };
        }
        let Some((root, live)) = &last else { continue };
        if live.look_up(root, audience) {
            let site: Arc<dyn Site> = live.clone();
            stage.renew(&site);
        }
    }
}

/// Tells when something happens in the repositories of an archive, for as long as anybody listens. One that cannot be
/// watched is looked at again with the next site.
pub(super) fn watch_commits(root: &Root, tell: &Sender<News>) {
    let (config, _) = pipeline::configuration(root);
    for (folder, kept) in pipeline::histories(root, &config) {
        let watched = Watched { root: folder, folders: Vec::new(), out: kept };
        let Ok(mut changes) = Changes::watch(&watched) else { continue };
        let tell = tell.clone();
        thread::spawn(move || {
            while changes.wait().is_some() {
                if tell.send(News::Committed).is_err() {
                    return;
                }
            }
        });
    }
}
