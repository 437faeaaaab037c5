//! A type as a table of its names.

/// A field of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// When it may be left out.
    pub rule: Rule,
}

/// When a field may be left out of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Never; `null`, where the type allows it, means the same as nothing.
    Given,
    /// When it is read: nothing means zero or empty.
    Default,
    /// Like `Default`, and it is left out when it is written empty.
    Spared,
}

macro_rules! fields {
    (@rule) => { $crate::json::Rule::Given };
    (@rule default) => { $crate::json::Rule::Default };
    (@rule spared) => { $crate::json::Rule::Spared };
    ($($field:ident $(: $rule:ident)?),* $(,)?) => {
        &[$($crate::json::Field {
            name: stringify!($field),
            rule: $crate::json::table::fields!(@rule $($rule)?),
        }),*]
    };
}

/// `json_object!(read write Type { field, field: default, field: spared })`
macro_rules! json_object {
    (read write $type:ident { $($fields:tt)* }) => {
        $crate::json::table::json_object!(read $type { $($fields)* });
        $crate::json::table::json_object!(write $type { $($fields)* });
    };
    (read $type:ident { $($field:ident $(: $rule:ident)?),* $(,)? }) => {
        impl $crate::json::Empty for $type {
            fn empty() -> Self {
                Self { $($field: $crate::json::Empty::empty()),* }
            }
        }

        impl $crate::json::Read for $type {
            fn read(
                &mut self,
                from: &mut $crate::json::Reader<'_>,
            ) -> core::result::Result<(), Box<$crate::json::BadJson>> {
                from.object(
                    $crate::json::Strictness::Exact,
                    $crate::json::table::fields!($($field $(: $rule)?),*),
                    &mut [$(&mut self.$field),*],
                )
            }
        }
    };
    (write $type:ident { $($field:ident $(: $rule:ident)?),* $(,)? }) => {
        impl $crate::json::Write for $type {
            fn write(&self, to: &mut $crate::json::Writer) {
                let Self { $($field),* } = self; // a field without a name doesn't compile
                to.object(
                    $crate::json::table::fields!($($field $(: $rule)?),*),
                    &[$($field),*],
                );
            }
        }
    };
}

/// `json_tagged!(read Type { Variant = "word" { field }, Other = "other" (content) })`: an object
/// of one field, whose name is the variant's word.
macro_rules! json_tagged {
    (@empty $type:ident $variant:ident { $($field:ident $(: $rule:ident)?),* }) => {
        $type::$variant { $($field: $crate::json::Empty::empty()),* }
    };
    (@empty $type:ident $variant:ident ($content:ident)) => {
        $type::$variant($crate::json::Empty::empty())
    };
    (@read $self:ident $from:ident $type:ident $variant:ident { $($field:ident $(: $rule:ident)?),* }) => {
        if let $type::$variant { $($field),* } = $self {
            $from.object(
                $crate::json::Strictness::Exact,
                $crate::json::table::fields!($($field $(: $rule)?),*),
                &mut [$($field),*],
            )?;
        }
    };
    (@read $self:ident $from:ident $type:ident $variant:ident ($content:ident)) => {
        if let $type::$variant($content) = $self {
            $crate::json::Read::read($content, $from)?;
        }
    };
    (read write $type:ident { $($variants:tt)* }) => {
        $crate::json::table::json_tagged!(read $type { $($variants)* });
        $crate::json::table::json_tagged!(write $type { $($variants)* });
    };
    (read $type:ident { $first:ident = $first_word:literal $first_body:tt
        $(, $variant:ident = $word:literal $body:tt)* $(,)? }) => {
        impl $crate::json::Empty for $type {
            fn empty() -> Self {
                $crate::json::table::json_tagged!(@empty $type $first $first_body)
            }
        }

        impl $crate::json::Read for $type {
            fn read(
                &mut self,
                from: &mut $crate::json::Reader<'_>,
            ) -> core::result::Result<(), Box<$crate::json::BadJson>> {
                enum Index { $first, $($variant),* }
                match self {
                    // a variant without a word doesn't compile
                    Self::$first { .. } $(| Self::$variant { .. })* => {}
                }
                let index = from.open(&[$first_word, $($word),*])?;
                if index == Index::$first as usize {
                    *self = $crate::json::table::json_tagged!(@empty $type $first $first_body);
                    $crate::json::table::json_tagged!(@read self from $type $first $first_body);
                }
                $(if index == Index::$variant as usize {
                    *self = $crate::json::table::json_tagged!(@empty $type $variant $body);
                    $crate::json::table::json_tagged!(@read self from $type $variant $body);
                })*
                from.close()
            }
        }
    };
    (@write $self:ident $to:ident $type:ident $variant:ident { $($field:ident $(: $rule:ident)?),* }) => {
        if let $type::$variant { $($field),* } = $self {
            $to.object(
                $crate::json::table::fields!($($field $(: $rule)?),*),
                &[$($field),*],
            );
        }
    };
    (@write $self:ident $to:ident $type:ident $variant:ident ($content:ident)) => {
        if let $type::$variant($content) = $self {
            $crate::json::Write::write($content, $to);
        }
    };
    (write $type:ident { $($variant:ident = $word:literal $body:tt),+ $(,)? }) => {
        impl $crate::json::Write for $type {
            fn write(&self, to: &mut $crate::json::Writer) {
                to.raw("{");
                to.string(match self {
                    $(Self::$variant { .. } => $word,)+
                });
                to.raw(":");
                $($crate::json::table::json_tagged!(@write self to $type $variant $body);)+
                to.raw("}");
            }
        }
    };
}

/// `json_words!(Type { Variant = "word" })`: a string out of a few.
macro_rules! json_words {
    ($type:ident { $first:ident = $first_word:literal
        $(, $variant:ident = $word:literal)* $(,)? }) => {
        impl $crate::json::Empty for $type {
            fn empty() -> Self {
                Self::$first
            }
        }

        impl $crate::json::Read for $type {
            fn read(
                &mut self,
                from: &mut $crate::json::Reader<'_>,
            ) -> core::result::Result<(), Box<$crate::json::BadJson>> {
                const ALL: &[$type] = &[$type::$first, $($type::$variant),*];
                let index = from.one_of(&[$first_word, $($word),*])?;
                *self = ALL.get(index).copied().unwrap_or(Self::$first);
                Ok(())
            }
        }

        impl $crate::json::Write for $type {
            fn write(&self, to: &mut $crate::json::Writer) {
                to.string(match self {
                    Self::$first => $first_word,
                    $(Self::$variant => $word),*
                });
            }
        }
    };
}

pub(crate) use {fields, json_object, json_tagged, json_words};
