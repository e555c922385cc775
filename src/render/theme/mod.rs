//! The look of a site: templates and static files, looked up in the site, its theme and what is built in.
//!
//! All built-in files are inside the binary. A template of the site or its theme that does not parse, or fails while a
//! page is made, becomes a problem with its place, and the built-in one is used instead: a slip in a template costs the
//! change, never the site.

pub(in crate::render) mod builtin;
mod manifest;
mod script;
mod templates;
mod words;

pub use templates::Templates;

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    config::{Config, RULE},
    data::{Spanned, nearest},
    diagnostic::Finding,
    render::{Artifact, theme::manifest::Manifest, urls::OFFLINE, words::Words},
    source::{SourceFile, Span},
};

/// A file of the site's own look, by its path below the root.
type SiteFiles = BTreeMap<String, Arc<[u8]>>;

/// The style sheets of a look, joined.
const SHEET: &str = "style.css";

/// The folder of static files in the site.
pub const ASSETS: &str = "assets";

/// Something in the site's own templates or theme that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, below the root.
    pub path: String,
    /// What is wrong there.
    pub finding: Finding,
}

/// A look, ready for use.
pub struct Theme {
    templates: Templates,
    words: Arc<Words>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Theme {
    /// The look that the configuration names, in the language of the site, with what the site overrides: its files below
    /// `templates/`, `themes/` and `words/`.
    pub fn new(config: &Config, site_files: &SiteFiles) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let name = config.output.html.theme.as_str();
        let folder = format!("themes/{name}/");
        let theme: BTreeMap<&str, &[u8]> = site_files
            .iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix(&folder)?, &**bytes)))
            .collect();
        if !builtin::themes().contains(name) && !theme.contains_key("theme.toml") {
            problems.push(unknown_theme(&config.output.html.theme, site_files));
        }
        let (words, wrong) = words::words(&config.book.language, name, site_files);
        let words = Arc::new(words);
        problems.extend(wrong);
        // The site's templates stand over its theme's, those over the built-in ones.
        let of_theme = format!("{folder}templates/");
        let mut layers = builtin::theme_templates(name);
        for place in [of_theme.as_str(), "templates/"] {
            let files = site_files.iter().filter(|(path, _)| path.starts_with(place));
            layers.extend(files.map(|(path, bytes)| SourceFile::from_bytes(path.clone(), bytes)));
        }
        let (templates, wrong) = Templates::new(&layers, &words);
        problems.extend(wrong);
        let (mut files, wrong) = static_files(name, &theme);
        problems.extend(wrong);
        words::add_to_scripts(&words, &mut files);
        if let Some(sheet) = files.get_mut(SHEET) {
            words::add_to_styles(&words, sheet);
        }
        (Self { templates, words, files }, problems)
    }

    /// The words of the interface.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The same, for what outlives the look.
    pub(crate) fn shared_words(&self) -> Arc<Words> {
        Arc::clone(&self.words)
    }

    /// The templates.
    pub const fn templates(&self) -> &Templates {
        &self.templates
    }

    /// True when the look has a static file of this name.
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// The static files, in the folder [`ASSETS`] but for the one that has to stand above all pages.
    pub fn artifacts(&self) -> Vec<Artifact> {
        self.files
            .iter()
            .map(|(name, bytes)| {
                let path = if name == OFFLINE { name.clone() } else { format!("{ASSETS}/{name}") };
                Artifact::bytes(path, bytes.clone())
            })
            .collect()
    }
}

fn unknown_theme(name: &Spanned<String>, site_files: &SiteFiles) -> Problem {
    let mut themes = builtin::themes();
    themes.extend(
        site_files
            .keys()
            .filter_map(|path| Some(path.strip_prefix("themes/")?.strip_suffix("/theme.toml")?.to_owned())),
    );
    let finding = Finding::new(RULE, name.span, format!("there is no theme `{}`", name.value));
    let help = if let Some(nearest) = nearest(name, themes.iter().map(String::as_str)) {
        format!("did you mean `{nearest}`?")
    } else {
        let themes: Vec<_> = themes.into_iter().collect();
        format!("`afterword theme new {}` begins one; there are `{}`", name.value, themes.join("`, `"))
    };
    let finding = finding.help(help);
    Problem { path: "book.toml".to_owned(), finding }
}

/// The static files of a theme over the built-in ones, its stylesheets joined into `style.css`.
fn static_files(name: &str, own: &BTreeMap<&str, &[u8]>) -> (BTreeMap<String, Vec<u8>>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut files = builtin::static_files(builtin::THEME);
    if name != builtin::THEME {
        files.extend(builtin::static_files(name));
    }
    for (path, bytes) in own {
        // An unchanged copy of a built-in file is the built-in file.
        let copied = builtin::theme_file(name, path).is_some_and(|built_in| built_in == *bytes);
        if let Some(file) = path.strip_prefix("static/").filter(|_| !copied) {
            files.insert(file.to_owned(), bytes.to_vec());
        }
    }
    let basis = Manifest::builtin(builtin::THEME);
    let manifest = match own.get("theme.toml") {
        None => Manifest::builtin(name),
        Some(bytes) => match Manifest::parse(&String::from_utf8_lossy(bytes)) {
            Ok(manifest) => manifest,
            Err(finding) => {
                problems.push(Problem { path: format!("themes/{name}/theme.toml"), finding: *finding });
                basis.clone()
            }
        },
    };
    let mut sheet = Vec::new();
    for stylesheet in manifest.stylesheets_over(&basis) {
        match files.get(stylesheet) {
            Some(text) => sheet.extend_from_slice(text),
            None => problems.push(Problem {
                path: format!("themes/{name}/theme.toml"),
                finding: Finding::new(RULE, Span::empty(0), format!("there is no stylesheet `{stylesheet}`"))
                    .help(format!(
                        "write `themes/{name}/static/{stylesheet}`, or take it out of `stylesheets`"
                    )),
            }),
        }
    }
    files.retain(|file, _| std::path::Path::new(file).extension().is_none_or(|extension| extension != "css"));
    files.insert(SHEET.to_owned(), sheet);
    (files, problems)
}

#[cfg(test)]
mod tests;
