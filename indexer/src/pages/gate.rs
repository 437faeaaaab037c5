//! Who may pledge an action, in words.

use muster_schema::attestation::action_scope;
use muster_schema::causes::{Attested, Gate, IssuedClaim, IssuerKey, Registered};

use super::format::{Denoms, number, people};
use super::rules::{Rule, rule};
use super::words::Sentence;
use crate::read::types::Action;

/// What whoever comes should know before anything else; `None` where everybody may pledge.
pub(super) fn summary(gate: Option<&Gate>) -> Option<String> {
    let gate = gate?;
    let who = match gate.list.len() {
        0 => match gate.only {
            None => "people who meet its conditions".into(),
            Some(Registered::Person) => "registered persons".into(),
            Some(Registered::Organisation) => "registered organisations".into(),
        },
        1 => "one named person".into(),
        n => format!("{} listed people", number(n as u128)),
    };
    let mut more = Vec::new();
    if let Some(attested) = &gate.attested {
        let claims = core::iter::once(&attested.one_person).chain(&attested.also);
        let claims: Vec<String> = claims.map(|c| format!("“{}”", c.claim)).collect();
        more.push(format!("attested as {}", claims.join(" and ")));
    }
    if !gate.communities.is_empty() {
        let communities: Vec<String> = gate.communities.iter().map(u64::to_string).collect();
        more.push(format!("in community {}", communities.join(" and ")));
    }
    if let Some(least) = gate.least_kept {
        more.push(format!("with {} kept pledges", number(u128::from(least))));
    }
    let more = match more.is_empty() {
        true => String::new(),
        false => format!(", {}", more.join(", ")),
    };
    Some(format!("Only {who}{more} may pledge here."))
}

/// The cap and each condition of the gate.
pub(super) fn rules(a: &Action, denoms: &Denoms) -> Vec<Rule> {
    let mut list = Vec::new();
    if let Some(max) = a.max {
        let most = match &a.coins {
            None => people(max),
            Some(coins) => denoms.coin(&coins.amount(max)),
        };
        let text = format!("At most {most} at once.");
        list.push(rule("Places", Sentence::plain(text)));
    }
    let Some(gate) = &a.gate else {
        return list;
    };
    list.extend(listed(gate));
    list.extend(registered(gate));
    list.extend(communities(gate));
    if let Some(least) = gate.least_kept {
        let text = format!(
            "Whoever has kept {} pledges before, at least.",
            number(u128::from(least))
        );
        list.push(may_pledge(text, vec![]));
    }
    if let Some(attested) = &gate.attested {
        list.push(attestations(gate, attested, a.id));
    }
    list
}

/// Each condition has the same name: all of them must hold.
fn may_pledge(text: String, people: Vec<String>) -> Rule {
    Rule {
        people,
        ..rule("Who may pledge", Sentence::plain(text))
    }
}

fn listed(gate: &Gate) -> Option<Rule> {
    let text = match gate.list.len() {
        0 => return None,
        1 => "One person alone:".into(),
        n => format!("The {} who are listed:", number(n as u128)),
    };
    Some(may_pledge(text, gate.list.clone()))
}

fn registered(gate: &Gate) -> Option<Rule> {
    let text = match gate.only? {
        Registered::Person => "Persons who are registered as such in",
        Registered::Organisation => "Organisations that are registered as such in",
    };
    let contract = gate.people.iter().cloned().collect();
    Some(may_pledge(text.into(), contract))
}

fn communities(gate: &Gate) -> Option<Rule> {
    let numbers: Vec<String> = gate.communities.iter().map(u64::to_string).collect();
    let text = match numbers.as_slice() {
        [] => return None,
        [one] => format!("Members of community {one} of"),
        many => format!("Members of all of the communities {} of", many.join(", ")),
    };
    let contract = gate.people.iter().cloned().collect();
    Some(may_pledge(text, contract))
}

fn attestations(gate: &Gate, attested: &Attested, action: u64) -> Rule {
    let scope = attested.scope.clone();
    let scope = scope.unwrap_or_else(|| action_scope(action));
    let mut text = format!(
        "Whoever brings a signed attestation made out for “{scope}” that says {}",
        claim(&attested.one_person)
    );
    for more in &attested.also {
        text.push_str(&format!(", and one that says {}", claim(more)));
    }
    text.push_str(
        ". The first issuer tells persons apart: each pledges once, from however many addresses.",
    );
    let contract: Vec<String> = gate.people.iter().cloned().collect();
    text.push_str(if contract.is_empty() {
        " Nobody can take an attestation back before it expires."
    } else {
        " What an issuer took back doesn’t count; it is listed in"
    });
    may_pledge(text, contract)
}

fn claim(c: &IssuedClaim) -> String {
    let key = match &c.issuer {
        IssuerKey::Secp256k1(key) | IssuerKey::Ed25519(key) => key.to_hex(),
    };
    format!("“{}”, by the issuer with the key {key}", c.claim)
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::HexBinary;

    use super::*;

    #[test]
    fn a_gate_is_said_in_one_sentence() {
        let bare = Gate {
            people: None,
            attested: None,
            only: None,
            communities: vec![],
            list: vec![],
            least_kept: None,
        };
        let said = |gate: &Gate| summary(Some(gate)).unwrap_or_default();
        assert_eq!(summary(None), None);
        let list = |n: usize| Gate {
            list: vec!["a".into(); n],
            ..bare.clone()
        };
        assert_eq!(said(&list(1)), "Only one named person may pledge here.");
        assert_eq!(said(&list(12)), "Only 12 listed people may pledge here.");
        let issuer = IssuerKey::Ed25519(HexBinary::from([7; 32]));
        let claim = |claim: &str| IssuedClaim {
            issuer: issuer.clone(),
            claim: claim.into(),
        };
        let all = Gate {
            only: Some(Registered::Organisation),
            attested: Some(Attested {
                one_person: claim("person"),
                also: vec![claim("resident:NL")],
                scope: None,
            }),
            communities: vec![3, 7],
            least_kept: Some(2),
            ..bare
        };
        assert_eq!(
            said(&all),
            "Only registered organisations, attested as “person” and “resident:NL”, in community 3 \
             and 7, with 2 kept pledges may pledge here."
        );
    }
}
