//! The look of a site: templates and static files, looked up in the site, its theme and what is built in.
//!
//! All built-in files are inside the binary. A template of the site or its theme that does not parse, or fails while a
//! page is made, becomes a problem with its place, and the built-in one is used instead: a slip in a template costs the
//! change, never the site.

mod builtin;
mod manifest;
mod script;
mod templates;

pub use templates::Templates;

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    config::RULE,
    diagnostic::Finding,
    render::{Artifact, theme::manifest::Manifest, urls::OFFLINE},
    source::{SourceFile, Span},
};

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
    files: BTreeMap<String, Vec<u8>>,
}

impl Theme {
    /// The look called `name`, with what the site overrides: its files below `templates/` and `themes/`, by their
    /// paths below the root.
    pub fn new(name: &str, site_files: &BTreeMap<String, Arc<[u8]>>) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let folder = format!("themes/{name}/");
        let theme: BTreeMap<&str, &[u8]> = site_files
            .iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix(&folder)?, &**bytes)))
            .collect();
        if !builtin::themes().contains(name) && !theme.contains_key("theme.toml") {
            problems.push(unknown_theme(name));
        }
        // Later ones win: the site's templates override its theme's.
        let theme_templates = format!("{folder}templates/");
        let own: Vec<SourceFile> = [theme_templates.as_str(), "templates/"]
            .into_iter()
            .flat_map(|place| site_files.iter().filter(move |(path, _)| path.starts_with(place)))
            .map(|(path, bytes)| SourceFile::from_bytes(path.clone(), bytes))
            .collect();
        let (templates, wrong) = Templates::new(&own);
        problems.extend(wrong);
        let (files, wrong) = static_files(name, &theme);
        problems.extend(wrong);
        (Self { templates, files }, problems)
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

fn unknown_theme(name: &str) -> Problem {
    let themes: Vec<_> = builtin::themes().into_iter().collect();
    let finding = Finding::new(RULE, Span::empty(0), format!("there is no theme `{name}`"))
        .help(format!("write `themes/{name}/theme.toml`, or use a built-in one: `{}`", themes.join("`, `")));
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
    files.insert("style.css".to_owned(), sheet);
    (files, problems)
}

#[cfg(test)]
mod tests;
