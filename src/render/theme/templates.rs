//! Templates by name: the site's over its theme's over the built-in ones.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera};

use crate::{
    config::RULE,
    diagnostic::Finding,
    error::{Error, Result},
    render::{
        theme::{Problem, builtin},
        words::{Words, said, say},
    },
    source::{SourceFile, Span},
};

/// The templates of a site.
pub struct Templates {
    /// With the site's own.
    tera: Tera,
    /// Only the built-in ones; none when nothing is overridden.
    fallback: Option<Tera>,
    /// The site's own files, by the name that they override.
    own: BTreeMap<String, SourceFile>,
}

/// What a template made; where it failed, what the built-in one made instead.
#[derive(Clone)]
pub struct Made {
    /// The page, or the part of one.
    pub html: String,
    /// Why the site's own template did not make it.
    pub problem: Option<Problem>,
}

impl Templates {
    /// The built-in templates with `layers` over them: of two with one name the later counts, and can still extend the
    /// earlier one, as `theme/NAME`.
    pub(super) fn new(layers: &[SourceFile], words: &Arc<Words>) -> (Self, Vec<Problem>) {
        let builtin = builtin::templates();
        let mut own: BTreeMap<String, SourceFile> = BTreeMap::new();
        for file in layers {
            let Some(name) = name_of(&file.path) else { continue };
            let below = own
                .get(&name)
                .map_or_else(|| builtin.get(&name).map(String::as_str), |file| Some(&*file.text));
            // A copy that nobody has changed yet overrides nothing.
            if below == Some(&*file.text) {
                continue;
            }
            if let Some(below) = own.insert(name.clone(), file.clone())
                && !name.starts_with("components/")
            {
                own.insert(format!("theme/{name}"), below);
            }
        }
        let mut problems = Vec::new();
        let tera = loop {
            match assemble(&builtin, &own, words) {
                Ok(tera) => break tera,
                Err(error) => {
                    let name = culprit(&error, &builtin, &own, words);
                    match name.and_then(|name| own.remove(&name)) {
                        Some(file) => problems.push(problem(&file, &error)),
                        // The built-in templates alone always assemble: a test holds them to it.
                        None => break Tera::new(),
                    }
                }
            }
        };
        let fallback = if own.is_empty() { None } else { assemble(&builtin, &BTreeMap::new(), words).ok() };
        (Self { tera, fallback, own }, problems)
    }

    /// Makes one page from its view.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<Made> {
        let context = Context::from_serialize(view)
            .map_err(|error| Error::new(format!("cannot fill the template `{template}`")).because(error))?;
        self.made(template, |tera| tera.render(template, &context))
    }

    /// What a component makes of its arguments.
    pub fn component(&self, component: &str, arguments: &impl Serialize) -> Result<Made> {
        let template = format!("components/{component}.html");
        let arguments = Context::from_serialize(arguments)
            .map_err(|error| Error::new(format!("cannot fill the template `{template}`")).because(error))?;
        self.made(&template, |tera| tera.render_component(component, &arguments, None, true))
    }

    /// What the site's templates make, else what the built-in ones do.
    fn made(&self, template: &str, make: impl Fn(&Tera) -> tera::TeraResult<String>) -> Result<Made> {
        let error = match make(&self.tera) {
            Ok(html) => return Ok(Made { html, problem: None }),
            Err(error) => error,
        };
        let file = place(&error).and_then(|(name, _)| self.own.get(name)).or_else(|| self.own.get(template));
        match &self.fallback {
            Some(fallback) => {
                let html = make(fallback).map_err(|_| failed(template, error.to_string()))?;
                Ok(Made { html, problem: file.map(|file| problem(file, &error)) })
            }
            None => Err(failed(template, error.to_string())),
        }
    }

    /// The text of a template.
    #[cfg(test)]
    pub(crate) fn source(&self, template: &str) -> String {
        self.own
            .get(template)
            .map(|file| file.text.to_string())
            .or_else(|| builtin::templates().remove(template))
            .unwrap_or_default()
    }

    /// The names of the top-level variables that a template, its parents and its includes use.
    #[cfg(test)]
    pub(crate) fn variables(&self, template: &str) -> std::collections::BTreeSet<String> {
        self.tera.get_template_variables(template).unwrap().into_iter().map(str::to_owned).collect()
    }
}

fn failed(template: &str, report: String) -> Error {
    Error::new(format!("cannot fill the template `{template}`")).because(report)
}

/// The name under which a file overrides a built-in one: its path below the `templates/` folder that it stands in.
fn name_of(path: &str) -> Option<String> {
    let name =
        path.strip_prefix("templates/").or_else(|| path.split_once("/templates/").map(|(_, name)| name))?;
    (!name.starts_with("new/")).then(|| name.to_owned())
}

fn assemble(
    builtin: &BTreeMap<String, String>,
    own: &BTreeMap<String, SourceFile>,
    words: &Arc<Words>,
) -> std::result::Result<Tera, tera::Error> {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".xml"]);
    let of_filter = Arc::clone(words);
    tera.register_filter("say", move |key: &str, with: Kwargs, _: &State<'_>| say(&of_filter, key, &with));
    let overridden = builtin
        .iter()
        // An overriding page can still extend what it overrides. Components have one name each, so theirs are gone.
        .filter(|(name, _)| own.contains_key(*name) && !name.starts_with("components/"))
        .map(|(name, text)| (format!("builtin/{name}"), said(text, words)));
    let kept = builtin
        .iter()
        .filter(|(name, _)| !own.contains_key(*name))
        .map(|(name, text)| (name.clone(), said(text, words)));
    // Those of the site stay as they are, so that a problem is found where it stands.
    let added = own.iter().map(|(name, file)| (name.clone(), Cow::Borrowed(&*file.text)));
    let all: Vec<(String, Cow<'_, str>)> = kept.chain(overridden).chain(added).collect();
    tera.add_raw_templates(all)?;
    Ok(tera)
}

/// Where an error stands, when it says so.
fn place(error: &tera::Error) -> Option<(&str, Span)> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            Some((report.filename(), Span::from(report.span().range.clone())))
        }
        _ => None,
    }
}

/// The file of the site that is to blame for an error of the whole.
fn culprit(
    error: &tera::Error,
    builtin: &BTreeMap<String, String>,
    own: &BTreeMap<String, SourceFile>,
    words: &Arc<Words>,
) -> Option<String> {
    if let Some((name, _)) = place(error)
        && own.contains_key(name)
    {
        return Some(name.to_owned());
    }
    // Not every error names its file. The first one that does not go with the ones before it is the one.
    let mut together = BTreeMap::new();
    for (name, file) in own {
        together.insert(name.clone(), file.clone());
        if assemble(builtin, &together, words).is_err() {
            return Some(name.clone());
        }
    }
    None
}

fn problem(file: &SourceFile, error: &tera::Error) -> Problem {
    let (message, span) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.message().to_owned(), Span::from(report.span().range.clone()))
        }
        _ => (error.to_string().lines().next().unwrap_or_default().to_owned(), Span::empty(0)),
    };
    let finding = Finding::new(RULE, span, message).help(
        "the built-in template is used until this one is right; `templates/` of Afterword has the originals",
    );
    Problem::error(file.path.clone(), finding)
}
