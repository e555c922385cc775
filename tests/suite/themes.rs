//! How a site looks and what it says: themes, and one colour, one template, one word in its own way.

use crate::support::{TODAY, Workspace};

const DOCUMENT: &str = "# Checkout latency\n\n## Impact\nOne in five checkouts failed.\n\n\
    ## Action items\n- [ ] Cap the pool per process\n";

fn site() -> Workspace {
    Workspace::new().file("postmortems/2026-03-14-checkout.md", DOCUMENT)
}

/// Builds the site and gives its first page and its style sheet.
#[track_caller]
fn built(site: &Workspace) -> (String, String) {
    let built = site.run(&["build", "--today", TODAY]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    assert!(!built.stderr.contains("warning") && !built.stderr.contains("error"), "{}", built.stderr);
    (site.read("book/index.html"), site.read("book/assets/style.css"))
}

#[test]
fn a_new_theme_builds_at_once_and_is_listed() {
    let site = site();
    let begun = site.run(&["theme", "new", "harbour", "--extends", "console"]);
    assert_eq!(begun.code, 0, "{}", begun.stderr);
    assert_eq!(begun.stdout, "themes/harbour/theme.toml\nthemes/harbour/static/harbour.css\n");
    site.write("book.toml", "[output.html]\ntheme = \"harbour\"\n");
    let (_, sheet) = built(&site);
    assert!(sheet.contains("Tokens and frame.") && sheet.trim_end().ends_with('}'));
    assert!(sheet.contains("--link: light-dark(#0f5c4a, #7fd3bb);"));
    let listed = site.run(&["theme", "list"]).stdout;
    let names: Vec<_> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, ["afterword", "console", "harbour"]);
    let again = site.run(&["theme", "new", "harbour"]);
    assert_eq!(again.code, 2, "{}", again.stderr);
}

#[test]
fn a_theme_needs_a_name_of_its_own_and_something_to_extend() {
    let site = site();
    for (arguments, said) in [
        (["theme", "new", "console", "--extends=console"], "`console` is a built-in theme"),
        (["theme", "new", "My Look", "--extends=console"], "`My Look` cannot be the name of a theme"),
        (["theme", "new", "mine", "--extends=consol"], "did you mean `console`?"),
        (["theme", "new", "../mine", "--extends=console"], "cannot be the name of a theme"),
    ] {
        let output = site.run(&arguments);
        assert_eq!(output.code, 2, "{arguments:?}");
        assert!(output.stderr.contains(said), "{}", output.stderr);
    }
    assert!(!site.path().join("themes").exists());
}

#[test]
fn an_unknown_theme_is_a_finding_that_names_the_nearest() {
    let site = site().file("book.toml", "[output.html]\ntheme = \"consol\"\n");
    let checked = site.run(&["check"]);
    assert_eq!(checked.code, 1, "{}", checked.stdout);
    for said in ["book.toml:2:9", "there is no theme `consol`", "did you mean `console`?"] {
        assert!(checked.stdout.contains(said), "{said}: {}", checked.stdout);
    }
}

#[test]
fn one_colour_one_template_and_one_word_change_and_the_rest_stays() {
    let plain = site();
    let (page_before, sheet_before) = built(&plain);
    let site = site()
        .file("book.toml", "[output.html.colours]\nlink = [\"#0f5c4a\", \"#7fd3bb\"]\n")
        .file(
            "templates/components/severity.html",
            "{% component severity(of) %}<b>{{ of.word }}</b>{% endcomponent severity %}",
        )
        .file("words/en.toml", "[nav]\nactions = \"Follow-ups\"\n");
    let (page, sheet) = built(&site);
    assert_eq!(sheet, format!("{sheet_before}:root{{--link:light-dark(#0f5c4a,#7fd3bb);}}\n"));
    assert!(page.contains(">Follow-ups</a>") && page_before.contains(">Actions</a>"));
    assert_eq!(page.replace(">Follow-ups</a>", ">Actions</a>"), page_before);
}

#[test]
fn a_site_in_german_says_so_and_speaks_german() {
    let site = site().file("book.toml", "[book]\nlanguage = \"de\"\n");
    let (page, _) = built(&site);
    assert!(page.contains("<html lang=\"de\" dir=\"ltr\">"));
    for word in ["Zum Text springen", "Maßnahmen", "Noch zu tun", "20. November 2026"] {
        assert!(page.replace('\u{a0}', " ").contains(word), "{word}");
    }
    for word in ["Skip to", "Still to do", "Latest", "November\u{a0}20"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn a_language_of_a_site_is_a_file_and_what_it_lacks_is_english() {
    let site = site()
        .file("book.toml", "[book]\nlanguage = \"ar\"\n")
        .file("words/ar.toml", "[nav]\nactions = \"الإجراءات\"\n");
    let (page, _) = built(&site);
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(page.contains(">الإجراءات</a>") && page.contains(">Insights</a>"));
}

#[test]
fn a_wrong_word_is_a_finding_with_its_place() {
    let site = site().file("words/en.toml", "[nav]\naction = \"Follow-ups\"\n");
    let checked = site.run(&["check"]);
    assert_eq!(checked.code, 1, "{}", checked.stdout);
    for said in
        ["words/en.toml:2:1", "no page says a word called `nav.action`", "did you mean `nav.actions`?"]
    {
        assert!(checked.stdout.contains(said), "{said}: {}", checked.stdout);
    }
}

#[test]
fn the_words_can_be_printed_to_be_translated() {
    let site = site();
    let printed = site.run(&["theme", "words"]).stdout;
    site.write("words/pt.toml", &printed);
    site.write("book.toml", "[book]\nlanguage = \"pt\"\n");
    built(&site);
    assert!(site.run(&["theme", "words", "de"]).stdout.contains("Maßnahmen"));
    let unknown = site.run(&["theme", "words", "tlh"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("there are `de`, `en`, `es`, `fr`, `ja`, `no`"), "{}", unknown.stderr);
}
