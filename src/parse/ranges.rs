//! A set of places that is asked often: is this within, does this touch? Hostile documents have many of both.

use crate::source::Span;

/// Places in order, none touching the next.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ranges(Vec<Span>);

impl Ranges {
    pub(crate) fn new(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => *last = last.join(span),
                _ => merged.push(span),
            }
        }
        Self(merged)
    }

    /// The first place that ends behind the start of a span.
    fn candidate(&self, span: Span) -> Option<&Span> {
        self.0.get(self.0.partition_point(|range| range.end <= span.start))
    }

    pub(crate) fn contains(&self, span: Span) -> bool {
        self.candidate(span).is_some_and(|range| range.contains(span))
    }

    pub(crate) fn overlaps(&self, span: Span) -> bool {
        self.candidate(span).is_some_and(|range| range.overlaps(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_however_they_are_given() {
        let ranges = Ranges::new(vec![Span::new(20, 30), Span::new(0, 5), Span::new(3, 9)]);
        let asked = [(0, 9), (4, 6), (8, 10), (9, 12), (19, 21), (29, 31), (30, 40)];
        let answers = asked.map(|(start, end)| {
            let span = Span::new(start, end);
            (ranges.contains(span), ranges.overlaps(span))
        });
        assert_eq!(
            answers,
            [
                (true, true),
                (true, true),
                (false, true),
                (false, false),
                (false, true),
                (false, true),
                (false, false)
            ]
        );
    }
}
