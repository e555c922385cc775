//! The look of a site: templates and static files, looked up in the site, its theme and what is built in.
//!
//! All built-in files are inside the binary. A template of the site or its theme that does not parse, or fails while a
//! page is made, becomes a problem with its place, and the built-in one is used instead: a slip in a template costs the
//! change, never the site.

pub(in crate::render) mod builtin;
mod colours;
mod manifest;
mod script;
mod templates;
mod words;

pub use templates::{Made, Templates};

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    config::{Config, RULE},
    data::{Spanned, nearest},
    diagnostic::{Finding, Level},
    render::{Artifact, theme::manifest::Manifest, urls::OFFLINE, words::Words},
    source::{SourceFile, Span},
};

/// A file of the site's own look, by its path below the root.
type SiteFiles = BTreeMap<String, Arc<[u8]>>;

/// What a theme says of itself, in its folder.
const MANIFEST: &str = "theme.toml";

/// The style sheets of a look, joined.
const SHEET: &str = "style.css";

/// The folder of static files in the site.
pub const ASSETS: &str = "assets";

/// Something in the site's own templates or theme that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, below the root.
    pub path: String,
    /// How loud it is.
    pub level: Level,
    /// What is wrong there.
    pub finding: Finding,
}

impl Problem {
    /// One that keeps a part of the site from being as it was meant.
    pub fn error(path: impl Into<String>, finding: Finding) -> Self {
        Self { path: path.into(), level: Level::Error, finding }
    }

    /// One that the site can be published with.
    pub fn warning(path: impl Into<String>, finding: Finding) -> Self {
        Self { path: path.into(), level: Level::Warning, finding }
    }
}

/// A look, ready for use.
pub struct Theme {
    templates: Templates,
    words: Arc<Words>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Theme {
    /// The look that the configuration names, in the language of the site, with what the site overrides: its files below
    /// `templates/`, `themes/` and `words/`, and its colours.
    pub fn new(config: &Config, site_files: &SiteFiles) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let name = config.output.html.theme.as_str();
        let folder = format!("themes/{name}/");
        let own: BTreeMap<&str, &[u8]> = site_files
            .iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix(&folder)?, &**bytes)))
            .collect();
        if !builtin::themes().contains(name) && !own.contains_key(MANIFEST) {
            problems.push(unknown_theme(&config.output.html.theme, site_files));
        }
        let (manifest, wrong) = manifest(name, &own);
        problems.extend(wrong);
        // The built-in themes below the site's files, the one that everything falls back on first.
        let mut basis = vec![builtin::THEME];
        basis.extend(manifest.extends.as_deref().filter(|extended| *extended != builtin::THEME));
        if name != builtin::THEME {
            basis.push(name);
        }
        let (words, wrong) = words::words(&config.book.language, &basis, &folder, site_files);
        let words = Arc::new(words);
        problems.extend(wrong);
        // The site's templates stand over its theme's, those over the built-in ones.
        let mut layers: Vec<SourceFile> =
            basis.iter().skip(1).flat_map(|theme| builtin::theme_templates(theme)).collect();
        for place in [format!("{folder}templates/"), "templates/".to_owned()] {
            let files = site_files.iter().filter(|(path, _)| path.starts_with(&place));
            layers.extend(files.map(|(path, bytes)| SourceFile::from_bytes(path.clone(), bytes)));
        }
        let (templates, wrong) = Templates::new(&layers, &words);
        problems.extend(wrong);
        let (mut files, mut sheet, wrong) = static_files(name, &manifest, &basis, &own);
        problems.extend(wrong);
        words::add_to_styles(&words, &mut sheet);
        problems.extend(colours::add(&config.output.html.colours, &mut sheet));
        files.insert(SHEET.to_owned(), sheet);
        words::add_to_scripts(&words, &mut files);
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

    /// The static file at a path of the site.
    pub fn artifact(&self, path: &str) -> Option<Artifact> {
        let below = path.strip_prefix(ASSETS).and_then(|rest| rest.strip_prefix('/'));
        let name = below.filter(|name| *name != OFFLINE).or_else(|| (path == OFFLINE).then_some(OFFLINE))?;
        Some(Artifact::bytes(path, self.files.get(name)?.clone()))
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
    Problem::error("book.toml", finding)
}

/// What the theme says of itself, and what is wrong with that.
fn manifest(name: &str, own: &BTreeMap<&str, &[u8]>) -> (Manifest, Option<Problem>) {
    let Some(bytes) = own.get(MANIFEST) else { return (Manifest::builtin(name), None) };
    let problem = |finding| Problem::error(format!("themes/{name}/{MANIFEST}"), finding);
    let text = String::from_utf8_lossy(bytes);
    let mut manifest = match Manifest::parse(&text) {
        Ok(manifest) => manifest,
        Err(finding) => return (Manifest::default(), Some(problem(*finding))),
    };
    let themes = builtin::themes();
    let Some(unknown) = manifest.extends.take_if(|extended| !themes.contains(extended.as_str())) else {
        return (manifest, None);
    };
    manifest.extends = Some(builtin::THEME.to_owned());
    let at = text.find(&unknown).unwrap_or_default();
    let finding = Finding::new(
        RULE,
        Span::new(at, at + unknown.len()),
        format!("there is no built-in theme `{unknown}` to extend"),
    );
    let themes: Vec<_> = themes.into_iter().collect();
    let finding = finding.help(format!("there are `{}`", themes.join("`, `")));
    (manifest, Some(problem(finding)))
}

/// The static files of a theme over those of the themes below it, parts of scripts joined into their scripts; its
/// stylesheets, joined, apart.
fn static_files(
    name: &str,
    manifest: &Manifest,
    basis: &[&str],
    own: &BTreeMap<&str, &[u8]>,
) -> (BTreeMap<String, Vec<u8>>, Vec<u8>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut files = BTreeMap::new();
    for theme in basis {
        files.extend(builtin::static_files(theme));
    }
    for (path, bytes) in own {
        // An unchanged copy of a built-in file is the built-in file.
        let copied = builtin::theme_file(name, path).is_some_and(|built_in| built_in == *bytes);
        if let Some(file) = path.strip_prefix("static/").filter(|_| !copied) {
            files.insert(file.to_owned(), bytes.to_vec());
        }
    }
    let mut join = |kind: &str, list: &str, parts: &[String]| {
        let mut joined = Vec::new();
        for part in parts {
            match files.get(part) {
                Some(text) => joined.extend_from_slice(text),
                None => problems.push(Problem::error(
                    format!("themes/{name}/{MANIFEST}"),
                    Finding::new(RULE, Span::empty(0), format!("there is no {kind} `{part}`"))
                        .help(format!("write `themes/{name}/static/{part}`, or take it out of `{list}`")),
                )),
            }
        }
        joined
    };
    let sheet = join("stylesheet", "stylesheets", &manifest.all_stylesheets());
    let scripts = manifest.all_scripts();
    let joined: Vec<(String, Vec<u8>)> = scripts
        .iter()
        .map(|(script, parts)| (script.clone(), script::scoped(&join("script", "scripts", parts))))
        .collect();
    files.retain(|file, _| !is_stylesheet(file) && !scripts.values().any(|parts| parts.contains(file)));
    files.extend(joined);
    (files, sheet, problems)
}

fn is_stylesheet(file: &str) -> bool {
    std::path::Path::new(file).extension().is_some_and(|extension| extension == "css")
}

/// A theme that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The name of its folder, which is its key in `book.toml`.
    pub key: String,
    /// Its name for people; may be empty.
    pub name: String,
    /// What it is like, in a sentence; may be empty.
    pub description: String,
}

impl About {
    /// What the text of a `theme.toml` says of the theme `key`; nothing when it cannot be read.
    pub fn read(key: &str, text: &str) -> Self {
        let Manifest { name, description, .. } = Manifest::parse(text).unwrap_or_default();
        Self { key: key.to_owned(), name, description }
    }
}

/// The built-in themes, sorted.
pub fn built_in() -> Vec<About> {
    let about = |key: String| {
        let Manifest { name, description, .. } = Manifest::builtin(&key);
        About { key, name, description }
    };
    builtin::themes().into_iter().map(about).collect()
}

/// The built-in file of words of a language.
pub fn words_of(language: &str) -> Option<String> {
    let path = format!("words/{language}.toml");
    Some(String::from_utf8_lossy(&builtin::theme_file(builtin::THEME, &path)?).into_owned())
}

/// The languages that have built-in words, sorted.
pub fn languages() -> Vec<String> {
    builtin::words(builtin::THEME).into_iter().map(|(language, _)| language).collect()
}

#[cfg(test)]
mod tests;
