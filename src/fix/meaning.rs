//! What a document says, compared: the same before and after, but for what a fix means to change.

use std::collections::BTreeSet;

use crate::{
    diagnostic::Aspect,
    model::{ActionItem, ActionStatus, Markdown, Moment, Origin, Postmortem},
};

/// True when two readings of a document say the same, these aspects apart.
pub fn same(before: &Postmortem, after: &Postmortem, apart_from: &BTreeSet<Aspect>) -> bool {
    let bare = |postmortem: &Postmortem| {
        let mut postmortem = postmortem.clone();
        if apart_from.contains(&Aspect::Order) {
            drop_concluded(&mut postmortem);
        }
        let bare = postmortem.unplaced();
        apart_from.iter().fold(bare, |postmortem, aspect| without(postmortem, *aspect))
    };
    bare(before) == bare(after)
}

/// Takes away what is concluded from which event comes first.
fn drop_concluded(postmortem: &mut Postmortem) {
    if postmortem.is_date_inferred() {
        postmortem.date = None;
    }
    postmortem.times.retain(|_, fact| fact.origin != Origin::Inferred);
}

fn without(mut postmortem: Postmortem, aspect: Aspect) -> Postmortem {
    match aspect {
        Aspect::Names => names(&mut postmortem),
        Aspect::Zone => {
            postmortem.zone = None;
            moments(&mut postmortem).for_each(|moment| moment.zone = None);
        }
        Aspect::Times => {
            postmortem.date = None;
            postmortem.times.clear();
            postmortem.timeline.iter_mut().for_each(|event| {
                (event.at, event.end, event.milestone) = (Moment::default(), None, None);
            });
            postmortem.actions.iter_mut().for_each(|item| {
                (item.due, item.opened, item.closed) = (None, None, None);
            });
        }
        Aspect::Order => postmortem.timeline.sort_by_cached_key(|event| format!("{event:?}")),
        Aspect::Events => postmortem.timeline.clear(),
        Aspect::Ids => postmortem.actions.iter_mut().for_each(|item| {
            item.id.clear();
            item.has_own_id = false;
        }),
        Aspect::Links => {
            postmortem.links.clear();
            postmortem.actions.iter_mut().for_each(|ActionItem { markdown, trackers, .. }| {
                *markdown = Markdown::default();
                trackers.clear();
            });
            postmortem.timeline.iter_mut().for_each(|event| {
                event.markdown = Markdown::default();
                event.set_details(|details| details.links.clear());
            });
        }
        Aspect::Actions => postmortem.actions.clear(),
        Aspect::Sections => {
            postmortem.sections.clear();
            postmortem.comments.clear();
        }
        Aspect::Title => {
            postmortem.title.value.clear();
            postmortem.sections.clear();
        }
    }
    postmortem
}

fn names(postmortem: &mut Postmortem) {
    (postmortem.status, postmortem.severity, postmortem.severity_id) = (None, None, None);
    (postmortem.detected_by, postmortem.visibility) = (None, None);
    for list in [
        &mut postmortem.services,
        &mut postmortem.teams,
        &mut postmortem.tags,
        &mut postmortem.factors,
        &mut postmortem.authors,
        &mut postmortem.repeat_of,
        &mut postmortem.related,
    ] {
        list.clear();
    }
    postmortem.actions.iter_mut().for_each(|item| {
        (item.owner, item.kind, item.priority) = (None, None, None);
        item.status.value = ActionStatus::default();
    });
}

fn moments(postmortem: &mut Postmortem) -> impl Iterator<Item = &mut Moment> {
    let events = postmortem
        .timeline
        .iter_mut()
        .flat_map(|event| std::iter::once(&mut event.at).chain(event.end.as_deref_mut()));
    let windows = postmortem
        .impact
        .windows
        .iter_mut()
        .flat_map(|window| window.start.iter_mut().chain(&mut window.end));
    postmortem.times.values_mut().map(|fact| &mut fact.value).chain(events).chain(windows)
}
