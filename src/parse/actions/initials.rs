//! Initials that stand for people whom the document names: `[KB]` where `Kim Berg` took part.

/// The most letters that are initials.
const LONGEST: usize = 4;

/// True for a few capitals that may be initials.
pub(super) fn may_be(text: &str) -> bool {
    (2..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// True for the initials of a name that stands in the document, when it `is_known`.
pub(super) fn stand_for(document: &str, initials: &str, is_known: impl Fn(&str) -> bool) -> bool {
    let Some(first) = initials.get(..1).filter(|_| may_be(initials)) else { return false };
    let mut begins = document.match_indices(first).map(|(at, _)| document.split_at(at));
    begins.any(|(before, text)| {
        !before.ends_with(char::is_alphanumeric) && name(text, initials).is_some_and(&is_known)
    })
}

/// The name that a text begins with, when it has these initials and ends there.
fn name<'t>(text: &'t str, initials: &str) -> Option<&'t str> {
    let mut end = 0;
    for (at, initial) in initials.char_indices() {
        let rest = text.get(end..)?;
        let rest = if at == 0 { rest } else { rest.strip_prefix([' ', '-'])? };
        let word = rest.strip_prefix(initial)?;
        let behind = word.trim_start_matches(|c: char| c.is_lowercase() || c == '\'');
        if behind.len() == word.len() {
            return None;
        }
        end = text.len() - behind.len();
    }
    let (name, behind) = text.split_at_checked(end)?;
    let goes_on = behind.strip_prefix([' ', '-']).unwrap_or(behind).starts_with(char::is_uppercase);
    (!goes_on).then_some(name)
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::read;

    fn owners(people: &str, list: &str) -> Vec<Option<String>> {
        let text = format!("# Search\n\nTook part: {people}\n\n## Actions\n\n{list}");
        let items = read("search.md", &text).postmortem.actions;
        items.into_iter().map(|item| item.owner.map(|owner| owner.value)).collect()
    }

    #[test]
    fn initials_behind_items_are_those_of_people_who_are_named() {
        let list = "- Cap the queue [KB]\n- Add an alert [ZQW] [done]\n- Test it [KB to write a ticket]\n";
        let named = ["KB", "ZQW", "KB"].map(|name| Some(name.to_owned()));
        assert_eq!(owners("Zed Quill-Wood, Kim Berg", list), named);
        assert_eq!(owners("Kim Berg Olsen, Zed Quill-Wood", list), [None, None, None]);
        assert_eq!(owners("nobody", list), [None, None, None]);
    }

    #[test]
    fn short_words_of_the_trade_are_nobody() {
        let list = "- Cap the queue (API)\n- Add an alert (DNS)\n";
        assert_eq!(owners("Kim Berg", list), [None, None]);
        assert_eq!(owners("Anna Pia Ibsen", list), [Some("API".to_owned()), None]);
    }
}
