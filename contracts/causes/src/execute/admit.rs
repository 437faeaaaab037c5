//! Letting a pledge through the gate of its action.

use muster_door::{DepsMut, Env};
use muster_schema::attestation::{Attestation, NULLIFIER, SIGNATURE, action_scope};
use muster_schema::causes::{Credential, Error, IssuedClaim, IssuerKey, Registered, event, limits};
use muster_schema::json;
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Admission, Gate};

use crate::action::Action;
use crate::address::{self, Person};
use crate::{gate, people, store};

/// Whoever asks to be let in, and what they hand in.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub person: &'a Person,
    /// The size at which the pledge would bind.
    pub threshold: u32,
    /// 1, or the units of a pledge of coins.
    pub weight: u32,
    pub credentials: &'a [Credential],
}

/// Refuses a pledge that the action's gate or cap doesn't let in. Notes the nullifier of one that
/// it does, where attestations are asked for.
pub(crate) fn admit(
    deps: &mut DepsMut,
    env: &Env,
    action: &Action,
    asking: Asking<'_>,
) -> Result<Option<event::Admitted>, Error> {
    let found = gate::of(deps.storage, action)?;
    let claims = found.as_ref().map_or(0, |gate| gate.claims.len());
    if asking.credentials.len() != claims {
        return Err(Error::NotAdmitted {
            action: action.id,
            person: asking.person.address.to_string(),
            found: format!("hands in {} credentials", asking.credentials.len()),
            allowed: format!("one for each of its {claims} claims"),
        });
    }
    let Some(gate) = found else {
        return Ok(None);
    };
    gate::below_max(&gate, action, asking.threshold, asking.weight)?;
    gate::own_records(deps.storage, &gate, action.id, asking.person)?;
    registered(deps, env, &gate, action.id, asking.person)?;
    attested(deps, env, &gate, action, asking)
}

/// What the people contract's records say of the person.
fn registered(
    deps: &DepsMut,
    env: &Env,
    gate: &Gate,
    action: u64,
    person: &Person,
) -> Result<(), Error> {
    let Some(contract) = &gate.people else {
        return Ok(());
    };
    if let Some(only) = gate.only {
        let found = people::kind(deps.as_ref(), contract, &person.canonical)?;
        if found != Some(only) {
            let word = found.map_or("nothing", Registered::as_str);
            let found = format!("is registered as {word}");
            return Err(gate::lacks(action, person, found, only.as_str()));
        }
    }
    for community in &gate.communities {
        let deps = deps.as_ref();
        if !people::is_member(deps, contract, *community, &person.canonical, env.now)? {
            let found = format!("isn't a member of community {community}");
            return Err(gate::lacks(
                action,
                person,
                found,
                "a member of all it names",
            ));
        }
    }
    Ok(())
}

/// Checks each attestation right here, and takes the nullifier of the first.
fn attested(
    deps: &mut DepsMut,
    env: &Env,
    gate: &Gate,
    action: &Action,
    asking: Asking<'_>,
) -> Result<Option<event::Admitted>, Error> {
    let own = action_scope(action.id);
    let scope = gate.scope.as_deref().unwrap_or(&own);
    let mut first = None;
    let mut expires = u64::MAX;
    for (number, (claim, credential)) in gate.claims.iter().zip(asking.credentials).enumerate() {
        let attestation = Attestation {
            chain_id: &env.chain_id,
            contract: env.contract.as_str(),
            subject: asking.person.address.as_str(),
            claim: &claim.claim,
            scope,
            nullifier: credential.nullifier.as_slice(),
            expires: credential.expires,
        };
        let given = Given {
            number,
            claim,
            credential,
        };
        check(deps, env, gate, given, &attestation)?;
        expires = expires.min(credential.expires);
        first.get_or_insert(&credential.nullifier);
    }
    let nullifier = first.and_then(|bytes| <[u8; NULLIFIER]>::try_from(bytes.as_slice()).ok());
    let Some(nullifier) = nullifier else {
        return Ok(None);
    };
    let at = key::number_and(tag::NULLIFIER, action.id, &nullifier);
    if let Some(other) = deps.storage.get(&at) {
        let other = address::written(deps.api, "nullifier", &other)?;
        return Err(Error::SamePerson {
            action: action.id,
            found: format!("{}, who is in as {other}", json::hex(&nullifier)),
        });
    }
    deps.storage.set(&at, &asking.person.canonical);
    let admission = Admission { nullifier, expires };
    let at = key::number_and(tag::ADMISSION, action.id, &asking.person.canonical);
    store::save(deps.storage, &at, &admission);
    Ok(Some(event::Admitted {
        action: action.id,
        person: asking.person.address.to_string(),
        nullifier: json::hex(&nullifier),
        expires,
    }))
}

/// One credential and the claim that it stands for.
#[derive(Clone, Copy)]
struct Given<'a> {
    number: usize,
    claim: &'a IssuedClaim,
    credential: &'a Credential,
}

fn check(
    deps: &DepsMut,
    env: &Env,
    gate: &Gate,
    given: Given<'_>,
    attestation: &Attestation<'_>,
) -> Result<(), Error> {
    let Given {
        number,
        claim,
        credential,
    } = given;
    let bad = |found: String, allowed: String| {
        Err(Error::BadCredential {
            number,
            found,
            allowed,
        })
    };
    for (what, length, allowed) in [
        ("a nullifier", credential.nullifier.len(), NULLIFIER),
        ("a signature", credential.signature.len(), SIGNATURE),
    ] {
        if length != allowed {
            return bad(format!("has {what} of {length} bytes"), allowed.to_string());
        }
    }
    let latest = env.now.saturating_add(limits::MAX_ATTESTED);
    if credential.expires <= env.now || credential.expires > latest {
        let found = format!("expires at {}", credential.expires);
        return bad(found, format!("after {} and by {latest}", env.now));
    }
    let signature = credential.signature.as_slice();
    let digest = attestation.digest();
    let (holds, key) = match &claim.issuer {
        IssuerKey::Secp256k1(key) => (deps.api.secp256k1(&digest, signature, key), key),
        IssuerKey::Ed25519(key) => (deps.api.ed25519(&attestation.bytes(), signature, key), key),
    };
    let signer = json::hex(key);
    if !holds {
        let allowed = format!(
            "one by {signer} that says {:?} of {} for {}",
            claim.claim, attestation.subject, attestation.scope
        );
        return bad("isn't signed so".to_owned(), allowed);
    }
    if let Some(contract) = &gate.people
        && people::is_revoked(deps.as_ref(), contract, &claim.issuer, &digest)?
    {
        return bad("was revoked".to_owned(), "one that stands".to_owned());
    }
    Ok(())
}
