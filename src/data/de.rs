//! A serde deserialiser over [`Node`]s whose errors say where they happened, as steps down the tree.
//!
//! It reads what people mean where that is certain: an enum's word in any case, an empty YAML value as an absent key.
//! It does not turn numbers into text or the reverse; [`Text`](super::Text) asks for that.

use std::fmt::Display;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess, Unexpected,
    VariantAccess, Visitor, value::StrDeserializer,
};

use super::{
    Entry, Node, Value,
    parts::{Alone, Items, Placed, Title},
    problem::{fold, in_backticks},
    spanned::{ONE_OR_MANY, SPANNED, TEXT, TITLED},
    words::{in_words, list_of},
};

/// Why a value could not be read, and where in the tree.
#[derive(Debug)]
pub(super) struct Fault {
    /// The way from the root, innermost step first.
    pub(super) steps: Vec<usize>,
    /// True when the key of the last step is at fault, not its value.
    pub(super) in_key: bool,
    /// Why.
    pub(super) reason: Reason,
}

/// Why a value could not be read.
#[derive(Debug)]
pub(super) enum Reason {
    UnknownKey { key: String, allowed: &'static [&'static str] },
    UnknownWord { allowed: &'static [&'static str] },
    Wrong { expected: String },
    Missing { key: &'static str },
    Duplicate { key: &'static str },
    Refused { message: String },
}

impl Fault {
    fn new(reason: Reason) -> Self {
        Self { steps: Vec::new(), in_key: false, reason }
    }

    fn wrong(expected: impl Into<String>) -> Self {
        Self::new(Reason::Wrong { expected: expected.into() })
    }

    pub(super) fn below(mut self, step: usize) -> Self {
        self.steps.push(step);
        self
    }

    fn in_key(mut self, step: usize) -> Self {
        self.in_key = true;
        self.below(step)
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.reason)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(Reason::Refused { message: message.to_string() })
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::wrong(in_words(&expected.to_string()))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::wrong(in_words(&expected.to_string()))
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::wrong(in_words(&expected.to_string()))
    }

    fn unknown_variant(_: &str, allowed: &'static [&'static str]) -> Self {
        Self::new(Reason::UnknownWord { allowed })
    }

    fn unknown_field(key: &str, allowed: &'static [&'static str]) -> Self {
        Self::new(Reason::UnknownKey { key: key.to_owned(), allowed })
    }

    fn missing_field(key: &'static str) -> Self {
        Self::new(Reason::Missing { key })
    }

    fn duplicate_field(key: &'static str) -> Self {
        Self::new(Reason::Duplicate { key })
    }
}

/// Reads one node.
pub(super) struct Reader<'n>(pub(super) &'n Node);

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.0.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Integer(value) => visitor.visit_i64(*value),
            Value::Float(value) => visitor.visit_f64(*value),
            Value::String(text) | Value::Datetime(text) => visitor.visit_str(text),
            Value::List(items) => visitor.visit_seq(Items::new(items)),
            Value::Table(entries) => visitor.visit_map(Entries::new(entries, &[])),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.0.value {
            Value::List(items) => visitor.visit_seq(Items::new(items)),
            _ => Err(Fault::wrong(list_of::<V::Value>())),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.0.value {
            Value::Table(entries) => visitor.visit_map(Entries::new(entries, &[])),
            _ => Err(Fault::wrong("a table")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match &self.0.value {
            Value::Table(entries) => visitor.visit_map(Entries::new(entries, fields)),
            Value::String(_) if name == TITLED => visitor.visit_map(Title(Some(self.0))),
            _ if name == TITLED => Err(Fault::wrong("a table or a text")),
            _ => Err(Fault::wrong("a table")),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match (name, &self.0.value) {
            (SPANNED, _) => visitor.visit_seq(Placed::new(self.0)),
            (TEXT, _) => match self.0.text() {
                Some(text) => visitor.visit_str(text),
                None => Err(Fault::wrong("a string")),
            },
            (ONE_OR_MANY, Value::List(items)) => visitor.visit_seq(Items::new(items)),
            (ONE_OR_MANY, _) => visitor.visit_seq(Alone(Some(self.0))),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match &self.0.value {
            Value::String(text) => {
                visitor.visit_enum(Variant { name: canonical(text, variants), entry: None })
            }
            Value::Table(entries) => match entries.as_slice() {
                [entry] => visitor
                    .visit_enum(Variant { name: canonical(&entry.key, variants), entry: Some(entry) })
                    .map_err(|fault| fault.below(0)),
                _ => Err(Fault::wrong("a table with one key")),
            },
            _ => Err(Fault::wrong(format!("one of {}", in_backticks(variants)))),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct identifier ignored_any
    }
}

impl IntoDeserializer<'_, Fault> for Reader<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The variant that is meant, in any case and with any separator; the word itself when none is.
fn canonical<'a>(word: &'a str, variants: &'static [&'static str]) -> &'a str {
    if variants.contains(&word) {
        return word;
    }
    let folded = fold(word);
    variants.iter().copied().find(|variant| fold(variant) == folded).unwrap_or(word)
}

/// The entries of a table.
struct Entries<'n> {
    rest: std::iter::Enumerate<std::slice::Iter<'n, Entry>>,
    fields: &'static [&'static str],
    current: Option<(usize, &'n Entry)>,
}

impl<'n> Entries<'n> {
    fn new(entries: &'n [Entry], fields: &'static [&'static str]) -> Self {
        Self { rest: entries.iter().enumerate(), fields, current: None }
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let fields = self.fields;
        // A known key with nothing behind it says as much as an absent one.
        self.current = self
            .rest
            .find(|(_, entry)| entry.value.value != Value::Null || !fields.contains(&entry.key.as_str()));
        let Some((index, entry)) = self.current else { return Ok(None) };
        seed.deserialize(Key(entry)).map(Some).map_err(|fault| fault.in_key(index))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.current.take() {
            Some((index, entry)) => {
                seed.deserialize(Reader(&entry.value)).map_err(|fault| fault.below(index))
            }
            None => Err(de::Error::custom("a value without a key")),
        }
    }
}

/// A key of a table, which may itself be wanted with its place.
struct Key<'n>(&'n Entry);

impl<'de> Deserializer<'de> for Key<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(&self.0.key)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match name {
            SPANNED => {
                let node = Node::new(self.0.key_span, Value::String(self.0.key.clone()));
                visitor.visit_seq(Placed::new(&node))
            }
            TEXT => visitor.visit_str(&self.0.key),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(Variant { name: canonical(&self.0.key, variants), entry: None })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// A word of an enum, with a value behind it when it is the only key of a table.
struct Variant<'n> {
    name: &'n str,
    entry: Option<&'n Entry>,
}

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let name: StrDeserializer<'_, Fault> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.entry {
            None => Ok(()),
            Some(_) => Err(Fault::wrong("a word without a value")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        match self.entry {
            Some(entry) => seed.deserialize(Reader(&entry.value)),
            None => Err(Fault::wrong(format!("a table with the key `{}`", self.name))),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.struct_variant(&[], visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.entry {
            Some(entry) => Reader(&entry.value).deserialize_struct("", fields, visitor),
            None => Err(Fault::wrong(format!("a table with the key `{}`", self.name))),
        }
    }
}
