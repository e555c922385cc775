//! Ids that are unique: who keeps the one that two documents have, and what the other gets.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    model::{Fact, Origin, Postmortem, anchor::file_slug},
    source::Span,
};

/// Two documents that state the same id. The second keeps its page under an id of its own, so that nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The id that both state.
    pub id: String,
    /// The document that keeps it.
    pub kept_by: String,
    /// The document that lost it.
    pub path: String,
    /// Where the second one states it.
    pub span: Span,
    /// The id under which the second one is now found.
    pub replaced_by: String,
}

/// Postmortems that got other ids than they state, beside themselves as they were, by where those are in memory. An
/// archive of which little has changed gives the same ones the same ids.
#[derive(Debug, Default)]
pub struct Renamed(BTreeMap<usize, (Arc<Postmortem>, Arc<Postmortem>)>);

impl Renamed {
    /// True when nothing about ids can be another thing with the second of each pair instead of the first.
    pub(super) fn is_as_before(&self, edited: &[(Arc<Postmortem>, Arc<Postmortem>)]) -> bool {
        edited.iter().all(|(was, is)| {
            was.path == is.path
                && was.id.value == is.id.value
                && is_stated(&was.id) == is_stated(&is.id)
                && !self.0.contains_key(&Arc::as_ptr(was).addr())
        })
    }
}

/// Gives every postmortem an id of its own. They are sorted by path.
pub(super) fn make_ids_unique(postmortems: &mut [Arc<Postmortem>], renamed: &mut Renamed) -> Vec<Clash> {
    let mut now = BTreeMap::new();
    // Stated ids are served first, so that a file name never takes one away.
    let mut order: Vec<usize> = (0..postmortems.len()).collect();
    order.sort_by_key(|at| postmortems.get(*at).is_none_or(|postmortem| !is_stated(&postmortem.id)));
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut clashes = Vec::new();
    for at in order {
        let Some(postmortem) = postmortems.get_mut(at) else { continue };
        let wanted = postmortem.id.value.clone();
        let id = free_id(&wanted, &postmortem.path, &owners);
        if id != wanted {
            if is_stated(&postmortem.id) {
                clashes.push(Clash {
                    id: wanted.clone(),
                    kept_by: owners.get(&wanted).cloned().unwrap_or_default(),
                    path: postmortem.path.clone(),
                    span: postmortem.id.span,
                    replaced_by: id.clone(),
                });
            }
            // Nobody has one under its old id that nobody else holds.
            if let Some(own) = Arc::get_mut(postmortem) {
                own.rename(&id);
                owners.insert(id, own.path.clone());
                continue;
            }
            let place = Arc::as_ptr(postmortem).addr();
            let known = renamed.0.remove(&place).filter(|(_, known)| known.id.value == id);
            let (was, is) = known.unwrap_or_else(|| (Arc::clone(postmortem), with_id(postmortem, &id)));
            *postmortem = Arc::clone(&is);
            now.insert(place, (was, is));
        }
        owners.insert(id, postmortem.path.clone());
    }
    renamed.0 = now;
    clashes.sort_by(|a, b| a.path.cmp(&b.path));
    clashes
}

fn with_id(postmortem: &Postmortem, id: &str) -> Arc<Postmortem> {
    let mut postmortem = postmortem.clone();
    postmortem.rename(id);
    Arc::new(postmortem)
}

fn is_stated(id: &Fact<String>) -> bool {
    id.origin == Origin::FrontMatter
}

fn free_id(wanted: &str, path: &str, owners: &BTreeMap<String, String>) -> String {
    if !owners.contains_key(wanted) {
        return wanted.to_owned();
    }
    let folder = path.rsplit('/').nth(1).map(|folder| format!("{}-{wanted}", file_slug(folder)));
    folder
        .into_iter()
        .chain((2..owners.len() + 3).map(|number| format!("{wanted}-{number}")))
        .find(|id| !owners.contains_key(id))
        .unwrap_or_else(|| wanted.to_owned())
}
