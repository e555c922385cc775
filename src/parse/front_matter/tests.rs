//! Front matter as templates leave it.

use crate::{
    config::Config,
    parse::{Context, Parsed, parse},
    source::SourceFile,
};

fn read(text: &str) -> Parsed {
    let config = Config::default();
    let source = SourceFile::new("a.md", text);
    parse(&source, &Context::new(&config, &[]))
}

#[test]
fn empty_values_of_a_template_say_nothing() {
    let Parsed { postmortem, findings } =
        read("+++\ntitle = \"x\"\nseverity = \"\"\ndetected_by = \"\"\ntags = [\"\"]\n+++\n");
    assert_eq!(findings, []);
    assert_eq!((postmortem.severity, postmortem.detected_by, postmortem.tags.len()), (None, None, 0));
}
