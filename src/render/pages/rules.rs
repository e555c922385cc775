//! The catalogue of checks: the page of each, and the list.

use crate::render::{
    markdown::Options,
    site::Cx,
    urls,
    view::{RuleRow, RuleView, RulesGroup, RulesView},
    words::capitalised,
};

pub(super) fn index(cx: &Cx<'_>) -> RulesView {
    let mut groups: Vec<RulesGroup> = Vec::new();
    for rule in cx.site.rules {
        let row = RuleRow {
            href: format!("{}.html", urls::encoded(rule.name)),
            name: rule.name.to_owned(),
            level: rule.level.word(),
            level_word: cx.words.of("level", rule.level.word()).to_owned(),
            summary: capitalised(rule.summary),
        };
        match groups.iter_mut().find(|group| group.key == rule.group) {
            Some(group) => group.rules.push(row),
            None => groups.push(RulesGroup {
                key: rule.group.to_owned(),
                title: cx.words.of("rule-group", rule.group).to_owned(),
                rules: vec![row],
            }),
        }
    }
    RulesView {
        page: cx.page(urls::RULES, "", cx.words.say("rules.title"), cx.words.say("rules.description")),
        groups,
    }
}

pub(super) fn view(cx: &Cx<'_>, place: usize) -> Option<(String, RuleView)> {
    let rule = cx.site.rules.get(place)?;
    let path = urls::rule(rule.name);
    let options = Options { title: rule.name, reserved: &["main", "search"], ..Options::default() };
    let view = RuleView {
        page: cx.page(&path, "", rule.name, rule.summary),
        name: rule.name.to_owned(),
        group: cx.words.of("rule-group", rule.group).to_owned(),
        level: rule.level.word(),
        level_text: {
            let level = cx.words.of("level", rule.level.word());
            cx.words.fill("rules.by-default", &[("level", &level)])
        },
        summary: capitalised(rule.summary),
        html: cx.markdown.to_html(rule.docs, &options).html,
    };
    Some((path, view))
}
