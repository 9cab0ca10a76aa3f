//! Values to and from JSON.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::num::NonZeroUsize;

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

impl<T: JsonObject> Json for T {
    fn to_json(&self) -> Value {
        let mut object = Map::new();
        self.write_fields(&mut object);
        Value::Object(object)
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        match json {
            Value::Object(object) => T::read_fields(object),
            other => Err(JsonError::unlike("an object", other)),
        }
    }
}

/// Reads a field of the object that is the field `message` of an object.
pub fn read_inner<T: Json>(
    object: &Map<String, Value>,
    message: &str,
    name: &str,
) -> Result<T, JsonError> {
    let inner = match &object[message] {
        Value::Object(content) => read_field(content, name),
        other => Err(JsonError::unlike("an object", other)),
    };
    inner.map_err(|error| error.in_field(message))
}

/// Structs and their JSON, objects with a field for each of the struct's. With `extends base: Base`, the object has the
/// fields of the base as well. A field whose name says all that there is to say needs no comment.
macro_rules! json_struct {
    ($(
        $(#[$of_struct:meta])*
        pub struct $name:ident $(extends $base:ident: $base_type:ty)? {
            $($(#[$of_field:meta])* pub $field:ident: $type:ty,)*
        }
    )*) => {$(
        $(#[$of_struct])*
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs, reason = "a name that says all needs no comment")]
        pub struct $name {
            $(pub $base: $base_type,)?
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
    )*};
}
pub(crate) use json_struct;

/// Enums whose variants are words in JSON.
macro_rules! json_words {
    ($(
        $(#[$of_enum:meta])*
        pub enum $name:ident {
            $($(#[$of_variant:meta])* $variant:ident = $word:literal,)*
        }
    )*) => {$(
        $(#[$of_enum])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "a name that says all needs no comment")]
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

            /// The variant of that word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|variant| variant.word() == word)
            }
        }

        impl $crate::protocol::Json for $name {
            fn to_json(&self) -> serde_json::Value {
                self.word().into()
            }

            fn from_json(json: &serde_json::Value) -> Result<Self, $crate::protocol::JsonError> {
                json.as_str().and_then(Self::from_word).ok_or_else(|| {
                    let words: Vec<_> = Self::ALL.iter().map(|variant| variant.word()).collect();
                    $crate::protocol::JsonError::unlike(&format!("one of {}", words.join(", ")), json)
                })
            }
        }
    )*};
}
pub(crate) use json_words;

/// An enum of messages. Each is an object with one field, named by the variant's word: its content is the value in
/// parentheses, or an object with the fields in braces, or `null`.
macro_rules! json_messages {
    (
        $(#[$of_enum:meta])*
        pub enum $name:ident {
            $(
                $(#[$of_variant:meta])*
                $variant:ident $(($content:ident: $of_content:ty))?
                    $({ $($(#[$of_field:meta])* $field:ident: $type:ty),* })? = $word:literal,
            )*
        }
    ) => {
        $(#[$of_enum])*
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs, reason = "a name that says all needs no comment")]
        pub enum $name {
            $(
                $(#[$of_variant])*
                $variant $(($of_content))? $({ $($(#[$of_field])* $field: $type),* })?,
            )*
        }

        impl $crate::protocol::Json for $name {
            fn to_json(&self) -> serde_json::Value {
                match self {
                    $(Self::$variant $(($content))? $({ $($field),* })? => {
                        let content: &[serde_json::Value] = &[
                            $($crate::protocol::Json::to_json($content))?
                            $(serde_json::json!({
                                $(stringify!($field): $crate::protocol::Json::to_json($field)),*
                            }))?
                        ];
                        serde_json::json!({ $word: content.first() })
                    })*
                }
            }

            fn from_json(json: &serde_json::Value) -> Result<Self, $crate::protocol::JsonError> {
                let not_one = || $crate::protocol::JsonError::unlike("a known message", json);
                let object = json.as_object().ok_or_else(not_one)?;
                $(if object.contains_key($word) {
                    return Ok(Self::$variant
                        $(($crate::protocol::json::read_field::<$of_content>(object, $word)?))?
                        $({ $($field: $crate::protocol::json::read_inner(object, $word, stringify!($field))?),* })?
                    );
                })*
                Err(not_one())
            }
        }
    };
}
pub(crate) use json_messages;

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

impl Json for NonZeroUsize {
    fn to_json(&self) -> Value {
        self.get().into()
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        Self::new(usize::from_json(json)?).ok_or_else(|| JsonError::unlike("more than 0", json))
    }
}

/// Bytes are a text of hexadecimal digits.
impl Json for Vec<u8> {
    fn to_json(&self) -> Value {
        let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
        self.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect::<String>().into()
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        let value = |digit: u8| match digit {
            b'0'..=b'9' => Some(digit - b'0'),
            b'a'..=b'f' => Some(digit - b'a' + 10),
            _ => None,
        };
        let digits = json.as_str().map(str::as_bytes);
        let bytes = digits.and_then(|digits| {
            digits
                .chunks(2)
                .map(|pair| Some(value(pair[0])? << 4 | value(*pair.get(1)?)?))
                .collect()
        });
        bytes.ok_or_else(|| JsonError::unlike("bytes as hexadecimal digits", json))
    }
}

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
        let item = |(index, item)| {
            T::from_json(item).map_err(|error| error.in_field(&format!("[{index}]")))
        };
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
        pub enum Hand {
            Left = "to the left",
            Right = "to the right",
        }
    }

    json_struct! {
        pub struct Base {
            pub name: String,
        }
    }

    json_struct! {
        pub struct Arm extends base: Base {
            pub seconds: Vec<f64>,
            pub side: Option<Hand>,
            pub note: OrAbsent<String>,
        }
    }

    json_messages! {
        pub enum Message {
            Start = "start",
            Move(side: Hand) = "move",
            Play { name: String, times: Option<u32> } = "play",
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

    #[test]
    fn a_message_is_an_object_with_one_field_and_is_read_again() {
        let play = |times| Message::Play { name: "one".to_owned(), times };
        for (message, json) in [
            (Message::Start, json!({ "start": null })),
            (Message::Move(Hand::Left), json!({ "move": "to the left" })),
            (play(Some(3)), json!({ "play": { "name": "one", "times": 3 } })),
        ] {
            assert_eq!(message.to_json(), json);
            assert_eq!(Message::from_json(&json), Ok(message));
        }
        let without_times = json!({ "play": { "name": "one" } });
        assert_eq!(Message::from_json(&without_times), Ok(play(None)));
    }

    #[test]
    fn what_is_not_a_message_is_refused_with_the_field() {
        for (json, words) in [
            (json!([]), "the JSON is not a known message: []"),
            (json!({ "stop": 1 }), "the JSON is not a known message: {\"stop\":1}"),
            (json!({ "play": { "times": 3 } }), "`play.name` is missing"),
            (json!({ "play": 3 }), "`play` is not an object: 3"),
            (json!({ "move": 3 }), "`move` is not one of to the left, to the right: 3"),
        ] {
            assert_eq!(Message::from_json(&json).unwrap_err().to_string(), words);
        }
    }

    #[test]
    fn bytes_are_pairs_of_hexadecimal_digits() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(Vec::from_json(&all.to_json()), Ok(all));
        assert_eq!(vec![0_u8, 255].to_json(), "00ff");
        for text in ["0", "0g", "ß", "0F"] {
            assert!(Vec::<u8>::from_json(&json!(text)).is_err(), "{text}");
        }
    }
}
