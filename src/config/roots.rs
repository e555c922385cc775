//! `[book] src`: the folders of the documents. One that has a label is a source of its own: the postmortems of one team or
//! of one git checkout, with a page, a filter and ids of its own, in a site that they share with others.
//!
//! Whether the folders are there is for the one to know who reads them.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor, value::MapAccessDeserializer},
};

use crate::{
    config::RULE,
    data::{OneOrMany, Spanned},
    diagnostic::Finding,
    model::anchor::file_slug,
    source::Span,
};

/// One folder of documents: a path, or a table with these keys.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Folder {
    /// The folder, from that of `book.toml`; it may lie in another git repository.
    pub path: String,
    /// What pages call the source. With a label, its documents have a page and a filter of their own, and their ids begin
    /// with it.
    pub label: String,
    /// What the source is, in a sentence.
    pub description: String,
    /// The address of its git repository.
    pub git_repository_url: Option<String>,
    /// The address at which a document of it is edited; `{path}` is the path below this folder.
    pub edit_url_template: Option<String>,
    /// The address at which the source of a document of it is shown; `{path}` is the path below this folder.
    pub source_url_template: Option<String>,
    /// The address at which the history of a document of it is shown; `{path}` is the path below this folder.
    pub history_url_template: Option<String>,
    /// Where it lies as the paths of documents see it.
    #[serde(skip)]
    below: String,
}

impl Folder {
    /// A folder without a label.
    pub fn at(path: impl Into<String>) -> Self {
        let path = path.into();
        Self { below: normal(&path), path, ..Self::default() }
    }

    /// The word for it in ids and addresses; none without a label.
    pub fn id(&self) -> Option<String> {
        let is_named = self.label.chars().any(char::is_alphanumeric);
        is_named.then(|| file_slug(&self.label))
    }

    /// The path of a document as this folder sees it; none for a document that lies elsewhere.
    pub fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.below.is_empty() {
            return (!path.starts_with("../")).then_some(path);
        }
        path.strip_prefix(self.below.as_str())?.strip_prefix('/')
    }

    /// True when it says where its repository is to be seen: what the site says of another one does not hold for it.
    pub const fn has_addresses(&self) -> bool {
        self.git_repository_url.is_some()
            || self.edit_url_template.is_some()
            || self.source_url_template.is_some()
            || self.history_url_template.is_some()
    }

    fn holds(&self, other: &Self) -> bool {
        self.below == other.below || self.inside(&other.below).is_some()
    }
}

/// The folders of the documents.
#[derive(Debug, Clone)]
pub struct Roots(Vec<Spanned<Folder>>);

impl Default for Roots {
    fn default() -> Self {
        Self::at(["postmortems".to_owned()])
    }
}

/// Where they stand in the file says nothing about them.
impl PartialEq for Roots {
    fn eq(&self, other: &Self) -> bool {
        self.folders().eq(other.folders())
    }
}

impl Eq for Roots {}

impl Roots {
    /// Folders without labels.
    pub fn at(paths: impl IntoIterator<Item = String>) -> Self {
        Self(paths.into_iter().map(|path| Spanned::new(Folder::at(path), Span::default())).collect())
    }

    /// The folders, in the order of the file.
    pub fn folders(&self) -> impl Iterator<Item = &Folder> {
        self.0.iter().map(|folder| &folder.value)
    }

    /// The folders that are sources of their own, with the word for each in ids and addresses.
    pub fn sources(&self) -> impl Iterator<Item = (String, &Folder)> {
        self.folders().filter_map(|folder| Some((folder.id()?, folder)))
    }

    /// The folder that a document lies in; of several that hold each other, the innermost.
    pub fn of(&self, path: &str) -> Option<&Folder> {
        self.folders().filter(|folder| folder.inside(path).is_some()).max_by_key(|folder| folder.below.len())
    }

    /// Says of each folder where it lies as the paths of documents see it. `way` tells that of a path of the file.
    pub fn place(&mut self, way: impl Fn(&str) -> String) {
        for folder in &mut self.0 {
            folder.value.below = way(&folder.value.path);
        }
    }

    /// Takes the labels of the sources away that are not kept, and of all folders the addresses of their repositories.
    pub fn forget(&mut self, is_kept: impl Fn(&str) -> bool) {
        for Spanned { value: folder, .. } in &mut self.0 {
            let (path, below) = (std::mem::take(&mut folder.path), std::mem::take(&mut folder.below));
            let is_kept = folder.id().is_some_and(|id| is_kept(&id));
            let words = [&mut folder.label, &mut folder.description].map(std::mem::take);
            let [label, description] = if is_kept { words } else { Default::default() };
            *folder = Folder { path, label, description, below, ..Folder::default() };
        }
    }

    /// What is wrong with them, `missing` being the paths of those that are not there.
    pub fn findings(&self, missing: &[String]) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut before: Vec<&Spanned<Folder>> = Vec::new();
        for folder in &self.0 {
            let path = &folder.path;
            if missing.contains(path) {
                let message = format!("the folder `{path}` is not there");
                let help = "correct the path, which begins at the folder of `book.toml`, or check the repository out there";
                findings.push(Finding::new(RULE, folder.span, message).help(help));
            }
            if !folder.label.is_empty() && folder.id().is_none() {
                let message = format!("the label `{}` has no letter and no digit", folder.label);
                let help = "the ids and the page of the source are named after its label";
                findings.push(Finding::new(RULE, folder.span, message).help(help));
            }
            let same = before.iter().find(|other| folder.id().is_some() && other.id() == folder.id());
            if let Some(other) = same {
                let message =
                    format!("the label `{}` is that of the folder `{}` already", folder.label, other.path);
                let help = "give each source a label of its own; upper and lower case do not tell two apart";
                findings.push(Finding::new(RULE, folder.span, message).help(help));
            }
            if let Some(other) = before.iter().find(|other| other.holds(folder) || folder.holds(other)) {
                let message = if other.below == folder.below {
                    format!("the folder `{path}` stands here twice")
                } else if other.holds(folder) {
                    format!("the folder `{path}` lies in the folder `{}`", other.path)
                } else {
                    format!("the folder `{path}` holds the folder `{}`", other.path)
                };
                let help = "name folders that do not share documents; one folder holds all below it";
                findings.push(Finding::new(RULE, folder.span, message).help(help));
            }
            before.push(folder);
        }
        findings
    }
}

/// A path without `.` and what goes up again.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        if part == ".." && parts.last().is_some_and(|last| *last != "..") {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// As a value of `src`: the path alone, or a table.
struct Written(Folder);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PathOrTable;

        impl<'de> Visitor<'de> for PathOrTable {
            type Value = Written;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a folder, or a table with its `path`")
            }

            fn visit_str<E: Error>(self, path: &str) -> Result<Written, E> {
                Ok(Written(Folder::at(path)))
            }

            fn visit_map<A: MapAccess<'de>>(self, keys: A) -> Result<Written, A::Error> {
                let mut folder = Folder::deserialize(MapAccessDeserializer::new(keys))?;
                if folder.path.is_empty() {
                    return Err(A::Error::missing_field("path"));
                }
                folder.below = normal(&folder.path);
                Ok(Written(folder))
            }
        }

        deserializer.deserialize_any(PathOrTable)
    }
}

impl<'de> Deserialize<'de> for Roots {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let folders = OneOrMany::<Spanned<Written>>::deserialize(deserializer)?.0;
        Ok(Self(folders.into_iter().map(|folder| folder.map(|written| written.0)).collect()))
    }
}

impl JsonSchema for Roots {
    fn schema_name() -> Cow<'static, str> {
        "Roots".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<Folder>();
        json_schema!({
            "description": "The folder of the documents, or a list of folders; each is a path, or a table with its label.",
            "anyOf": [
                { "type": "string" },
                table,
                { "type": "array", "items": { "anyOf": [{ "type": "string" }, table] } }
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Config, source::SourceFile};

    fn read(src: &str) -> (Roots, Vec<String>) {
        let file = SourceFile::new("book.toml", format!("[book]\n{src}\n"));
        let (config, findings) = Config::parse(&file);
        let said = findings
            .into_iter()
            .map(|found| format!("{}: {}", file.position(found.span.start), found.message));
        (config.book.src, said.collect())
    }

    fn wrong(src: &str, missing: &[&str]) -> Vec<String> {
        let file = SourceFile::new("book.toml", format!("[book]\n{src}\n"));
        let (config, findings) = Config::parse(&file);
        assert_eq!(findings, []);
        let missing: Vec<String> = missing.iter().map(|path| (*path).to_owned()).collect();
        let found = config.book.src.findings(&missing).into_iter();
        found.map(|found| format!("{}: {}", file.position(found.span.start), found.message)).collect()
    }

    #[test]
    fn a_folder_is_a_path_or_a_table_and_there_may_be_several() {
        assert_eq!(read("src = \"docs\"").0, Roots::at(["docs".to_owned()]));
        let (roots, said) =
            read("src = [\"docs/\", { path = \"../quay/incidents\", label = \"Quay side\" }]");
        assert_eq!(said, [""; 0]);
        let known: Vec<_> = roots.folders().map(|folder| (folder.path.as_str(), folder.id())).collect();
        assert_eq!(known, [("docs/", None), ("../quay/incidents", Some("quay-side".to_owned()))]);
        let (tables, said) = read("[[book.src]]\npath = \"a\"\nlabel = \"A\"\n[[book.src]]\npath = \"b\"");
        assert_eq!((tables.folders().count(), said), (2, Vec::new()));
    }

    #[test]
    fn a_key_that_a_source_does_not_have_is_reported_and_costs_nothing_else() {
        let (roots, said) = read("src = [{ path = \"a\", lable = \"A\" }, \"b\"]");
        assert_eq!(said, ["2:22: unknown key `lable` in `book.src[0]`"]);
        assert_eq!(roots, Roots::at(["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn a_document_belongs_to_the_innermost_folder_that_holds_it() {
        let (roots, _) = read("src = [\".\", { path = \"./team/../team/x\", label = \"X\" }, \"../quay\"]");
        let of = |path: &str| {
            roots.of(path).map(|folder| (folder.path.clone(), folder.inside(path).unwrap().to_owned()))
        };
        let is = |folder: &str, path: &str| Some((folder.to_owned(), path.to_owned()));
        assert_eq!(of("a.md"), is(".", "a.md"));
        assert_eq!(of("team/x/b.md"), is("./team/../team/x", "b.md"));
        assert_eq!(of("team/xy/b.md"), is(".", "team/xy/b.md"));
        assert_eq!(of("../quay/c/d.md"), is("../quay", "c/d.md"));
        assert_eq!(of("../other/d.md"), None);
    }

    #[test]
    fn folders_that_are_missing_alike_or_within_each_other_are_found_at_their_place() {
        let src = "src = [\n{ path = \"a\", label = \"Team\" },\n{ path = \"b\", label = \"team\" },\n\"a/x\",\n\"c\",\n\"./c\",\n{ path = \"d\", label = \"??\" }\n]";
        assert_eq!(
            wrong(src, &["b"]),
            [
                "4:1: the folder `b` is not there",
                "4:1: the label `team` is that of the folder `a` already",
                "5:1: the folder `a/x` lies in the folder `a`",
                "7:1: the folder `./c` stands here twice",
                "8:1: the label `??` has no letter and no digit",
            ]
        );
        assert_eq!(wrong("src = [\"a/b\", \"a\"]", &[]), ["2:15: the folder `a` holds the folder `a/b`"]);
        assert_eq!(wrong("src = [\"a\", \"ab\"]", &[]), [""; 0]);
    }
}
