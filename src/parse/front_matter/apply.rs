//! From the keys of the front matter to the facts of a postmortem.

use chrono::NaiveDate;

use super::keys::{ActionKeys, EventKeys, Metadata};
use crate::{
    data::{Kind, Problem, Spanned, Text, Value},
    diagnostic::Finding,
    model::{
        ActionItem, ActionStatus, Carried, Carrier, Fact, ImpactWindow, Markdown, Moment, Origin, Postmortem,
        SloCost, TimelineEvent, Zone,
    },
    parse::{
        actions,
        context::Context,
        locale::Lexicon,
        names,
        text::{first_of, plain},
        times::{self, Calendar, Given, Order},
        title,
    },
    source::{Span, markdown_stem},
};

/// Puts what the front matter says into a postmortem.
pub(crate) fn apply(
    metadata: &Metadata,
    context: &Context<'_>,
    postmortem: &mut Postmortem,
    findings: &mut Vec<Finding>,
) {
    let zone = metadata.times.zone.as_ref().and_then(|written| zone(written, findings));
    let mut reader = Reader {
        words: context.words(),
        order: context.order(),
        day: None,
        zone: zone.as_ref().map(|zone| Given::new(zone.value.clone(), Carrier::FrontMatter, zone.span)),
        findings,
    };
    reader.zone = reader.zone.or_else(|| context.zone());
    postmortem.zone = zone;
    let day = metadata.date.as_ref().and_then(|written| reader.date(written, "date"));
    reader.day = day.as_ref().map(|day| Given::new(day.value, Carrier::FrontMatter, day.span));
    postmortem.date = day;
    for (milestone, written) in metadata.times.stated() {
        if let Some(moment) = reader.moment(written, &format!("times.{}", milestone.key())) {
            reader.day = reader.day.or_else(|| day_of(&moment));
            postmortem.times.insert(milestone, Box::new(moment));
        }
    }
    postmortem.status = metadata.status.as_ref().map(|status| fact(status.value, status.span));
    let severity = text(metadata.severity.as_ref());
    postmortem.severity = severity.map(|severity| without_remark(severity, context));
    postmortem.services = words(&metadata.services, |word| names::service(context.config(), word));
    postmortem.teams = words(&metadata.teams, |word| names::team(context.config(), word));
    postmortem.factors = words(&metadata.factors, |word| names::factor(context.config(), word));
    postmortem.tags = words(&metadata.tags, str::to_owned);
    postmortem.authors = words(&metadata.authors, str::to_owned);
    postmortem.repeat_of = words(&metadata.repeat_of, related);
    postmortem.related = words(&metadata.related, related);
    postmortem.detected_by = metadata.detected_by.as_ref().map(|by| fact(by.value, by.span));
    postmortem.visibility =
        metadata.visibility.as_ref().map(|visibility| fact(visibility.value, visibility.span));
    postmortem.near_miss = metadata.near_miss.as_ref().is_some_and(|near_miss| near_miss.value);
    impact(metadata, &mut reader, postmortem);
    let cause = &metadata.root_cause;
    postmortem.root_cause.summary = text(cause.summary.as_ref());
    postmortem.root_cause.trigger = text(cause.trigger.as_ref());
    postmortem.root_cause.why = words(&cause.why, str::to_owned);
    for (index, event) in metadata.timeline.iter().enumerate() {
        // One that is left out still tells the day of those behind it.
        let event = reader.event(event, index).filter(|event| context.reads_internal() || !event.internal);
        postmortem.timeline.extend(event);
    }
    let actions = metadata.action_items.iter().enumerate().map(|(index, item)| reader.action(item, index));
    postmortem.actions = actions.filter(|item| context.reads_internal() || !item.internal).collect();
}

fn impact(metadata: &Metadata, reader: &mut Reader<'_>, postmortem: &mut Postmortem) {
    let keys = &metadata.impact;
    let impact = &mut postmortem.impact;
    impact.summary = text(keys.summary.as_ref());
    impact.users = text(keys.users.as_ref());
    impact.requests = text(keys.requests.as_ref());
    impact.failed_requests = text(keys.failed_requests.as_ref());
    impact.revenue = text(keys.revenue.as_ref());
    impact.data_loss = text(keys.data_loss.as_ref());
    for (index, window) in keys.windows.iter().enumerate() {
        let mut moment = |written: &Option<Spanned<Text>>, key: &str| {
            let written = written.as_ref()?;
            Some(reader.moment(written, &format!("impact.windows[{index}].{key}"))?.value)
        };
        impact.windows.push(ImpactWindow {
            service: own(window.service.as_ref()),
            region: own(window.region.as_ref()),
            start: moment(&window.start, "start"),
            end: moment(&window.end, "end"),
            severity: own(window.severity.as_ref()),
            description: own(window.description.as_ref()),
            span: window.span,
        });
    }
    impact.slo = keys
        .slo
        .iter()
        .map(|cost| SloCost {
            slo: cost.slo.0.clone(),
            bad_minutes: cost.bad_minutes,
            error_rate: cost.error_rate,
            span: cost.span,
        })
        .collect();
}

fn fact<T>(value: T, span: Span) -> Fact<T> {
    Fact::new(value, span, Origin::FrontMatter)
}

fn text(written: Option<&Spanned<Text>>) -> Option<Fact<String>> {
    written.map(|written| fact(written.trim().to_owned(), written.span))
}

/// A severity without the remark behind it, unless the team calls it so: `SEV2 (no data was lost)`.
fn without_remark(severity: Fact<String>, context: &Context<'_>) -> Fact<String> {
    let is_known = context.config().severity(&severity.value).is_some();
    let front = first_of(&severity.value, &[" (", "（", " - ", " – ", " — "]);
    match front.and_then(|at| severity.value.get(..at)).filter(|front| !is_known && !front.trim().is_empty())
    {
        Some(front) => Fact { value: front.trim().to_owned(), ..severity },
        None => severity,
    }
}

fn own(written: Option<&Text>) -> Option<String> {
    written.map(|written| written.trim().to_owned())
}

/// The id of a related document, which may be named by its file.
fn related(name: &str) -> String {
    if markdown_stem(name).is_some() { title::id(name).value } else { name.to_owned() }
}

fn words(written: &[Spanned<Text>], name: impl Fn(&str) -> String) -> Vec<Fact<String>> {
    written.iter().map(|word| fact(name(word.trim()), word.span)).collect()
}

fn zone(written: &Spanned<Text>, findings: &mut Vec<Finding>) -> Option<Fact<Zone>> {
    let name = written.trim();
    let zone = times::find_zone(name)
        .filter(|zone| !name.contains(' ') || zone.to_string() == name)
        .or_else(|| Zone::from_name(name));
    if zone.is_none() {
        bad_value(findings, written, "times.zone", "a time zone such as `UTC`, `+02:00` or `Europe/Oslo`");
    }
    zone.map(|zone| fact(zone, written.span))
}

fn bad_value(findings: &mut Vec<Finding>, written: &Spanned<Text>, path: &str, expected: &str) {
    let found = crate::data::Node::new(written.span, Value::String(written.to_string())).describe();
    let kind = Kind::BadValue { expected: expected.to_owned(), found, nearest: None };
    let problem = Problem { span: written.span, path: path.to_owned(), kind };
    findings.push(problem.into_finding("bad-value"));
}

fn no_such_day(findings: &mut Vec<Finding>, written: &Spanned<Text>, path: &str) {
    let message = format!("the calendar has no such day: `{}`", written.trim());
    let problem = Problem { span: written.span, path: path.to_owned(), kind: Kind::Refused { message } };
    findings.push(problem.into_finding("bad-value").help("correct the day or the month"));
}

/// The day of a moment, for the times behind it.
fn day_of(moment: &Fact<Moment>) -> Option<Given<NaiveDate>> {
    let from = moment.value.basis.day;
    let own = Carried::new(Carrier::Earlier, moment.span);
    Some(Given { value: moment.value.date?, from: if from.is_elsewhere() { from } else { own } })
}

/// Reads days and moments, each near the day and in the zone of the document.
struct Reader<'f> {
    words: &'f Lexicon,
    order: Order,
    day: Option<Given<NaiveDate>>,
    zone: Option<Given<Zone>>,
    findings: &'f mut Vec<Finding>,
}

impl Reader<'_> {
    fn near(&self) -> Option<NaiveDate> {
        self.day.as_ref().map(|day| day.value)
    }

    fn date(&mut self, written: &Spanned<Text>, path: &str) -> Option<Fact<NaiveDate>> {
        let Some(stated) = times::lead(self.words, written).and_then(|stamp| stamp.date) else {
            bad_value(self.findings, written, path, "a day such as `2026-03-14`");
            return None;
        };
        let date = stated.resolve(self.order, self.near());
        if date.is_none() {
            no_such_day(self.findings, written, path);
        }
        date.map(|date| fact(date, written.span))
    }

    fn moment(&mut self, written: &Spanned<Text>, path: &str) -> Option<Fact<Moment>> {
        let stamp = times::whole(self.words, written).filter(times::Stamp::says_when);
        if stamp
            .as_ref()
            .and_then(|stamp| stamp.date)
            .is_some_and(|date| date.resolve(self.order, self.near()).is_none())
        {
            no_such_day(self.findings, written, path);
            return None;
        }
        let Some(stamp) = stamp else {
            bad_value(self.findings, written, path, "a point in time such as `2026-03-14T13:02:00Z`");
            return None;
        };
        let (moment, _) =
            Calendar::new(self.order, self.day.clone(), self.zone.clone()).read(&stamp, written.span);
        Some(fact(moment, written.span))
    }

    fn event(&mut self, event: &Spanned<EventKeys>, index: usize) -> Option<TimelineEvent> {
        let at = self.moment(&event.at, &format!("timeline[{index}].at"))?;
        // The day goes on: an event may state its time of day alone.
        self.day = day_of(&at).or_else(|| self.day.take());
        let end = event.end.as_ref().and_then(|end| self.moment(end, &format!("timeline[{index}].end")));
        let text = plain(&event.event);
        let mut read = TimelineEvent {
            at: Moment { approximate: at.value.approximate || event.approximate, ..at.value },
            end: end.map(|end| Box::new(end.value)),
            markdown: Markdown::new(event.event.trim().to_owned(), &text),
            text,
            milestone: event.milestone,
            internal: event.internal,
            span: event.span,
            at_span: event.at.span,
            ..TimelineEvent::new(Moment::default(), Origin::FrontMatter)
        };
        read.set_details(|details| {
            details.kind = own(event.kind.as_ref());
            details.service = own(event.service.as_ref());
            details.links = event.links.iter().map(|link| link.to_string()).collect();
        });
        Some(read)
    }

    fn action(&mut self, item: &Spanned<ActionKeys>, index: usize) -> ActionItem {
        let path = |key: &str| format!("action_items[{index}].{key}");
        let due = item.due.as_ref().and_then(|written| {
            let due = actions::due(self.words, written, self.order, &actions::Near::new(self.near()));
            if due.is_none() {
                let expected = "a day, a month or a quarter such as `2026-04-10`, `2026-04` or `2026-Q2`";
                bad_value(self.findings, written, &path("due"), expected);
            }
            due.map(|due| fact(due, written.span))
        });
        let opened = item.opened.as_ref().and_then(|written| self.date(written, &path("opened")));
        let closed = item.closed.as_ref().and_then(|written| self.date(written, &path("closed")));
        let status = item.status.as_ref().map(|status| fact(status.value, status.span));
        let title = plain(&item.title);
        ActionItem {
            id: own(item.id.as_ref()).unwrap_or_default(),
            has_own_id: item.id.is_some(),
            markdown: Markdown::new(item.title.trim().to_owned(), &title),
            title,
            owner: text(item.owner.as_ref()),
            kind: item.kind.as_ref().map(|kind| fact(kind.value, kind.span)),
            priority: text(item.priority.as_ref()),
            status: status.unwrap_or(Fact::new(ActionStatus::Open, item.span, Origin::Inferred)),
            due,
            opened,
            closed,
            trackers: item.tracker.iter().map(|key| fact(key.trim().to_owned(), key.span)).collect(),
            evidence: text(item.evidence.as_ref()).map(Box::new),
            group: None,
            internal: item.internal,
            span: item.span,
            origin: Origin::FrontMatter,
        }
    }
}
