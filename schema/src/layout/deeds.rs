//! What became of the bound: counts after activation, and a person's standing.

use super::{Bytes, Layout, LayoutError};

macro_rules! counts {
    ($(#[$meta:meta])* $name:ident, $word:literal, { $($(#[$doc:meta])* $field:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name {
            $($(#[$doc])* pub $field: u32,)+
        }

        impl Layout for $name {
            const NAME: &'static str = $word;

            fn encode(&self) -> Vec<u8> {
                [$(self.$field),+].iter().flat_map(|n| n.to_be_bytes()).collect()
            }

            fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
                const FIELDS: usize = [$(stringify!($field)),+].len();
                let mut b = Bytes::new(Self::NAME, bytes, FIELDS.saturating_mul(4));
                let record = Self { $($field: b.u32()?),+ };
                b.end()?;
                Ok(record)
            }
        }
    };
}

counts! {
    /// The bound of an action and what is known of their deeds. Missing until the first message
    /// after the activation stores it; of a `rolling` action it is a lower bound until its close.
    Deeds, "deeds", {
        /// K*.
        committed,
        /// Bound with a stake.
        staked,
        /// Bound people who checked in.
        checked_in,
        /// Of those, with a stake.
        checked_in_staked,
        /// Bound people attested to have done it.
        did,
        /// Of those, with a stake.
        did_staked,
        /// Bound people attested not to have done it.
        didnt,
        /// Of those, with a stake.
        didnt_staked,
        /// 1 once K* can't change any more.
        is_final,
    }
}

/// Stakes of bound pledges that wait for their claims after `settle`, by class: part of
/// [`super::Tally`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purse {
    /// Kept it.
    pub kept: u32,
    /// Broke it.
    pub broken: u32,
    /// Excused.
    pub excused: u32,
}

counts! {
    /// A person's standing, from attested actions with at least ten bound persons.
    Standing, "standing", {
        /// Attested to have done it.
        kept,
        /// Attested not to have done it.
        broken,
        /// Nobody said, or no quorum agreed.
        unreported,
        /// Pledges attested to be kept whose person named this one as referrer.
        referred_kept,
    }
}
