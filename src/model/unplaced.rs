//! What a document says, without where it says it: two documents that say the same are equal then.

use crate::{
    model::{
        ActionItem, Basis, Fact, ImpactWindow, Link, Moment, Origin, Postmortem, Section, SloCost,
        TimelineEvent, Traces,
    },
    source::Span,
};

impl Postmortem {
    /// The same postmortem without places and without how its facts came to be known. Whatever else a postmortem holds
    /// is left in, so that a comparison cannot miss it.
    #[must_use]
    pub fn unplaced(mut self) -> Self {
        bare(&mut self.id);
        bare(&mut self.title);
        self.date.iter_mut().for_each(bare);
        self.status.iter_mut().for_each(bare);
        self.severity.iter_mut().for_each(bare);
        self.detected_by.iter_mut().for_each(bare);
        self.visibility.iter_mut().for_each(bare);
        self.zone.iter_mut().for_each(bare);
        self.word_lists().into_iter().flatten().for_each(bare);
        for time in self.times.values_mut() {
            bare(time);
            moment(&mut time.value);
        }
        let impact = &mut self.impact;
        let cause = &mut self.root_cause;
        for text in [
            &mut impact.summary,
            &mut impact.users,
            &mut impact.requests,
            &mut impact.failed_requests,
            &mut impact.revenue,
            &mut impact.data_loss,
            &mut cause.summary,
            &mut cause.trigger,
        ] {
            text.iter_mut().for_each(bare);
        }
        for ImpactWindow { start, end, span, .. } in &mut impact.windows {
            start.iter_mut().chain(end).for_each(moment);
            *span = Span::default();
        }
        impact.slo.iter_mut().for_each(|SloCost { span, .. }| *span = Span::default());
        self.timeline.iter_mut().for_each(event);
        self.actions.iter_mut().for_each(action);
        for Section { heading, body, .. } in &mut self.sections {
            (*heading, *body) = (Span::default(), Span::default());
        }
        self.links.iter_mut().for_each(|Link { span, .. }| *span = Span::default());
        self.comments.fill(Span::default());
        self.internal.fill(Span::default());
        // How it is worded is no fact.
        self.traces = Traces::default();
        self.front_matter = None;
        self.body = Span::default();
        self
    }
}

fn bare<T>(fact: &mut Fact<T>) {
    (fact.span, fact.origin) = (Span::default(), Origin::FrontMatter);
}

fn moment(moment: &mut Moment) {
    moment.basis = Basis::default();
}

fn event(event: &mut TimelineEvent) {
    (event.span, event.at_span, event.origin) = (Span::default(), Span::default(), Origin::FrontMatter);
    moment(&mut event.at);
    event.end.as_deref_mut().into_iter().for_each(moment);
}

fn action(item: &mut ActionItem) {
    (item.span, item.origin) = (Span::default(), Origin::FrontMatter);
    bare(&mut item.status);
    item.owner.iter_mut().for_each(bare);
    item.kind.iter_mut().for_each(bare);
    item.priority.iter_mut().for_each(bare);
    item.due.iter_mut().for_each(bare);
    item.opened.iter_mut().for_each(bare);
    item.closed.iter_mut().for_each(bare);
    item.trackers.iter_mut().for_each(bare);
    item.evidence.as_deref_mut().into_iter().for_each(bare);
}
