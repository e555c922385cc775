//! The words of the interface: every word that is asked for is in the files and every word in the files is asked for, all
//! languages say the same things, and no template or script says anything in words of its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use icu_locale_core::Locale;
use icu_plurals::PluralRules;
use regex::Regex;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = walkdir::WalkDir::new(Path::new(ROOT).join(folder))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|own| own == extension))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "{folder}");
    found
}

/// The words of a language: the forms of each key, `other` for a text.
fn words(language: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let path = format!("{ROOT}/themes/afterword/words/{language}.toml");
    let tables: BTreeMap<String, BTreeMap<String, toml::Value>> =
        toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut words = BTreeMap::new();
    for (table, entries) in tables {
        for (name, value) in entries {
            let forms = match value {
                toml::Value::String(text) => BTreeMap::from([("other".to_owned(), text)]),
                toml::Value::Table(forms) => {
                    forms.into_iter().map(|(form, text)| (form, text.as_str().unwrap().to_owned())).collect()
                }
                other => panic!("{language}: {table}.{name} is {other:?}"),
            };
            words.insert(format!("{table}.{name}"), forms);
        }
    }
    words
}

fn languages() -> Vec<String> {
    let names = files("themes/afterword/words", "toml");
    names.iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

/// Everything that may ask for a word: the program but for its tests, the templates, the scripts.
fn askers() -> Vec<(PathBuf, String)> {
    let rust = files("src/render", "rs").into_iter().filter(|path| !path.ends_with("tests.rs"));
    let templates = files("templates", "html").into_iter().chain(files("themes", "html"));
    rust.chain(templates)
        .chain(files("themes", "js"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path, text)
        })
        .collect()
}

#[test]
fn every_word_that_is_asked_for_is_there_and_every_word_is_asked_for() {
    let calls = [
        ("rs", r#"\.(?:say|fill|count)\(\s*"([a-z0-9-]+\.[a-z0-9-]+)""#),
        ("html", r#"["']([a-z0-9-]+\.[a-z0-9-]+)["'] \| say"#),
        ("js", r#"afterwordSay\(\s*"([a-z.-]+)""#),
    ]
    .map(|(extension, call)| (extension, Regex::new(call).unwrap()));
    // A word of a family: a state, a month. Which there are, the enums say.
    let family = Regex::new(r#"\.(?:of|date)\([^)]*?"([a-z0-9-]+)"[,)]|format!\("([a-z-]+)\.\{"#).unwrap();
    let words = words("en");
    let (mut asked, mut families, mut literals) = (BTreeSet::new(), BTreeSet::new(), String::new());
    for (path, text) in askers() {
        let (extension, call) = calls.iter().find(|(own, _)| path.extension().unwrap() == *own).unwrap();
        for found in call.captures_iter(&text) {
            let prefix = if *extension == "js" && !found[1].contains('.') { "script." } else { "" };
            asked.insert(format!("{prefix}{}", &found[1]));
        }
        if *extension == "rs" {
            families.extend(
                family
                    .captures_iter(&text)
                    .map(|found| found.iter().skip(1).flatten().next().unwrap().as_str().to_owned()),
            );
        }
        literals.push_str(&text);
    }
    let missing: Vec<_> = asked.iter().filter(|key| !words.contains_key(*key)).collect();
    assert!(asked.len() > 200 && missing.is_empty(), "asked for and not there: {missing:?}");
    let is_asked_for = |key: &&String| {
        asked.contains(*key)
            || families.contains(key.split_once('.').unwrap().0)
            || literals.contains(&format!("\"{}\"", key.strip_prefix("script.").unwrap_or(key)))
    };
    let unused: Vec<_> = words.keys().filter(|key| !is_asked_for(key)).collect();
    assert!(unused.is_empty(), "there and not asked for: {unused:?}");
}

#[test]
fn all_languages_say_the_same_things_with_the_same_names_in_them() {
    let names = |forms: &BTreeMap<String, String>| -> BTreeSet<String> {
        let name = Regex::new(r"\{([a-z]+)\}").unwrap();
        forms.values().flat_map(|text| name.captures_iter(text).map(|it| it[1].to_owned())).collect()
    };
    let code = |forms: &BTreeMap<String, String>| -> Vec<String> {
        let mut code: Vec<String> = forms["other"].split('`').skip(1).step_by(2).map(str::to_owned).collect();
        code.sort();
        code
    };
    let english = words("en");
    for language in languages() {
        let own = words(&language);
        let missing: Vec<_> = english.keys().filter(|key| !own.contains_key(*key)).collect();
        let more: Vec<_> = own.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && more.is_empty(), "{language} lacks {missing:?} and has {more:?}");
        for (key, forms) in &own {
            assert_eq!(names(forms), names(&english[key]), "{language}: {key}");
            assert_eq!(code(forms), code(&english[key]), "{language}: {key}");
            assert!(
                forms.values().all(|text| text.trim() == text
                    || key.starts_with("list.")
                    || key.starts_with("number.")),
                "{language}: {key} begins or ends with a space"
            );
        }
    }
}

/// A word with a number has a form for each whole number of its language, and no form that no number has.
#[test]
fn plural_forms_are_those_of_the_language() {
    for language in languages() {
        let rules =
            PluralRules::try_new_cardinal((&Locale::try_from_str(&language).unwrap()).into()).unwrap();
        let categories: BTreeSet<String> = (0_usize..=1_000)
            .map(|n| format!("{:?}", rules.category_for(n)).to_lowercase())
            .chain(["other".to_owned()])
            .collect();
        for (key, forms) in words(&language) {
            if forms.len() > 1 {
                assert_eq!(forms.keys().cloned().collect::<BTreeSet<_>>(), categories, "{language}: {key}");
            }
        }
        if categories.len() > 1 {
            assert!(words(&language)["count.postmortems"].len() > 1, "{language}");
        }
    }
}

#[test]
fn no_template_says_anything_in_words_of_its_own() {
    let comment = Regex::new(r"(?s)\{#.*?#\}").unwrap();
    let statement = Regex::new(r"(?s)\{%.*?%\}|\{\{.*?\}\}").unwrap();
    let attribute = Regex::new(r#"(?:aria-label|title|placeholder|alt)="([^"]*)""#).unwrap();
    let tag = Regex::new(r"(?s)<[^>]*>").unwrap();
    // What is a name in every language.
    let names = Regex::new(r"\bp90\b|\bUTC\b|\bn\b|\bactions\.json\b").unwrap();
    let mut said = Vec::new();
    for path in files("templates", "html").into_iter().chain(files("themes", "html")) {
        let text = fs::read_to_string(&path).unwrap();
        let text = comment.replace_all(&text, "");
        // Expressions stand inside of attributes as well, quotes and all.
        let text = statement.replace_all(&text, "");
        let labels: String = attribute.captures_iter(&text).map(|it| it[1].to_owned()).collect();
        let rest = format!("{labels} {}", tag.replace_all(&text, " "));
        for line in names.replace_all(&rest, "").lines().filter(|line| line.chars().any(char::is_alphabetic))
        {
            said.push(format!("{}: {}", path.file_name().unwrap().to_string_lossy(), line.trim()));
        }
    }
    assert!(said.is_empty(), "{said:#?}");
}
