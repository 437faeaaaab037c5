//! Percentages of what institutions save.

use muster_schema::causes::Document;

/// A percentage of what an action saves institutions, with what attestors stated. Amounts are in
/// hundredths of their currency; none of them is ever on the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Saving {
    /// Who gets which part, by which contract.
    pub document: Document,
    /// By currency, of each institution the last word of anybody; those of the most first.
    pub sums: Vec<SavingSum>,
    /// How many words of attestors stand, one for each institution and currency.
    pub stated: u32,
    /// The newest of them.
    pub statements: Vec<SavingStatement>,
}

/// Savings in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavingSum {
    /// Which.
    pub currency: String,
    /// Of how many institutions.
    pub people: u32,
    /// What they saved.
    pub saved: u128,
    /// What is due of it.
    pub due: u128,
    /// What they paid.
    pub paid: u128,
}

/// The last word of one attestor about one institution's saving in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavingStatement {
    /// Who saved.
    pub person: String,
    /// Who says so.
    pub attestor: String,
    /// In which currency.
    pub currency: String,
    /// How much.
    pub saved: u128,
    /// What is due of it.
    pub due: u128,
    /// What was paid of that.
    pub paid: u128,
    /// Address and SHA-256 of a receipt. Shown, never fetched.
    pub evidence: Option<(String, String)>,
    /// When it was said.
    pub time: u64,
}
