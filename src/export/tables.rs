//! Which tables there are: documents, events, action items, and what belongs to them.
//!
//! Every cell is read from the object that the JSON has for the same thing.

use std::borrow::Cow;

use super::{
    GENERATOR, Input, Row,
    csv::Csv,
    document::Document,
    parts::{Action, Event, Measured, SloCost},
    table::{
        Column, Filled, Put, Table,
        Type::{Flag, Id, Integer, OfPostmortem, Real, Text},
        Value,
    },
};
use crate::{
    aggregate::{self, ledger::What},
    model::{ActionStatus, Due, Milestone, anchor::file_slug},
};

/// The separator of several values in one cell. Names of services and people hold commas and spaces, but hardly this.
const AND: &str = "; ";

type OfDocument = for<'a> fn(&'a Document<'a>) -> Value<'a>;

const DOCUMENTS: &[Filled<OfDocument>] = &[
    ("id", Id, "unique within the archive", |of| of.id.into()),
    ("title", Text, "", |of| of.title.into()),
    ("path", Text, "the document, below the root", |of| of.path.into()),
    ("source", Text, "the source that it comes from, where the archive has several", |of| of.source.into()),
    ("date", Text, "the day on which the incident began, `YYYY-MM-DD`", |of| of.date.as_deref().into()),
    ("status", Text, "`draft`, `in-review` or `final`", |of| of.status.into()),
    ("severity", Text, "as the configuration names it, else as written", |of| {
        of.severity_id.or(of.severity).into()
    }),
    ("near_miss", Flag, "an incident that did no harm", |of| of.near_miss.into()),
    ("detected_by", Text, "`alert`, `customer`, `employee`, `partner` or `other`", |of| {
        of.detected_by.into()
    }),
    ("visibility", Text, "`internal` or `public`, where the document says", |of| of.visibility.into()),
    ("services", Text, "separated by `; `, as in all lists", |of| list(&of.services)),
    ("teams", Text, "", |of| list(&of.teams)),
    ("factors", Text, "contributing factors", |of| list(&of.factors)),
    ("tags", Text, "", |of| list(&of.tags)),
    ("authors", Text, "as written", |of| list(&of.authors)),
    ("summary", Text, "the impact in a sentence", |of| of.impact.summary.into()),
    ("users", Text, "users who felt it, as written", |of| of.impact.users.into()),
    ("requests", Text, "requests in the time of impact, as written", |of| of.impact.requests.into()),
    ("failed_requests", Text, "as written", |of| of.impact.failed_requests.into()),
    ("revenue", Text, "as written", |of| of.impact.revenue.into()),
    ("data_loss", Text, "as written", |of| of.impact.data_loss.into()),
    ("root_cause", Text, "", |of| of.root_cause.summary.into()),
    ("trigger_event", Text, "what set it off", |of| of.root_cause.trigger.into()),
    ("actions", Integer, "action items that somebody has committed to", |of| {
        of.actions.iter().filter(|item| item.state.is_committed()).count().into()
    }),
    ("unfinished_actions", Integer, "of those, the ones that are open, in progress or blocked", |of| {
        of.actions.iter().filter(|item| item.state.is_unfinished()).count().into()
    }),
    ("overdue_actions", Integer, "of those, the ones whose day is over", |of| {
        of.actions.iter().filter(|item| item.overdue).count().into()
    }),
];

const ABOUT_MILESTONE: &str = "as in all times: as the author wrote it, with the offset where the zone is known, and only \
                               as far as it is known; `datetime()` of SQLite gives it in UTC";

type OfEvent = for<'a> fn(&'a str, i64, &'a Event<'a>) -> Value<'a>;

const EVENTS: &[Filled<OfEvent>] = &[
    ("postmortem", OfPostmortem, "the `id` in `postmortems`", |id, _, _| id.into()),
    ("number", Integer, "its place in the timeline, from 1", |_, number, _| number.into()),
    ("at", Text, "the moment, or the start of a range", |_, _, of| text_or_null(&of.at)),
    ("until", Text, "the end of a range", |_, _, of| of.end.as_deref().into()),
    ("approximate", Flag, "the document says about when", |_, _, of| of.approximate.into()),
    ("event", Text, "what happened", |_, _, of| of.text.into()),
    ("milestone", Text, "the milestone that it marks", |_, _, of| of.milestone.into()),
    ("kind", Text, "as written", |_, _, of| of.kind.into()),
    ("service", Text, "as written", |_, _, of| of.service.into()),
    ("links", Text, "evidence", |_, _, of| list(&of.links)),
    ("internal", Flag, "it must not leave the company", |_, _, of| of.internal.into()),
    ("line", Integer, "where it stands in the document", |_, _, of| of.line.into()),
];

type OfRow = for<'a> fn(&'a Row<'a>) -> Value<'a>;

const ACTIONS: &[Filled<OfRow>] = &[
    ("id", Text, "unique within the archive", |of| of.id.into()),
    ("title", Text, "what is to be done", |of| of.title.into()),
    ("status", Text, "`proposed`, `open`, `in-progress`, `blocked`, `done` or `wont-do`", |of| {
        of.status.into()
    }),
    ("overdue", Flag, "unfinished, and its last day is over", |of| of.overdue.into()),
    (
        "due",
        Text,
        "a day, a month (`2026-04`) or a quarter (`2026-Q2`); by the priority where none is stated",
        |of| of.due.as_deref().into(),
    ),
    ("priority", Text, "as written", |of| of.priority.into()),
    ("owner", Text, "as written", |of| of.owner.into()),
    ("team", Text, "the team that answers for it", |of| of.team.into()),
    ("type", Text, "`prevent`, `detect`, `mitigate`, `repair`, `investigate`, `process` or `other`", |of| {
        of.kind.into()
    }),
    ("opened", Text, "a day", |of| of.opened.as_deref().into()),
    ("closed", Text, "a day", |of| of.closed.as_deref().into()),
    ("age_days", Integer, "how long it has been open, while it is unfinished", |of| of.age_days.into()),
    ("trackers", Text, "keys and addresses, separated by spaces", |of| of.trackers.join(" ").into()),
    ("evidence", Text, "what shows that it is done", |of| of.evidence.into()),
    ("postmortem", OfPostmortem, "the `id` in `postmortems`", |of| of.postmortem.into()),
    ("severity", Text, "of the postmortem", |of| of.severity.into()),
    ("services", Text, "of the postmortem, separated by spaces", |of| of.services.join(" ").into()),
    ("source", Text, "of the postmortem, where the archive has several", |of| of.source.into()),
    ("path", Text, "the document", |of| of.path.into()),
    ("line", Integer, "where it stands in the document", |of| of.line.into()),
];

type OfLabel = for<'a> fn(&'a str, &'static str, &'a str) -> Value<'a>;

const LABELS: &[Filled<OfLabel>] = &[
    ("postmortem", OfPostmortem, "the `id` in `postmortems`", |id, _, _| id.into()),
    ("kind", Text, "`service`, `team`, `factor`, `tag`, `author`, `repeat_of` or `related`", |_, kind, _| {
        kind.into()
    }),
    ("label", Text, "as documents name it", |_, _, label| label.into()),
];

type OfMeasure = for<'a> fn(&'a str, &'a Measured<'a>) -> Value<'a>;

const MEASURES: &[Filled<OfMeasure>] = &[
    ("postmortem", OfPostmortem, "the `id` in `postmortems`", |id, _| id.into()),
    ("measure", Text, "its name", |_, of| of.name.into()),
    ("from_milestone", Text, "where it begins", |_, of| of.from.into()),
    ("to_milestone", Text, "where it ends", |_, of| of.to.into()),
    ("state", Text, "`recorded`, `inferred`, `missing`, `pending` or `invalid`", |_, of| of.state.into()),
    (
        "seconds",
        Integer,
        "of recorded and inferred ones; only recorded ones belong into a figure",
        |_, of| of.seconds.into(),
    ),
];

type OfCost = for<'a> fn(&'a str, &'a SloCost<'a>) -> Value<'a>;

const COSTS: &[Filled<OfCost>] = &[
    ("postmortem", OfPostmortem, "the `id` in `postmortems`", |id, _| id.into()),
    ("slo", Text, "the objective, from the configuration", |_, of| of.slo.into()),
    ("bad_minutes", Real, "as stated", |_, of| of.bad_minutes.into()),
    ("error_rate", Real, "the share of failed requests, 0 to 1, as stated", |_, of| of.error_rate.into()),
    ("minutes", Real, "bad minutes, stated or computed from the impact", |_, of| of.minutes.into()),
    ("minutes_state", Text, "`stated`, `computed` or `unknown`", |_, of| of.minutes_state.into()),
];

type OfChange = for<'a> fn(&'a str, &'a Action<'a>, &'a aggregate::Event) -> Value<'a>;

const HISTORY: &[Filled<OfChange>] = &[
    ("postmortem", OfPostmortem, "the `id` in `postmortems`", |id, _, _| id.into()),
    ("action", Text, "the `id` in `actions`", |_, of, _| of.id.into()),
    ("day", Text, "the day that the document states, else that of the commit", |_, _, event| {
        event.day.to_string().into()
    }),
    ("what", Text, "`opened`, `status`, `due`, `removed` or `returned`", |_, _, event| {
        event.what.key().into()
    }),
    ("status_before", Text, "of a change of the state", |_, _, event| statuses(event.what).0.into()),
    ("status", Text, "the state from then on", |_, _, event| statuses(event.what).1.into()),
    ("due_before", Text, "of a change of the due date", |_, _, event| dues(event.what).0.into()),
    ("due", Text, "the due date from then on", |_, _, event| dues(event.what).1.into()),
    ("slip_days", Integer, "days by which it was put off", |_, _, event| event.what.slip().into()),
    (
        "commit_id",
        Text,
        "the commit that says so, where the history is that of the repository",
        |_, _, event| event.commit.as_deref().into(),
    ),
];

type OfArchive = for<'a> fn(&'a Input<'a>) -> Value<'a>;

const ARCHIVE: &[Filled<OfArchive>] = &[
    ("version", Integer, "changes when a column changes its meaning or goes; columns may come", |_| {
        Value::Integer(1)
    }),
    ("today", Text, "the day for which ages and what is overdue hold", |of| {
        of.summary.today.to_string().into()
    }),
    ("history_remark", Text, "why `history` is not, or not all, that of the repository", |of| {
        of.ledger.and_then(|ledger| ledger.basis.remark()).into()
    }),
    ("generator", Text, "what made the tables", |_| GENERATOR.into()),
];

fn statuses(what: What) -> (Option<&'static str>, Option<&'static str>) {
    let (before, now) = match what {
        What::Opened { status } | What::Returned { status } => (None, Some(status)),
        What::Status { from, to } => (Some(from), Some(to)),
        What::Removed { status } => (Some(status), None),
        What::Due { .. } => (None, None),
    };
    (before.map(ActionStatus::key), now.map(ActionStatus::key))
}

fn dues(what: What) -> (Option<String>, Option<String>) {
    let What::Due { from, to } = what else { return (None, None) };
    (from.as_ref().map(Due::to_string), to.as_ref().map(Due::to_string))
}

/// Makes the rows that a postmortem has in a table.
type RowsOf = fn(&Document<'_>, Put<'_>);

/// All tables, as of a day, each as `add` has filled it row by row. A table stands behind those that its rows name.
pub(super) fn filled<T>(
    input: Input<'_>,
    new: impl Fn(Table) -> T,
    mut add: impl FnMut(&mut T, &[Value<'_>]),
) -> Vec<T> {
    let mut tables: Vec<(T, RowsOf)> =
        of_documents().into_iter().map(|(table, rows)| (new(table), rows)).collect();
    for document in input.documents() {
        for (table, rows) in &mut tables {
            rows(&document, &mut |row| add(table, row));
        }
    }
    let mut actions = new(of_actions());
    input.rows().for_each(|row| add(&mut actions, &action(&row)));
    let mut archive = new(Table::new("archive", "The archive itself, in one row.", ARCHIVE));
    add(&mut archive, &ARCHIVE.iter().map(|(.., fill)| fill(&input)).collect::<Vec<_>>());
    tables.into_iter().map(|(table, _)| table).chain([actions, archive]).collect()
}

/// The tables whose rows come from one postmortem after the other.
fn of_documents() -> Vec<(Table, RowsOf)> {
    let labels_about = "A service, team, factor, tag, author or related postmortem, one row each.";
    let costs_about = "What a postmortem says that an objective was missed by.";
    let history_about = "Something that became of an action item, in the order in which it was said.";
    vec![
        (of_postmortems(), |document, put| put(&postmortem(document))),
        (Table::new("labels", labels_about, LABELS), labels),
        (Table::new("measures", "What a postmortem says of a measure.", MEASURES), |document, put| {
            for of in &document.measures {
                put(&row(MEASURES, |fill| fill(document.id, of)));
            }
        }),
        (Table::new("slo_costs", costs_about, COSTS), |document, put| {
            for of in &document.impact.slo {
                put(&row(COSTS, |fill| fill(document.id, of)));
            }
        }),
        (of_events(), events),
        (Table::new("history", history_about, HISTORY), |document, put| {
            for of in &document.actions {
                for event in of.history {
                    put(&row(HISTORY, |fill| fill(document.id, of, event)));
                }
            }
        }),
    ]
}

/// A cell for each column.
fn row<'a, Of>(columns: &[Filled<Of>], fill: impl Fn(&Of) -> Value<'a>) -> Vec<Value<'a>> {
    columns.iter().map(|(.., of)| fill(of)).collect()
}

/// The table of action items.
fn of_actions() -> Table {
    Table::new("actions", "An action item, the most pressing first.", ACTIONS)
}

/// The row of an action item.
fn action<'a>(of: &'a Row<'a>) -> Vec<Value<'a>> {
    row(ACTIONS, |fill| fill(of))
}

/// Postmortems as comma-separated values, the newest first, with a column for each measure.
pub fn documents_csv(input: Input<'_>) -> String {
    let mut table = of_postmortems();
    for summary in &input.summary.measures {
        let name = format!("{}_seconds", file_slug(&summary.measure.name).replace('-', "_"));
        table.columns.push(Column { name: Cow::Owned(name), holds: Integer, about: "" });
    }
    let mut csv = Csv::new(&table);
    for document in input.documents() {
        let mut row = postmortem(&document);
        row.extend(document.measures.iter().map(|measure| Value::from(measure.reading.recorded())));
        csv.add(&row);
    }
    csv.text
}

/// Timeline events as comma-separated values, those without a time included.
pub fn events_csv(input: Input<'_>) -> String {
    let mut csv = Csv::new(&of_events());
    for document in input.documents() {
        events(&document, &mut |row| csv.add(row));
    }
    csv.text
}

/// All action items as comma-separated values, the most pressing first.
pub fn all_actions_csv(input: Input<'_>) -> String {
    let mut csv = Csv::new(&of_actions());
    input.rows().for_each(|row| csv.add(&action(&row)));
    csv.text
}

/// Action items as comma-separated values, in this order.
pub fn actions_csv(rows: &[Row<'_>]) -> String {
    let mut csv = Csv::new(&of_actions());
    for row in rows {
        csv.add(&action(row));
    }
    csv.text
}

fn of_postmortems() -> Table {
    let mut table = Table::new("postmortems", "A postmortem, the newest first.", DOCUMENTS);
    table.columns.extend(Milestone::ALL.map(|milestone| Column {
        name: Cow::Borrowed(milestone.key()),
        holds: Text,
        about: if milestone == Milestone::Introduced { ABOUT_MILESTONE } else { "" },
    }));
    table
}

fn postmortem<'a>(document: &'a Document<'a>) -> Vec<Value<'a>> {
    let time = |milestone: Milestone| document.times.get(milestone.key()).map(|time| time.at.as_str());
    let facts = DOCUMENTS.iter().map(|(.., fill)| fill(document));
    facts.chain(Milestone::ALL.into_iter().map(|milestone| Value::from(time(milestone)))).collect()
}

fn labels(document: &Document<'_>, put: Put<'_>) {
    for (kind, labels) in [
        ("service", &document.services),
        ("team", &document.teams),
        ("factor", &document.factors),
        ("tag", &document.tags),
        ("author", &document.authors),
        ("repeat_of", &document.repeat_of),
        ("related", &document.related),
    ] {
        for label in labels {
            put(&row(LABELS, |fill| fill(document.id, kind, label)));
        }
    }
}

fn of_events() -> Table {
    Table::new("events", "An event of a timeline, in the order of the document.", EVENTS)
}

fn events(document: &Document<'_>, put: Put<'_>) {
    let mut all: Vec<&Event<'_>> = document.timeline.iter().chain(&document.untimed).collect();
    all.sort_by_key(|event| event.line);
    for (number, event) in (1..).zip(all) {
        put(&row(EVENTS, |fill| fill(document.id, number, event)));
    }
}

/// Several texts in one cell. Most lists have one or none.
fn list<'a>(texts: &[&'a str]) -> Value<'a> {
    match texts {
        [one] => text_or_null(one),
        [] => Value::Null,
        several => several.join(AND).into(),
    }
}

fn text_or_null(text: &str) -> Value<'_> {
    if text.is_empty() { Value::Null } else { text.into() }
}
