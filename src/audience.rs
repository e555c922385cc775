//! What of an archive everybody may read.
//!
//! A document that is not public is not there, and of one that is, what is marked internal is not there. Both go before
//! anything is indexed, counted or rendered: what is made of the rest cannot hold them. That a public document tells of
//! an internal one in words of its own is for a rule to find, not for this.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::{
    config::{Config, Named},
    model::{Archive, Postmortem},
    parse::{self, Context, Published},
    source::SourceFile,
};

/// The public documents and their archive, from those of the company.
pub fn publish(
    documents: &[SourceFile],
    archive: &Archive,
    config: &Config,
    context: &Context<'_>,
) -> (Vec<SourceFile>, Archive) {
    let is_public = |postmortem: &Postmortem| postmortem.is_public(config.build.default_visibility);
    let published: Vec<Published> = documents
        .par_iter()
        .filter(|source| archive.in_file(&source.path).any(is_public))
        .map(|source| parse::publish(source, context))
        // What could no longer be read may have been what said that it is public.
        .filter(|published| published.postmortems.iter().all(is_public))
        .filter(|published| !published.postmortems.is_empty())
        .collect();
    let mut sources = Vec::with_capacity(published.len());
    let mut postmortems = Vec::new();
    for one in published {
        sources.push(one.source);
        postmortems.extend(one.postmortems);
    }
    let known: BTreeSet<String> = postmortems.iter().map(|one| one.id.value.clone()).collect();
    for postmortem in &mut postmortems {
        let named = archive.postmortems();
        let (mut repeat_of, mut related) =
            (std::mem::take(&mut postmortem.repeat_of), std::mem::take(&mut postmortem.related));
        let meant = |id: &str| named.get(archive.meant(id, postmortem)?);
        for ids in [&mut repeat_of, &mut related] {
            ids.retain(|id| meant(&id.value).is_some_and(|other| known.contains(&other.id.value)));
        }
        (postmortem.repeat_of, postmortem.related) = (repeat_of, related);
    }
    (sources, Archive::new(postmortems))
}

/// Takes the services, teams, factors and objectives out of a configuration that no document of the archive mentions,
/// and the words about sources of which it has none: their names alone may say something.
pub fn forget_unmentioned(config: &mut Config, archive: &Archive) {
    let all = archive.postmortems();
    let sources: BTreeSet<&str> = all.iter().filter_map(|one| one.source.as_deref()).collect();
    config.book.src.forget(|source| sources.contains(source));
    let mut services = BTreeSet::new();
    let mut teams = BTreeSet::new();
    let mut factors = BTreeSet::new();
    let mut objectives = BTreeSet::new();
    for one in all {
        let stated = one.services.iter().map(|service| service.value.as_str());
        let of_windows = one.impact.windows.iter().filter_map(|window| window.service.as_deref());
        let of_events = one.timeline.iter().filter_map(|event| event.details().service.as_deref());
        services.extend(
            stated
                .chain(of_windows)
                .chain(of_events)
                .filter_map(|name| config.service(name))
                .map(|service| service.id.clone()),
        );
        let owners = one.actions.iter().filter_map(|action| action.owner.as_ref());
        teams.extend(
            one.teams
                .iter()
                .chain(owners)
                .filter_map(|name| config.team(&name.value))
                .map(|team| team.id.clone()),
        );
        factors.extend(
            one.factors.iter().filter_map(|name| config.factor(&name.value)).map(|factor| factor.id.clone()),
        );
        objectives.extend(one.impact.slo.iter().map(|cost| cost.slo.clone()));
    }
    config.services.retain(|service| services.contains(service.id()));
    config.teams.retain(|team| teams.contains(team.id()));
    config.factors.retain(|factor| factors.contains(factor.id()));
    config.slos.retain(|slo| objectives.contains(&slo.id));
    let mut kept = std::mem::take(&mut config.services);
    for service in &mut kept {
        // It may name its team by an alias.
        service.team = service.team.take().filter(|team| config.team(team).is_some());
    }
    config.services = kept;
}
