//! `afterword actions digest`: what to say about action items at the weekly meeting.

mod slack;

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::{
    aggregate::{Digest, News, TeamNews},
    cli::{ExitStatus, Global, Io, actions::unknown::Names, io, session::Session, sheet::Sheet},
    config::Named,
    error::{Error, Result},
    report::{inert, to_json, visible},
    words::{Count, capitalised, list},
};

/// Say what is new: what became overdue, is due soon, was put off, closed, opened
#[derive(Debug, Args)]
#[command(after_help = "\
The digest covers the days from --since to today, team by team. What was opened, put off and closed is known from the \
history of the documents in git; without one, or in a shallow clone, the days that the documents state have to do, and \
the digest says so. Work that is due within 14 days is due soon.

Examples:
  afterword actions digest
  afterword actions digest --since 2026-03-01 --team storefront
  afterword actions digest --format markdown >> notes.md
  afterword actions digest --format slack | curl --json @- \"$SLACK_WEBHOOK\"")]
pub(super) struct Arguments {
    /// The first day: YYYY-MM-DD, or so many days ago, such as 7d
    #[arg(long, value_name = "DATE|DAYSd", default_value = "7d", value_parser = since)]
    since: Since,
    /// The news of this team only, by id, name or alias
    #[arg(long, value_name = "TEAM")]
    team: Vec<String>,
    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    format: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For a person at a terminal
    Text,
    /// For notes and forges
    Markdown,
    /// A message of Slack, as JSON with `blocks`
    Slack,
    /// One JSON object
    Json,
}

/// The first day of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Since {
    Day(NaiveDate),
    Ago(u64),
}

fn since(text: &str) -> std::result::Result<Since, String> {
    match text.strip_suffix('d') {
        Some(days) => {
            days.parse().map(Since::Ago).map_err(|_| "expected a number of days such as 7d".to_owned())
        }
        None => crate::cli::date(text)
            .map(Since::Day)
            .map_err(|expected| format!("{expected}, or a number of days such as 7d")),
    }
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let session = Session::open_some(global, io)?;
    let since = match arguments.since {
        Since::Day(day) => day,
        Since::Ago(days) => io.today.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN),
    };
    if since > io.today {
        return Err(Error::new(format!("{since} is after today, {}", io.today))
            .help("give a day that is over, or so many days ago such as 7d"));
    }
    let config = &session.analysis.config;
    let id = |name: &str| config.team(name).map(|team| team.id.clone());
    Names::of_teams(&arguments.team, &session.analysis, &id).tell(global, io)?;
    let ledger = session.ledger();
    let digest = Digest::new(&session.analysis.summary, &ledger, since);
    let page = Page::new(&digest, &session, &arguments.team);
    let text = match arguments.format {
        Output::Text => page.text(io),
        Output::Markdown => page.markdown(),
        Output::Slack => slack::message(&page),
        Output::Json => to_json(&page),
    };
    io.out.print(&text)?;
    Ok(ExitStatus::Clean)
}

/// A digest in words.
#[derive(Debug, Serialize)]
struct Page {
    version: u8,
    since: NaiveDate,
    today: NaiveDate,
    #[serde(skip)]
    title: String,
    /// How it stands with all teams.
    summary: String,
    remark: Option<String>,
    teams: Vec<Team>,
    /// What was taken out of the documents unfinished.
    removed: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Team {
    /// Null for items of which no team is known.
    id: Option<String>,
    name: String,
    summary: String,
    news: Vec<Kind>,
}

#[derive(Debug, Serialize)]
struct Kind {
    #[serde(rename = "kind")]
    key: &'static str,
    #[serde(skip)]
    heading: &'static str,
    items: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    id: String,
    title: String,
    owner: Option<String>,
    note: String,
    path: String,
}

impl Entry {
    /// Who it is, and what is new.
    fn remarks(&self) -> String {
        self.owner.iter().chain([&self.note]).cloned().collect::<Vec<_>>().join(", ")
    }
}

impl Page {
    fn new(digest: &Digest<'_>, session: &Session, teams: &[String]) -> Self {
        let config = &session.analysis.config;
        let id = |name: &String| config.team(name).map_or_else(|| name.clone(), |team| team.id.clone());
        let wanted: Vec<String> = teams.iter().map(id).collect();
        let is_wanted = |team: &&TeamNews<'_>| {
            wanted.is_empty()
                || team.team.is_some_and(|team| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(team)))
        };
        let all: Vec<&TeamNews<'_>> =
            digest.teams.iter().filter(|team| team.is_worth_a_word()).filter(is_wanted).collect();
        let sum = |of: &dyn Fn(&TeamNews<'_>) -> usize| all.iter().map(|team| of(team)).sum::<usize>();
        let (unfinished, overdue) = if wanted.is_empty() {
            (digest.unfinished, digest.overdue)
        } else {
            (sum(&|team| team.unfinished), sum(&|team| team.overdue))
        };
        let counted = |kind: News| (kind, sum(&|team| team.news.get(&kind).map_or(0, Vec::len)));
        let removed = if wanted.is_empty() { digest.removed.as_slice() } else { &[] };
        let news = said(News::ALL.into_iter().map(counted), removed.len());
        let open = standing(unfinished, overdue);
        Self {
            version: 1,
            since: digest.since,
            today: digest.today,
            title: format!("Action items from {} to {}", digest.since, digest.today),
            summary: if news.is_empty() {
                format!("Nothing new; {open}.")
            } else {
                format!("{}; {open}.", capitalised(&news))
            },
            remark: digest.remark.clone(),
            teams: all.into_iter().map(|team| Team::new(team, session)).collect(),
            removed: removed.iter().map(|(title, path)| format!("{title} ({path})")).collect(),
        }
    }

    fn text(&self, io: &Io<'_>) -> String {
        let mut sheet = Sheet::new(io);
        sheet.text(0, &self.title, io::STRONG);
        sheet.text(0, &self.summary, anstyle::Style::new());
        if let Some(remark) = &self.remark {
            sheet.text(0, remark, io::FAINT);
        }
        for team in &self.teams {
            sheet.heading(&format!("{}: {}", visible(&team.name), team.summary));
            for kind in &team.news {
                let style = if kind.key == News::Overdue.key() { io::ERROR } else { anstyle::Style::new() };
                sheet.text(2, kind.heading, style);
                for item in &kind.items {
                    sheet.row(
                        4,
                        ("-", anstyle::Style::new()),
                        1,
                        &visible(&format!("{} ({})", item.title, item.remarks())),
                    );
                    sheet.line(7, &visible(&item.id), "", io::FAINT);
                }
            }
        }
        if !self.removed.is_empty() {
            sheet.heading("taken out of the documents unfinished");
            for removed in &self.removed {
                sheet.row(4, ("-", anstyle::Style::new()), 1, &visible(removed));
            }
        }
        sheet.finish()
    }

    fn markdown(&self) -> String {
        let mut out = format!("## {}\n\n{}\n", inert(&self.title), inert(&self.summary));
        // Writing to a `String` cannot fail.
        if let Some(remark) = &self.remark {
            let _ = write!(out, "\n{}\n", inert(remark));
        }
        for team in &self.teams {
            let _ = write!(out, "\n### {}\n\n{}\n", inert(&team.name), inert(&capitalised(&team.summary)));
            for kind in &team.news {
                let _ = write!(out, "\n**{}**\n\n", capitalised(kind.heading));
                for item in &kind.items {
                    let _ = writeln!(
                        out,
                        "- {} ({}) `{}`",
                        inert(&item.title),
                        inert(&item.remarks()),
                        item.id.replace('`', "'")
                    );
                }
            }
        }
        if !self.removed.is_empty() {
            out.push_str("\n### Taken out of the documents unfinished\n\n");
            for removed in &self.removed {
                let _ = writeln!(out, "- {}", inert(removed));
            }
        }
        out
    }
}

impl Team {
    fn new(team: &TeamNews<'_>, session: &Session) -> Self {
        let config = &session.analysis.config;
        let name = team.team.map_or_else(
            || "no team".to_owned(),
            |id| config.team(id).map_or_else(|| id.to_owned(), |team| team.title().to_owned()),
        );
        let news = said(team.news.iter().map(|(kind, items)| (*kind, items.len())), 0);
        let open = standing(team.unfinished, team.overdue);
        let kinds = team.news.iter().map(|(kind, items)| Kind {
            key: kind.key(),
            heading: kind.words(),
            items: items
                .iter()
                .filter_map(|item| {
                    let (postmortem, action) = item.entry.item(&session.analysis.archive)?;
                    Some(Entry {
                        id: action.id.clone(),
                        title: action.title.clone(),
                        owner: action.owner.as_ref().map(|owner| owner.value.clone()),
                        note: item.note.clone(),
                        path: postmortem.path.clone(),
                    })
                })
                .collect(),
        });
        Self {
            id: team.team.map(str::to_owned),
            name,
            summary: if news.is_empty() { open } else { format!("{news}; {open}") },
            news: kinds.collect(),
        }
    }
}

/// `2 newly overdue, 1 put off and 3 closed`.
fn said(counts: impl Iterator<Item = (News, usize)>, removed: usize) -> String {
    let counts = counts.map(|(kind, count)| (kind.words(), count)).chain([("taken out unfinished", removed)]);
    let counts = counts.filter(|(_, count)| *count > 0);
    list(&counts.map(|(words, count)| format!("{count} {words}")).collect::<Vec<_>>())
}

fn standing(unfinished: usize, overdue: usize) -> String {
    match (unfinished, overdue) {
        (0, _) => "nothing is open".to_owned(),
        (open, 0) => format!("{} unfinished, none overdue", Count(open, "item")),
        (open, late) => format!("{} unfinished, {late} overdue", Count(open, "item")),
    }
}
