//! The architecture as a test: what `src/ARCHITECTURE.md` promises about the source is read out of it and held against
//! the source. Nothing here knows Rust; rustfmt's layout is regular enough to read line by line.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use afterword::check::RULES;

use crate::support::{project, read, tree};

/// The longest a file may be. One subject fits; what does not fit is two subjects.
const LINES: usize = 400;

/// A Rust file: its path below the project and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The top-level module that a file under `src/` belongs to; `None` for the crate's own two roots.
    fn module(&self) -> Option<&str> {
        let path = self.path.strip_prefix("src/")?;
        let name = path.split('/').next()?;
        let name = name.strip_suffix(".rs").unwrap_or(name);
        (!["lib", "main"].contains(&name)).then_some(name)
    }

    /// How many `super` in a row keep within the folder, at the top of the file.
    fn supers(&self) -> usize {
        let inside_a_folder = self.path.matches('/').count() > 1;
        usize::from(inside_a_folder && !self.path.ends_with("/mod.rs"))
    }
}

fn sources(below: &str) -> Vec<Source> {
    tree(&project().join(below))
        .into_iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|extension| extension == "rs"))
        .map(|(path, bytes)| Source {
            path: format!("{below}/{path}"),
            text: String::from_utf8(bytes).unwrap(),
        })
        .collect()
}

/// Each module of the layers block with the number of its line, lowest first.
fn layers(document: &str) -> BTreeMap<String, usize> {
    let block = document.split_once("```layers\n").expect("a block of layers").1;
    let block = block.split_once("```").expect("an end of the block").0;
    block
        .lines()
        .enumerate()
        .flat_map(|(line, names)| names.split_whitespace().map(move |name| (name.to_owned(), line)))
        .collect()
}

/// The modules that a line of code names through `crate::`, one for each path of a group.
fn crate_uses(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let boundary =
            code[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '$');
        if !boundary {
            continue;
        }
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_heads(group)),
            None => found.push(head(rest)),
        }
    }
    found
}

/// The first names of the paths in a group such as `a::{b, c}, d}`, up to the brace that ends it.
fn group_heads(group: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut heads = vec![0];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(at + 1),
            _ => {}
        }
    }
    heads.into_iter().map(|at| head(group[at..].trim_start())).filter(|name| !name.is_empty()).collect()
}

fn head(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The text without comments, so that documentation may point upwards.
fn without_comments(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Fails with all findings at once.
#[track_caller]
fn none(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

/// What a source says that the layers do not allow.
fn wrong_uses(source: &Source, layers: &BTreeMap<String, usize>) -> Vec<String> {
    let Some(module) = source.module() else { return Vec::new() };
    let Some(own) = layers.get(module) else {
        return vec![format!("{}: `{module}` is in no layer of src/ARCHITECTURE.md", source.path)];
    };
    crate_uses(&without_comments(&source.text))
        .iter()
        .filter(|used| *used != module)
        .filter_map(|used| match layers.get(used) {
            Some(layer) if layer < own => None,
            Some(_) => Some(format!("{}: `{module}` may not use `{used}`", source.path)),
            None => Some(format!("{}: `crate::{used}` is in no layer", source.path)),
        })
        .collect()
}

/// Every `super` that leaves its folder, which would get round the layers.
fn leaving_supers(source: &Source) -> Vec<String> {
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for (number, line) in source.text.lines().enumerate() {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        if code.starts_with("//") {
            continue;
        }
        if code == "}" && open.last() == Some(&indent) {
            open.pop();
        }
        let supers = longest_run_of_supers(code);
        if supers > source.supers() + open.len() {
            found.push(format!("{}:{}: `super` leaves the folder: {code}", source.path, number + 1));
        }
        let declaration = code.strip_prefix("pub(crate) ").or(code.strip_prefix("pub ")).unwrap_or(code);
        if declaration.starts_with("mod ") && declaration.ends_with('{') {
            open.push(indent);
        }
    }
    found
}

fn longest_run_of_supers(code: &str) -> usize {
    let mut longest = 0;
    let mut rest = code;
    while let Some((_, after)) = rest.split_once("super::") {
        let mut run = 1;
        rest = after;
        while let Some(after) = rest.strip_prefix("super::") {
            run += 1;
            rest = after;
        }
        longest = longest.max(run);
    }
    longest
}

#[test]
fn every_module_uses_only_what_is_below_it() {
    let layers = layers(&read("src/ARCHITECTURE.md"));
    let findings: Vec<_> = sources("src").iter().flat_map(|source| wrong_uses(source, &layers)).collect();
    none(&findings);
}

#[test]
fn every_module_has_its_place_in_the_code_map() {
    let document = read("src/ARCHITECTURE.md");
    let map = document.split_once("## Code map").expect("a code map").1;
    let sources = sources("src");
    let modules: BTreeSet<&str> = sources.iter().filter_map(Source::module).collect();
    let missing = modules.iter().filter(|module| !map.contains(&format!("**`{module}`**")));
    none(&missing.map(|module| format!("`{module}` is not in the code map")).collect::<Vec<_>>());
}

#[test]
fn super_never_leaves_a_folder() {
    none(&sources("src").iter().flat_map(leaving_supers).collect::<Vec<_>>());
}

#[test]
fn every_file_opens_with_why_it_exists_and_keeps_to_one_subject() {
    let mut findings = Vec::new();
    for Source { path, text } in ["src", "tests", "benches"]
        .iter()
        .filter(|folder| project().join(folder).is_dir())
        .flat_map(|folder| sources(folder))
        .filter(|source| !source.path.contains("/node_modules/"))
    {
        if !text.starts_with("//!") && !text.starts_with("#![doc = include_str!") {
            findings.push(format!("{path}: does not open with `//!`"));
        }
        let lines = text.lines().count();
        if lines > LINES {
            findings.push(format!("{path}: {lines} lines are more than {LINES}"));
        }
    }
    none(&findings);
}

#[test]
fn every_rule_is_a_file_with_a_page_and_a_line_in_the_list() {
    let files = tree(&project().join("src/check/rules"));
    let with_ending = |ending: &str| -> BTreeSet<String> {
        let names = files.keys().filter_map(|path| path.strip_suffix(ending));
        names.filter(|name| !["mod", "tests"].contains(name)).map(|name| name.replace('_', "-")).collect()
    };
    let listed: BTreeSet<String> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(with_ending(".rs"), listed);
    assert_eq!(with_ending(".md"), listed);
    assert_eq!(listed.len(), RULES.len(), "a rule is listed twice");
}

#[test]
fn no_test_is_switched_off() {
    let marks = [concat!("#[ig", "nore"), concat!("should_", "panic")];
    let mut findings = Vec::new();
    for source in sources("src").into_iter().chain(sources("tests/suite")) {
        for (number, line) in source.text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark)) {
                findings.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    none(&findings);
}

#[test]
fn a_wrong_use_is_found_wherever_it_hides() {
    let layers = layers("```layers\nlow\nmid other\nhigh\n```");
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let check = |path: &str, text: &str| wrong_uses(&source(path, text), &layers);

    assert_eq!(check("src/mid.rs", "use crate::low::A;"), Vec::<String>::new());
    assert_eq!(check("src/mid/a.rs", "use crate::{low::{A, B}, mid::C};"), Vec::<String>::new());
    assert_eq!(check("src/mid.rs", "/// See crate::high::A.\nfn f() {}"), Vec::<String>::new());
    assert_eq!(check("src/mid.rs", "use crate::high::A;"), ["src/mid.rs: `mid` may not use `high`"]);
    assert_eq!(
        check("src/mid.rs", "fn f(a: &crate::other::A) {}"),
        ["src/mid.rs: `mid` may not use `other`"]
    );
    assert_eq!(
        check("src/mid/mod.rs", "use crate::{\n    low::{A, B},\n    high::C,\n};"),
        ["src/mid/mod.rs: `mid` may not use `high`"]
    );
    assert_eq!(check("src/mid.rs", "use crate::new::A;"), ["src/mid.rs: `crate::new` is in no layer"]);
    assert_eq!(check("src/new.rs", "fn f() {}"), ["src/new.rs: `new` is in no layer of src/ARCHITECTURE.md"]);
}

#[test]
fn a_super_that_leaves_is_found_and_one_in_a_test_module_is_not() {
    let lines = |path: &str, text: &str| {
        leaving_supers(&Source { path: path.to_owned(), text: text.to_owned() }).len()
    };

    assert_eq!(lines("src/a.rs", "use super::b::C;"), 1);
    assert_eq!(lines("src/a/mod.rs", "use super::b::C;"), 1);
    assert_eq!(lines("src/a/b.rs", "use super::C;"), 0);
    assert_eq!(lines("src/a/b.rs", "use super::super::C;"), 1);
    assert_eq!(lines("src/a.rs", "mod tests {\n    use super::*;\n}"), 0);
    assert_eq!(lines("src/a.rs", "mod tests {\n    use super::*;\n}\nuse super::b::C;"), 1);
    assert_eq!(lines("src/a/b.rs", "mod tests {\n    use super::super::C;\n}"), 0);
}
