//! The page of search results, and the index that it and the field on every page search.

use std::collections::BTreeMap;

use chrono::Datelike;
use rayon::prelude::*;

use crate::{
    render::{
        Artifact, passages,
        site::{Cx, severity_id},
        urls::{self, Kind},
        view::{Link, SearchView},
        words,
    },
    search::{self, Block, Document, Facet, Options, Part, Weight},
};

/// How many documents are in memory as plain text at a time, on each thread.
const AT_ONCE: usize = 256;

pub(super) fn view(cx: &Cx<'_>) -> SearchView {
    let mut page = cx.page(urls::SEARCH, "", "Search", "Search the postmortems.");
    page.is_search = true;
    SearchView {
        page,
        sentence: format!("Look through {}.", words::count(cx.cards.len(), "postmortem")),
        links: vec![
            Link::to(urls::POSTMORTEMS, "All postmortems"),
            Link::to(urls::ACTIONS, "All actions"),
            Link::to(cx.browse_page(), "Browse"),
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
    };
    let severities = cx.site.config.severities.iter().map(|severity| severity.id.clone()).collect();
    Options {
        language: cx.site.config.book.language.clone(),
        facets: vec![
            facet("severity", "Severity", severities),
            facet("service", "Service", Vec::new()),
            facet("team", "Team", Vec::new()),
            facet("factor", "Contributing factor", Vec::new()),
            facet("tag", "Tag", Vec::new()),
            facet("year", "Year", Vec::new()),
        ],
        ..Options::default()
    }
}

fn document(cx: &Cx<'_>, place: usize) -> Option<Document> {
    let (postmortem, card) = cx.at(place)?;
    let source = cx.site.sources.file(&postmortem.path)?;
    let mut facets = BTreeMap::new();
    let mut names = Vec::new();
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
    let year = postmortem.date.as_ref().map(|date| date.value.year().to_string());
    facets.insert("year".to_owned(), year.into_iter().collect());
    let mut blocks = vec![Block { weight: Weight::Key, text: names.join(" ") }];
    blocks.extend(passages::passages(postmortem, source));
    Some(Document {
        id: postmortem.id.value.clone(),
        title: postmortem.title.value.clone(),
        url: urls::encoded(&card.page),
        date: postmortem.date.as_ref().map(|date| date.value.to_string()),
        summary: card.text.clone(),
        blocks,
        facets,
    })
}
