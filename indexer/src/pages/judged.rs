//! What is judged of an action, in words: by whom, until when, and how it stands.

use super::format::{duration, number};
use super::rules::{Rule, rule};
use super::words::Sentence;
use crate::read::types::{Action, Answer, Electorate, Fulfilment, Judge, Judging, OutcomeBy};

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
pub(super) fn rules(a: &Action) -> Vec<Rule> {
    let Some(j) = &a.judging else {
        return Vec::new();
    };
    [challenges(j), outcome(a, j)]
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

fn outcome(a: &Action, j: &Judging) -> Option<Rule> {
    let decides = match a.fulfilment {
        Fulfilment::Collective {} if a.stake.is_some() => {
            " A No forfeits every stake, anything else gives all of them back."
        }
        _ if a.coins.is_some() => " Only a Yes releases the coins.",
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
