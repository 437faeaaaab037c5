//! Who may pledge an action.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::HexBinary;

/// Conditions on whoever pledges. All that are given must hold, and at least one is given. None is
/// looked at again after the pledge: what a person lacks later undoes nothing, and no withdrawal or
/// claim asks.
#[cw_serde]
pub struct Gate {
    /// The contract whose records say who is registered as what, who is a member of what, and which
    /// attestations are revoked (`muster_schema::layout::people`). Needed for `only` and
    /// `communities`; without it attestations can't be revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<String>,
    /// What issuers must have attested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attested: Option<Attested>,
    /// What one must be registered as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Registered>,
    /// Up to 4 communities, each once: one must be a member of all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub communities: Vec<u64>,
    /// Up to 100 addresses, each once, at least as many as the goal: nobody else may pledge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<String>,
    /// The least number of kept pledges in one's standing: 1–1,000,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_kept: Option<u32>,
}

/// What issuers must have attested of whoever pledges. The credentials come with the pledge, one
/// for each claim in the order in which they stand here: `one_person` first.
#[cw_serde]
pub struct Attested {
    /// The claim whose issuer tells persons apart: its nullifier pledges once per action, whatever
    /// the number of wallets.
    pub one_person: IssuedClaim,
    /// Up to 3 more claims, of this or other issuers. Their nullifiers count for nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<IssuedClaim>,
    /// What the attestations are made out for, 1–64 bytes: one for several actions where they name
    /// the same. Left out: this action alone, `action:<number>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

/// A claim and who must have signed it.
#[cw_serde]
pub struct IssuedClaim {
    /// Whose signature.
    pub issuer: IssuerKey,
    /// 1–64 bytes, e.g. `person`, `resident:NL-NH`, `member:…`.
    pub claim: String,
}

/// The public key of an issuer, in hexadecimal digits.
#[cw_serde]
pub enum IssuerKey {
    /// 33 bytes, compressed. Signs SHA-256 of the bytes of the attestation.
    Secp256k1(HexBinary),
    /// 32 bytes. Signs the bytes of the attestation.
    Ed25519(HexBinary),
}

/// What an address is registered as in a people contract.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum Registered {
    /// A person.
    Person,
    /// An organisation: any address, a multisig or a DAO included. Counts as one.
    Organisation,
}

impl Registered {
    /// The word in answers and refusals.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }
}

/// An issuer's signed word, handed in with a pledge. What it says besides is known where it is
/// checked: the chain, the contract, who pledges, the claim and what it is made out for
/// (`muster_schema::attestation`).
#[cw_serde]
pub struct Credential {
    /// 32 bytes: the issuer's secret-keyed hash of the person and what it is made out for.
    pub nullifier: HexBinary,
    /// Unix seconds; the last moment is the one before. At most 90 days ahead.
    pub expires: u64,
    /// 64 bytes.
    pub signature: HexBinary,
}
