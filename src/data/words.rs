//! What messages call the kinds of values, in place of serde's and Rust's names for them.

/// Serde's words for what it wants, in the words of this tool.
pub(super) fn in_words(expected: &str) -> String {
    match expected {
        "a sequence" => "a list",
        "a map" => "a table",
        "a boolean" => "`true` or `false`",
        "a string" | "a borrowed string" | "a character" => "a string",
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => "a whole number",
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "u128" | "usize" => "a whole number, 0 or more",
        "f32" | "f64" => "a number",
        other if other.starts_with("struct ") => "a table",
        other => other,
    }
    .to_owned()
}

/// What a list is a list of, as far as its Rust type tells; for messages only.
pub(super) fn list_of<T>() -> &'static str {
    let name = std::any::type_name::<T>();
    let inner = name.rfind('<').and_then(|at| name.get(at + 1..)).unwrap_or_default().trim_end_matches('>');
    match inner {
        "alloc::string::String" | "afterword::data::spanned::Text" => "a list of strings",
        "f64" | "f32" | "i64" | "u64" | "i32" | "u32" | "usize" => "a list of numbers",
        other if other.starts_with("afterword::") => "a list of tables",
        _ => "a list",
    }
}
