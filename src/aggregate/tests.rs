//! What follows an archive through changes is what is said of it from the beginning.

use super::{chance::*, *};
use crate::{
    model::{Postmortem, Renamed, archive::Edited},
    source::SourceFile,
};

const CONFIG: &str = "\
[[service]]\nid = \"service1\"\nname = \"The first\"\n[[service]]\nid = \"service2\"\n\
[[team]]\nid = \"team1\"\n[[factor]]\nid = \"factor3\"\n[[severity]]\nid = \"SEV1\"\n\
[[slo]]\nid = \"pay\"\nservice = \"service2\"\ntarget = 99.9\nwindow-days = 30\n\
[actions]\ndue-days = { P1 = 28 }\n";

/// What there is to say, for a comparison that can be read.
fn said(archive: &Archive, summary: &Summary) -> String {
    let Summary { today, measures, actions, budgets, frequency, groups, related, anniversaries } = summary;
    let of: Vec<_> = (0..archive.postmortems().len()).map(|place| related.of(archive, place)).collect();
    let all = related.all(archive);
    assert_eq!(of, all);
    format!(
        "{today}\n{measures:#?}\n{actions:#?}\n{budgets:#?}\n{frequency:#?}\n{groups:#?}\n{anniversaries:#?}\n{all:#?}"
    )
}

#[test]
fn after_any_changes_there_is_to_say_what_an_archive_added_up_anew_says() {
    let (config, findings) = Config::parse(&SourceFile::new("book.toml", CONFIG));
    assert_eq!(findings, []);
    let today = "2024-03-14".parse().unwrap();
    for seed in 0..12 {
        let mut chance = Chance::new(seed + 77);
        let count = [1, 5, 40, 90][chance.below(4)];
        let mut fresh = seed * 1_000;
        let mut another = |was: Option<&Postmortem>| {
            fresh += 1;
            let mut one = by_chance(fresh, count);
            if let Some(was) = was {
                (one.id, one.path) = (was.id.clone(), was.path.clone());
            }
            Arc::new(one)
        };
        let mut all: Vec<Arc<Postmortem>> = (0..count).map(|_| another(None)).collect();
        let mut renamed = Renamed::default();
        let (mut archive, _) = Archive::default().next(None, || all.clone(), &mut renamed);
        let mut summary = aggregate(&archive, &config, today);
        for step in 0..12 {
            let mut edited: Option<Edited> = None;
            match chance.below(5) {
                0 => all.push(another(None)),
                1 if !all.is_empty() => drop(all.remove(chance.below(all.len()))),
                // Two with one id: one of them gets another one.
                2 if !all.is_empty() => {
                    let mut one = (*another(Some(&all[chance.below(all.len())]))).clone();
                    one.path = format!("other/{step}.md");
                    all.push(Arc::new(one));
                }
                3 if !all.is_empty() => {
                    let place = chance.below(all.len());
                    let one = another(Some(&all[place]));
                    edited = Some(vec![(std::mem::replace(&mut all[place], Arc::clone(&one)), one)]);
                }
                _ => {
                    let moved = chance.below(all.len() + 1);
                    all.iter_mut().take(moved).for_each(|one| *one = another(Some(one)));
                }
            }
            // Somebody has asked, or nobody.
            if chance.below(2) == 0 {
                summary.related.of(&archive, 0);
            }
            let (next, moves) = archive.next(edited, || all.clone(), &mut renamed);
            let way = Step { before: &archive, archive: &next, moves: &moves, config: &config, today };
            summary = summary.follow(way);
            let anew = Archive::new(all.clone());
            assert_eq!(next, anew, "{seed}: {step}");
            let (followed, anew) = (said(&next, &summary), said(&anew, &aggregate(&anew, &config, today)));
            assert!(followed == anew, "{seed}: {step}:\n{followed}\n{anew}");
            archive = next;
        }
    }
}
