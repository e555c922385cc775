//! The built-in scripts as they are sent: without their comments, which are a third of them, without indentation, and
//! without line ends that mean nothing.
//!
//! Works on lines and knows no JavaScript: a script with a template literal over several lines is sent as it is, and so
//! are the scripts of a site and of its own themes.

/// `parts`, joined, as one script that shares nothing with others but what it puts into `globalThis`.
pub(super) fn scoped(parts: &[u8]) -> Vec<u8> {
    [b"(() => {\n", parts, b"})();\n"].concat()
}

/// `script` without comments that stand on lines of their own, type comments (`/** … */`), indentation, and line ends
/// behind what cannot end a statement or has ended it.
pub(super) fn lean(script: &str) -> String {
    let whole = script.lines().all(|line| line.matches('`').count() % 2 == 0);
    if !whole {
        return script.to_owned();
    }
    let mut sent = String::with_capacity(script.len());
    let mut inside = false;
    for line in script.lines() {
        let mut line = line.trim();
        if inside || line.starts_with("/*") {
            inside = !line.contains("*/");
            line = line.split_once("*/").map_or("", |(_, rest)| rest.trim_start());
        }
        let line = without_types(line);
        if !line.is_empty() && !line.starts_with("//") {
            sent.push_str(&line);
            if line.contains("//") || !line.ends_with([';', ',', '{', '[', '(']) {
                sent.push('\n');
            }
        }
    }
    sent
}

fn without_types(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, comment)) = rest.split_once("/** ") {
        let Some((_, after)) = comment.split_once("*/") else { break };
        kept.push_str(before);
        rest = after.trim_start();
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::{lean, scoped};
    use crate::render::theme::builtin;

    #[test]
    fn comments_and_indentation_go() {
        let script = "// @ts-check\n/**\n * Why.\n */\n(() => {\n  /** One. @param {string} a */\n  const f = (/** @type {any} */ a) => a; // kept\n\n  const g = /** @type {X} */ (a);\n  g()\n})();\n";
        assert_eq!(lean(script), "(() => {const f = (a) => a; // kept\nconst g = (a);g()\n})();");
    }

    #[test]
    fn a_template_literal_over_several_lines_leaves_a_script_as_it_is() {
        let script = "// Why.\nconst a = `\n  b`;\n";
        assert_eq!(lean(script), script);
    }

    #[test]
    fn parts_share_a_scope_of_their_own() {
        let joined = scoped(b"const a = 1;\nconst b = a;\n");
        assert_eq!(String::from_utf8_lossy(&joined), "(() => {\nconst a = 1;\nconst b = a;\n})();\n");
    }

    #[test]
    fn every_built_in_script_is_sent_lean() {
        for (name, bytes) in builtin::static_files(builtin::THEME) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if name.strip_suffix(".js").is_some() {
                assert!(!text.contains("/**") && !text.contains("\n  "), "{name} has comments");
            }
        }
    }
}
