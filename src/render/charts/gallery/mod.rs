//! Every chart at its easiest and at its hardest, through the templates, on one page: `target/charts/index.html`.

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera};

use crate::render::{
    charts::{
        bars::bars,
        dots::dots,
        matrix::matrix,
        months::months,
        punch_card::punch_card,
        stacks::stacks,
        states::states,
        timeline::{Input, timeline},
    },
    words::{english, say},
};

mod others;
mod timelines;

/// Writes a component's HTML.
fn drawn(component: &str, view: &impl Serialize) -> String {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    let words = english();
    tera.register_filter("say", move |key: &str, with: Kwargs, _: &State<'_>| say(&words, key, &with));
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/components/");
    let page = format!("{{{{<{component} of={{of}} />}}}}");
    let [text, table] = [component, "chart_table"].map(|name| read(&format!("{root}{name}.html")));
    let templates =
        [("table.html", table.as_str()), ("component.html", text.as_str()), ("page.html", page.as_str())];
    tera.add_raw_templates(templates.to_vec()).unwrap();
    let mut context = Context::new();
    context.insert("of", view);
    tera.render("page.html", &context).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the gallery is a file for people to look at")]
fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the gallery is a file for people to look at")]
fn write(name: &str, text: &str) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/charts");
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(format!("{folder}/{name}"), text).unwrap();
}

/// What no chart may contain, and that its tags are closed.
fn sound(html: &str) {
    for wrong in ["NaN", "inf%", "\"-", " style=", "<script", "{{", "}}"] {
        let found =
            html.find(wrong).map(|at| html[at.saturating_sub(60)..].chars().take(120).collect::<String>());
        assert!(
            found.is_none()
                || wrong == "\"-"
                    && found.as_deref().is_some_and(|found| found.contains("dx=\"-")
                        || found.contains("y=\"-")
                        || found.contains("x=\"-")),
            "{wrong}: {found:?}"
        );
    }
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') && name != "col" {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn the_gallery_is_drawn() {
    let mut body = Vec::new();
    let mut show = |name: &str, html: String| {
        sound(&html);
        body.push(format!("<h2>{name}</h2>\n{html}\n"));
    };
    for (name, input) in timelines::all() {
        show(name, drawn("chart_timeline", &timeline(&input, &english()).unwrap()));
    }
    for (name, input) in others::months() {
        show(name, drawn("chart_months", &months(&input, &english())));
    }
    for (name, input) in others::bars() {
        show(name, drawn("chart_bars", &bars(&input, &english())));
    }
    for (name, input) in others::dots() {
        show(name, drawn("chart_dots", &dots(&input, &english())));
    }
    for (name, input) in others::punch_cards() {
        show(name, drawn("chart_punch_card", &punch_card(&input, &english())));
    }
    for (name, input) in others::stacks() {
        show(name, drawn("chart_stacks", &stacks(&input, &english())));
    }
    for (name, input) in others::matrices() {
        show(name, drawn("chart_matrix", &matrix(&input, &english())));
    }
    show("States", drawn("chart_states", &states(&others::states()).unwrap()));
    let body = body.concat();
    let css: String = ["tokens", "base", "article", "parts", "charts"]
        .iter()
        .map(|name| read(&format!("{}/themes/afterword/static/{name}.css", env!("CARGO_MANIFEST_DIR"))))
        .collect();
    write("style.css", &css);
    write(
        "index.html",
        &format!(
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
             <title>Charts</title><link rel=stylesheet href=style.css><main class=wide>\n{body}</main>"
        ),
    );
}

#[test]
fn nothing_gives_no_timeline() {
    assert_eq!(timeline(&Input::default(), &english()), None);
}
