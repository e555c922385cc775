//! A row as SQLite stores it: what kind each value is of, then the values.

use crate::export::table::Value;

/// Adds a number in as few bytes as it needs. None here is so large that it needs the ninth byte, which is another one.
pub(super) fn varint(out: &mut Vec<u8>, number: u64) {
    let groups = (64 - number.leading_zeros()).div_ceil(7).max(1);
    for group in (0..groups).rev() {
        let bits = u8::try_from((number >> (7 * group)) & 0x7f).unwrap_or_default();
        out.push(if group > 0 { bits | 0x80 } else { bits });
    }
}

/// A length as such a number.
pub(super) fn length(out: &mut Vec<u8>, length: usize) {
    varint(out, u64::try_from(length).unwrap_or_default());
}

/// A row.
pub(super) fn record(values: &[Value<'_>]) -> Vec<u8> {
    // A kind takes two bytes at most, unless a text is long.
    let mut kinds = Vec::with_capacity(values.len() * 2);
    let mut size = 0;
    for value in values {
        size += match value {
            Value::Null => {
                kinds.push(0);
                0
            }
            Value::Flag(flag) => integer(i64::from(*flag), &mut kinds),
            Value::Integer(number) => integer(*number, &mut kinds),
            Value::Real(_) => {
                kinds.push(7);
                8
            }
            Value::Text(text) => {
                length(&mut kinds, text.len() * 2 + 13);
                text.len()
            }
        };
    }
    // The length of the head counts itself.
    let head = kinds.len() + if kinds.len() + 1 > 0x7f { 2 } else { 1 };
    let mut out = Vec::with_capacity(head + size);
    length(&mut out, head);
    out.extend_from_slice(&kinds);
    for value in values {
        match value {
            Value::Null => {}
            Value::Flag(flag) => push_integer(i64::from(*flag), &mut out),
            Value::Integer(number) => push_integer(*number, &mut out),
            Value::Real(number) => out.extend_from_slice(&number.to_be_bytes()),
            Value::Text(text) => out.extend_from_slice(text.as_bytes()),
        }
    }
    out
}

/// The kind of a whole number, and in how many bytes it stands.
fn kind(number: i64) -> (u8, usize) {
    // Each kind with its number of bytes.
    const SIZES: [(u8, usize); 6] = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 6), (6, 8)];
    let fits = |size: usize| {
        let shift = 64 - 8 * u32::try_from(size).unwrap_or(8);
        (number << shift) >> shift == number
    };
    match number {
        0 => (8, 0),
        1 => (9, 0),
        _ => SIZES.into_iter().find(|(_, size)| fits(*size)).unwrap_or((6, 8)),
    }
}

fn integer(number: i64, kinds: &mut Vec<u8>) -> usize {
    let (kind, size) = kind(number);
    kinds.push(kind);
    size
}

fn push_integer(number: i64, out: &mut Vec<u8>) {
    let (_, size) = kind(number);
    out.extend(number.to_be_bytes().into_iter().skip(8 - size));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_takes_as_few_bytes_as_it_needs() {
        let written = |number| {
            let mut out = Vec::new();
            varint(&mut out, number);
            out
        };
        assert_eq!(written(0), [0]);
        assert_eq!(written(0x7f), [0x7f]);
        assert_eq!(written(0x80), [0x81, 0]);
        assert_eq!(written(0x3fff), [0xff, 0x7f]);
        assert_eq!(written(0x4000), [0x81, 0x80, 0]);
    }

    #[test]
    fn a_row_says_of_each_value_what_it_is() {
        let row = |value: Value<'_>| record(&[value]);
        assert_eq!(row(Value::Null), [2, 0]);
        assert_eq!(row(true.into()), [2, 9]);
        assert_eq!(row(Value::Integer(-1)), [2, 1, 0xff]);
        assert_eq!(row(Value::Integer(127)), [2, 1, 127]);
        assert_eq!(row(Value::Integer(128)), [2, 2, 0, 128]);
        assert_eq!(row(Value::Integer(-8_388_608)), [2, 3, 0x80, 0, 0]);
        assert_eq!(row(Value::Integer(1 << 40)), [2, 5, 1, 0, 0, 0, 0, 0]);
        assert_eq!(row("é".into()), [2, 17, 0xc3, 0xa9]);
        assert_eq!(record(&vec![Value::Null; 127])[..3], [0x81, 0x01, 0]);
    }
}
