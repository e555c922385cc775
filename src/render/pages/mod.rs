//! Every page of the site: which there are, and making them.

mod actions;
mod data;
mod files;
mod group;
mod home;
mod insights;
mod list;
mod machine;
mod not_found;
mod places;
mod postmortem;
mod rules;
mod search;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;
use serde::Serialize;

use crate::{
    error::Result,
    render::{
        Artifact, Content, Problem, Site, Theme,
        site::Cx,
        urls::{self, Kind},
    },
};

/// Makes every file of the site and hands it to `put`, from several threads and in no order. The problems are those of
/// templates that failed while pages were made; each such page is made by the built-in template.
pub fn render<P>(site: Site<'_>, theme: &Theme, put: P) -> Result<Vec<Problem>>
where
    P: Fn(Artifact) -> Result<()> + Sync,
{
    let cx = Cx::new(site, theme);
    let press = Press { cx: &cx, put: &put, kept: Mutex::default() };
    theme.artifacts().into_par_iter().try_for_each(&put)?;
    jobs(&cx).into_par_iter().try_for_each(|job| press.make(job))?;
    press.finish()
}

/// Makes every file of the site, sorted by path.
pub fn render_all(site: Site<'_>, theme: &Theme) -> Result<(Vec<Artifact>, Vec<Problem>)> {
    let made = Mutex::new(Vec::new());
    let problems = render(site, theme, |artifact| {
        made.lock().unwrap_or_else(PoisonError::into_inner).push(artifact);
        Ok(())
    })?;
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((made, problems))
}

/// A page that is still to be made.
#[derive(Debug, Clone, Copy)]
enum Job {
    Home,
    List,
    Actions,
    Weekly,
    Insights,
    Postmortem(usize),
    Groups(Kind),
    Group(Kind, usize),
    Rules,
    Rule(usize),
    NotFound,
    Search,
    SearchIndex,
    Feed,
    JsonFeed,
    Sitemap,
    Robots,
    Manifest,
    Data(data::File),
}

fn jobs(cx: &Cx<'_>) -> Vec<Job> {
    let mut jobs = vec![
        Job::Home,
        Job::List,
        Job::Actions,
        Job::Weekly,
        Job::Insights,
        Job::Rules,
        Job::NotFound,
        Job::Search,
        Job::SearchIndex,
        Job::Feed,
        Job::JsonFeed,
        Job::Sitemap,
        Job::Robots,
        Job::Manifest,
    ];
    jobs.extend(data::File::ALL.map(Job::Data));
    jobs.extend((0..cx.cards.len()).map(Job::Postmortem));
    for kind in Kind::ALL {
        jobs.push(Job::Groups(kind));
        let groups = kind.groups(&cx.site.summary.groups);
        jobs.extend((0..groups.len()).map(|place| Job::Group(kind, place)));
    }
    jobs.extend((0..cx.site.rules.len()).map(Job::Rule));
    jobs
}

/// What is remembered until all pages are made.
#[derive(Default)]
struct Kept {
    /// The first problem of each template.
    problems: BTreeMap<String, Problem>,
    /// Files that documents show, by their path in the site.
    files: BTreeMap<String, PathBuf>,
}

struct Press<'a, P> {
    cx: &'a Cx<'a>,
    put: &'a P,
    kept: Mutex<Kept>,
}

impl<P: Fn(Artifact) -> Result<()> + Sync> Press<'_, P> {
    fn make(&self, job: Job) -> Result<()> {
        let cx = self.cx;
        match job {
            Job::Home => self.page("index.html", "home.html", &home::view(cx)),
            Job::List => self.page(urls::POSTMORTEMS, "postmortems.html", &list::view(cx)),
            Job::Actions => self.page(urls::ACTIONS, "actions.html", &actions::view(cx)),
            Job::Weekly => self.page(urls::WEEKLY, "weekly.html", &actions::weekly(cx)),
            Job::Insights => self.page(urls::INSIGHTS, "insights.html", &insights::view(cx)),
            Job::Postmortem(place) => {
                let Some((path, made)) = postmortem::view(cx, place) else { return Ok(()) };
                self.keep(|kept| kept.files.extend(made.files));
                self.page(&path, "postmortem.html", &made.view)
            }
            Job::Groups(kind) => self.page(&kind.index(), "groups.html", &group::index(cx, kind)),
            Job::Group(kind, place) => {
                let Some(group) = kind.groups(&cx.site.summary.groups).get(place) else { return Ok(()) };
                self.page(&kind.page(group), "group.html", &group::view(cx, kind, group))
            }
            Job::Rules => self.page(urls::RULES, "rules.html", &rules::index(cx)),
            Job::Rule(place) => match rules::view(cx, place) {
                Some((path, view)) => self.page(&path, "rule.html", &view),
                None => Ok(()),
            },
            Job::NotFound => self.page("404.html", "404.html", &not_found::view(cx)),
            Job::Search => self.page(urls::SEARCH, "search.html", &search::view(cx)),
            Job::SearchIndex => search::index(cx).into_par_iter().try_for_each(self.put),
            Job::Feed => self.page(urls::FEED, "feed.xml", &files::feed(cx)),
            Job::JsonFeed => {
                (self.put)(Artifact::text(urls::FEED_JSON, machine::json_feed(cx, &files::feed(cx))?))
            }
            Job::Robots => (self.put)(Artifact::text(urls::ROBOTS, machine::robots(cx))),
            Job::Manifest => (self.put)(Artifact::text(urls::MANIFEST, machine::manifest(cx)?)),
            Job::Sitemap => match files::sitemap(cx) {
                Some(view) => self.page("sitemap.xml", "sitemap.xml", &view),
                None => Ok(()),
            },
            Job::Data(file) => (self.put)(Artifact::text(file.path(), file.text(cx)?)),
        }
    }

    fn page(&self, path: &str, template: &str, view: &impl Serialize) -> Result<()> {
        let page = self.cx.theme.templates().render(template, view)?;
        if let Some(problem) = page.problem {
            self.keep(|kept| {
                kept.problems.entry(problem.path.clone()).or_insert(problem);
            });
        }
        (self.put)(Artifact::text(path, page.html))
    }

    fn keep(&self, change: impl FnOnce(&mut Kept)) {
        change(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn finish(self) -> Result<Vec<Problem>> {
        let kept = self.kept.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (path, file) in kept.files {
            (self.put)(Artifact { path, content: Content::File(file) })?;
        }
        Ok(kept.problems.into_values().collect())
    }
}

/// Every page of the site that a reader may come to, for the sitemap.
fn paths(cx: &Cx<'_>) -> BTreeSet<String> {
    let mut paths: BTreeSet<String> = [
        "index.html",
        urls::POSTMORTEMS,
        urls::ACTIONS,
        urls::WEEKLY,
        urls::INSIGHTS,
        urls::SEARCH,
        urls::RULES,
    ]
    .map(str::to_owned)
    .into();
    paths.extend(cx.cards.iter().map(|card| card.page.clone()));
    for kind in Kind::ALL {
        paths.insert(kind.index());
        paths.extend(kind.groups(&cx.site.summary.groups).iter().map(|group| kind.page(group)));
    }
    paths
}
