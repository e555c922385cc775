//! The page that a team takes to its weekly meeting: what is new, what is late, what is next, by team.

use crate::{
    aggregate::{TeamWeek, Week},
    model::anchor::file_slug,
    render::{
        pages::actions::{item, team_name},
        site::Cx,
        urls,
        view::{Link, WeeklyPart, WeeklyRow, WeeklyTeam, WeeklyView},
    },
};

/// How many items a part has at the most: a meeting that reads more of them reads none.
const ITEMS: usize = 50;

pub(in crate::render::pages) fn view(cx: &Cx<'_>) -> WeeklyView {
    let summary = cx.site.summary;
    let week = Week::new(cx.site.archive, &summary.actions, summary.today);
    let [since, today, until] = [week.since, summary.today, week.until].map(|date| cx.words.day(date));
    let sentence =
        cx.words.fill("weekly.sentence", &[("since", &since), ("today", &today), ("until", &until)]);
    let root = urls::root(urls::WEEKLY);
    let teams: Vec<WeeklyTeam> =
        week.teams.iter().filter_map(|team| section(cx, &week, team, &root)).collect();
    let overview: Vec<WeeklyRow> = week.teams.iter().map(|team| row(cx, team, &teams)).collect();
    WeeklyView {
        page: cx.page(urls::WEEKLY, urls::ACTIONS, cx.words.say("weekly.page"), &sentence),
        sentence,
        all: (overview.len() > 1).then(|| total(&overview)),
        overview,
        teams,
        actions: Link::to(urls::from(&root, urls::ACTIONS), cx.words.say("link.all-actions")),
    }
}

fn name(cx: &Cx<'_>, week: &TeamWeek) -> String {
    week.team.as_deref().map_or_else(|| cx.words.say("weekly.no-team").to_owned(), |id| team_name(cx, id))
}

fn section(cx: &Cx<'_>, week: &Week, team: &TeamWeek, root: &str) -> Option<WeeklyTeam> {
    let [since, until] = [week.since, week.until].map(|date| cx.words.short_day(date));
    let parts: Vec<WeeklyPart> = [
        (cx.words.fill("weekly.newly-overdue", &[("day", &since)]), &team.newly_overdue),
        (cx.words.say("weekly.overdue").to_owned(), &team.overdue),
        (cx.words.fill("weekly.due-soon", &[("day", &until)]), &team.due_soon),
        (cx.words.fill("weekly.opened", &[("day", &since)]), &team.opened),
        (cx.words.fill("weekly.closed", &[("day", &since)]), &team.closed),
    ]
    .into_iter()
    .filter(|(_, places)| !places.is_empty())
    .map(|(title, places)| WeeklyPart {
        title,
        all: (places.len() > ITEMS).then(|| all_of(cx, team, places.len(), root)),
        items: places
            .iter()
            .take(ITEMS)
            .filter_map(|at| cx.site.summary.actions.entries.get(*at))
            .filter_map(|entry| item(cx, entry, root, false))
            .collect(),
    })
    .collect();
    (!parts.is_empty()).then(|| WeeklyTeam {
        anchor: format!("team-{}", team.team.as_deref().map_or_else(String::new, file_slug)),
        title: name(cx, team),
        parts,
    })
}

/// The page of all actions, filtered for what the team has to do.
fn all_of(cx: &Cx<'_>, team: &TeamWeek, count: usize, root: &str) -> Link {
    let team =
        team.team.as_deref().map(|id| format!("&team={}", urls::encoded(&file_slug(id)))).unwrap_or_default();
    let page = urls::from(root, urls::ACTIONS);
    Link::to(
        format!("{page}#is=unfinished{team}"),
        cx.words.fill("count.all", &[("n", &cx.words.whole(count))]),
    )
}

fn row(cx: &Cx<'_>, team: &TeamWeek, sections: &[WeeklyTeam]) -> WeeklyRow {
    let title = name(cx, team);
    let section = sections.iter().find(|section| section.title == title);
    WeeklyRow {
        team: Some(match section {
            Some(section) => Link::to(format!("#{}", section.anchor), title),
            None => Link::plain(title),
        }),
        newly_overdue: team.newly_overdue.len(),
        overdue: team.overdue.len(),
        due_soon: team.due_soon.len(),
        closed: team.closed.len(),
        unfinished: team.unfinished,
    }
}

fn total(rows: &[WeeklyRow]) -> WeeklyRow {
    let sum = |of: fn(&WeeklyRow) -> usize| rows.iter().map(of).sum();
    WeeklyRow {
        team: None,
        newly_overdue: sum(|row| row.newly_overdue),
        overdue: sum(|row| row.overdue),
        due_soon: sum(|row| row.due_soon),
        closed: sum(|row| row.closed),
        unfinished: sum(|row| row.unfinished),
    }
}
