//! What the lexer has to know about each language. Data only.

/// How the lexer reads a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Tokens.
    Code,
    /// Lines that begin with `+`, `-` or `@@`.
    Diff,
    /// Tags and their attributes.
    Markup,
    /// Headings, comments and code among text.
    Markdown,
    /// Lines with a prompt are shell, others are what it answered.
    Console,
}

/// One language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Language {
    /// How it is read.
    pub(crate) mode: Mode,
    /// What begins a comment that ends with the line.
    pub(crate) line_comments: &'static [&'static str],
    /// What begins and ends a longer comment.
    pub(crate) block_comment: Option<(&'static str, &'static str)>,
    /// What begins and ends a string; longer quotes first.
    pub(crate) strings: &'static [&'static str],
    /// Words in keyword colour.
    pub(crate) keywords: &'static [&'static str],
    /// Whether the case of keywords matters.
    pub(crate) any_case: bool,
    /// The character after a word at the start of a line that makes it a key.
    pub(crate) key_mark: Option<char>,
    /// Whether a word before `(` is a name.
    pub(crate) calls: bool,
    /// Characters that begin a name, such as `$` or `@`.
    pub(crate) sigils: &'static str,
    /// Whether `[section]` lines stand out.
    pub(crate) sections: bool,
}

const BASE: Language = Language {
    mode: Mode::Code,
    line_comments: &[],
    block_comment: None,
    strings: &["\"", "'"],
    keywords: &[],
    any_case: false,
    key_mark: None,
    calls: false,
    sigils: "",
    sections: false,
};

const C_LIKE: Language =
    Language { line_comments: &["//"], block_comment: Some(("/*", "*/")), calls: true, ..BASE };
const HASH: Language = Language { line_comments: &["#"], ..BASE };

/// Names that ask for no colours.
pub(crate) fn is_plain(language: &str) -> bool {
    ["text", "txt", "plain", "plaintext", "none", "output", "ascii", "mermaid"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(language))
}

/// The language of a lower-case name.
pub(crate) fn find(name: &str) -> Option<&'static Language> {
    Some(match name {
        "rust" | "rs" => &RUST,
        "go" | "golang" => &GO,
        "python" | "py" | "python3" => &PYTHON,
        "ruby" | "rb" => &RUBY,
        "php" => &PHP,
        "javascript" | "js" | "jsx" | "typescript" | "ts" | "tsx" | "node" => &SCRIPT,
        "java" | "kotlin" | "kt" | "scala" | "groovy" | "csharp" | "c#" | "cs" | "swift" | "dart" => &JAVA,
        "c" | "cpp" | "c++" | "h" | "hpp" | "objc" => &C,
        "sh" | "bash" | "shell" | "zsh" | "fish" | "ksh" => &SHELL,
        "console" | "shell-session" | "terminal" | "shellsession" => &CONSOLE,
        "powershell" | "ps1" | "pwsh" => &POWERSHELL,
        "sql" | "mysql" | "postgresql" | "postgres" | "psql" | "plsql" | "tsql" => &SQL,
        "yaml" | "yml" => &YAML,
        "json" | "jsonc" | "json5" | "jsonl" | "ndjson" => &JSON,
        "toml" | "ini" | "cfg" | "conf" | "properties" | "dotenv" | "env" | "editorconfig" | "systemd" => {
            &INI
        }
        "hcl" | "terraform" | "tf" | "tfvars" => &HCL,
        "dockerfile" | "docker" | "containerfile" => &DOCKERFILE,
        "nginx" | "caddyfile" | "haproxy" | "vcl" => &NGINX,
        "promql" | "logql" => &PROMQL,
        "proto" | "protobuf" => &PROTO,
        "lua" => &LUA,
        "make" | "makefile" => &MAKE,
        "css" | "scss" | "less" => &CSS,
        "html" | "xml" | "svg" | "xhtml" | "plist" => &MARKUP,
        "markdown" | "md" | "mdx" | "commonmark" | "gfm" => &MARKDOWN,
        "diff" | "patch" => &DIFF,
        "log" | "logs" | "syslog" => &LOG,
        _ => return None,
    })
}

const RUST: Language = Language {
    strings: &["\""],
    sigils: "",
    keywords: &[
        "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
        "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub",
        "ref", "return", "self", "Self", "static", "struct", "super", "trait", "true", "type", "unsafe",
        "use", "where", "while",
    ],
    ..C_LIKE
};
const GO: Language = Language {
    strings: &["\"", "`", "'"],
    keywords: &[
        "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "false",
        "for", "func", "go", "goto", "if", "import", "interface", "map", "nil", "package", "range",
        "return", "select", "struct", "switch", "true", "type", "var",
    ],
    ..C_LIKE
};
const PYTHON: Language = Language {
    strings: &["\"\"\"", "'''", "\"", "'"],
    keywords: &[
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
        "except", "False", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "None",
        "nonlocal", "not", "or", "pass", "raise", "return", "self", "True", "try", "while", "with", "yield",
    ],
    calls: true,
    sigils: "@",
    ..HASH
};
const RUBY: Language = Language {
    keywords: &[
        "alias", "and", "begin", "break", "case", "class", "def", "do", "else", "elsif", "end", "ensure",
        "false", "for", "if", "in", "module", "next", "nil", "not", "or", "raise", "require", "rescue",
        "return", "self", "super", "then", "true", "unless", "until", "when", "while", "yield",
    ],
    calls: true,
    sigils: "@$",
    ..HASH
};
const PHP: Language = Language {
    line_comments: &["//", "#"],
    keywords: &[
        "abstract", "array", "as", "break", "case", "catch", "class", "const", "continue", "default", "do",
        "echo", "else", "elseif", "extends", "false", "final", "for", "foreach", "function", "if",
        "implements", "namespace", "new", "null", "private", "protected", "public", "return", "static",
        "switch", "throw", "true", "try", "use", "while",
    ],
    sigils: "$",
    ..C_LIKE
};
const SCRIPT: Language = Language {
    strings: &["\"", "'", "`"],
    keywords: &[
        "as", "async", "await", "break", "case", "catch", "class", "const", "continue", "default", "delete",
        "do", "else", "enum", "export", "extends", "false", "finally", "for", "from", "function", "if",
        "implements", "import", "in", "instanceof", "interface", "let", "new", "null", "of", "private",
        "public", "readonly", "return", "static", "super", "switch", "this", "throw", "true", "try", "type",
        "typeof", "undefined", "var", "void", "while", "yield",
    ],
    sigils: "@",
    ..C_LIKE
};
const JAVA: Language = Language {
    strings: &["\"\"\"", "\"", "'"],
    keywords: &[
        "abstract", "async", "await", "boolean", "break", "byte", "case", "catch", "char", "class", "const",
        "continue", "def", "default", "do", "double", "else", "enum", "extends", "false", "final",
        "finally", "float", "for", "foreach", "fun", "func", "guard", "if", "implements", "import", "in",
        "int", "interface", "internal", "is", "let", "long", "namespace", "new", "nil", "null", "object",
        "override", "package", "private", "protected", "public", "return", "short", "static", "string",
        "struct", "super", "switch", "this", "throw", "throws", "trait", "true", "try", "using", "val",
        "var", "void", "when", "while", "with", "yield",
    ],
    sigils: "@",
    ..C_LIKE
};
const C: Language = Language {
    keywords: &[
        "auto", "bool", "break", "case", "catch", "char", "class", "const", "constexpr", "continue",
        "default", "delete", "do", "double", "else", "enum", "extern", "false", "float", "for", "goto",
        "if", "inline", "int", "long", "namespace", "new", "nullptr", "NULL", "private", "public", "return",
        "short", "signed", "sizeof", "static", "struct", "switch", "template", "this", "throw", "true",
        "try", "typedef", "typename", "union", "unsigned", "using", "virtual", "void", "volatile", "while",
    ],
    sigils: "#",
    ..C_LIKE
};
const SHELL: Language = Language {
    keywords: &[
        "case", "do", "done", "elif", "else", "esac", "exit", "export", "fi", "for", "function", "if", "in",
        "local", "return", "set", "source", "sudo", "then", "until", "while",
    ],
    sigils: "$",
    ..HASH
};
const CONSOLE: Language = Language { mode: Mode::Console, ..SHELL };
const POWERSHELL: Language = Language {
    block_comment: Some(("<#", "#>")),
    keywords: &[
        "begin", "catch", "do", "else", "elseif", "end", "exit", "filter", "finally", "for", "foreach",
        "function", "if", "in", "param", "process", "return", "switch", "throw", "try", "until", "while",
    ],
    any_case: true,
    sigils: "$",
    ..HASH
};
const SQL: Language = Language {
    line_comments: &["--"],
    block_comment: Some(("/*", "*/")),
    strings: &["'", "\"", "`"],
    keywords: &[
        "add", "all", "alter", "analyze", "and", "as", "asc", "begin", "between", "by", "case", "column",
        "commit", "concurrently", "constraint", "create", "cross", "database", "default", "delete", "desc",
        "distinct", "drop", "else", "end", "exists", "explain", "false", "foreign", "from", "full",
        "function", "grant", "group", "having", "if", "in", "index", "inner", "insert", "interval", "into",
        "is", "join", "key", "left", "like", "limit", "lock", "not", "null", "offset", "on", "or", "order",
        "outer", "over", "partition", "primary", "references", "returning", "right", "rollback", "select",
        "set", "table", "then", "true", "truncate", "union", "unique", "update", "using", "vacuum",
        "values", "view", "when", "where", "with",
    ],
    any_case: true,
    calls: true,
    ..BASE
};
const YAML: Language = Language {
    keywords: &["true", "false", "null", "yes", "no", "on", "off", "~"],
    key_mark: Some(':'),
    sigils: "&*!",
    ..HASH
};
const JSON: Language =
    Language { strings: &["\""], keywords: &["true", "false", "null"], key_mark: Some(':'), ..C_LIKE };
const INI: Language = Language {
    line_comments: &["#", ";"],
    strings: &["\"\"\"", "'''", "\"", "'"],
    keywords: &["true", "false", "on", "off", "yes", "no"],
    key_mark: Some('='),
    sections: true,
    ..BASE
};
const HCL: Language = Language {
    line_comments: &["#", "//"],
    strings: &["\""],
    keywords: &[
        "data", "dynamic", "false", "for", "for_each", "if", "in", "locals", "module", "null", "output",
        "provider", "resource", "terraform", "true", "variable",
    ],
    key_mark: Some('='),
    ..C_LIKE
};
const DOCKERFILE: Language = Language {
    keywords: &[
        "ADD", "ARG", "AS", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL",
        "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    ],
    sigils: "$",
    ..HASH
};
const NGINX: Language = Language {
    keywords: &[
        "backend", "bind", "default_server", "events", "frontend", "http", "if", "listen", "location",
        "map", "off", "on", "proxy_pass", "return", "server", "stream", "sub", "timeout", "upstream",
    ],
    sigils: "$",
    ..HASH
};
const PROMQL: Language = Language {
    strings: &["\"", "'", "`"],
    keywords: &[
        "and", "bool", "by", "group_left", "group_right", "ignoring", "offset", "on", "or", "unless",
        "without",
    ],
    calls: true,
    ..HASH
};
const PROTO: Language = Language {
    keywords: &[
        "enum", "import", "map", "message", "oneof", "option", "optional", "package", "repeated",
        "reserved", "returns", "rpc", "service", "stream", "syntax",
    ],
    ..C_LIKE
};
const LUA: Language = Language {
    line_comments: &["--"],
    keywords: &[
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local",
        "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
    ],
    calls: true,
    ..BASE
};
const MAKE: Language = Language {
    keywords: &["define", "else", "endef", "endif", "export", "ifdef", "ifeq", "ifndef", "ifneq", "include"],
    key_mark: Some(':'),
    sigils: "$",
    ..HASH
};
const CSS: Language = Language {
    line_comments: &[],
    keywords: &["important", "auto", "none", "inherit", "initial"],
    key_mark: Some(':'),
    sigils: "@$",
    ..C_LIKE
};
const MARKUP: Language = Language { mode: Mode::Markup, block_comment: Some(("<!--", "-->")), ..BASE };
const MARKDOWN: Language = Language { mode: Mode::Markdown, ..BASE };
const DIFF: Language = Language { mode: Mode::Diff, ..BASE };
const LOG: Language = Language {
    strings: &["\""],
    keywords: &[
        "alert", "crit", "critical", "emerg", "err", "error", "exception", "fail", "failed", "fatal",
        "panic", "severe", "warn", "warning",
    ],
    any_case: true,
    ..BASE
};
