//! What is judged of an action, in words: by whom, until when, and how it stands.

use super::format::{Denoms, duration, number};
use super::rules::{Rule, rule};
use super::words::Sentence;
use crate::read::types::{
    Action, Answer, Deposits, Electorate, Fulfilment, Judge, Judging, OutcomeBy,
};

/// Those whom a verdict contract asks.
fn who(judge: &Judge) -> String {
    match judge.electorate {
        Electorate::Pledgers {} => "everybody who was bound".into(),
        Electorate::Community { id } => format!("the members of community {id}"),
        Electorate::Jury { size, community } => {
            let size = number(size);
            format!("a jury of {size}, drawn from community {community}")
        }
    }
}

/// `…within 7 days after the reports` before it is known when, else `…until` that moment.
fn within(before: String, until: Option<u64>, window: Option<u64>, after: &str) -> Sentence {
    match (until, window) {
        (Some(at), _) => Sentence::at(format!("{before} until "), at, after),
        (None, Some(seconds)) => Sentence::plain(format!(
            "{before} within {} after the reports{after}",
            duration(seconds)
        )),
        (None, None) => Sentence::plain(format!("{before}{after}")),
    }
}

/// The terms of what is judged.
pub(super) fn rules(a: &Action, denoms: &Denoms) -> Vec<Rule> {
    let Some(j) = &a.judging else {
        return Vec::new();
    };
    let deposits = j.deposits.as_ref();
    let given = deposits.map(|d| deposit(a, d, denoms));
    let decided = deposits.and_then(|d| classes(d, denoms));
    [challenges(j), outcome(a, j), given, decided]
        .into_iter()
        .flatten()
        .collect()
}

fn challenges(j: &Judging) -> Option<Rule> {
    let judge = j.challenges.as_ref()?;
    let before = format!(
        "Whoever doubts a check-in may ask {}, with a bond, and show the question here",
        who(judge)
    );
    let after = ". Only a final No makes a check-in fall; then the challenger gets a quarter of that \
                 stake and the jurors’ fee, and the rest goes where forfeits go, or to the campaign \
                 fund. Nobody else waits for it. They are asked at this contract:";
    Some(Rule {
        people: vec![judge.verdict.clone()],
        ..rule(
            "Challenges",
            within(before, j.challenge_until, j.challenge_window, after),
        )
    })
}

/// What each puts in behind an honest vote, and what comes back of it.
fn deposit(a: &Action, d: &Deposits, denoms: &Denoms) -> Rule {
    let (beside, together) = if a.stake.is_some() {
        (
            ", beside the stake",
            " Stake and deposit are paid in one, once both are decided.",
        )
    } else {
        ("", "")
    };
    let text = format!(
        "{} from each who pledges{beside}, behind an honest vote on whether it succeeded. It comes back at \
         once where one is never bound. Who votes with the larger side has it back, with an equal part of what \
         others lose; who votes against it loses a part, up to all of it; who seals a vote and never opens it \
         loses no less; who never votes may lose what the asking contract says. “Too early” and “nobody can \
         say” cost nothing. Without an answer, or if the answer doesn’t add up, everybody has their own \
         back.{together}",
        denoms.coin(&d.each)
    );
    rule("Deposit", Sentence::plain(text))
}

/// What the vote made of the deposits.
fn classes(d: &Deposits, denoms: &Denoms) -> Option<Rule> {
    if !d.settled {
        return None;
    }
    let amount = |sum| denoms.amount(sum, &d.each.denom);
    let mut parts: Vec<String> = d
        .classes
        .iter()
        .filter(|class| class.gain > 0 || class.loss > 0)
        .map(|class| {
            let who = match class.kind.as_str() {
                "yes" => "Who said yes",
                "no" => "Who said no",
                "too_early" => "Who said it was too early",
                "unanswerable" => "Who said nobody can say",
                "unopened" => "Who never opened their vote",
                "absent" => "Who never voted",
                _ => "Whose sealed vote was shown by somebody else",
            };
            match (class.gain, class.loss) {
                (gain, 0) => format!("{who} gains {}", amount(gain)),
                (0, loss) => format!("{who} loses {}", amount(loss)),
                (gain, loss) => format!("{who} gains {} and loses {}", amount(gain), amount(loss)),
            }
        })
        .collect();
    parts.push("Everybody else has their own back".into());
    if d.rewards > 0 {
        let waits = amount(d.rewards);
        parts.push(format!(
            "{waits} of it waits for whoever showed somebody’s sealed vote, or was right to appeal"
        ));
    }
    Some(rule(
        "What the vote made of the deposits",
        Sentence::plain(format!("{}.", parts.join(". "))),
    ))
}

fn outcome(a: &Action, j: &Judging) -> Option<Rule> {
    let decides = match a.fulfilment {
        Fulfilment::Collective {} if a.stake.is_some() => {
            " A No forfeits every stake, anything else gives all of them back."
        }
        _ if a.coins.is_some() => " Only a Yes releases the coins.",
        _ if j.deposits.is_some() => " It decides on the deposits, and on no stake.",
        _ => " No stake depends on it.",
    };
    let (text, people, actions) = match j.outcome.as_ref()? {
        OutcomeBy::Vote(judge) => {
            let after = format!(
                ". Without a final answer 90 days later it stays unresolved.{decides} The contract \
                 that asks them:"
            );
            let before = format!("{} decide. The question can be asked", who(judge));
            let text = within(capital(&before), j.judge_by, j.judge_window, &after);
            (text, vec![judge.verdict.clone()], vec![])
        }
        OutcomeBy::Attested { attestors, quorum } => {
            let before = match attestors.len() {
                1 => "One named attestor says so".into(),
                n => format!(
                    "{} named attestors say so, of whom {quorum} must agree",
                    number(n as u128)
                ),
            };
            let after = format!("; otherwise it stays unresolved.{decides}");
            let text = within(before, j.judge_by, j.judge_window, &after);
            (text, attestors.clone(), vec![])
        }
        OutcomeBy::Of(_) => {
            let text = format!("The answer about another action counts for this one too.{decides}");
            (Sentence::plain(text), vec![], j.of.into_iter().collect())
        }
    };
    Some(Rule {
        people,
        actions,
        ..rule("Did it succeed?", text)
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// While it is judged: what is awaited, and what follows without it.
pub(super) fn sentence(a: &Action) -> Sentence {
    let Some(j) = &a.judging else {
        return Sentence::plain("A verdict decides.");
    };
    let of = |before: String, at: Option<u64>, after: &str| match at {
        Some(at) => Sentence::at(before, at, after),
        None => Sentence::plain(before),
    };
    match &j.outcome {
        None => of(
            "The reports are in. Who doubts one may challenge it; what nobody challenged is paid \
             from "
                .into(),
            j.challenge_until,
            " on.",
        ),
        Some(OutcomeBy::Vote(judge)) => of(
            format!(
                "Whether it succeeded is for others to say: {}. Without their final answer it stays \
                 unresolved at ",
                who(judge)
            ),
            j.answer_by,
            " at the latest.",
        ),
        Some(OutcomeBy::Attested { .. }) => of(
            "Attestors say whether it succeeded. Where too few agree, it stays unresolved at "
                .into(),
            j.answer_by,
            ".",
        ),
        Some(OutcomeBy::Of(_)) => of(
            "It waits for the answer about another action. Without one it stays unresolved at "
                .into(),
            j.answer_by,
            ".",
        ),
    }
}

/// How what is judged stands: the answer, or what attestors said so far.
pub(super) fn stands(a: &Action) -> Option<String> {
    let j = a.judging.as_ref()?;
    let is_of = matches!(j.outcome, Some(OutcomeBy::Of(_)));
    if let Some(answer) = j.answer {
        let from = if is_of {
            ", as said of the action whose answer counts"
        } else {
            ""
        };
        return Some(match answer {
            Answer::Yes => format!("The answer is yes: it succeeded{from}."),
            Answer::No => format!("The answer is no: it did not succeed{from}."),
            Answer::Unresolved => format!("It stays unresolved: nobody can say{from}."),
        });
    }
    let count = |answer| j.said.iter().filter(|(_, said)| *said == answer).count();
    let said = [
        (Answer::Yes, "yes"),
        (Answer::No, "no"),
        (Answer::Unresolved, "unresolved"),
    ]
    .into_iter()
    .filter_map(|(answer, word)| {
        let n = count(answer);
        (n > 0).then(|| format!("{} said {word}", number(n as u128)))
    });
    let said = said.collect::<Vec<_>>().join(", ");
    (!said.is_empty())
        .then(|| format!("Of its attestors {said}. It is final once enough say the same."))
}
