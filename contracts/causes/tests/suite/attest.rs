//! `attest`.

use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{QueryMsg, Schedule, StandingResponse};

use crate::common::*;
use Outcome::{Did, Didnt, Excused};

fn started(s: &mut Suite, people: usize) -> (u64, Vec<String>) {
    let action = an_action().attested(s, &["j1", "j2", "j3"], 2);
    let a = s.start(action);
    let names: Vec<_> = (0..people).map(|i| format!("p{i}")).collect();
    for name in &names {
        s.pledge(name, a, 0).unwrap();
    }
    s.at(OPEN);
    (a, names)
}

fn finals(response: &cw_multi_test::AppResponse) -> Vec<bool> {
    let pick = |e| match e {
        CausesEvent::Attested(a) => Some(a.is_final),
        _ => None,
    };
    events(response).into_iter().filter_map(pick).collect()
}

#[test]
fn an_outcome_is_final_when_the_quorum_agrees_and_until_then_one_may_restate() {
    let mut s = Suite::new();
    let (a, _) = started(&mut s, 3);
    assert_eq!(
        finals(&s.attest("j1", a, &[("p0", Did), ("p1", Didnt)]).unwrap()),
        [false, false]
    );
    assert_eq!(
        finals(&s.attest("j2", a, &[("p0", Didnt)]).unwrap()),
        [false]
    );
    assert_eq!(
        s.pledge_of("p0", a).outcome,
        None,
        "two halves decide nothing"
    );
    assert_eq!(finals(&s.attest("j2", a, &[("p0", Did)]).unwrap()), [true]);
    assert_eq!(s.pledge_of("p0", a).outcome, Some(Did));
    // Final: a later word is no error and changes nothing.
    assert_eq!(
        finals(&s.attest("j3", a, &[("p0", Didnt), ("p1", Didnt)]).unwrap()),
        [true]
    );
    assert_eq!(s.pledge_of("p0", a).outcome, Some(Did));
    assert_eq!((s.action(a).kept, s.action(a).broken), (1, 1));
}

#[test]
fn only_attestors_only_the_bound_only_in_time() {
    let mut s = Suite::new();
    let (a, _) = started(&mut s, 2);
    refused(s.attest("p0", a, &[("p1", Did)]), "unauthorized");
    refused(s.attest("creator", a, &[("p1", Did)]), "unauthorized");
    refused(s.attest("j1", a, &[("stranger", Did)]), "no_pledge");
    refused(s.attest("j1", a, &[]), "out_of_range");
    refused(s.attest("j1", a, &[("p0", Did), ("p0", Did)]), "duplicate");
    let many: Vec<_> = (0..51).map(|_| ("p0", Did)).collect();
    refused(s.attest("j1", a, &many), "out_of_range");
    s.at(OPEN + ACT + REPORT - 1)
        .attest("j1", a, &[("p0", Excused)])
        .unwrap();
    refused(
        s.at(OPEN + ACT + REPORT)
            .attest("j2", a, &[("p0", Excused)]),
        "wrong_phase",
    );
    let action = an_action().attested(&mut s, &["j1"], 1);
    let later = s.create(a_cause(vec![NewActionLater::by(action)])).unwrap();
    s.pledge("p0", later, 0).unwrap();
    refused(s.attest("j1", later, &[("p0", Did)]), "wrong_phase");
}

/// Moves an action's close behind everything above.
struct NewActionLater;
impl NewActionLater {
    fn by(action: muster_schema::causes::NewAction) -> muster_schema::causes::NewAction {
        let pledge_until = START + 10 * OPEN;
        action.schedule(muster_schema::causes::Schedule::AtClose { pledge_until })
    }
}

#[test]
fn one_refused_statement_refuses_all() {
    let mut s = Suite::new();
    let (a, _) = started(&mut s, 2);
    refused(
        s.attest("j1", a, &[("p0", Did), ("stranger", Did)]),
        "no_pledge",
    );
    s.attest("j2", a, &[("p0", Did)]).unwrap();
    assert_eq!(s.pledge_of("p0", a).outcome, None);
}

#[test]
fn standing_counts_where_at_least_ten_were_bound() {
    let mut s = Suite::new();
    let standing = |s: &mut Suite, name: &str| -> StandingResponse {
        let person = s.who(name).to_string();
        s.query(&QueryMsg::Standing { person })
    };
    for (people, counts) in [(9, 0), (10, 1)] {
        let mut s2 = Suite::new();
        let (a, _) = started(&mut s2, people);
        for judge in ["j1", "j2"] {
            s2.attest(judge, a, &[("p0", Did), ("p1", Didnt), ("p2", Excused)])
                .unwrap();
        }
        s2.at(OPEN + ACT + REPORT);
        for name in ["p0", "p1", "p2", "p3"] {
            s2.claim(name, a, name).unwrap(); // of the first three it was noted before
        }
        let all: Vec<_> = (0..4)
            .map(|i| standing(&mut s2, &format!("p{i}")))
            .collect();
        let sums: Vec<_> = all
            .iter()
            .map(|s| (s.kept, s.broken, s.unreported))
            .collect();
        assert_eq!(
            sums,
            [(counts, 0, 0), (0, counts, 0), (0, 0, 0), (0, 0, counts)]
        );
    }
    assert_eq!(standing(&mut s, "nobody").kept, 0);
}

#[test]
fn of_a_rolling_action_the_tenth_person_counts_at_once() {
    let mut s = Suite::new();
    let rolling = an_action()
        .schedule(Schedule::Rolling {
            pledge_until: START + OPEN,
        })
        .attested(&mut s, &["j1", "j2"], 2);
    let a = s.start(rolling);
    for i in 0..10 {
        s.pledge(&format!("p{i}"), a, 0).unwrap();
        // Somebody looks how many are bound, which is kept.
        s.at(i + 1).check_in("p0", a).ok();
    }
    for judge in ["j1", "j2"] {
        s.attest(judge, a, &[("p1", Did)]).unwrap();
    }
    let person = s.who("p1").to_string();
    let standing: StandingResponse = s.query(&QueryMsg::Standing { person });
    assert_eq!(standing.kept, 1);
}
