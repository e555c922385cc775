//! The page of search results, and the index that it and the field on every page search.

use std::collections::BTreeMap;

use chrono::Datelike;
use rayon::prelude::*;

use crate::{
    config,
    model::Status,
    render::{
        Artifact, passages,
        site::{Cx, severity_id},
        urls::{self, Kind},
        view::{Link, SearchView},
    },
    search::{self, Block, Document, Facet, Options, Part, Snippets, Weight},
};

/// How many documents are in memory as plain text at a time, on each thread.
const AT_ONCE: usize = 256;

/// Keys of the facets that sort documents and are not looked for.
const STATUS: &str = "status";
const ACTIONS: &str = "actions";

pub(super) fn view(cx: &Cx<'_>) -> SearchView {
    let mut page =
        cx.page(urls::SEARCH, "", cx.words.say("search.title"), cx.words.say("search.description"));
    page.is_search = true;
    SearchView {
        page,
        sentence: cx.words.count("search.sentence", cx.cards.len(), &[]),
        links: vec![
            Link::to(urls::POSTMORTEMS, cx.words.say("link.all-postmortems")),
            Link::to(urls::ACTIONS, cx.words.say("link.all-actions")),
            Link::to(cx.browse_page(), cx.words.say("nav.browse")),
        ],
    }
}

pub(super) fn index(cx: &Cx<'_>) -> Vec<Artifact> {
    let options = options(cx);
    let places: Vec<usize> = (0..cx.cards.len()).collect();
    let parts = places
        .par_chunks(AT_ONCE)
        .map(|places| {
            let documents: Vec<Document> = places.iter().filter_map(|place| document(cx, *place)).collect();
            Part::new(&documents, &options)
        })
        .collect();
    search::assemble(parts, &options).into_iter().map(|file| Artifact::bytes(file.path, file.bytes)).collect()
}

fn options(cx: &Cx<'_>) -> Options {
    let facet = |key: &str, label: &str, order: Vec<String>| Facet {
        key: key.to_owned(),
        label: label.to_owned(),
        order,
        searched: !matches!(key, STATUS | ACTIONS),
    };
    let severities = cx.site.config.severities.iter().map(|severity| severity.id.clone()).collect();
    let status = |status: Status| cx.words.of("status", status.key()).to_owned();
    let mut facets = vec![facet("severity", cx.words.say("filter.severity"), severities)];
    let kinds = Kind::of(&cx.site.summary.groups);
    facets.extend(kinds.map(|kind| facet(kind.word(), cx.words.of("kind", kind.folder()), Vec::new())));
    facets.push(facet(STATUS, cx.words.say("filter.status"), Status::ALL.map(status).to_vec()));
    facets.push(facet(ACTIONS, cx.words.say("nav.actions"), states(cx).map(str::to_owned).to_vec()));
    Options {
        language: cx.site.config.book.language.value.clone(),
        facets,
        snippets: match cx.site.config.output.html.search.snippets {
            config::Snippets::Full => Snippets::Full,
            config::Snippets::Summary => Snippets::Summary,
        },
        ..Options::default()
    }
}

/// What is said of a postmortem with open actions, and with overdue ones.
fn states<'a>(cx: &Cx<'a>) -> [&'a str; 2] {
    ["action-state.open", "action-state.overdue"].map(|key| cx.words.say(key))
}

fn document(cx: &Cx<'_>, place: usize) -> Option<Document> {
    let (postmortem, card) = cx.at(place)?;
    let source = cx.site.sources.file(&postmortem.path)?;
    let mut facets = BTreeMap::new();
    let mut names = vec![postmortem.id.value.clone()];
    for (kind, ids) in [
        (Kind::Service, &postmortem.services),
        (Kind::Team, &postmortem.teams),
        (Kind::Factor, &postmortem.factors),
        (Kind::Tag, &postmortem.tags),
    ] {
        let values = cx.names(kind, ids);
        names.extend(values.iter().cloned());
        // Who knows a service by its id looks for that.
        names.extend(ids.iter().map(|id| id.value.clone()).filter(|id| !values.contains(id)));
        facets.insert(kind.word().to_owned(), values);
    }
    facets.insert("severity".to_owned(), severity_id(postmortem).map(str::to_owned).into_iter().collect());
    let origin = cx.source(postmortem).map(|group| group.name.clone());
    facets.insert(Kind::Source.word().to_owned(), origin.into_iter().collect());
    let year = postmortem.date.as_ref().map(|date| date.value.year().to_string());
    facets.insert("year".to_owned(), year.into_iter().collect());
    let status =
        postmortem.status.as_ref().map(|status| cx.words.of("status", status.value.key()).to_owned());
    facets.insert(STATUS.to_owned(), status.into_iter().collect());
    let counted = states(cx).into_iter().zip([card.unfinished, card.overdue]);
    let present = counted.filter(|(_, count)| *count > 0).map(|(state, _)| state.to_owned());
    facets.insert(ACTIONS.to_owned(), present.collect());
    let mut blocks = vec![Block { weight: Weight::Key, text: names.join(" ") }];
    blocks.extend(passages::passages(postmortem, source));
    Some(Document {
        id: postmortem.id.value.clone(),
        title: postmortem.title.value.clone(),
        url: urls::encoded(&card.page),
        date: postmortem.date.as_ref().map(|date| date.value.to_string()),
        summary: cx.text(place).to_owned(),
        blocks,
        facets,
    })
}
