//! Who judges the actions of a new cause, checked.

use cosmwasm_std::{Addr, Storage};
use muster_door::{Addresses, Deps};
use muster_mechanism::schedule::Judged;
use muster_schema::causes::{
    Electorate, Error, ForfeitsTo, Fulfilment, Judge, NewAction, OutcomeBy, OutcomeTerms,
    ReleaseTerms, Requirement, StakeRule, WindowFloors, judging, limits,
};
use muster_schema::layout::{Judges, OutcomeJudge, Purpose, Roles, Verdict};

use super::deposit;
use crate::action::Action;
use crate::address;
use crate::outcome;
use crate::validate::range;

/// Who judges one action, and for how long.
#[derive(Default)]
pub(super) struct Resolved {
    pub judges: Judges,
    pub judged: Judged,
}

/// What all checks of one cause need.
pub(super) struct Context<'a> {
    pub deps: Deps<'a>,
    pub creator: &'a Addr,
    pub contract: &'a Addr,
    pub floors: &'a WindowFloors,
    pub actions: &'a [NewAction],
    /// The number of the first action.
    pub first: u64,
    pub now: u64,
}

pub(super) const fn contradiction(found: &'static str, allowed: &'static str) -> Error {
    Error::Contradiction { found, allowed }
}

/// The judges of each action. `roles`: in the same order.
pub(super) fn all(
    context: &Context<'_>,
    roles: &[(Roles, Option<Purpose>)],
) -> Result<Vec<Resolved>, Error> {
    let actions = context.actions.iter().zip(roles);
    actions
        .map(|(action, (roles, purpose))| resolve(context, action, (roles, purpose.as_ref())))
        .collect()
}

/// Who has a part in an action: its attestors and the address in `forfeits_to`; who gets its coins.
type Parts<'a> = (&'a Roles, Option<&'a Purpose>);

fn is_in_tranches(action: &NewAction) -> bool {
    let release = action.coins().and_then(|coins| coins.release.as_ref());
    matches!(release, Some(ReleaseTerms::Tranches { .. }))
}

/// Who answers about tranches: not those who gave, nor anybody who was named.
fn tranches(by: &OutcomeBy) -> Result<(), Error> {
    match by {
        OutcomeBy::Vote(judge) if judge.electorate != (Electorate::Pledgers {}) => Ok(()),
        _ => Err(contradiction(
            "tranches that neither a jury nor a community answers about",
            "a vote of a jury or a community",
        )),
    }
}

/// The judges of one action.
fn resolve(
    context: &Context<'_>,
    action: &NewAction,
    (roles, purpose): Parts<'_>,
) -> Result<Resolved, Error> {
    let mut resolved = Resolved {
        judged: judging::judged(action, None),
        ..Resolved::default()
    };
    let (least, most) = (context.floors.report.into(), limits::MAX_WINDOW.into());
    if let Fulfilment::Challengeable { window, judge } = &action.fulfilment {
        range("challengeable.window", (*window).into(), least, most)?;
        let required = action
            .stake
            .as_ref()
            .is_some_and(|s| s.rule == StakeRule::Required);
        if !required {
            return Err(contradiction(
                "challengeable without a required stake",
                "a required stake, out of which a challenge is paid",
            ));
        }
        if judge.electorate == (Electorate::Pledgers {}) {
            return Err(contradiction(
                "challenges judged by the pledgers",
                "a jury or a community",
            ));
        }
        resolved.judges.challenges = Some(verdict(context, judge)?);
    }
    if let Some(terms) = &action.outcome {
        outcome(context, action, terms, (roles, purpose), &mut resolved)?;
        resolved.judges.tranches = is_in_tranches(action);
        if resolved.judges.tranches {
            tranches(&terms.by)?;
        }
    }
    if action.fulfilment == (Fulfilment::Collective {}) {
        collective(context, action, &resolved)?;
    }
    Ok(resolved)
}

fn verdict(context: &Context<'_>, judge: &Judge) -> Result<Verdict, Error> {
    let contract = address::typed(context.deps.api, "verdict", &judge.verdict)?;
    if contract.address == *context.contract {
        return Err(Error::RoleConflict {
            person: contract.address.into(),
            found: "contract itself",
            wanted: "verdict contract",
        });
    }
    if let Electorate::Jury { size, .. } = judge.electorate {
        let (least, most) = (limits::MIN_JURY.into(), limits::MAX_JURY.into());
        range("jury.size", size.into(), least, most)?;
    }
    Ok(Verdict {
        contract: contract.canonical,
        electorate: judge.electorate,
    })
}

fn outcome(
    context: &Context<'_>,
    action: &NewAction,
    terms: &OutcomeTerms,
    parts: Parts<'_>,
    resolved: &mut Resolved,
) -> Result<(), Error> {
    let judge_window = judging::judge_window(terms);
    let judges = &mut resolved.judges;
    judges.judge_window = judge_window;
    let mut of = None;
    if !matches!(terms.by, OutcomeBy::Of(_)) {
        let (least, most) = (context.floors.report.into(), limits::MAX_WINDOW.into());
        range("judge_window", judge_window.into(), least, most)?;
    }
    judges.outcome = Some(match &terms.by {
        OutcomeBy::Vote(judge) => OutcomeJudge::Vote(verdict(context, judge)?),
        OutcomeBy::Attested { attestors, quorum } => {
            let attestors = distinct(context, attestors, *quorum, parts)?;
            OutcomeJudge::Attested {
                attestors,
                quorum: *quorum,
            }
        }
        OutcomeBy::Of(requirement) => {
            if terms.judge_window.is_some() {
                return Err(contradiction(
                    "a judge_window of an outcome that is another action's",
                    "none: it is that action's",
                ));
            }
            if !action.requires.contains(requirement) {
                return Err(contradiction(
                    "the outcome of an action that isn't required",
                    "that of one in requires",
                ));
            }
            let (number, ends) = other(context, requirement)?;
            of = Some(ends);
            OutcomeJudge::Of(number)
        }
    });
    resolved.judged = judging::judged(action, of);
    match &terms.deposit {
        None => Ok(()),
        Some(deposit) => deposit::check(action, terms, deposit),
    }
}

/// The number of the action whose answer counts, and how long after it begins to act that is final.
fn other(context: &Context<'_>, requirement: &Requirement) -> Result<(u64, u64), Error> {
    const ALLOWED: &str = "one with an outcome of its own that is voted on or attested";
    let refuse = || contradiction("the outcome of an action without one of its own", ALLOWED);
    match requirement {
        Requirement::Own(i) => {
            let place = usize::from(*i);
            let other = context.actions.get(place).ok_or_else(refuse)?;
            let terms = other.outcome.as_ref().ok_or_else(refuse)?;
            if matches!(terms.by, OutcomeBy::Of(_)) || is_in_tranches(other) {
                return Err(refuse());
            }
            let number = context.first.saturating_add(u64::from(*i));
            let window = judging::answer_window(terms);
            let ends = judging::ends(other.act_window, other.report_window, window);
            Ok((number, ends))
        }
        Requirement::Action(id) => {
            let storage: &dyn Storage = context.deps.storage;
            let other = Action::load(storage, *id, context.now)?;
            let judges = outcome::judges(storage, *id)?;
            match judges.outcome {
                None | Some(OutcomeJudge::Of(_)) => Err(refuse()),
                Some(_) if judges.tranches => Err(refuse()),
                Some(_) => {
                    let t = other.terms.timeline;
                    let window = t.judged.answer_window;
                    Ok((*id, judging::ends(t.act_window, t.report_window, window)))
                }
            }
        }
    }
}

/// Attestors of an outcome: distinct from one another, from the creator, from the address in
/// `forfeits_to`, from who gets the coins and from this contract. They may be those who attest what each person did.
fn distinct(
    context: &Context<'_>,
    attestors: &[String],
    quorum: u8,
    (roles, purpose): Parts<'_>,
) -> Result<Vec<Vec<u8>>, Error> {
    let api: &dyn Addresses = context.deps.api;
    let most = attestors.len() as i128;
    range("outcome.attestors", most, 1, limits::MAX_ATTESTORS as i128)?;
    let least = most.saturating_div(2).saturating_add(1);
    range("outcome.quorum", quorum.into(), least, most)?;
    let creator = address::sender(api, context.creator)?.canonical;
    let contract = address::sender(api, context.contract)?.canonical;
    let mut all: Vec<Vec<u8>> = Vec::with_capacity(attestors.len());
    for text in attestors {
        let person = address::typed(api, "outcome.attestors", text)?;
        let found = if person.canonical == creator {
            "creator"
        } else if person.canonical == contract {
            "contract itself"
        } else if roles.forfeits_to.as_ref() == Some(&person.canonical) {
            "address in forfeits_to"
        } else if purpose.is_some_and(|purpose| purpose.pays(&person.canonical)) {
            "whoever gets the coins"
        } else if all.contains(&person.canonical) {
            "attestor"
        } else {
            all.push(person.canonical);
            continue;
        };
        return Err(Error::RoleConflict {
            person: person.address.into(),
            found,
            wanted: "attestor",
        });
    }
    Ok(all)
}

/// All stakes stand or fall together, so those who stake must not be those who judge.
fn collective(context: &Context<'_>, action: &NewAction, resolved: &Resolved) -> Result<(), Error> {
    if resolved.judges.outcome.is_none() {
        return Err(contradiction(
            "collective without an outcome",
            "an outcome, which is all that is judged",
        ));
    }
    if action.stake.is_none() {
        return Ok(());
    }
    if !matches!(action.forfeits_to, Some(ForfeitsTo::Address { .. })) {
        return Err(contradiction(
            "collective stakes forfeited to those who pledged",
            "an address in forfeits_to",
        ));
    }
    if asks_pledgers(context, action, &resolved.judges)? {
        return Err(contradiction(
            "collective stakes judged by those who pledged",
            "a jury, a community or attestors",
        ));
    }
    Ok(())
}

/// Whether pledgers answer about it, its own or those of the action whose answer counts.
fn asks_pledgers(
    context: &Context<'_>,
    action: &NewAction,
    judges: &Judges,
) -> Result<bool, Error> {
    let pledgers = |electorate: Electorate| electorate == Electorate::Pledgers {};
    let own = |by: &OutcomeBy| match by {
        OutcomeBy::Vote(judge) => pledgers(judge.electorate),
        _ => false,
    };
    let stored = |judge: &OutcomeJudge| match judge {
        OutcomeJudge::Vote(verdict) => pledgers(verdict.electorate),
        _ => false,
    };
    Ok(
        match (&judges.outcome, action.outcome.as_ref().map(|o| &o.by)) {
            (Some(OutcomeJudge::Of(_)), Some(OutcomeBy::Of(Requirement::Own(i)))) => {
                let other = context.actions.get(usize::from(*i));
                other
                    .and_then(|other| other.outcome.as_ref())
                    .is_some_and(|terms| own(&terms.by))
            }
            (Some(OutcomeJudge::Of(id)), _) => {
                let other = outcome::judges(context.deps.storage, *id)?.outcome;
                other.is_some_and(|judge| stored(&judge))
            }
            (Some(judge), _) => stored(judge),
            (None, _) => false,
        },
    )
}
