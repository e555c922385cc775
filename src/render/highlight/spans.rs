//! The HTML of highlighted code, with neighbours of one class in one span.

use crate::render::markdown::push_escaped;

/// What a piece of code is. The class it gets in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Plain,
    Comment,
    String,
    Number,
    Keyword,
    Name,
    Added,
    Removed,
}

impl Class {
    fn attribute(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Comment => "c",
            Self::String => "s",
            Self::Number => "m",
            Self::Keyword => "k",
            Self::Name => "n",
            Self::Added => "gi",
            Self::Removed => "gd",
        }
    }
}

/// HTML that grows by classified pieces.
#[derive(Debug)]
pub(crate) struct Spans {
    html: String,
    class: Class,
}

impl Spans {
    /// For code of about this many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { html: String::with_capacity(bytes * 2), class: Class::Plain }
    }

    /// Appends a piece.
    pub(crate) fn push(&mut self, class: Class, text: &str) {
        // A span need not end for white space, except where the class has a background.
        let joins = text.trim().is_empty() && !matches!(self.class, Class::Added | Class::Removed);
        if !text.is_empty()
            && class != self.class
            && !(joins && class == Class::Plain && !text.contains('\n'))
        {
            self.close();
            if class != Class::Plain {
                self.html.push_str("<span class=");
                self.html.push_str(class.attribute());
                self.html.push('>');
            }
            self.class = class;
        }
        push_escaped(&mut self.html, text);
    }

    /// The whole.
    pub(crate) fn finish(mut self) -> String {
        self.close();
        self.html
    }

    fn close(&mut self) {
        if self.class != Class::Plain {
            self.html.push_str("</span>");
            self.class = Class::Plain;
        }
    }
}
