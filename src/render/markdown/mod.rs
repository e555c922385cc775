//! Markdown → HTML, without any knowledge of postmortems.
