//! A gate in the words of REST and gRPC.

use muster_schema::attestation::action_scope;
use muster_schema::causes::{Gate, IssuedClaim, IssuerKey, Registered};

use super::grpc::pb;
use super::types_cause;

/// The claims in the order in which credentials come, and what they are made out for.
fn asked(gate: &Gate, action: u64) -> (Vec<IssuedClaim>, Option<String>) {
    let Some(attested) = &gate.attested else {
        return (vec![], None);
    };
    let first = core::iter::once(&attested.one_person);
    let claims = first.chain(&attested.also).cloned().collect();
    let scope = attested.scope.clone();
    (claims, Some(scope.unwrap_or_else(|| action_scope(action))))
}

/// For REST. `action` is its number.
pub(super) fn rest(gate: Gate, action: u64) -> types_cause::Gate {
    let (claims, scope) = asked(&gate, action);
    let claim = |c: IssuedClaim| {
        let (key_type, issuer) = match c.issuer {
            IssuerKey::Secp256k1(key) => ("secp256k1", key.to_hex()),
            IssuerKey::Ed25519(key) => ("ed25519", key.to_hex()),
        };
        types_cause::Claim {
            key_type: key_type.into(),
            issuer,
            claim: c.claim,
        }
    };
    types_cause::Gate {
        people: gate.people,
        claims: claims.into_iter().map(claim).collect(),
        scope,
        only: gate.only.map(|only| only.as_str().into()),
        communities: gate.communities,
        list: gate.list,
        least_kept: gate.least_kept,
    }
}

/// For gRPC.
pub(super) fn grpc(gate: Gate, action: u64) -> pb::Gate {
    let (claims, scope) = asked(&gate, action);
    let claim = |c: IssuedClaim| {
        let (key_type, issuer) = match c.issuer {
            IssuerKey::Secp256k1(key) => (pb::KeyType::Secp256k1, key.to_hex()),
            IssuerKey::Ed25519(key) => (pb::KeyType::Ed25519, key.to_hex()),
        };
        pb::Claim {
            key_type: key_type.into(),
            issuer,
            claim: c.claim,
        }
    };
    let only = match gate.only {
        None => pb::Registered::Unspecified,
        Some(Registered::Person) => pb::Registered::Person,
        Some(Registered::Organisation) => pb::Registered::Organisation,
    };
    pb::Gate {
        people: gate.people,
        claims: claims.into_iter().map(claim).collect(),
        scope,
        only: only.into(),
        communities: gate.communities,
        list: gate.list,
        least_kept: gate.least_kept,
    }
}
