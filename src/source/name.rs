//! What the names of files say: that they hold Markdown, that they stand for their folder.

/// Endings of Markdown, of which Quarto, R and React write dialects.
const MARKDOWN: [&str; 7] = ["markdown", "md", "mdown", "mdx", "mkd", "qmd", "rmd"];

/// Endings that generators put around that of Markdown: `.html.md.erb`.
const AROUND_MARKDOWN: [&str; 2] = ["erb", "html"];

/// The name of a Markdown file without its folders and endings; none when its endings do not say that it is Markdown.
pub fn markdown_stem(path: &str) -> Option<&str> {
    let mut stem = path.rsplit('/').next().unwrap_or(path);
    let mut is_markdown = false;
    while let Some((name, ending)) = stem.rsplit_once('.') {
        let is = |endings: &[&str]| endings.iter().any(|known| ending.eq_ignore_ascii_case(known));
        if name.is_empty() || !(is(&MARKDOWN) || is(&AROUND_MARKDOWN)) {
            break;
        }
        is_markdown |= is(&MARKDOWN);
        stem = name;
    }
    is_markdown.then_some(stem)
}

/// True for the name, without endings, of a file that stands for its folder, in whichever language: `index`, `README`,
/// `index_de`, `index.pt-br`.
pub fn names_its_folder(stem: &str) -> bool {
    let is_language = |rest: &str| {
        let mut parts = rest.split(['-', '_']);
        let is_part = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        parts.next().is_some_and(is_part) && parts.next().is_none_or(is_part) && parts.next().is_none()
    };
    ["index", "_index", "readme"].iter().any(|name| {
        stem.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
            && stem.get(name.len()..).is_some_and(|rest| {
                rest.is_empty() || rest.strip_prefix(['_', '-', '.']).is_some_and(is_language)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::names_its_folder;

    #[test]
    fn a_file_stands_for_its_folder_in_whichever_language() {
        for stem in ["index", "README", "_index", "index_de", "index.pt-br", "readme-fr"] {
            assert!(names_its_folder(stem), "{stem}");
        }
        for stem in ["index-lost", "indexes", "readme_first", "search"] {
            assert!(!names_its_folder(stem), "{stem}");
        }
    }
}
