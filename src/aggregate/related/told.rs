//! The reasons of a relation, put together and put into words.

use super::Reason;
use crate::words::list;

impl Reason {
    /// Its kind, as the words of the interface know it.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Repeats => "repeats",
            Self::RepeatedBy => "repeated-by",
            Self::Stated => "stated",
            Self::NamedBy => "named-by",
            Self::Links => "links",
            Self::LinkedBy => "linked-by",
            Self::Alert(_) => "alert",
            Self::Error(_) => "error",
            Self::Factor(_) => "factor",
            Self::Service(_) => "service",
            Self::Name(_) => "name",
            Self::Tag(_) => "tag",
            Self::Words(_) => "words",
        }
    }

    /// What it names.
    pub fn names(&self) -> &[String] {
        match self {
            Self::Alert(name)
            | Self::Error(name)
            | Self::Factor(name)
            | Self::Service(name)
            | Self::Name(name)
            | Self::Tag(name) => std::slice::from_ref(name),
            Self::Words(words) => words,
            _ => &[],
        }
    }

    /// Reasons of one kind together, in the order of the first of each: the most telling kind first.
    pub fn grouped(reasons: &[Self]) -> Vec<(&Self, Vec<&str>)> {
        let mut groups: Vec<(&Self, Vec<&str>)> = Vec::new();
        for reason in reasons {
            let names = reason.names().iter().map(String::as_str);
            match groups.iter_mut().find(|(first, _)| first.key() == reason.key()) {
                Some((_, group)) => group.extend(names),
                None => groups.push((reason, names.collect())),
            }
        }
        groups
    }

    /// Reasons in English, for messages: `the same alert FerryQueueLag; the same factors Capacity and Expiry; similar
    /// words: certificate, renewal`. `show` says how a name is written there.
    pub fn told(reasons: &[Self], show: impl Fn(&Self, &str) -> String) -> String {
        let told = Self::grouped(reasons).into_iter().map(|(reason, names)| {
            let shown: Vec<String> = names.into_iter().map(|name| show(reason, name)).collect();
            let s = if shown.len() == 1 { "" } else { "s" };
            let names = list(&shown);
            match reason {
                Self::Repeats => "this document is a repeat of it".to_owned(),
                Self::RepeatedBy => "it is a repeat of this document".to_owned(),
                Self::Stated => "this document names it".to_owned(),
                Self::NamedBy => "it names this document".to_owned(),
                Self::Links => "this document links to it".to_owned(),
                Self::LinkedBy => "it links to this document".to_owned(),
                Self::Words(_) => format!("similar words: {}", shown.join(", ")),
                Self::Name(_) => format!("both have {names}"),
                _ => format!("the same {}{s} {names}", reason.key()),
            }
        });
        told.collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_a_kind_are_told_together_in_the_order_of_the_first() {
        let name = str::to_owned;
        let reasons = [
            Reason::Stated,
            Reason::Factor(name("Capacity")),
            Reason::Alert(name("QueueLag")),
            Reason::Factor(name("Expiry")),
            Reason::Name(name("pool.max")),
            Reason::Words(vec![name("certificate"), name("renewal")]),
        ];
        assert_eq!(
            Reason::told(&reasons, |_, name| name.to_owned()),
            "this document names it; the same factors Capacity and Expiry; the same alert QueueLag; both have pool.max; \
             similar words: certificate, renewal"
        );
    }
}
