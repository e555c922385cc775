//! What a node gives where a list or a table is asked for: its items, itself alone, its place, the title that it is.

use serde::de::{
    self, DeserializeSeed, MapAccess, SeqAccess,
    value::{StrDeserializer, UsizeDeserializer},
};

use super::{
    Node,
    de::{Fault, Reader, Reason},
};

/// The items of a list.
pub(super) struct Items<'n> {
    items: std::iter::Enumerate<std::slice::Iter<'n, Node>>,
}

impl<'n> Items<'n> {
    pub(super) fn new(items: &'n [Node]) -> Self {
        Self { items: items.iter().enumerate() }
    }
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        self.items
            .next()
            .map(|(index, node)| seed.deserialize(Reader(node)).map_err(|fault| fault.below(index)))
            .transpose()
    }
}

/// One value where a list may stand.
pub(super) struct Alone<'n>(pub(super) Option<&'n Node>);

impl<'de> SeqAccess<'de> for Alone<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(node) = self.0.take() else { return Ok(None) };
        seed.deserialize(Reader(node)).map(Some).map_err(|mut fault| {
            if let (Reason::Wrong { expected }, true) = (&mut fault.reason, fault.steps.is_empty()) {
                *expected = format!("{expected} or a list of them");
            }
            fault
        })
    }
}

/// The start, the end and the value of a node, as [`Spanned`](super::Spanned) asks for them.
pub(super) struct Placed<'n> {
    node: &'n Node,
    part: u8,
}

impl<'n> Placed<'n> {
    pub(super) fn new(node: &'n Node) -> Self {
        Self { node, part: 0 }
    }
}

impl<'de> SeqAccess<'de> for Placed<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        self.part += 1;
        match self.part {
            1 => seed.deserialize(UsizeDeserializer::new(self.node.span.start)).map(Some),
            2 => seed.deserialize(UsizeDeserializer::new(self.node.span.end)).map(Some),
            3 => seed.deserialize(Reader(self.node)).map(Some),
            _ => Ok(None),
        }
    }
}

/// A text in the place of a table, whose title it is.
pub(super) struct Title<'n>(pub(super) Option<&'n Node>);

impl<'de> MapAccess<'de> for Title<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        self.0.map(|_| seed.deserialize(StrDeserializer::new("title"))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.0.take() {
            Some(node) => seed.deserialize(Reader(node)),
            None => Err(de::Error::custom("a value without a key")),
        }
    }
}
