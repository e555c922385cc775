//! Full grammars, for languages that have no lexer here.

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::render::highlight::spans::{Class, Spans};

/// The grammars, unpacked once.
#[derive(Debug)]
pub(crate) struct Grammars {
    set: SyntaxSet,
    classes: Vec<(Scope, Class)>,
}

/// Scopes and their classes; the first that fits counts.
const SCOPES: &[(&str, Class)] = &[
    ("comment", Class::Comment),
    ("string", Class::String),
    ("constant.character", Class::String),
    ("constant", Class::Number),
    ("markup.inserted", Class::Added),
    ("markup.deleted", Class::Removed),
    ("keyword.operator", Class::Plain),
    ("keyword", Class::Keyword),
    ("storage", Class::Keyword),
    ("entity", Class::Name),
    ("support", Class::Name),
    ("variable.function", Class::Name),
    ("variable.other.member", Class::Name),
];

impl Grammars {
    /// Unpacks what is inside the binary.
    pub(crate) fn load() -> Self {
        let classes =
            SCOPES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class))).collect();
        Self { set: two_face::syntax::extra_newlines(), classes }
    }

    /// The grammar of a language, by name or extension.
    pub(crate) fn find(&self, language: &str) -> Option<&SyntaxReference> {
        self.set.find_syntax_by_token(language)
    }

    /// The code as HTML; none when the grammar fails on it.
    pub(crate) fn html(&self, syntax: &SyntaxReference, code: &str) -> Option<String> {
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        let mut spans = Spans::with_capacity(code.len());
        for line in code.split_inclusive('\n') {
            let mut done = 0;
            for (at, operation) in state.parse_line(line, &self.set).ok()? {
                spans.push(self.class(&stack), line.get(done..at)?);
                stack.apply(&operation).ok()?;
                done = at;
            }
            spans.push(self.class(&stack), line.get(done..)?);
        }
        Some(spans.finish())
    }

    fn class(&self, stack: &ScopeStack) -> Class {
        stack
            .as_slice()
            .iter()
            .rev()
            .find_map(|scope| {
                self.classes.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
            })
            .unwrap_or(Class::Plain)
    }
}
