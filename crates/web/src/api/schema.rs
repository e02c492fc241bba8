//! What the API answers with: each shape is declared once, and its description follows from its types.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use uuid::Uuid;
use waymark_app::route::acts::Act;
use waymark_domain::find::moderation::{Because, Moderation};
use waymark_domain::find::stage::{AnswerKind, Origin, Outcome, Reason, Stage};
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::{Door, SeenBy};
use waymark_domain::text::Language;

/// The named shapes of a description, each written once.
pub type Parts = Map<String, Value>;

/// A value that the API answers with.
pub trait Shape: Serialize {
    /// Its schema; what has a name is put into the parts and pointed to.
    fn schema(parts: &mut Parts) -> Value;
}

/// Declares shapes: structs that serialise themselves and describe themselves, doc comments and all.
macro_rules! shapes {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $about:literal])+ $field:ident: $type:ty,)+ })+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, serde::Serialize)]
            pub struct $name {
                $($(#[doc = $about])+ pub $field: $type,)+
            }

            impl $crate::api::schema::Shape for $name {
                fn schema(parts: &mut $crate::api::schema::Parts) -> serde_json::Value {
                    $crate::api::schema::named(parts, (stringify!($name), concat!($($doc),+)), |parts| {
                        vec![$((
                            stringify!($field),
                            concat!($($about),+),
                            <$type as $crate::api::schema::Shape>::schema(parts),
                        )),+]
                    })
                }
            }
        )+
    };
}
pub(crate) use shapes;

/// A field of a shape: its name, what it is, its schema.
type Field = (&'static str, &'static str, Value);

/// Puts an object into the parts and points to it. Every field is always there: what is not known is null.
pub fn named(
    parts: &mut Parts,
    (name, about): (&str, &str),
    fields: impl FnOnce(&mut Parts) -> Vec<Field>,
) -> Value {
    if !parts.contains_key(name) {
        // Before its fields, so that a shape may hold others of its own kind.
        parts.insert(name.to_owned(), Value::Null);
        let fields = fields(parts);
        let required: Vec<&str> = fields.iter().map(|(field, ..)| *field).collect();
        let properties: Map<String, Value> = fields
            .iter()
            .map(|(field, about, schema)| ((*field).to_owned(), described(schema.clone(), about)))
            .collect();
        let object = json!({
            "type": "object",
            "description": about.trim(),
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        });
        parts.insert(name.to_owned(), object);
    }
    let known = &parts[name]["description"];
    debug_assert!(known.is_null() || known == about.trim(), "two shapes are called {name}");
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A schema with what it is about.
pub fn described(mut schema: Value, about: &str) -> Value {
    if let Some(object) = schema.as_object_mut() {
        object.insert("description".to_owned(), about.trim().into());
    }
    schema
}

macro_rules! plain {
    ($($type:ty => $schema:tt,)+) => {
        $(impl Shape for $type {
            fn schema(_: &mut Parts) -> Value {
                json!($schema)
            }
        })+
    };
}

plain! {
    String => { "type": "string" },
    &'static str => { "type": "string" },
    bool => { "type": "boolean" },
    u8 => { "type": "integer", "minimum": 0 },
    u32 => { "type": "integer", "minimum": 0 },
    u64 => { "type": "integer", "minimum": 0 },
    i64 => { "type": "integer" },
    NaiveDate => { "type": "string", "format": "date" },
    DateTime<Utc> => { "type": "string", "format": "date-time" },
    Uuid => { "type": "string", "format": "uuid" },
}

impl<T: Shape> Shape for Vec<T> {
    fn schema(parts: &mut Parts) -> Value {
        json!({ "type": "array", "items": T::schema(parts) })
    }
}

impl<T: Shape> Shape for Option<T> {
    fn schema(parts: &mut Parts) -> Value {
        json!({ "anyOf": [T::schema(parts), { "type": "null" }] })
    }
}

macro_rules! one_of {
    ($($type:ty),+) => {
        $(impl Shape for $type {
            fn schema(_: &mut Parts) -> Value {
                json!({ "type": "string", "enum": names(<$type>::ALL.iter().map(|one| one.name())) })
            }
        })+
    };
}

one_of!(AnswerKind, Origin, Outcome, Reason, Stage, Role, SeenBy, Because, Moderation, Door);

impl Shape for Language {
    fn schema(_: &mut Parts) -> Value {
        json!({ "type": "string", "enum": names(Self::ALL.iter().map(|one| one.code())) })
    }
}

/// The name of something that can be done to a record.
#[derive(Debug, Clone, Copy)]
pub struct ActName(pub Act);

impl Serialize for ActName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl Shape for ActName {
    fn schema(_: &mut Parts) -> Value {
        json!({ "type": "string", "enum": names(Act::ALL.iter().map(|act| act.name())) })
    }
}

fn names(all: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    all.collect()
}
