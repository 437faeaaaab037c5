//! Percentages of savings, in JSON and in gRPC; and the documents that institutions signed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::grpc::pb;
use super::types_cause::Document;
use crate::read::types as read;

/// A percentage of what an action saves institutions, with what attestors stated. Amounts are in
/// hundredths of their currency; none of them is ever on the chain.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Saving {
    /// Who gets which part, by which contract.
    pub document: Document,
    /// By currency, of each institution the last word of anybody; at most ten.
    pub sums: Vec<SavingSum>,
    /// How many words of attestors stand.
    pub stated: u32,
    /// The newest of them, at most fifty.
    pub statements: Vec<SavingStatement>,
}

/// Savings in one currency.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SavingSum {
    /// Which.
    pub currency: String,
    /// Of how many institutions.
    pub people: u32,
    /// What they saved.
    pub saved: String,
    /// What is due of it.
    pub due: String,
    /// What they paid.
    pub paid: String,
}

/// The last word of one attestor about one institution's saving in one currency.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SavingStatement {
    /// Who saved.
    pub person: String,
    /// Who says so.
    pub attestor: String,
    /// In which currency.
    pub currency: String,
    /// How much.
    pub saved: String,
    /// What is due of it.
    pub due: String,
    /// What was paid of that.
    pub paid: String,
    /// Where a receipt is. Shown, never fetched.
    pub evidence_url: Option<String>,
    /// Its SHA-256, hex.
    pub evidence_sha256: Option<String>,
    /// When it was said, Unix seconds.
    pub time: u64,
}

impl From<read::Document> for Document {
    fn from(d: read::Document) -> Self {
        Self {
            uri: d.uri,
            sha256: d.sha256.to_hex(),
            bps: d.bps,
            recipient: d.recipient,
        }
    }
}

impl From<read::Document> for pb::Document {
    fn from(d: read::Document) -> Self {
        Self {
            uri: d.uri,
            sha256: d.sha256.to_hex(),
            bps: d.bps.into(),
            recipient: d.recipient,
        }
    }
}

impl From<read::SavingSum> for SavingSum {
    fn from(s: read::SavingSum) -> Self {
        Self {
            currency: s.currency,
            people: s.people,
            saved: s.saved.to_string(),
            due: s.due.to_string(),
            paid: s.paid.to_string(),
        }
    }
}

impl From<read::SavingStatement> for SavingStatement {
    fn from(s: read::SavingStatement) -> Self {
        let (evidence_url, evidence_sha256) = s.evidence.unzip();
        Self {
            person: s.person,
            attestor: s.attestor,
            currency: s.currency,
            saved: s.saved.to_string(),
            due: s.due.to_string(),
            paid: s.paid.to_string(),
            evidence_url,
            evidence_sha256,
            time: s.time,
        }
    }
}

impl From<read::Saving> for Saving {
    fn from(s: read::Saving) -> Self {
        Self {
            document: s.document.into(),
            sums: s.sums.into_iter().map(Into::into).collect(),
            stated: s.stated,
            statements: s.statements.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<read::SavingSum> for pb::SavingSum {
    fn from(s: read::SavingSum) -> Self {
        Self {
            currency: s.currency,
            people: s.people,
            saved: s.saved.to_string(),
            due: s.due.to_string(),
            paid: s.paid.to_string(),
        }
    }
}

impl From<read::SavingStatement> for pb::SavingStatement {
    fn from(s: read::SavingStatement) -> Self {
        let (evidence_url, evidence_sha256) = s.evidence.unzip();
        Self {
            person: s.person,
            attestor: s.attestor,
            currency: s.currency,
            saved: s.saved.to_string(),
            due: s.due.to_string(),
            paid: s.paid.to_string(),
            evidence_url,
            evidence_sha256,
            time: s.time,
        }
    }
}

impl From<read::Saving> for pb::Saving {
    fn from(s: read::Saving) -> Self {
        Self {
            document: Some(s.document.into()),
            sums: s.sums.into_iter().map(Into::into).collect(),
            stated: s.stated,
            statements: s.statements.into_iter().map(Into::into).collect(),
        }
    }
}
