//! The files that are inside the binary.

use std::collections::{BTreeMap, BTreeSet};

use rust_embed::RustEmbed;

use crate::{render::theme::script, source::SourceFile};

/// The theme that every site falls back on.
pub(super) const THEME: &str = "afterword";

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "themes/"]
struct Themes;

/// The built-in templates of pages, by name (`base.html`, `components/entry.html`). Those below `new/` are documents.
pub(super) fn templates() -> BTreeMap<String, String> {
    Templates::iter()
        .filter(|name| !name.starts_with("new/"))
        .filter_map(|name| {
            let file = Templates::get(&name)?;
            Some((name.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect()
}

/// The templates of a built-in theme, sorted.
pub(super) fn theme_templates(theme: &str) -> Vec<SourceFile> {
    let folder = format!("{theme}/templates/");
    let mut paths: Vec<_> = Themes::iter().filter(|path| path.starts_with(&folder)).collect();
    paths.sort();
    let file = |path: &str| Some(SourceFile::from_bytes(format!("themes/{path}"), &Themes::get(path)?.data));
    paths.iter().filter_map(|path| file(path)).collect()
}

/// The names of the built-in themes.
pub(super) fn themes() -> BTreeSet<String> {
    Themes::iter().filter_map(|path| path.split_once('/').map(|(name, _)| name.to_owned())).collect()
}

/// A file of a built-in theme.
pub(super) fn theme_file(theme: &str, path: &str) -> Option<Vec<u8>> {
    Some(Themes::get(&format!("{theme}/{path}"))?.data.into_owned())
}

/// The static files of a built-in theme, by their path below `static/`.
pub(super) fn static_files(theme: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = format!("{theme}/static/");
    Themes::iter()
        .filter_map(|path| {
            let name = path.strip_prefix(&folder)?;
            let bytes = Themes::get(&path)?.data.into_owned();
            let bytes = match String::from_utf8(bytes) {
                Ok(text) if name.strip_suffix(".js").is_some() => script::lean(&text).into_bytes(),
                Ok(text) => text.into_bytes(),
                Err(not_text) => not_text.into_bytes(),
            };
            Some((name.to_owned(), bytes))
        })
        .collect()
}

/// The words of a built-in theme: the language and the file of each.
pub(in crate::render) fn words(theme: &str) -> Vec<(String, SourceFile)> {
    let folder = format!("{theme}/words/");
    let mut files: Vec<(String, SourceFile)> = Themes::iter()
        .filter_map(|path| {
            let language = path.strip_prefix(&folder)?.strip_suffix(".toml")?.to_owned();
            let file = SourceFile::from_bytes(format!("themes/{path}"), &Themes::get(&path)?.data);
            Some((language, file))
        })
        .collect();
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    files
}
