//! Values to and from JSON.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::{self, Display, Formatter};

use serde_json::{Map, Value};

/// A value that a process tells another, or that a file holds.
pub trait Json: Sized {
    /// The value as JSON.
    fn to_json(&self) -> Value;

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// The JSON is something else; the error names the field.
    fn from_json(json: &Value) -> Result<Self, JsonError>;

    /// What it means that a field of this type is absent; `None` if the field has to be there.
    fn when_absent() -> Option<Self> {
        None
    }

    /// Whether a field with this value is left out.
    fn is_left_out(&self) -> bool {
        false
    }
}

/// A value that is an object, whose fields another object can have beside its own.
pub trait JsonObject: Sized {
    /// Adds the fields to an object.
    fn write_fields(&self, object: &mut Map<String, Value>);

    /// Reads the fields of an object.
    ///
    /// # Errors
    ///
    /// A field is missing or is something else.
    fn read_fields(object: &Map<String, Value>) -> Result<Self, JsonError>;
}

/// Reads a value from text.
///
/// # Errors
///
/// The text is not JSON, or not JSON for such a value.
pub fn from_text<T: Json>(text: &str) -> Result<T, JsonError> {
    let json = serde_json::from_str(text)
        .map_err(|error| JsonError::new(format!("is not JSON ({error})")))?;
    T::from_json(&json)
}

/// Why JSON is not a value of the type that was expected: `` `arms[2].seconds` is missing ``.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    path: String,
    problem: String,
}

impl JsonError {
    /// An error in the value itself; `problem` is the end of a sentence.
    pub fn new(problem: impl Into<String>) -> Self {
        Self { path: String::new(), problem: problem.into() }
    }

    /// The JSON is not `expected`.
    pub fn unlike(expected: &str, json: &Value) -> Self {
        let shown: String = json.to_string().chars().take(60).collect();
        Self::new(format!("is not {expected}: {shown}"))
    }

    /// The same error as seen from an object, in whose field it lies.
    #[must_use]
    pub fn in_field(mut self, name: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{name}{dot}{}", self.path);
        self
    }

    fn in_item(self, index: usize) -> Self {
        self.in_field(&format!("[{index}]"))
    }
}

impl Display for JsonError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => write!(f, "the JSON {}", self.problem),
            path => write!(f, "`{path}` {}", self.problem),
        }
    }
}

impl Error for JsonError {}

/// Adds a field to an object, unless it is left out.
pub fn write_field(object: &mut Map<String, Value>, name: &str, value: &impl Json) {
    if !value.is_left_out() {
        object.insert(name.to_owned(), value.to_json());
    }
}

/// Reads a field of an object.
pub fn read_field<T: Json>(object: &Map<String, Value>, name: &str) -> Result<T, JsonError> {
    match object.get(name) {
        Some(json) => T::from_json(json).map_err(|error| error.in_field(name)),
        None => T::when_absent().ok_or_else(|| JsonError::new("is missing").in_field(name)),
    }
}

/// Reads an object.
pub fn read_object<T: JsonObject>(json: &Value) -> Result<T, JsonError> {
    match json {
        Value::Object(object) => T::read_fields(object),
        other => Err(JsonError::unlike("an object", other)),
    }
}

/// Makes an object.
pub fn write_object(value: &impl JsonObject) -> Value {
    let mut object = Map::new();
    value.write_fields(&mut object);
    Value::Object(object)
}

/// A struct and its JSON, an object with a field for each of the struct's. With `extends base: Base`, the object has the
/// fields of the base as well.
macro_rules! json_struct {
    (
        $(#[$of_struct:meta])*
        pub struct $name:ident $(extends $base:ident: $base_type:ty)? {
            $($(#[$of_field:meta])* pub $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$of_struct])*
        pub struct $name {
            $(
                #[doc = concat!("The fields of [`", stringify!($base_type), "`].")]
                pub $base: $base_type,
            )?
            $($(#[$of_field])* pub $field: $type,)*
        }

        impl $crate::protocol::JsonObject for $name {
            fn write_fields(&self, object: &mut serde_json::Map<String, serde_json::Value>) {
                $($crate::protocol::JsonObject::write_fields(&self.$base, object);)?
                $($crate::protocol::json::write_field(object, stringify!($field), &self.$field);)*
            }

            fn read_fields(
                object: &serde_json::Map<String, serde_json::Value>,
            ) -> Result<Self, $crate::protocol::JsonError> {
                Ok(Self {
                    $($base: $crate::protocol::JsonObject::read_fields(object)?,)?
                    $($field: $crate::protocol::json::read_field(object, stringify!($field))?,)*
                })
            }
        }

        impl $crate::protocol::Json for $name {
            fn to_json(&self) -> serde_json::Value {
                $crate::protocol::json::write_object(self)
            }

            fn from_json(json: &serde_json::Value) -> Result<Self, $crate::protocol::JsonError> {
                $crate::protocol::json::read_object(json)
            }
        }
    };
}
pub(crate) use json_struct;

/// An enum whose variants are words in JSON.
macro_rules! json_words {
    (
        $(#[$of_enum:meta])*
        pub enum $name:ident {
            $($(#[$of_variant:meta])* $variant:ident = $word:literal,)*
        }
    ) => {
        $(#[$of_enum])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$of_variant])* $variant,)*
        }

        impl $name {
            /// Every variant.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word for it.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl $crate::protocol::Json for $name {
            fn to_json(&self) -> serde_json::Value {
                self.word().into()
            }

            fn from_json(json: &serde_json::Value) -> Result<Self, $crate::protocol::JsonError> {
                let named = Self::ALL.iter().find(|named| json == named.word());
                named.copied().ok_or_else(|| {
                    let words: Vec<_> = Self::ALL.iter().map(|named| named.word()).collect();
                    $crate::protocol::JsonError::unlike(&format!("one of {}", words.join(", ")), json)
                })
            }
        }
    };
}
pub(crate) use json_words;

impl Json for Value {
    fn to_json(&self) -> Value {
        self.clone()
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        Ok(json.clone())
    }
}

impl Json for bool {
    fn to_json(&self) -> Value {
        (*self).into()
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        json.as_bool().ok_or_else(|| JsonError::unlike("true or false", json))
    }
}

/// A number that could not be had is `null`, and NaN here.
impl Json for f64 {
    fn to_json(&self) -> Value {
        (*self).into()
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        match json {
            Value::Null => Ok(Self::NAN),
            json => json.as_f64().ok_or_else(|| JsonError::unlike("a number", json)),
        }
    }
}

macro_rules! json_count {
    ($($type:ty)*) => {
        $(
            impl Json for $type {
                fn to_json(&self) -> Value {
                    (*self).into()
                }

                fn from_json(json: &Value) -> Result<Self, JsonError> {
                    let count = json.as_u64().and_then(|count| count.try_into().ok());
                    count.ok_or_else(|| JsonError::unlike("a count", json))
                }
            }
        )*
    };
}
json_count!(u32 u64 usize);

impl Json for String {
    fn to_json(&self) -> Value {
        self.as_str().into()
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        json.as_str().map(str::to_owned).ok_or_else(|| JsonError::unlike("a text", json))
    }
}

impl<T: Json> Json for Option<T> {
    fn to_json(&self) -> Value {
        self.as_ref().map_or(Value::Null, Json::to_json)
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        match json {
            Value::Null => Ok(None),
            json => T::from_json(json).map(Some),
        }
    }

    fn when_absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Json> Json for Vec<T> {
    fn to_json(&self) -> Value {
        self.iter().map(Json::to_json).collect()
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        let Value::Array(items) = json else {
            return Err(JsonError::unlike("a list", json));
        };
        let item = |(index, item)| T::from_json(item).map_err(|error| error.in_item(index));
        items.iter().enumerate().map(item).collect()
    }
}

/// An object with a field for each key.
impl<T: Json> Json for BTreeMap<String, T> {
    fn to_json(&self) -> Value {
        let fields = self.iter().map(|(name, value)| (name.clone(), value.to_json()));
        Value::Object(fields.collect())
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        let Value::Object(fields) = json else {
            return Err(JsonError::unlike("an object", json));
        };
        let field = |(name, value): (&String, &Value)| {
            let value = T::from_json(value).map_err(|error| error.in_field(name))?;
            Ok((name.clone(), value))
        };
        fields.iter().map(field).collect()
    }
}

/// A field that is left out, instead of `null`, where there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrAbsent<T>(pub Option<T>);

impl<T> Default for OrAbsent<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Json> Json for OrAbsent<T> {
    fn to_json(&self) -> Value {
        self.0.to_json()
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        Option::from_json(json).map(Self)
    }

    fn when_absent() -> Option<Self> {
        Some(Self(None))
    }

    fn is_left_out(&self) -> bool {
        self.0.is_none()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    json_words! {
        /// Sides.
        pub enum Side {
            /// Left.
            Left = "to the left",
            /// Right.
            Right = "to the right",
        }
    }

    json_struct! {
        /// A base.
        #[derive(Debug, PartialEq)]
        pub struct Base {
            /// A name.
            pub name: String,
        }
    }

    json_struct! {
        /// An arm.
        #[derive(Debug, PartialEq)]
        pub struct Arm extends base: Base {
            /// Seconds.
            pub seconds: Vec<f64>,
            /// A side.
            pub side: Option<Side>,
            /// A note.
            pub note: OrAbsent<String>,
        }
    }

    fn arm() -> Arm {
        Arm {
            base: Base { name: "one".to_owned() },
            seconds: vec![0.5, f64::INFINITY],
            side: None,
            note: OrAbsent(None),
        }
    }

    #[test]
    fn a_field_is_null_or_left_out_as_its_type_says() {
        let json = arm().to_json();
        assert_eq!(json, json!({ "name": "one", "seconds": [0.5, null], "side": null }));
        let read = Arm::from_json(&json).unwrap();
        assert!(read.seconds[1].is_nan(), "a number that could not be had");
    }

    #[test]
    fn an_error_names_the_field() {
        let error = |json: Value| Vec::<Arm>::from_json(&json).unwrap_err().to_string();
        let with = |field: &str, value: Value| {
            let mut json = arm().to_json();
            json[field] = value;
            json!([arm().to_json(), json])
        };
        assert_eq!(
            error(with("seconds", json!([1, "x"]))),
            "`[1].seconds[1]` is not a number: \"x\""
        );
        assert_eq!(
            error(with("side", json!("up"))),
            "`[1].side` is not one of to the left, to the right: \"up\""
        );
        assert_eq!(error(json!([{}])), "`[0].name` is missing");
        assert_eq!(error(json!(7)), "the JSON is not a list: 7");
    }

    #[test]
    fn a_count_is_neither_negative_nor_a_fraction() {
        for json in [json!(-1), json!(0.5), json!("1")] {
            assert!(usize::from_json(&json).is_err(), "{json}");
        }
    }
}
