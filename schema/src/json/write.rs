//! Writing.

use super::table::{Field, Rule};

/// What can be written as JSON.
pub trait Write {
    /// Appends the value.
    fn write(&self, to: &mut Writer);

    /// Whether a field with [`Rule::Spared`] leaves it out.
    fn is_empty(&self) -> bool {
        false
    }
}

/// A value as JSON.
pub fn to_json(value: &dyn Write) -> String {
    let mut writer = Writer::default();
    value.write(&mut writer);
    writer.into_text()
}

/// A text that grows.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// What was written.
    pub fn into_text(self) -> String {
        self.out
    }

    /// Appends text as it is.
    pub fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// A whole number.
    pub fn whole(&mut self, number: u64) {
        self.raw(&number.to_string());
    }

    /// A string.
    pub fn string(&mut self, text: &str) {
        self.raw("\"");
        let mut rest = text;
        let needs_escape = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
        while let Some(at) = rest.bytes().position(needs_escape) {
            // What needs an escape is ASCII, so `at` and the place behind it are ends of characters.
            let (plain, tail) = rest.split_at_checked(at).unwrap_or_default();
            self.raw(plain);
            let (escaped, tail) = tail.split_at_checked(1).unwrap_or_default();
            self.escape(escaped);
            rest = tail;
        }
        self.raw(rest);
        self.raw("\"");
    }

    fn escape(&mut self, char: &str) {
        match char {
            "\"" => self.raw("\\\""),
            "\\" => self.raw("\\\\"),
            "\n" => self.raw("\\n"),
            "\r" => self.raw("\\r"),
            "\t" => self.raw("\\t"),
            "\u{8}" => self.raw("\\b"),
            "\u{c}" => self.raw("\\f"),
            control => {
                self.raw("\\u00");
                self.raw(&super::hex(control.as_bytes()));
            }
        }
    }

    /// An object of the values of the same order.
    pub fn object(&mut self, fields: &'static [Field], values: &[&dyn Write]) {
        let mut before = "{";
        for (field, value) in fields.iter().zip(values) {
            if field.rule == Rule::Spared && value.is_empty() {
                continue;
            }
            self.raw(before);
            self.string(field.name);
            self.raw(":");
            value.write(self);
            before = ",";
        }
        self.raw(if before == "{" { "{}" } else { "}" });
    }

    /// An object of one field.
    pub fn tagged(&mut self, word: &str, content: &dyn Write) {
        self.raw("{");
        self.string(word);
        self.raw(":");
        content.write(self);
        self.raw("}");
    }

    /// A list.
    pub fn list(&mut self, values: &mut dyn Iterator<Item = &dyn Write>) {
        let mut before = "[";
        for value in values {
            self.raw(before);
            value.write(self);
            before = ",";
        }
        self.raw(if before == "[" { "[]" } else { "]" });
    }
}
