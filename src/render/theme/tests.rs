//! What a site may override, and what a slip in it costs.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    config::Config,
    render::theme::{Problem, Theme, builtin},
    source::SourceFile,
};

fn with_templates(templates: &[(&str, &str)]) -> (Theme, Vec<Problem>) {
    themed("afterword", templates)
}

fn themed(name: &str, files: &[(&str, &str)]) -> (Theme, Vec<Problem>) {
    let text = format!("[output.html]\ntheme = \"{name}\"\n");
    let (config, findings) = Config::parse(&SourceFile::new("book.toml", text));
    assert_eq!(findings, []);
    Theme::new(&config, &site_files(files))
}

fn site_files(files: &[(&str, &str)]) -> BTreeMap<String, Arc<[u8]>> {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().into())).collect()
}

/// Path, place and message of each problem.
fn said(problems: &[Problem]) -> Vec<(String, usize, String)> {
    problems.iter().map(|p| (p.path.clone(), p.finding.span.start, p.finding.message.clone())).collect()
}

fn probe(theme: &Theme) -> String {
    #[derive(serde::Serialize)]
    struct View {
        page: BTreeMap<&'static str, &'static str>,
    }
    match theme.templates().render("probe.html", &View { page: BTreeMap::from([("title", "A & B")]) }) {
        Ok(page) => page.html,
        Err(error) => format!("{error}"),
    }
}

#[test]
fn the_built_in_templates_assemble_and_escape() {
    let (theme, problems) = with_templates(&[("templates/probe.html", "{{ page.title }}")]);
    assert_eq!(problems, []);
    assert_eq!(probe(&theme), "A &amp; B");
}

#[test]
fn a_template_that_does_not_parse_is_named_with_its_place_and_left_out() {
    let text = "<p>{{ page.title </p>";
    let (theme, problems) =
        with_templates(&[("templates/404.html", text), ("templates/probe.html", "{{ page.title }}")]);
    let said = said(&problems);
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].0, "templates/404.html");
    assert!(said[0].1 >= 6 && said[0].1 < text.len(), "{said:?}");
    assert_eq!(probe(&theme), "A &amp; B");
}

#[test]
fn an_unknown_filter_or_component_is_laid_to_the_file_that_uses_it() {
    for text in ["{{ page.title | shout }}", "{{<shout of={page.title} />}}"] {
        let (_, problems) = with_templates(&[("templates/a.html", "fine"), ("templates/b.html", text)]);
        let paths: Vec<_> = problems.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(paths, ["templates/b.html"], "{text}");
    }
}

#[test]
fn a_template_that_fails_on_a_page_gives_way_to_the_built_in_one() {
    let (theme, problems) = with_templates(&[("templates/sitemap.xml", "{{ nothing }}")]);
    assert_eq!(problems, []);
    let view = BTreeMap::from([("urls", Vec::<String>::new())]);
    let page = theme.templates().render("sitemap.xml", &view).unwrap();
    assert!(page.html.contains("<urlset"), "{}", page.html);
    assert_eq!(page.problem.map(|problem| problem.path), Some("templates/sitemap.xml".to_owned()));
}

#[test]
fn an_overriding_page_can_extend_the_one_it_overrides() {
    let (theme, problems) = with_templates(&[(
        "templates/base.html",
        "{% extends \"builtin/base.html\" %}{% block main %}mine{% endblock main %}",
    )]);
    assert_eq!(problems, []);
    assert!(theme.templates().variables("404.html").contains("page"));
}

#[test]
fn a_theme_may_replace_one_stylesheet_and_keep_the_rest() {
    let files = [
        ("themes/mine/theme.toml", "extends = \"afterword\"\nstylesheets = [\"mine.css\"]"),
        ("themes/mine/static/mine.css", ":root{--paper:pink}"),
        ("themes/mine/templates/probe.html", "of the theme"),
    ];
    let (theme, problems) = themed("mine", &files);
    assert_eq!(problems, []);
    let sheet = String::from_utf8_lossy(&theme.files["style.css"]).into_owned();
    assert!(sheet.contains("--ink-soft") && sheet.ends_with(":root{--paper:pink}"));
    assert_eq!(probe(&theme), "of the theme");
    assert!(theme.has("mode.js") && !theme.has("mine.css"));
}

#[test]
fn a_theme_that_is_not_there_is_a_problem_of_the_configuration() {
    let (theme, problems) = themed("nowhere", &[]);
    assert_eq!(said(&problems), [("book.toml".to_owned(), 22, "there is no theme `nowhere`".to_owned())]);
    assert!(theme.files["style.css"].len() > 1_000);
}

#[test]
fn every_stylesheet_of_a_built_in_theme_is_joined() {
    for theme in builtin::themes() {
        let (built, problems) = themed(&theme, &[]);
        assert_eq!(problems, [], "{theme}");
        let sheet = String::from_utf8_lossy(&built.files["style.css"]).into_owned();
        for (name, bytes) in builtin::static_files(&theme) {
            if name.strip_suffix(".css").is_some() {
                assert!(sheet.contains(&*String::from_utf8_lossy(&bytes)), "{theme}/{name}");
            }
        }
    }
}

#[test]
fn a_name_near_that_of_a_theme_is_hinted_at() {
    let help = |name: &str, files: &[(&str, &str)]| {
        let (_, problems) = themed(name, files);
        problems.into_iter().next().and_then(|problem| problem.finding.help)
    };
    assert_eq!(help("consol", &[]).as_deref(), Some("did you mean `console`?"));
    let own = [("themes/harbour/theme.toml", "")];
    assert_eq!(help("harbor", &own).as_deref(), Some("did you mean `harbour`?"));
    assert_eq!(
        help("zzz", &[]).as_deref(),
        Some("`afterword theme new zzz` begins one; there are `afterword`, `console`")
    );
}

#[test]
fn a_theme_may_extend_any_built_in_one() {
    let files = [
        ("themes/mine/theme.toml", "extends = \"console\"\nstylesheets = [\"mine.css\"]"),
        ("themes/mine/static/mine.css", ":root{--paper:pink}"),
        ("themes/mine/words/en.toml", "[nav]\nactions = \"Follow-ups\"\n"),
        ("words/en.toml", "[nav]\ninsights = \"Patterns\"\n"),
    ];
    let (theme, problems) = themed("mine", &files);
    assert_eq!(problems, []);
    let sheet = String::from_utf8_lossy(&theme.files["style.css"]).into_owned();
    let at = |part: &str| sheet.find(part).unwrap_or_else(|| panic!("{part} is not in the sheet"));
    assert!(at("Every colour, face and distance") < at("Tokens and frame."));
    assert!(at("Tokens and frame.") < at("--paper:pink"));
    let said = ["nav.postmortems", "nav.actions", "nav.insights"].map(|key| theme.words().say(key));
    assert_eq!(said, ["Postmortems", "Follow-ups", "Patterns"]);
}

#[test]
fn a_theme_that_extends_nothing_that_is_there_is_told_so_and_still_works() {
    let (theme, problems) = themed("mine", &[("themes/mine/theme.toml", "extends = \"konsole\"")]);
    let messages = said(&problems);
    assert_eq!(
        messages,
        [(
            "themes/mine/theme.toml".to_owned(),
            11,
            "there is no built-in theme `konsole` to extend".to_owned()
        )]
    );
    assert!(theme.files["style.css"].len() > 1_000);
}

#[test]
fn a_site_sets_one_colour_and_keeps_the_others() {
    let text = "[output.html.colours]\nlink = [\"#0f5c4a\", \"#7fd3bb\"]\nfocus = \"#0f5c4a\"\nlinc = \"red\"\nquite = \"red\"\n";
    let (config, findings) = Config::parse(&SourceFile::new("book.toml", text));
    assert_eq!(findings, []);
    let (theme, problems) = Theme::new(&config, &BTreeMap::new());
    let sheet = String::from_utf8_lossy(&theme.files["style.css"]).into_owned();
    let end = ":root{--focus:light-dark(#0f5c4a,#0f5c4a);--link:light-dark(#0f5c4a,#7fd3bb);}\n";
    assert!(sheet.ends_with(end), "{}", &sheet[sheet.len() - 200..]);
    assert_eq!(
        problems.iter().map(|problem| problem.finding.message.as_str()).collect::<Vec<_>>(),
        ["the look has no colour `linc`", "the look has no colour `quite`"]
    );
    assert_eq!(problems[0].finding.help.as_deref(), Some("did you mean `link`?"));
}

#[test]
fn a_colour_is_nothing_else() {
    for wrong in
        ["\"red;} body{display:none\"", "\"url(x)\\n\"", "[]", "[\"red\", \"red\", \"red\"]", "\"\"", "7"]
    {
        let text = format!("[output.html.colours]\nlink = {wrong}\n");
        let (config, findings) = Config::parse(&SourceFile::new("book.toml", text));
        assert_eq!(findings.len(), 1, "{wrong}: {findings:?}");
        assert!(config.output.html.colours.is_empty(), "{wrong}");
    }
}

#[test]
fn a_template_of_a_site_can_extend_that_of_its_theme_and_the_built_in_one() {
    let (theme, problems) = themed(
        "console",
        &[(
            "templates/base.html",
            "{% extends \"theme/base.html\" %}{% block main %}mine{% endblock main %}",
        )],
    );
    assert_eq!(problems, []);
    let source = theme.templates().source("theme/base.html");
    assert!(source.contains("{% extends \"builtin/base.html\" %}"), "{source}");
}

#[test]
fn words_stand_in_front_of_the_script_and_the_sheet_that_say_them() {
    let (theme, problems) = with_templates(&[("words/en.toml", "[style]\ninternal = \"For \\\"us\\\"\"\n")]);
    assert_eq!(problems, []);
    let text = |name: &str| String::from_utf8_lossy(&theme.files[name]).into_owned();
    assert!(text("style.css").starts_with(":root{--say-internal:\"For \\\"us\\\"\"}\n"));
    assert!(text("words.js").starts_with("var afterwordWords={"));
}
