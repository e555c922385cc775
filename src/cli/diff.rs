//! A diff on the standard output: byte for byte for programs, harmless and in colour for people.

use crate::{
    cli::{Io, io},
    edit::Line,
    error::Result,
    report::visible,
};

pub(super) fn print(lines: &[Line], io: &mut Io<'_>) -> Result<()> {
    let mut out = String::new();
    for line in lines {
        let text = if io.out.is_terminal {
            visible(line.text().trim_end_matches('\r'))
        } else {
            line.text().to_owned()
        };
        out += &match line {
            Line::Head(_) => io.out.paint(&text, io::STRONG),
            Line::Same(_) => text,
            Line::Removed(_) => io.out.paint(&text, io::ERROR),
            Line::Added(_) => io.out.paint(&text, io::GOOD),
        };
        out.push('\n');
    }
    io.out.print(&out)
}
