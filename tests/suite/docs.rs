//! The documents of the project, held against the code: the reference configuration, headings, licences.

use std::collections::BTreeSet;

use afterword::{config::Config, source::SourceFile};
use regex::Regex;
use serde_json::Value;

use crate::support::{project, read};

#[test]
fn headings_skip_no_level() {
    for document in ["CHANGELOG.md", "src/ARCHITECTURE.md"] {
        let mut level = 0;
        let mut inside = false;
        for line in read(document).lines() {
            inside ^= line.starts_with("```");
            let marks = line.bytes().take_while(|byte| *byte == b'#').count();
            if !inside && marks > 0 && line[marks..].starts_with(' ') {
                assert!(marks <= level + 1, "{document}: {line}");
                level = marks;
            }
        }
    }
}

#[test]
fn the_reference_configuration_has_every_key() {
    let schema = schemars::schema_for!(Config);
    let mut keys = BTreeSet::new();
    collect_keys(schema.as_value(), &mut keys);
    assert!(keys.len() > 20, "{keys:?}");
    let reference = read("book.toml");
    let missing: Vec<_> = keys
        .iter()
        .filter(|key| {
            let key = regex::escape(key);
            let pattern = format!(r"(?m)^#? ?(\[+([a-z-]+\.)*{key}(\.[a-z-]+)*\]+$|{key} = )|[{{,] {key} = ");
            !Regex::new(&pattern).unwrap().is_match(&reference)
        })
        .collect();
    assert!(missing.is_empty(), "not in book.toml: {missing:?}");
}

fn collect_keys(schema: &Value, keys: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::Object(properties)) = members.get("properties") {
                keys.extend(properties.keys().cloned());
            }
            members.values().for_each(|member| collect_keys(member, keys));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_keys(item, keys)),
        _ => {}
    }
}

#[test]
fn the_reference_configuration_is_valid() {
    let file = SourceFile::new("book.toml", read("book.toml"));
    let (_, findings) = Config::parse(&file);
    assert_eq!(findings, []);
}

#[test]
fn the_licences_named_in_cargo_toml_are_there() {
    assert!(read("Cargo.toml").contains("license = \"MIT OR Apache-2.0\""));
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(project().join(file).is_file());
    }
}
