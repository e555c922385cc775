//! The page that a team takes to its weekly meeting: what is new, what is late, what is next, by team.

use std::borrow::Cow;

use chrono::{Days, NaiveDate};

use crate::{
    aggregate::{ActionEntry, Digest, Ledger, News, TeamNews, ledger::NoHistory, soon},
    model::anchor::file_slug,
    render::{
        pages::actions::{item, team_name},
        site::Cx,
        urls,
        view::{Link, WeeklyPart, WeeklyRow, WeeklyTeam, WeeklyView},
        words::capitalised,
    },
};

/// From one weekly meeting to the next.
const DAYS: u64 = 7;

/// How many items a part has at the most: a meeting that reads more of them reads none.
const ITEMS: usize = 50;

pub(in crate::render::pages) fn view(cx: &Cx<'_>) -> WeeklyView {
    let summary = cx.site.summary;
    // While it is still looked up, the documents tell.
    let ledger = cx.site.ledger.map_or_else(
        || Cow::Owned(Ledger::of_documents(cx.site.archive, NoHistory::NoCommits)),
        Cow::Borrowed,
    );
    let since = summary.today.checked_sub_days(Days::new(DAYS)).unwrap_or(NaiveDate::MIN);
    let week = Digest::new(summary, &ledger, since);
    let [since, today, until] = [since, summary.today, soon(summary.today)].map(|date| cx.words.day(date));
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

fn name(cx: &Cx<'_>, week: &TeamNews<'_>) -> String {
    week.team.map_or_else(|| cx.words.say("weekly.no-team").to_owned(), |id| team_name(cx, id))
}

fn section(cx: &Cx<'_>, week: &Digest<'_>, team: &TeamNews<'_>, root: &str) -> Option<WeeklyTeam> {
    let [since, until] = [week.since, soon(week.today)].map(|date| cx.words.short_day(date));
    let news = |kind: News| team.news.get(&kind).into_iter().flatten().map(|item| item.entry).collect();
    let parts: [(String, Vec<&ActionEntry>); 7] = [
        (cx.words.fill("weekly.newly-overdue", &[("day", &since)]), news(News::Overdue)),
        (cx.words.say("weekly.overdue").to_owned(), team.late.clone()),
        (cx.words.fill("weekly.due-soon", &[("day", &until)]), news(News::DueSoon)),
        (cx.words.say("flow.slipped").to_owned(), news(News::Slipped)),
        (capitalised(cx.words.say("action-history.reopened")), news(News::Reopened)),
        (cx.words.fill("weekly.opened", &[("day", &since)]), news(News::Opened)),
        (cx.words.fill("weekly.closed", &[("day", &since)]), news(News::Closed)),
    ];
    let parts: Vec<WeeklyPart> = parts
        .into_iter()
        .filter(|(_, entries)| !entries.is_empty())
        .map(|(title, entries)| WeeklyPart {
            title,
            all: (entries.len() > ITEMS).then(|| all_of(cx, team, entries.len(), root)),
            items: entries.into_iter().take(ITEMS).filter_map(|entry| item(cx, entry, root, false)).collect(),
        })
        .collect();
    (!parts.is_empty()).then(|| WeeklyTeam {
        anchor: format!("team-{}", team.team.map_or_else(String::new, file_slug)),
        title: name(cx, team),
        parts,
    })
}

/// The page of all actions, filtered for what the team has to do.
fn all_of(cx: &Cx<'_>, team: &TeamNews<'_>, count: usize, root: &str) -> Link {
    let team = team.team.map(|id| format!("&team={}", urls::encoded(&file_slug(id)))).unwrap_or_default();
    let page = urls::from(root, urls::ACTIONS);
    Link::to(
        format!("{page}#is=unfinished{team}"),
        cx.words.fill("count.all", &[("n", &cx.words.whole(count))]),
    )
}

fn row(cx: &Cx<'_>, team: &TeamNews<'_>, sections: &[WeeklyTeam]) -> WeeklyRow {
    let title = name(cx, team);
    let count = |kind: News| team.news.get(&kind).map_or(0, Vec::len);
    let section = sections.iter().find(|section| section.title == title);
    WeeklyRow {
        team: Some(match section {
            Some(section) => Link::to(format!("#{}", section.anchor), title),
            None => Link::plain(title),
        }),
        newly_overdue: count(News::Overdue),
        overdue: team.late.len(),
        due_soon: count(News::DueSoon),
        closed: count(News::Closed),
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
