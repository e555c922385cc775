//! `afterword theme`: the looks there are, a new one, and the words that pages say.

use clap::{Args, Subcommand};

use crate::{
    cli::{ExitStatus, Global, Io},
    data::nearest,
    error::{Error, Result},
    load::{self, MANIFEST, Root, THEMES},
    model::anchor::file_slug,
    render::theme::{self, About},
    write,
};

/// What a new theme begins with.
const NEW_MANIFEST: &str = include_str!("new.toml");
const NEW_SHEET: &str = include_str!("new.css");

/// Change how the site looks and what it calls things: list, new, words
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "\
One colour needs no theme: `[output.html.colours]` in `book.toml`. One template goes into `templates/`, one word into \
`words/LANG.toml`, both beside `book.toml`; all else stays as it is.

Examples:
  afterword theme list
  afterword theme new harbour --extends console
  afterword theme words > words/pt.toml   # to be translated")]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the built-in themes and those of the site
    List,
    /// Begin a theme in `themes/NAME` that builds at once
    New(New),
    /// Print the words of the interface, as a file of words
    Words(Words),
}

#[derive(Debug, Args)]
struct New {
    /// Its name: the name of its folder, and of the key in `book.toml`
    name: String,
    /// The built-in theme that it changes
    #[arg(short, long, value_name = "THEME", default_value = "afterword")]
    extends: String,
}

#[derive(Debug, Args)]
struct Words {
    /// The language, as in `[book] language`
    #[arg(default_value = "en", value_name = "LANGUAGE")]
    language: String,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    match &arguments.what {
        What::List => list(&Root::find(global.root.as_deref(), &io.current)?, io)?,
        What::New(new) => begin(new, &Root::find(global.root.as_deref(), &io.current)?, global, io)?,
        What::Words(words) => io.out.print(&words_of(&words.language)?)?,
    }
    Ok(ExitStatus::Clean)
}

fn list(root: &Root, io: &mut Io<'_>) -> Result<()> {
    let own = of_site(root)?;
    let built_in = theme::built_in();
    let is_replaced = |theme: &About| own.iter().any(|own| own.key == theme.key);
    let rows = built_in.iter().filter(|theme| !is_replaced(theme)).map(|theme| (theme, ""));
    let rows: Vec<(&About, &str)> = rows.chain(own.iter().map(|theme| (theme, "this site"))).collect();
    let width = rows.iter().map(|(theme, _)| theme.key.chars().count()).max().unwrap_or_default();
    for (theme, place) in rows {
        let about: Vec<&str> =
            [place, theme.description.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
        let line = format!("{:width$}  {}", theme.key, about.join(": "));
        io.out.line(line.trim_end())?;
    }
    Ok(())
}

/// The themes of the site.
fn of_site(root: &Root) -> Result<Vec<About>> {
    let files = load::load_look(root, THEMES)?;
    let themes = files.iter().filter_map(|file| {
        let (key, rest) = file.path.strip_prefix(THEMES)?.strip_prefix('/')?.split_once('/')?;
        (rest == MANIFEST).then(|| About::read(key, &String::from_utf8_lossy(&file.bytes)))
    });
    Ok(themes.collect())
}

fn begin(new: &New, root: &Root, global: &Global, io: &mut Io<'_>) -> Result<()> {
    let name = new.name.as_str();
    if file_slug(name) != name {
        return Err(Error::new(format!("`{name}` cannot be the name of a theme")).help(format!(
            "it is also a folder: letters, digits and hyphens, such as `{}`",
            file_slug(name)
        )));
    }
    let built_in = theme::built_in();
    let keys = || built_in.iter().map(|theme| theme.key.as_str());
    if keys().any(|key| key == name) {
        return Err(Error::new(format!("`{name}` is a built-in theme"))
            .help("give the new one a name of its own, and say `--extends` for what it changes"));
    }
    if !keys().any(|key| key == new.extends) {
        let help = match nearest(&new.extends, keys()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are `{}`", keys().collect::<Vec<_>>().join("`, `")),
        };
        return Err(Error::new(format!("there is no built-in theme `{}`", new.extends)).help(help));
    }
    let fill = |text: &str| text.replace("{name}", name).replace("{extends}", &new.extends);
    let folder = format!("{THEMES}/{name}");
    for (path, text) in [
        (format!("{folder}/{MANIFEST}"), fill(NEW_MANIFEST)),
        (format!("{folder}/static/{name}.css"), fill(NEW_SHEET)),
    ] {
        write::create(&root.folder.join(&path), &text)?;
        io.out.line(&path)?;
    }
    if !global.quiet {
        io.err.line(&format!(
            "Write `theme = \"{name}\"` below `[output.html]` in `book.toml`, then run `afterword serve`."
        ))?;
    }
    Ok(())
}

fn words_of(language: &str) -> Result<String> {
    theme::words_of(language).ok_or_else(|| {
        Error::new(format!("there are no words for `{language}`")).help(format!(
            "there are `{}`; `afterword theme words > words/{language}.toml` begins a translation",
            theme::languages().join("`, `")
        ))
    })
}
