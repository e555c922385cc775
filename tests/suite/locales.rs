//! An archive in a language of its own, by a file of words.

use crate::support::Workspace;

const FINNISH: &str = "language = \"Suomi\"\n\n\
    [sections.names]\n\
    summary = [\"Yhteenveto\"]\nimpact = [\"Vaikutus\"]\ntimeline = [\"Aikajana\"]\nroot_cause = [\"Juurisyy\"]\n\
    action_items = [\"Toimenpiteet\"]\n\n\
    [labels]\nseverity = [\"Vakavuus\"]\ndate = [\"Päivämäärä\"]\n\n\
    [milestones.names]\ndetected = [\"Havaittu\"]\n\n\
    [times]\nclock = [\"klo\"]\nzone_notes = [\"kaikki ajat\"]\n\n\
    [times.months]\nmarch = [\"maaliskuuta\"]\napril = [\"huhtikuuta\"]\n\n\
    [actions.columns]\ntitle = [\"Toimenpide\"]\nowner = [\"Vastuuhenkilö\"]\ndue = [\"Määräaika\"]\n\
    status = [\"Tila\"]\n\n\
    [actions.status]\ndone = [\"Valmis\"]\nin-progress = [\"Kesken\"]\n";

const DOCUMENT: &str = "# Kassa oli poikki\n\n\
    **Päivämäärä:** 14. maaliskuuta 2026\n**Vakavuus:** SEV2\n\n\
    ## Yhteenveto\nKassa ei vastannut.\n\n## Vaikutus\nKukaan ei voinut maksaa.\n\n\
    ## Aikajana\nKaikki ajat EET.\n\n- klo 13.02: Jono täyttyy\n- klo 13.20: [havaittu] Hälytys\n\n\
    ## Juurisyy\nJono oli liian pieni.\n\n\
    ## Toimenpiteet\n\
    | Toimenpide | Vastuuhenkilö | Määräaika | Tila |\n|---|---|---|---|\n\
    | Suurenna jono | kassa | 10. huhtikuuta 2026 | Valmis |\n\
    | Lisää hälytys | alusta | 2026-05 | Kesken |\n";

#[test]
fn a_file_of_words_makes_an_archive_readable() {
    let work = Workspace::new()
        .file("book.toml", "[sections]\nlocales = [\"locales/fi.toml\"]\n")
        .file("locales/fi.toml", FINNISH)
        .file("postmortems/2026-03-14-kassa.md", DOCUMENT);
    let exported = work.run(&["export", "json"]).expect_code(0).text();
    for piece in [
        "\"root_cause\"",
        "\"SEV2\"",
        "2026-03-14T13:02+02:00",
        "2026-03-14T13:20+02:00",
        "\"2026-04-10\"",
        "\"in-progress\"",
        "\"kassa\"",
    ] {
        assert!(exported.contains(piece), "{piece} is not in {exported}");
    }
    let found = work.run(&["check", "--format", "short"]).text();
    assert!(!found.contains("missing-section"), "{found}");
}

#[test]
fn a_file_of_words_that_is_wrong_or_not_there_is_reported_at_its_place() {
    let work = Workspace::new()
        .file("book.toml", "[sections]\nlocales = [\"fi.toml\", \"sv.toml\"]\n")
        .file("fi.toml", "[labels]\ndate = [\"Päivä\"]\nseverty = [\"Vakavuus\"]\nzone = [\"päivä\"]\n")
        .file("postmortems/2026-03-14-kassa.md", DOCUMENT);
    let found = work.run(&["check", "--format", "short"]).expect_code(1).text();
    for line in [
        "book.toml:2:23: error[invalid-configuration]: `sv.toml` cannot be read",
        "fi.toml:3:1: error[invalid-configuration]: unknown key `severty` in `labels`",
        "fi.toml:4:9: error[invalid-configuration]: `päivä` is in `labels.zone` and already in `labels.date`",
    ] {
        assert!(found.contains(line), "{line} is not in {found}");
    }
}
