//! The way from a folder to a file, both below the same root.

/// A path as it is written in a folder: `../2025/a.md`. Both have `/` between their parts; the folder that is the root
/// itself is empty.
pub fn relative(folder: &str, path: &str) -> String {
    let own: Vec<&str> = folder.split_terminator('/').collect();
    let parts: Vec<&str> = path.split('/').collect();
    let common = own.iter().zip(&parts).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", own.len() - common);
    up.chain(parts.into_iter().skip(common)).collect::<Vec<_>>().join("/")
}

/// The path that is written so in a folder; none when it leaves the root. The reverse of [`relative`].
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_goes_up_to_the_last_folder_that_both_share() {
        assert_eq!(relative("", "a/b.md"), "a/b.md");
        assert_eq!(relative("a", "a/b.md"), "b.md");
        assert_eq!(relative("a/c/", "a/b.md"), "../b.md");
        assert_eq!(relative("2026", "2025/a.md"), "../2025/a.md");
    }

    #[test]
    fn a_way_leads_back_to_its_path_and_never_out_of_the_root() {
        assert_eq!(join("2026", "../2025/a.md").as_deref(), Some("2025/a.md"));
        assert_eq!(join("", "./a//b.md").as_deref(), Some("a/b.md"));
        assert_eq!(join("2026", "../../a.md"), None);
    }
}
