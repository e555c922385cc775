//! Five whys: the chain from what was seen to its cause, as a section of that name has it.
//!
//! It is written as a list, as lists within each other, as paragraphs or as headings that each ask once more. Which words
//! ask is not looked at: the section has its name for that. Of several chains the first is read.

use crate::{
    model::{Fact, Origin, SectionKind},
    parse::{
        blocks::{Block, Item, Kind},
        inline::Inline,
        outline::Part,
    },
    source::Span,
};

/// The steps of the chain; none when a section has fewer than two.
pub(super) fn read(parts: &[Part<'_>]) -> Vec<Fact<String>> {
    let sections = parts.iter().filter(|part| part.is(SectionKind::FiveWhys));
    sections.map(chain).find(|chain| !chain.is_empty()).unwrap_or_default()
}

fn chain(part: &Part<'_>) -> Vec<Fact<String>> {
    let own = part.own();
    let ways: [&dyn Fn() -> Vec<Fact<String>>; 4] = [
        &|| paragraphs(own, |bold| bold.contains(['?', '？'])),
        &|| items(own),
        &|| paragraphs(own, |_| true),
        &|| headings(part.blocks),
    ];
    ways.into_iter().map(|way| way()).find(|steps| steps.len() > 1).unwrap_or_default()
}

/// Paragraphs that begin with bold text of the kind that is asked for.
fn paragraphs(blocks: &[Block], is_step: impl Fn(&str) -> bool) -> Vec<Fact<String>> {
    let steps = blocks.iter().enumerate().filter_map(|(at, block)| {
        let Kind::Paragraph(text) = &block.kind else { return None };
        let bold = text.text.get(..text.bold_lead()?)?;
        let behind = blocks.get(at + 1..).unwrap_or_default();
        is_step(bold).then(|| step(text, behind, block.span)).flatten()
    });
    steps.collect()
}

/// The items of the first list that has several; else those of all lists, which text between the items has parted.
fn items(blocks: &[Block]) -> Vec<Fact<String>> {
    let lists = || {
        blocks.iter().filter_map(|block| match &block.kind {
            Kind::List(items) => Some(items.as_slice()),
            _ => None,
        })
    };
    if let Some(several) = lists().find(|items| items.len() > 1) {
        return several.iter().filter_map(of_item).collect();
    }
    match lists().flatten().collect::<Vec<_>>().as_slice() {
        [only] => nested(only),
        all => all.iter().copied().filter_map(of_item).collect(),
    }
}

/// Each answer with the next why in a list of its own below it.
fn nested(item: &Item) -> Vec<Fact<String>> {
    let mut steps: Vec<_> = of_item(item).into_iter().collect();
    let mut below = item.blocks.as_slice();
    while let Some([next]) = below.iter().find_map(|block| match &block.kind {
        Kind::List(items) => Some(items.as_slice()),
        _ => None,
    }) {
        steps.extend(of_item(next));
        below = &next.blocks;
    }
    steps
}

fn of_item(item: &Item) -> Option<Fact<String>> {
    let [first, behind @ ..] = item.blocks.as_slice() else { return None };
    let Kind::Paragraph(text) = &first.kind else { return None };
    step(text, behind, item.span)
}

/// The headings of the first level below the section.
fn headings(blocks: &[Block]) -> Vec<Fact<String>> {
    let level = |block: &Block| match &block.kind {
        Kind::Heading { level, .. } => Some(*level),
        _ => None,
    };
    let highest = blocks.iter().filter_map(level).min();
    let steps = blocks.iter().enumerate().filter_map(|(at, block)| {
        let Kind::Heading { level, text, .. } = &block.kind else { return None };
        let behind = blocks.get(at + 1..).unwrap_or_default();
        (Some(*level) == highest).then(|| step(text, behind, block.span)).flatten()
    });
    steps.collect()
}

/// What a step says. A question that stands alone goes with the answer below it.
fn step(text: &Inline, behind: &[Block], span: Span) -> Option<Fact<String>> {
    let mut said = text.one_line();
    if said.is_empty() {
        return None;
    }
    if let (true, Some(Kind::Paragraph(answer))) =
        (said.ends_with(['?', '？']), behind.first().map(|block| &block.kind))
        && answer.bold_lead().is_none()
    {
        said = format!("{said} {}", answer.one_line());
    }
    Some(Fact::new(said, span, Origin::Section))
}

#[cfg(test)]
mod tests {
    use crate::{
        config::Config,
        parse::{Context, parse},
        source::SourceFile,
    };

    /// What each step says, and the first line of its bytes.
    fn whys(body: &str) -> Vec<(String, String)> {
        let config = Config::default();
        let source =
            SourceFile::new("a.md", format!("# Pool\n\n## Five whys\n\n{body}\n\n## Lessons\n\n- a\n- b\n"));
        let parsed = parse(&source, &Context::new(&config, &[]));
        let steps = parsed.postmortem.root_cause.why.into_iter();
        steps
            .map(|step| {
                let place = source.slice(step.span).lines().next().unwrap_or_default();
                (step.value, place.to_owned())
            })
            .collect()
    }

    fn said(body: &str) -> Vec<String> {
        whys(body).into_iter().map(|(said, _)| said).collect()
    }

    #[test]
    fn a_list_is_a_chain_and_an_answer_goes_with_its_question() {
        let list = "Begin at the top.\n\n1. **Why did it fail?** The pool was full.\n2. Why was it full?\n\n   It was sized per host.\n";
        assert_eq!(
            whys(list),
            [
                (
                    "Why did it fail? The pool was full.".to_owned(),
                    "1. **Why did it fail?** The pool was full.".to_owned()
                ),
                ("Why was it full? It was sized per host.".to_owned(), "2. Why was it full?".to_owned()),
            ]
        );
    }

    #[test]
    fn paragraphs_headings_and_lists_within_each_other_are_chains_too() {
        let expected = ["Why? One.", "Why? Two."];
        assert_eq!(said("**Why?** One.\n\n**Why?** Two."), expected);
        assert_eq!(said("### Why?\n\nOne.\n\n### Why?\n\nTwo."), expected);
        assert_eq!(said("**Why?**\n\n- One.\n- Other.\n\n**Why?**\n\n- Two."), ["Why?", "Why?"]);
        assert_eq!(said("- Why? One.\n  - Why? Two."), expected);
        assert_eq!(said("1. Why?\n\nOne.\n\n2. Why? Two."), ["Why?", "Why? Two."]);
    }

    #[test]
    fn one_step_is_no_chain_and_the_first_of_two_chains_is_read() {
        assert_eq!(said("- Only one."), Vec::<String>::new());
        assert_eq!(said("It was the pool."), Vec::<String>::new());
        assert_eq!(
            said("**Reading**\n\n1. One.\n2. Two.\n\n**Writing**\n\n1. Three.\n2. Four."),
            ["One.", "Two."]
        );
    }

    #[test]
    fn what_the_front_matter_says_wins() {
        let config = Config::default();
        let text = "+++\n[root_cause]\nwhy = [\"Front\"]\n+++\n## Five whys\n\n1. One.\n2. Two.\n";
        let parsed = parse(&SourceFile::new("a.md", text), &Context::new(&config, &[]));
        let said: Vec<_> = parsed.postmortem.root_cause.why.iter().map(|why| why.value.as_str()).collect();
        assert_eq!(said, ["Front"]);
    }
}
