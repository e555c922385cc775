//! Which addresses may stand in a page.
//!
//! A document may point into its archive and, by a link, at the web. It may not carry a script in an address, and a
//! page asks nothing of another host, so an image from elsewhere becomes a link.

/// Where a link or an image of a document leads, as the code that knows the pages says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address within the site, as it is to stand in the page.
    Site(String),
    /// An address on the web, `https`, `http` or `mailto`.
    Web(String),
    /// Nowhere that a reader may go: the text stands alone.
    Nowhere,
}

/// What the pages know about addresses that stand in documents.
pub trait Destinations {
    /// Where a relative link leads. `destination` is as written, with its fragment.
    fn link(&self, destination: &str) -> Target;

    /// Where `#name` leads, when that is on another page: a file may be several pages.
    fn fragment(&self, _destination: &str) -> Option<Target> {
        None
    }

    /// Where a relative image is.
    fn image(&self, destination: &str) -> Target;

    /// Parts of a plain text that are to be links though they are not written as such, for instance tracker keys:
    /// byte ranges in order, with their addresses.
    fn mentions(&self, _text: &str) -> Vec<(std::ops::Range<usize>, String)> {
        Vec::new()
    }
}

/// For text that has no site around it: links into the archive are plain text.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoDestinations;

impl Destinations for NoDestinations {
    fn link(&self, _destination: &str) -> Target {
        Target::Nowhere
    }

    fn image(&self, _destination: &str) -> Target {
        Target::Nowhere
    }
}

/// Where a link leads.
pub(crate) fn link_target(destination: &str, destinations: &dyn Destinations) -> Target {
    let destination = destination.trim();
    match classify(destination) {
        Kind::Fragment => {
            let other = destinations.fragment(destination).map(harmless);
            other.unwrap_or_else(|| Target::Site(destination.to_owned()))
        }
        Kind::Web => Target::Web(destination.to_owned()),
        Kind::SchemeRelative => Target::Web(format!("https:{destination}")),
        Kind::Relative => harmless(destinations.link(destination)),
        Kind::Forbidden => Target::Nowhere,
    }
}

/// Where an image is. [`Target::Web`] means that it is not loaded, only linked.
pub(crate) fn image_target(destination: &str, destinations: &dyn Destinations) -> Target {
    let destination = destination.trim();
    match classify(destination) {
        Kind::Web if destination.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:")) => {
            Target::Nowhere
        }
        Kind::Web => Target::Web(destination.to_owned()),
        Kind::SchemeRelative => Target::Web(format!("https:{destination}")),
        Kind::Relative => harmless(destinations.image(destination)),
        Kind::Fragment | Kind::Forbidden => Target::Nowhere,
    }
}

/// The answer of the pages, once more without what must never stand in an address.
fn harmless(target: Target) -> Target {
    match &target {
        Target::Site(address) if matches!(classify(address), Kind::Relative | Kind::Fragment) => target,
        Target::Web(address) if matches!(classify(address), Kind::Web) => target,
        _ => Target::Nowhere,
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Fragment,
    Web,
    SchemeRelative,
    Relative,
    Forbidden,
}

fn classify(destination: &str) -> Kind {
    // Browsers drop these before they look for a scheme: `java\tscript:` is one.
    let bare: String = destination.chars().filter(|char| !char.is_control()).collect();
    let bare = bare.trim();
    if bare.is_empty() {
        return Kind::Relative;
    }
    if bare.starts_with('#') {
        return Kind::Fragment;
    }
    if bare.starts_with("//")
        || bare.starts_with("\\\\")
        || bare.starts_with("/\\")
        || bare.starts_with("\\/")
    {
        return if bare.starts_with("//") && bare == destination {
            Kind::SchemeRelative
        } else {
            Kind::Forbidden
        };
    }
    let before_path = bare.split(['/', '?', '#']).next().unwrap_or_default();
    // `%3A` and `&colon;` are no colon to a browser here, but nothing honest looks like that either.
    let Some((scheme, _)) = before_path.split_once(':') else {
        return Kind::Relative;
    };
    let web = ["http", "https", "mailto"].iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed));
    if web && bare.len() == destination.len() { Kind::Web } else { Kind::Forbidden }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Echo;

    impl Destinations for Echo {
        fn link(&self, destination: &str) -> Target {
            Target::Site(destination.to_owned())
        }

        fn image(&self, destination: &str) -> Target {
            Target::Site(destination.to_owned())
        }
    }

    #[test]
    fn only_three_schemes_lead_to_the_web() {
        let target = |address: &str| link_target(address, &Echo);
        assert_eq!(target("https://example.com/a?b#c"), Target::Web("https://example.com/a?b#c".into()));
        assert_eq!(target("MAILTO:a@example.com"), Target::Web("MAILTO:a@example.com".into()));
        assert_eq!(target("//example.com/a"), Target::Web("https://example.com/a".into()));
        assert_eq!(target("other.md#cause"), Target::Site("other.md#cause".into()));
        assert_eq!(target("#cause"), Target::Site("#cause".into()));
        assert_eq!(target("logs/12:30.txt"), Target::Site("logs/12:30.txt".into()));
        for bad in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "vbscript:x",
            "data:text/html,<script>1</script>",
            "file:///etc/passwd",
            "\\\\host\\share",
            "/\\host",
            "blob:x",
            "ftp://example.com",
        ] {
            assert_eq!(target(bad), Target::Nowhere, "{bad:?}");
        }
    }

    #[test]
    fn an_answer_of_the_pages_cannot_be_a_script_either() {
        struct Careless;
        impl Destinations for Careless {
            fn link(&self, _: &str) -> Target {
                Target::Site("javascript:alert(1)".into())
            }
            fn image(&self, _: &str) -> Target {
                Target::Web("data:x".into())
            }
        }
        assert_eq!(link_target("a.md", &Careless), Target::Nowhere);
        assert_eq!(image_target("a.png", &Careless), Target::Nowhere);
    }

    #[test]
    fn an_image_is_never_an_address_of_another_kind() {
        assert_eq!(image_target("mailto:a@example.com", &Echo), Target::Nowhere);
        assert_eq!(image_target("data:image/svg+xml,<svg/>", &Echo), Target::Nowhere);
        assert_eq!(image_target("a.png", &Echo), Target::Site("a.png".into()));
    }
}
