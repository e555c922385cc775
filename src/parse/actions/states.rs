//! What headings, brackets and ticks tell of how far work has come.

use super::tests::titles;
use crate::parse::tests::read;

#[test]
fn what_is_to_be_done_to_recover_is_the_list_beside_measures() {
    let text = "## Recovery TODO\n\n### Immediate (next 30 min)\n\n- [ ] Start the index\n\n## Prevention measures\n\n- Test each migration\n- Start with narrow rights\n";
    assert_eq!(titles(text), ["Start the index"]);
    assert_eq!(titles("## Действия\n\n- [ ] Проверять лимиты\n"), ["Проверять лимиты"]);
}

#[test]
fn below_a_heading_of_work_that_was_done_items_are_done_unless_they_say_otherwise() {
    let states = |heading: &str| {
        let list = "- An alert on lag\n- A second index (in progress)\n";
        let items = read("search.md", &format!("# Search\n\n## Next steps\n\n{heading}\n\n{list}"))
            .postmortem
            .actions;
        items.into_iter().map(|item| item.status.value.key()).collect::<Vec<_>>()
    };
    assert_eq!(states("### Guardrails added"), ["done", "in-progress"]);
    assert_eq!(states("### Alerts put in place"), ["done", "in-progress"]);
    assert_eq!(states("The following are already completed:"), ["done", "in-progress"]);
    for other in
        ["### What is not yet done", "### Alerts to be added", "### Alerts", "### Actions identified"]
    {
        assert_eq!(states(other), ["open", "in-progress"], "{other}");
    }
}

#[test]
fn brackets_may_tell_how_an_item_was_done() {
    let states = |item: &str| {
        let items = read("search.md", &format!("# Search\n\n## Next steps\n\n- {item}\n")).postmortem.actions;
        items.into_iter().map(|item| (item.status.value.key(), item.title)).collect::<Vec<_>>()
    };
    assert_eq!(
        states("The alert looks at the wrong queue (fixed by naming both of them in one rule)"),
        [(
            "done",
            "The alert looks at the wrong queue (fixed by naming both of them in one rule)".to_owned()
        )]
    );
    for done in ["Have a channel (added a room)", "Have a channel (added Kim to the room)"] {
        assert_eq!(states(done)[0].0, "done", "{done}");
    }
    for other in ["Cap the queue (fixed size)", "Cap the queue (reported by Kim)", "Cap it (added load)"] {
        assert_eq!(states(other)[0].0, "open", "{other}");
    }
}

#[test]
fn behind_a_dash_an_item_may_tell_that_it_was_done() {
    let done = [
        "Ask the forum - done: 'nobody knows, and I looked at all that was said of it in the last two years'",
        "Mail the host who it is - done and the list brought up to date in the wiki of the team",
        "Test it - done #12",
    ];
    for item in done {
        let items = read("search.md", &format!("# Search\n\n## Next steps\n\n- {item}\n")).postmortem.actions;
        assert_eq!(items[0].status.value.key(), "done", "{item}");
    }
    assert_eq!(titles("## Next steps\n\n- Test it - done #12\n"), ["Test it"]);
}

#[test]
fn steps_of_the_response_are_no_work_though_they_are_ticked_off() {
    let steps = "- [x] Restarted the index\n- [x] Drained the queue\n- [x] Added two nodes\n";
    assert_eq!(
        titles(&format!("## Immediate actions\n\n{steps}\n## Action items\n\n- [ ] Cap the queue\n")),
        ["Cap the queue"]
    );
    assert_eq!(
        titles(&format!(
            "## Actions\n\n### During the incident\n\n{steps}\n### After it\n\n- Cap the queue\n"
        )),
        ["Cap the queue"]
    );
    assert_eq!(
        titles("## Immediate actions\n\n- [x] Restart the index each day\n- [x] Add two nodes\n").len(),
        2
    );
    assert_eq!(titles(&format!("## Prevention\n\n{steps}")).len(), 3);
}

#[test]
fn what_was_done_to_resolve_it_is_no_work_below_a_heading_of_both() {
    let steps = "- Deployed a second index\n- Moved the queue to new disks\n";
    assert_eq!(titles(&format!("## Resolution and mitigation steps\n\n{steps}")), Vec::<String>::new());
    assert_eq!(titles("## Resolution and mitigation steps\n\n- Move the queue\n- Cap it\n").len(), 2);
}

#[test]
fn a_line_that_says_there_is_nothing_to_do_or_points_elsewhere_or_thanks_is_no_work() {
    for line in [
        "No action items were identified.",
        "No further action is required at this time.",
        "See the tickets of the incident.",
        "Vi beklager ulempene.",
        "Vielen Dank für die Geduld.",
        "Merci de votre patience.",
        "Lamentamos las molestias ocasionadas.",
        "Pedimos desculpas pelo transtorno.",
        "この度はご迷惑をおかけし、深くお詫び申し上げます。",
    ] {
        assert_eq!(titles(&format!("## Action items\n\n{line}\n")), Vec::<String>::new(), "{line}");
    }
    for line in [
        "No alert was there, so we will add one.",
        "See if the queue can be capped.",
        "キューの上限を設定いたします。",
    ] {
        assert_eq!(titles(&format!("## Action items\n\n{line}\n")), [line]);
    }
}

#[test]
fn advice_to_people_outside_is_no_work_in_other_languages_either() {
    for advice in [
        "## Recommandations\n\n- Les utilisateurs doivent changer leurs clés\n- Les clients devraient vérifier leurs comptes\n",
        "## Empfehlungen\n\n- Nutzer sollten ihre Schlüssel tauschen\n- Kunden müssen sie prüfen\n",
    ] {
        assert_eq!(titles(advice), Vec::<String>::new());
    }
}

#[test]
fn what_a_label_of_the_resolution_lists_is_told_beside_the_list_of_the_work() {
    let changes = "## Resolution\n\nA cap.\n\n**Changes:**\n\n1. Cap the queue\n2. Test it\n";
    let beside = |list: &str| titles(&format!("{list}\n## Action items\n\n- Page on lag\n"));
    assert_eq!(beside(changes), ["Page on lag"]);
    let boxes = changes.replace("1. ", "- [ ] ").replace("2. ", "- [ ] ");
    assert_eq!(beside(&boxes).len(), 3);
    assert_eq!(beside(&changes.replace("**Changes:**", "### Follow-up")).len(), 3);
}

#[test]
fn what_went_well_is_no_work_though_it_slipped_in_among_it() {
    let work = "## Action items\n\n### What went wrong\n\n- Nobody looked at the lag\n\n### Process\n\n- Page on lag\n";
    assert_eq!(titles(work), ["Page on lag"]);
}
