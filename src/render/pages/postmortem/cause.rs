//! Why it happened, as the front matter has it: the cause, and a drawn chain of whys with what set it off and what
//! contributed. A chain that stands in the text is drawn there, by the style sheet.

use crate::{
    model::{Postmortem, SectionKind},
    render::{
        pages::places::Places,
        site::Cx,
        urls::Kind,
        view::{Cause, Node},
    },
};

/// The cause and the whys, where the text has no section for them.
pub(super) fn cause(cx: &Cx<'_>, postmortem: &Postmortem, places: &Places<'_>, root: &str) -> Option<Cause> {
    let line = |text: &str| cx.markdown.line_to_html(text, places);
    let cause = &postmortem.root_cause;
    let is_in_text = |kind| postmortem.section(kind).is_some();
    let root_cause = cause.summary.as_ref().map(|summary| line(&summary.value)).unwrap_or_default();
    let whys: Vec<String> = if is_in_text(SectionKind::FiveWhys) {
        Vec::new()
    } else {
        cause.why.iter().map(|why| line(&why.value)).collect()
    };
    let is_stated = !root_cause.is_empty() && !is_in_text(SectionKind::RootCause);
    if whys.is_empty() && !is_stated {
        return None;
    }
    let (anchor, title) = if is_stated { ("root-cause", "cause.title") } else { ("five-whys", "cause.whys") };
    let trigger = cause.trigger.as_ref().filter(|_| !is_in_text(SectionKind::Trigger));
    let is_chain = !whys.is_empty();
    Some(Cause {
        anchor,
        title: cx.words.say(title).to_owned(),
        trigger: trigger.map(|trigger| line(&trigger.value)).unwrap_or_default(),
        factors: cx.links(Kind::Factor, &postmortem.factors, root),
        chain: if is_chain { chain(cx, whys, &root_cause) } else { Vec::new() },
        summary_html: if is_chain { String::new() } else { root_cause },
    })
}

/// The whys one after the other, the cause at their end.
fn chain(cx: &Cx<'_>, whys: Vec<String>, root_cause: &str) -> Vec<Node> {
    let steps = (1usize..).zip(whys);
    let mut nodes: Vec<Node> =
        steps.map(|(number, html)| Node { mark: cx.words.whole(number), html, is_root: false }).collect();
    if !root_cause.is_empty() {
        nodes.push(Node {
            mark: cx.words.say("cause.root").to_owned(),
            html: root_cause.to_owned(),
            is_root: true,
        });
    }
    nodes
}
