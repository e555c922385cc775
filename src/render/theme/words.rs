//! Where the words of a look come from: built in, its theme, the site.

use std::collections::BTreeMap;

use crate::{
    data::Spanned,
    render::{
        theme::{Problem, SiteFiles, builtin},
        words::Words,
    },
    source::SourceFile,
};

/// The script that says words, and brings them along.
const SCRIPT: &str = "words.js";

/// The words of a language: those of the built-in themes, then those of the folder of a theme, then those of the site. And
/// what is wrong with the files of the site.
pub(super) fn words(
    language: &Spanned<String>,
    basis: &[&str],
    folder: &str,
    site_files: &SiteFiles,
) -> (Words, Vec<Problem>) {
    let mut layers: Vec<(String, SourceFile)> =
        basis.iter().flat_map(|theme| builtin::words(theme)).collect();
    let of_theme = format!("{folder}words/");
    for place in [of_theme.as_str(), "words/"] {
        for (path, bytes) in site_files {
            let Some(language) = path.strip_prefix(place).and_then(|file| file.strip_suffix(".toml")) else {
                continue;
            };
            // An unchanged copy of a built-in file is the built-in file.
            let copied = path.strip_prefix("themes/").and_then(|path| path.split_once('/'));
            let copied = copied.and_then(|(theme, path)| builtin::theme_file(theme, path));
            if copied.is_none_or(|built_in| built_in != **bytes) {
                layers.push((language.to_owned(), SourceFile::from_bytes(path.clone(), bytes)));
            }
        }
    }
    Words::new(language, &layers)
}

/// Puts the words of style sheets in front of them, as custom properties.
pub(super) fn add_to_styles(words: &Words, sheet: &mut Vec<u8>) {
    let internal = words.say("style.internal").replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ");
    let mut text = format!(":root{{--say-internal:\"{internal}\"}}\n").into_bytes();
    text.append(sheet);
    *sheet = text;
}

/// Puts the words of scripts in front of the script that says them.
pub(super) fn add_to_scripts(words: &Words, files: &mut BTreeMap<String, Vec<u8>>) {
    if let Some(script) = files.get_mut(SCRIPT)
        && let Ok(json) = serde_json::to_string(&words.of_scripts())
    {
        let mut text = format!("var afterwordWords={json};\n").into_bytes();
        text.append(script);
        *script = text;
    }
}
