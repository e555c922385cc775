//! `afterword new`: a document from a template, with what is known already filled in.

use std::{collections::BTreeMap, path::PathBuf};

use chrono::{Datelike, NaiveDate};
use clap::Args;
use rust_embed::RustEmbed;

use crate::{
    cli::{ExitStatus, Global, Io, date},
    config::Config,
    data::nearest,
    error::{Error, Result},
    load::{self, Root},
    model::{Zone, anchor::file_slug},
    write,
};

/// The folder of the site in which its own templates are.
const OWN: &str = "templates/new";

/// The longest file name, without ending. Many file systems end at 255 bytes.
const LONGEST: usize = 80;

#[derive(RustEmbed)]
#[folder = "templates/new"]
struct BuiltIn;

/// Write a new postmortem from a template
#[derive(Debug, Args)]
#[command(after_help = "\
Templates: afterword, coe, five-whys, google-sre, howie, pagerduty, and your own in `templates/new/NAME.md`. In them, \
{{ title }}, {{ id }}, {{ date }}, {{ severity }} and {{ zone }} are filled in.

Examples:
  afterword new Checkout latency after a pool change
  afterword new \"Disk full on db-3\" --template five-whys --date 2026-03-14 --severity SEV2")]
pub(super) struct Arguments {
    /// What happened, in a few words
    #[arg(required = true, value_name = "TITLE")]
    title: Vec<String>,
    /// The template
    #[arg(short, long, value_name = "NAME", default_value = "afterword")]
    template: String,
    /// The day on which the incident began [default: today]
    #[arg(short, long, value_name = "DATE", value_parser = date)]
    date: Option<NaiveDate>,
    /// The severity, as the site names it
    #[arg(short, long, value_name = "SEVERITY")]
    severity: Option<String>,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let root = Root::find(global.root.as_deref(), &io.current)?;
    let config = root.config.as_ref().map(|file| Config::parse(file).0).unwrap_or_default();
    let title = one_line(&arguments.title.join(" "));
    if title.is_empty() {
        return Err(Error::new("the title is empty").help("say in a few words what happened"));
    }
    let day = arguments.date.unwrap_or(io.today);
    let id = shortened(&format!("{day}-{}", file_slug(&title)));
    let values = Values {
        title,
        id: id.clone(),
        date: day.to_string(),
        severity: severity(arguments.severity.as_deref(), &config)?,
        zone: config.book.zone().cloned().unwrap_or_else(Zone::utc).to_string(),
    };
    let (text, has_severity) = fill(&template(&root, &arguments.template)?, &values);
    let folder = folder(&root, &config, day)?;
    let file = folder.join(format!("{id}.md"));
    write::create(&file, &text)?;
    let shown = file.strip_prefix(&io.current).unwrap_or(&file).display().to_string();
    io.out.line(&shown)?;
    if !global.quiet {
        if !values.severity.is_empty() && !has_severity {
            io.err.line("note: the template has no place for the severity; add it by hand")?;
        }
        io.err.line("Write it in your editor, then run `afterword check`.")?;
    }
    Ok(ExitStatus::Clean)
}

struct Values {
    title: String,
    id: String,
    date: String,
    /// Empty when none was given.
    severity: String,
    zone: String,
}

/// The severity as the site names it; a severity that the site does not know is refused, because a document with it
/// would be refused by the next check.
fn severity(given: Option<&str>, config: &Config) -> Result<String> {
    let Some(given) = given else { return Ok(String::new()) };
    if let Some(severity) = config.severity(given) {
        return Ok(severity.id.clone());
    }
    let known: Vec<&str> = config.severities.iter().map(|severity| severity.id.as_str()).collect();
    if known.is_empty() {
        return Ok(one_line(given));
    }
    Err(Error::new(format!("this site has no severity `{given}`"))
        .help(format!("it has `{}`", known.join("`, `"))))
}

/// The text of a template: the site's own, else a built-in one.
fn template(root: &Root, name: &str) -> Result<String> {
    let mut templates: BTreeMap<String, String> = BTreeMap::new();
    for file in BuiltIn::iter() {
        if let (Some(stem), Some(text)) = (file.strip_suffix(".md"), BuiltIn::get(&file)) {
            templates.insert(stem.to_owned(), String::from_utf8_lossy(&text.data).into_owned());
        }
    }
    for file in load::load_look(root, OWN)? {
        let stem = file.path.strip_prefix(OWN).and_then(|path| path.strip_prefix('/')?.strip_suffix(".md"));
        if let Some(stem) = stem {
            templates.insert(stem.to_owned(), String::from_utf8_lossy(&file.bytes).into_owned());
        }
    }
    if let Some(text) = templates.remove(name) {
        return Ok(text);
    }
    let names: Vec<&str> = templates.keys().map(String::as_str).collect();
    let help = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? There are `{}`", names.join("`, `")),
        None => format!("there are `{}`; your own go into `{OWN}/`", names.join("`, `")),
    };
    Err(Error::new(format!("there is no template `{name}`")).help(help))
}

/// Fills a template, and tells whether it had a place for the severity. In the front matter, values stand in quotes.
fn fill(template: &str, values: &Values) -> (String, bool) {
    let (front, body) = split(template);
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let put = |text: &str, quote: &dyn Fn(&str) -> String| {
        [
            ("title", &values.title),
            ("id", &values.id),
            ("date", &values.date),
            ("severity", &values.severity),
            ("zone", &values.zone),
        ]
        .into_iter()
        .fold(text.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{{ {name} }}}}"), &quote(value))
                .replace(&format!("{{{{{name}}}}}"), &quote(value))
        })
    };
    let has_place = template.contains("{{ severity }}") || template.contains("{{severity}}");
    let front = put(front, &quoted);
    let (front, has_line) = with_severity(&front, &quoted(&values.severity));
    (front + &put(body, &str::to_owned), has_place || has_line)
}

/// The front matter with both of its fences, and the rest.
fn split(template: &str) -> (&str, &str) {
    let Some(fence @ ("+++" | "---")) = template.lines().next().map(str::trim_end) else {
        return ("", template);
    };
    let mut end = 0;
    for (number, line) in template.split_inclusive('\n').enumerate() {
        end += line.len();
        if number > 0 && line.trim_end() == fence {
            return template.split_at(end);
        }
    }
    ("", template)
}

/// Puts the severity into its line, also when the line is a comment so far.
fn with_severity(front: &str, severity: &str) -> (String, bool) {
    let mut found = false;
    let lines = front.split_inclusive('\n').map(|line| {
        let key = line.trim_start_matches(['#', ' ']);
        let separator =
            key.strip_prefix("severity").map(str::trim_start).and_then(|rest| rest.chars().next());
        let written = match separator {
            Some('=') => format!("severity = \"{severity}\"\n"),
            Some(':') => format!("severity: \"{severity}\"\n"),
            _ => return line.to_owned(),
        };
        let is_first = !std::mem::replace(&mut found, true);
        if is_first && !severity.is_empty() { written } else { line.to_owned() }
    });
    let text = lines.collect();
    (text, found)
}

/// The first folder of the archive, and in it the folder of the year where there are such folders.
fn folder(root: &Root, config: &Config, day: NaiveDate) -> Result<PathBuf> {
    let mut folders = root.source_folders(config)?;
    if folders.is_empty() {
        return Err(Error::new("no folder for documents is configured").help("set `src` in `[book]`"));
    }
    let folder = folders.swap_remove(0);
    Ok(if load::has_years(&folder) { folder.join(day.year().to_string()) } else { folder })
}

fn one_line(text: &str) -> String {
    let printable: String =
        text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    printable.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name cut at a hyphen, so that it stays readable.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let mut end = LONGEST;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let cut = name.get(..end).unwrap_or(name);
    let whole = cut.rsplit_once('-').map_or(cut, |(whole, _)| whole);
    // A date has two hyphens; a single endless word is cut where it must be.
    if whole.len() > "2026-03-14".len() { whole.to_owned() } else { cut.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(title: &str, severity: &str) -> Values {
        Values {
            title: title.to_owned(),
            id: "2026-03-14-x".to_owned(),
            date: "2026-03-14".to_owned(),
            severity: severity.to_owned(),
            zone: "UTC".to_owned(),
        }
    }

    #[test]
    fn values_are_quoted_in_the_front_matter_and_stand_as_they_are_in_the_text() {
        let template = "+++\ntitle = \"{{ title }}\"\ndate = {{ date }}\n# severity = \"SEV3\"\n+++\n# {{title}}\n{{ zone }}\n";
        let (text, has_severity) = fill(template, &values(r#"The "big" C:\ one"#, "SEV1"));
        assert_eq!(
            text,
            "+++\ntitle = \"The \\\"big\\\" C:\\\\ one\"\ndate = 2026-03-14\nseverity = \"SEV1\"\n+++\n# The \"big\" C:\\ one\nUTC\n"
        );
        assert!(has_severity);
    }

    #[test]
    fn a_severity_that_is_not_given_leaves_its_line_alone() {
        let template = "---\ntitle: \"{{ title }}\"\nseverity: # one of ours\n---\n";
        assert_eq!(
            fill(template, &values("A", "")),
            ("---\ntitle: \"A\"\nseverity: # one of ours\n---\n".to_owned(), true)
        );
        assert!(!fill("# {{ title }}\nseverity: none\n", &values("A", "SEV1")).1);
    }

    #[test]
    fn every_built_in_template_can_be_filled_completely() {
        let names: Vec<_> = BuiltIn::iter().collect();
        assert!(names.len() >= 3, "{names:?}");
        for name in names {
            let template = String::from_utf8(BuiltIn::get(&name).unwrap().data.into_owned()).unwrap();
            let (text, has_severity) = fill(&template, &values("A title", "SEV1"));
            assert!(!text.contains("{{"), "{name}: {text}");
            assert!(has_severity && text.contains("severity = \"SEV1\""), "{name}: {text}");
        }
    }

    #[test]
    fn a_long_name_is_cut_between_words() {
        let long = format!("2026-03-14-{}end", "word-".repeat(20));
        assert_eq!(shortened(&long), format!("2026-03-14-{}word", "word-".repeat(12)));
        assert_eq!(shortened(&format!("2026-03-14-{}", "å".repeat(60))).len(), 79);
        assert_eq!(one_line(" a\n\tb\u{1b}c "), "a b c");
    }
}
