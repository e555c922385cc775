//! Every page of the site: which there are, and making them.

mod actions;
mod chains;
mod data;
mod files;
mod group;
mod home;
mod insights;
mod levels;
mod list;
mod machine;
mod not_found;
mod on_demand;
mod places;
mod postmortem;
mod register;
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

pub use on_demand::{Made, OnDemand};

use crate::{
    error::Result,
    render::{
        Artifact, Content, Problem, Site, Theme,
        site::{Cx, Shared},
        urls::{self, Kind},
    },
};

/// Makes every file of the site and hands it to `put`, from several threads and in no order. The problems are those of
/// templates that failed while pages were made; each such page is made by the built-in template.
pub fn render<P>(site: Site<'_>, theme: &Theme, put: P) -> Result<Vec<Problem>>
where
    P: Fn(Artifact) -> Result<()> + Sync,
{
    let shared = Shared::new(site, theme);
    let cx = Cx::new(site, theme, &shared);
    let press = Press { cx: &cx, put: &put, kept: Mutex::default() };
    theme.artifacts().into_par_iter().try_for_each(&put)?;
    // Every page of a postmortem asks for its own.
    site.summary.related.all(site.archive);
    // What holds the whole archive is made one after the other, so that it is in memory once and not several times.
    press.make(Job::SearchIndex)?;
    let (whole, pages): (Vec<Job>, Vec<Job>) =
        jobs(&cx).into_iter().filter(|job| !matches!(job, Job::SearchIndex)).partition(|job| job.is_whole());
    let (whole, pages) = rayon::join(
        || whole.into_iter().try_for_each(|job| press.make(job)),
        || on_new_threads(|| pages.into_par_iter().try_for_each(|job| press.make(job))),
    );
    whole.and(pages)?;
    press.finish()
}

/// Does the work on new threads. Those that read the documents have left gaps of thousands of sizes in their memory, and
/// the allocators of some systems search them, one after the other, for each text of some kilobytes: a sixth of the time of
/// all pages. The memory of new threads has none.
fn on_new_threads<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().build() {
        Ok(threads) => threads.install(work),
        Err(_) => work(),
    }
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

/// The folder of the files that the search loads.
const INDEX: &str = "search/";

/// A page that is still to be made.
#[derive(Debug, Clone, Copy)]
enum Job {
    Home,
    List,
    Actions,
    Weekly,
    Insights,
    /// A page of a register, counted from 0.
    Register(register::Kind, usize),
    Postmortem(usize),
    Groups(Kind),
    /// A part of the page of the group at a place.
    Group(Kind, usize, usize),
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
    (0..cx.cards.len()).map(Job::Postmortem).chain(others(cx)).collect()
}

/// All that are no page of a postmortem.
fn others(cx: &Cx<'_>) -> Vec<Job> {
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
    for kind in register::Kind::ALL {
        jobs.extend((0..kind.pages(cx)).map(|page| Job::Register(kind, page)));
    }
    for kind in Kind::of(&cx.site.summary.groups) {
        jobs.push(Job::Groups(kind));
        let groups = kind.groups(&cx.site.summary.groups);
        let parts = |(place, group)| (0..group::parts(group)).map(move |part| Job::Group(kind, place, part));
        jobs.extend(groups.iter().enumerate().flat_map(parts));
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

impl Job {
    /// True for what says all there is to say of all postmortems.
    const fn is_whole(self) -> bool {
        matches!(self, Self::SearchIndex | Self::Data(_) | Self::List | Self::Actions)
    }

    /// Where the page stands, or the folder of what it makes; none when this site has no such page.
    fn path(self, cx: &Cx<'_>) -> Option<String> {
        let fixed = |path: &str| Some(path.to_owned());
        match self {
            Self::Home => fixed("index.html"),
            Self::List => fixed(urls::POSTMORTEMS),
            Self::Actions => fixed(urls::ACTIONS),
            Self::Weekly => fixed(urls::WEEKLY),
            Self::Insights => fixed(urls::INSIGHTS),
            Self::Register(kind, page) => Some(kind.path(page)),
            Self::Postmortem(place) => cx.cards.get(place).map(|card| card.page.clone()),
            Self::Groups(kind) => Some(kind.index()),
            Self::Group(kind, place, part) => {
                kind.groups(&cx.site.summary.groups).get(place).map(|group| kind.part(group, part))
            }
            Self::Rules => fixed(urls::RULES),
            Self::Rule(place) => cx.site.rules.get(place).map(|rule| urls::rule(rule.name)),
            Self::NotFound => fixed("404.html"),
            Self::Search => fixed(urls::SEARCH),
            Self::SearchIndex => fixed(INDEX),
            Self::Feed => fixed(urls::FEED),
            Self::JsonFeed => fixed(urls::FEED_JSON),
            Self::Sitemap => cx.address("").map(|_| "sitemap.xml".to_owned()),
            Self::Robots => fixed(urls::ROBOTS),
            Self::Manifest => fixed(urls::MANIFEST),
            Self::Data(file) => fixed(file.path()),
        }
    }
}

impl<P: Fn(Artifact) -> Result<()> + Sync> Press<'_, P> {
    fn make(&self, job: Job) -> Result<()> {
        let cx = self.cx;
        let Some(path) = job.path(cx) else { return Ok(()) };
        let put = |text: String| (self.put)(Artifact::text(&*path, text));
        match job {
            Job::Home => self.page(&path, "home.html", &home::view(cx)),
            Job::List => self.page(&path, "postmortems.html", &list::view(cx)),
            Job::Actions => self.page(&path, "actions.html", &actions::view(cx)),
            Job::Weekly => self.page(&path, "weekly.html", &actions::weekly(cx)),
            Job::Insights => self.page(&path, "insights.html", &insights::view(cx)),
            Job::Register(kind, page) => self.page(&path, "register.html", &register::view(cx, kind, page)),
            Job::Postmortem(place) => {
                let Some((path, made)) = postmortem::view(cx, place) else { return Ok(()) };
                self.keep(|kept| kept.files.extend(made.files));
                self.page(&path, "postmortem.html", &made.view)
            }
            Job::Groups(kind) => self.page(&path, "groups.html", &group::index(cx, kind)),
            Job::Group(kind, place, part) => {
                let Some(group) = kind.groups(&cx.site.summary.groups).get(place) else { return Ok(()) };
                let (view, problem) = group::view(cx, kind, group, part)?;
                self.keep_problem(problem);
                self.page(&path, "group.html", &view)
            }
            Job::Rules => self.page(&path, "rules.html", &rules::index(cx)),
            Job::Rule(place) => match rules::view(cx, place) {
                Some((path, view)) => self.page(&path, "rule.html", &view),
                None => Ok(()),
            },
            Job::NotFound => self.page(&path, "404.html", &not_found::view(cx)),
            Job::Search => self.page(&path, "search.html", &search::view(cx)),
            Job::SearchIndex => search::index(cx).into_par_iter().try_for_each(self.put),
            Job::Feed => self.page(&path, "feed.xml", &files::feed(cx)),
            Job::JsonFeed => put(machine::json_feed(cx, &files::feed(cx))?),
            Job::Robots => put(machine::robots(cx)),
            Job::Manifest => put(machine::manifest(cx)?),
            Job::Sitemap => match files::sitemap(cx) {
                Some(view) => self.page(&path, "sitemap.xml", &view),
                None => Ok(()),
            },
            Job::Data(file) => (self.put)(Artifact::bytes(path, file.bytes(cx)?)),
        }
    }

    fn page(&self, path: &str, template: &str, view: &impl Serialize) -> Result<()> {
        let page = self.cx.theme.templates().render(template, view)?;
        self.keep_problem(page.problem);
        (self.put)(Artifact::text(path, page.html))
    }

    fn keep_problem(&self, problem: Option<Problem>) {
        if let Some(problem) = problem {
            self.keep(|kept| {
                kept.problems.entry(problem.path.clone()).or_insert(problem);
            });
        }
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
    for kind in register::Kind::ALL {
        paths.extend((0..kind.pages(cx)).map(|page| kind.path(page)));
    }
    paths.extend(cx.cards.iter().map(|card| card.page.clone()));
    for kind in Kind::of(&cx.site.summary.groups) {
        paths.insert(kind.index());
        for group in kind.groups(&cx.site.summary.groups) {
            paths.extend((0..group::parts(group)).map(|part| kind.part(group, part)));
        }
    }
    paths
}
