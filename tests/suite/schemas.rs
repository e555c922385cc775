//! The schemas of `tests/schemas/`, and texts held against them.

use std::sync::LazyLock;

use boon::{Compiler, Schemas};
use serde_json::Value;
use uppsala::XsdValidator;

use crate::support::read;

/// A JSON schema.
pub struct Json {
    schemas: Schemas,
    index: boon::SchemaIndex,
}

impl Json {
    fn open(name: &str) -> Self {
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        let address = format!("https://afterword.example/{name}");
        compiler.enable_format_assertions();
        compiler
            .add_resource(&address, serde_json::from_str(&read(format!("tests/schemas/{name}"))).unwrap())
            .unwrap();
        let index = compiler.compile(&address, &mut schemas).unwrap();
        Self { schemas, index }
    }

    /// The text as a value; what is wrong with it, if anything is.
    pub fn check(&self, text: &str) -> Result<Value, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match self.schemas.validate(&value, self.index) {
            Ok(()) => Ok(value),
            Err(error) => Err(format!("{error:#}")),
        }
    }
}

pub static SARIF: LazyLock<Json> = LazyLock::new(|| Json::open("sarif-2.1.0.json"));
pub static RDJSON: LazyLock<Json> = LazyLock::new(|| Json::open("rdjson.json"));
pub static GITHUB_ACTION: LazyLock<Json> = LazyLock::new(|| Json::open("github-action.json"));
pub static GITHUB_WORKFLOW: LazyLock<Json> = LazyLock::new(|| Json::open("github-workflow.json"));
pub static GITLAB_CI: LazyLock<Json> = LazyLock::new(|| Json::open("gitlab-ci.json"));
pub static GITLAB: LazyLock<Json> = LazyLock::new(|| Json::open("gitlab-code-quality.json"));

/// A schema of XML.
pub struct Xml(XsdValidator);

impl Xml {
    fn open(name: &str) -> Self {
        let text = read(format!("tests/schemas/{name}"));
        Self(XsdValidator::from_schema(&uppsala::parse(&text).unwrap()).unwrap())
    }

    /// What is wrong with the text, if anything is.
    pub fn check(&self, text: &str) -> Result<(), String> {
        let document = uppsala::parse(text).map_err(|error| error.to_string())?;
        let errors: Vec<String> = self.0.validate(&document).iter().map(ToString::to_string).collect();
        if errors.is_empty() { Ok(()) } else { Err(errors.join("\n")) }
    }
}

pub static JUNIT: LazyLock<Xml> = LazyLock::new(|| Xml::open("junit-10.xsd"));
pub static CHECKSTYLE: LazyLock<Xml> = LazyLock::new(|| Xml::open("checkstyle.xsd"));

#[test]
fn a_schema_refuses_what_is_not_its_format() {
    let good = r#"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{"text":"m"}}]}]}"#;
    assert!(SARIF.check(good).is_ok());
    for (from, to) in
        [("2.1.0", "2.2.0"), ("\"name\":\"a\"", ""), ("\"text\"", "\"txet\""), ("driver", "drivre")]
    {
        assert!(SARIF.check(&good.replace(from, to)).is_err(), "{to}");
    }
    let good = r#"{"diagnostics":[{"message":"m","location":{"path":"a","range":{"start":{"line":1,"column":1}}},"severity":"ERROR"}]}"#;
    assert!(RDJSON.check(good).is_ok());
    for (from, to) in [("ERROR", "error"), (":1}", ":0}"), ("location", "place"), ("\"m\"", "3")] {
        assert!(RDJSON.check(&good.replace(from, to)).is_err(), "{to}");
    }
    let good = r#"[{"description":"d","check_name":"c","fingerprint":"f","severity":"info","location":{"path":"a","lines":{"begin":1}}}]"#;
    assert!(GITLAB.check(good).is_ok());
    for (from, to) in [("\"a\"", "\"./a\""), ("info", "hint"), ("lines", "line"), ("\"f\"", "\"\"")] {
        assert!(GITLAB.check(&good.replace(from, to)).is_err(), "{to}");
    }
    let good = r#"<testsuites name="n"><testsuite name="s" tests="1" failures="1" errors="0"><testcase name="t"><failure message="m">x</failure></testcase></testsuite></testsuites>"#;
    assert_eq!(JUNIT.check(good), Ok(()));
    for (from, to) in
        [("errors=\"0\"", ""), ("failure", "fail"), ("</testsuites>", ""), ("name=\"t\"", "file=\"t\"")]
    {
        assert!(JUNIT.check(&good.replace(from, to)).is_err(), "{to}");
    }
    let good = r#"<checkstyle version="4.3"><file name="a"><error line="1" column="2" severity="info" message="m" source="s"/></file></checkstyle>"#;
    assert_eq!(CHECKSTYLE.check(good), Ok(()));
    for (from, to) in [("\"1\"", "\"0\""), ("info", "hint"), ("message", "massage"), ("file", "path")] {
        assert!(CHECKSTYLE.check(&good.replace(from, to)).is_err(), "{to}");
    }
}
