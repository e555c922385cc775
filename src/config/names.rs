//! Names of services, teams, factors and severities: which entry a document means, and how the site calls it.

use crate::config::{Config, Factor, Service, Severity, Slo, Team};

/// An entry that documents name by id or alias.
pub trait Named {
    /// The id.
    fn id(&self) -> &str;
    /// Other ways to write it.
    fn aliases(&self) -> &[String];
    /// Its name on pages; the id when it has none.
    fn title(&self) -> &str;
}

macro_rules! named {
    ($($type:ty, $title:expr;)*) => {$(
        impl Named for $type {
            fn id(&self) -> &str {
                &self.id
            }

            fn aliases(&self) -> &[String] {
                &self.aliases
            }

            fn title(&self) -> &str {
                let title: fn(&Self) -> Option<&str> = $title;
                title(self).unwrap_or(&self.id)
            }
        }
    )*};
}

named! {
    Severity, |_| None;
    Service, |service| service.name.as_deref();
    Team, |team| team.name.as_deref();
    Factor, |factor| factor.name.as_deref();
}

/// True when the letters and digits of two names are the same in lower case: `SEV-1`, `Sev 1` and `sev1` are one.
fn is_one(name: &str, other: &str) -> bool {
    /// Every document names several things, and each is held against all that the site knows.
    fn plain(text: &str) -> impl Iterator<Item = u8> {
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase())
    }
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    if name.is_ascii() && other.is_ascii() {
        return plain(name).eq(plain(other));
    }
    letters(name).eq(letters(other))
}

fn find<'a, T: Named>(entries: &'a [T], written: &str) -> Option<&'a T> {
    let is_meant = |name: &str| is_one(name, written);
    entries.iter().find(|entry| {
        is_meant(entry.id()) || is_meant(entry.title()) || entry.aliases().iter().any(|name| is_meant(name))
    })
}

impl Config {
    /// The configured severity that a document means.
    pub fn severity(&self, written: &str) -> Option<&Severity> {
        find(&self.severities, written)
    }

    /// The place of a severity, the worst being 0; unknown ones come behind the last.
    pub fn severity_rank(&self, id: &str) -> usize {
        self.severities.iter().position(|severity| severity.id == id).unwrap_or(self.severities.len())
    }

    /// The configured service that a document means.
    pub fn service(&self, written: &str) -> Option<&Service> {
        find(&self.services, written)
    }

    /// The configured team that a document means.
    pub fn team(&self, written: &str) -> Option<&Team> {
        find(&self.teams, written)
    }

    /// The configured objective with this id.
    pub fn slo(&self, id: &str) -> Option<&Slo> {
        self.slos.iter().find(|slo| slo.id == id)
    }

    /// The configured factor that a document means.
    pub fn factor(&self, written: &str) -> Option<&Factor> {
        find(&self.factors, written)
    }

    /// The address of a tracker key, or of something that is an address already.
    pub fn tracker_link(&self, key: &str) -> Option<String> {
        let key = key.trim();
        if key.starts_with("https://") || key.starts_with("http://") {
            return Some(key.to_owned());
        }
        self.trackers.iter().find_map(|tracker| tracker.link(key))
    }
}
