//! The registers in full: where luck helped, and what did no harm. An archive of many years has them on several pages.

use crate::{
    model::SectionKind,
    render::{
        passages,
        site::Cx,
        urls,
        view::{Link, Lucky, RegisterView},
    },
};

/// How many rows a page has.
const ROWS: usize = 200;
/// How many passages a row of luck has.
const TEXTS: usize = 3;

/// A register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Luck,
    NearMisses,
}

impl Kind {
    pub(super) const ALL: [Self; 2] = [Self::Luck, Self::NearMisses];

    /// Its postmortems, the latest first.
    pub(super) fn places<'a>(self, cx: &Cx<'a>) -> &'a [usize] {
        match self {
            Self::Luck => cx.lucky(),
            Self::NearMisses => &cx.site.summary.frequency.near_misses,
        }
    }

    /// How many pages it has.
    pub(super) fn pages(self, cx: &Cx<'_>) -> usize {
        self.places(cx).len().div_ceil(ROWS)
    }

    /// Where a page of it stands, counted from 0: `luck.html`, `luck-2.html`.
    pub(super) fn path(self, page: usize) -> String {
        let first = match self {
            Self::Luck => urls::LUCK,
            Self::NearMisses => urls::NEAR_MISSES,
        };
        match (page, first.strip_suffix(".html")) {
            (1.., Some(stem)) => format!("{stem}-{}.html", page + 1),
            _ => first.to_owned(),
        }
    }

    /// The keys of its name, and of what it is.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Luck => ("insights.lucky", "insights.lucky-note"),
            Self::NearMisses => ("insights.near-misses", "insights.near-misses-note"),
        }
    }
}

pub(super) fn view(cx: &Cx<'_>, kind: Kind, page: usize) -> RegisterView {
    let places = kind.places(cx);
    let pages = places.len().div_ceil(ROWS);
    let (title, note) = kind.words();
    let title = cx.words.say(title);
    let here = if pages > 1 {
        cx.words.fill("register.page", &[("page", &(page + 1)), ("pages", &pages)])
    } else {
        String::new()
    };
    let name = if page == 0 { title.to_owned() } else { format!("{title}, {here}") };
    let sentence = crate::render::words::capitalised(cx.words.say(note));
    let rows = places.iter().copied().skip(page * ROWS).take(ROWS);
    let (mut lucky_rows, mut entries) = (Vec::new(), Vec::new());
    for place in rows {
        match kind {
            Kind::Luck => lucky_rows.extend(lucky(cx, place)),
            Kind::NearMisses => entries.extend(cx.entry(place, "", false)),
        }
    }
    let link = |to: usize, key: &str| Link::to(kind.path(to), cx.words.say(key));
    RegisterView {
        page: cx.page(&kind.path(page), urls::INSIGHTS, &name, &sentence),
        insights: Link::to(urls::INSIGHTS, cx.words.say("insights.title")),
        title: title.to_owned(),
        sentence,
        lucky: lucky_rows,
        entries,
        here,
        later: page.checked_sub(1).map(|to| link(to, "postmortem.later")),
        earlier: (page + 1 < pages).then(|| link(page + 1, "postmortem.earlier")),
    }
}

/// Where luck helped in a postmortem.
pub(super) fn lucky(cx: &Cx<'_>, place: usize) -> Option<Lucky> {
    let (postmortem, card) = cx.at(place)?;
    let section = postmortem.section(SectionKind::GotLucky)?;
    let source = cx.site.sources.file(&postmortem.path)?;
    let texts = passages::texts(postmortem, source, section.body).into_iter().take(TEXTS);
    let texts: Vec<String> = texts.collect();
    (!texts.is_empty()).then(|| Lucky {
        href: urls::of_section(&urls::from("", &card.page), section),
        title: postmortem.title.value.clone(),
        date: cx.short_day_of(postmortem),
        texts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::fixture::postmortem,
        render::{pages::tests::with_site, site::Shared},
        source::Sources,
    };

    #[test]
    fn a_long_register_has_several_pages_that_lead_to_each_other() {
        let missed = (0..201).map(|number| {
            let mut one = postmortem(&format!("near-{number}"), "2026-03-14");
            one.near_miss = true;
            one
        });
        with_site((missed.collect(), Sources::default()), &[], |site, theme| {
            let shared = Shared::new(site, theme);
            let cx = &Cx::new(site, theme, &shared);
            assert_eq!([Kind::Luck.pages(cx), Kind::NearMisses.pages(cx)], [0, 2]);
            let told = [0, 1].map(|page| {
                let view = view(cx, Kind::NearMisses, page);
                let links = [view.later, view.earlier].map(|link| link.and_then(|link| link.href));
                (view.here, view.entries.len(), links)
            });
            assert_eq!(
                told,
                [
                    ("Page 1 of 2".to_owned(), 200, [None, Some("near-misses-2.html".to_owned())]),
                    ("Page 2 of 2".to_owned(), 1, [Some("near-misses.html".to_owned()), None]),
                ]
            );
        });
    }
}
