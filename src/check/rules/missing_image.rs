//! An image that is not there, or not within the archive.

use crate::{
    check::{
        rule::{Document, Group, Rule, Scope, Stage},
        targets::{Target, is_in_archive, target},
    },
    diagnostic::{Finding, Level},
    model::Link,
};

pub(super) const RULE: Rule = Rule {
    name: "missing-image",
    group: Group::Links,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "An image is not there, or lies outside of the archive",
    docs: include_str!("missing_image.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for image in document.postmortem.links.iter().filter(|link| link.is_image) {
        match target(document, image) {
            Target::File { path, .. } if document.files.contains(&path) => {}
            Target::File { path, .. } if is_in_archive(document, &path) => {
                let finding = Finding::new(RULE.name, image.span, format!("there is no image `{path}`"));
                findings.push(match document.files.other_case(&path) {
                    Some(other) => finding.help(format!(
                        "`{other}` is spelled with other capitals; not every system ignores that"
                    )),
                    None => finding.help(
                        "add the file, or correct the path; it is read from the folder of this document",
                    ),
                });
            }
            Target::Outside | Target::File { .. } => findings.push(outside(image)),
            Target::Elsewhere => {}
        }
    }
}

fn outside(image: &Link) -> Finding {
    Finding::new(RULE.name, image.span, format!("the image `{}` lies outside of the archive", image.target))
        .help("copy it into the folder of the documents: only what lies there becomes part of the site")
}
