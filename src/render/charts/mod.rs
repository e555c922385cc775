//! Charts: geometry in Rust, drawn by the `chart_*` templates as inline SVG.
