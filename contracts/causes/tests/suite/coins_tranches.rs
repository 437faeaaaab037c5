//! Coins that are released in tranches, each behind an answer of its own.

use cosmwasm_std::coin;
use muster_schema::causes::event::{CausesEvent, CoinsReturned, TrancheReleased};
use muster_schema::causes::{Answer, Electorate, ExecuteMsg, ReleaseTerms, Schedule, Unit};
use muster_schema::layout::Layout;
use muster_schema::layout::verdict::{Part, Question, Status};

use crate::coins_answered::*;
use crate::common::*;
use crate::stand_in::{JURY, vote};

#[test]
fn tranches_are_released_one_by_one_and_sum_to_the_whole() {
    let mut s = Suite::with_fee(200);
    let (v, a) = tranches(&mut s, &[3_333, 3_333, 3_334]);
    refused(release(&mut s, a), "wrong_phase");
    let mut paid = 0;
    for tranche in 0..3 {
        says(&mut s, &v, a, tranche, Answer::Yes);
        let said = events(&release(&mut s, a).unwrap());
        let amount = [1_166, 1_166, 1_168][usize::from(tranche)];
        let fee = amount * 2 / 100;
        let one = TrancheReleased {
            action: a,
            tranche,
            fee,
            to_document: 0,
            to_beneficiary: amount - fee,
        };
        assert!(
            said.contains(&CausesEvent::TrancheReleased(one)),
            "{said:?}"
        );
        paid += amount;
        assert_eq!(held(&s, a), MIN + BOUND - paid);
        assert_eq!(s.action(a).coins.unwrap().tranches_released, tranche + 1);
        refused(
            release(&mut s, a),
            if tranche < 2 {
                "wrong_phase"
            } else {
                "nothing_due"
            },
        );
    }
    assert_eq!(paid, BOUND);
    // Known early, it is settled no sooner than the windows end.
    assert_eq!(s.phase(a), "acting");
    assert_eq!(s.at(END).phase(a), "settled");
    refused(s.claim("ann", a, "ann"), "nothing_due");
    s.claim("eve", a, "eve").unwrap();
    assert_eq!(held(&s, a), 0);
    assert!(fund(&s).is_empty());
}

#[test]
fn of_a_tranche_that_failed_it_and_the_later_ones_go_back_by_the_unit() {
    for answer in [Answer::No, Answer::Unresolved] {
        let mut s = Suite::with_fee(500);
        let (v, a) = tranches(&mut s, &[3_333, 3_333, 3_334]);
        says(&mut s, &v, a, 0, Answer::Yes);
        release(&mut s, a).unwrap();
        says(&mut s, &v, a, 1, answer);
        // The last one's Yes doesn't help it.
        says(&mut s, &v, a, 2, Answer::Yes);
        refused(release(&mut s, a), "nothing_due");
        let said = events(&s.claim("stranger", a, "ann").unwrap());
        // 3,500 − 1,166 = 2,334 for 7 units: 333 each, and 3 that no unit can be cut to.
        let back = CoinsReturned {
            action: a,
            from: 1,
            answer,
            each_unit: 333,
            remainder: 3,
        };
        assert!(said.contains(&CausesEvent::CoinsReturned(back)), "{said:?}");
        let found = s.action(a).coins.unwrap();
        assert_eq!(found.tranches_released, 1);
        assert_eq!(found.returned.unwrap().from, 1);
        s.claim("bob", a, "bob").unwrap();
        s.claim("eve", a, "eve").unwrap();
        let fee = 1_166 * 5 / 100;
        let farmer = 1_166 - fee;
        assert_eq!(gains(&mut s), [5 * 333 - 2_500, 2 * 333 - 1_000, 0, farmer]);
        assert_eq!((fund(&s), held(&s, a)), (vec![coin(3, DENOM)], 0));
        refused(s.claim("ann", a, "ann"), "already_done");
        refused(s.withdraw("ann", a), "already_done");
    }
}

#[test]
fn the_answer_about_the_whole_is_stored_with_the_last_tranche() {
    let mut s = Suite::new();
    let (v, a) = tranches(&mut s, &[5_000, 5_000]);
    for (tranche, answer) in [(0, None), (1, Some(Answer::Yes))] {
        says(&mut s, &v, a, tranche, Answer::Yes);
        release(&mut s, a).unwrap();
        assert_eq!(s.action(a).outcome.unwrap().answer, answer);
    }
}

/// Attack: a rolling action's tranche is asked for while people still join.
#[test]
fn of_a_rolling_one_no_tranche_is_looked_at_before_it_closes() {
    let mut s = Suite::new();
    let v = s.verdict();
    let (pledge_until, parts) = (START + OPEN, vec![5_000, 5_000]);
    let action = released(&mut s, ReleaseTerms::Tranches { parts }, vote(&v, JURY))
        .schedule(Schedule::Rolling { pledge_until });
    let a = s.start(action);
    s.give("ann", a, 7 * MIN, 0).unwrap();
    about(&mut s, &v, a, 0, 0, Status::Final(Answer::Yes));
    refused(release(&mut s, a), "wrong_phase");
    refused(s.claim("x", a, "ann"), "wrong_phase");
    s.give("bob", a, 2 * MIN, 0).unwrap();
    // It was asked too soon to count once the coins are all in.
    refused(release(s.at(OPEN), a), "nothing_due");
}

/// Attack: somebody claims in the moment in which an earlier tranche's Yes isn't paid yet, so that
/// the beneficiary loses it; the verdict contract then takes that Yes back.
#[test]
fn a_claim_at_the_worst_moment_takes_no_tranche_that_was_won() {
    let mut s = Suite::new();
    let (v, a) = tranches(&mut s, &[5_000, 5_000]);
    says(&mut s, &v, a, 0, Answer::Yes);
    says(&mut s, &v, a, 1, Answer::No);
    s.claim("mallory", a, "ann").unwrap();
    assert_eq!(s.gain("ann"), 5 * 250 - 2_500);
    says(&mut s, &v, a, 0, Answer::No);
    release(&mut s, a).unwrap();
    assert_eq!(s.gain("farmer"), 1_750);
    refused(release(&mut s, a), "nothing_due");
    s.claim("bob", a, "bob").unwrap();
    s.claim("eve", a, "eve").unwrap();
    assert_eq!(held(&s, a), 0);
}

#[test]
fn an_awaited_tranche_holds_back_the_claim_and_not_for_ever() {
    let mut s = Suite::new();
    let (v, a) = tranches(&mut s, &[5_000, 5_000]);
    says(&mut s, &v, a, 1, Answer::No);
    refused(s.claim("ann", a, "ann"), "wrong_phase");
    about(&mut s, &v, a, 0, OPEN + 5, Status::Asked);
    refused(s.at(DEADLINE - 1).claim("ann", a, "ann"), "wrong_phase");
    s.at(DEADLINE);
    assert_eq!(s.phase(a), "settled");
    for name in ["ann", "bob", "eve"] {
        s.claim("x", a, name).unwrap();
    }
    assert_eq!((gains(&mut s), held(&s, a)), ([0; 4], 0));
}

/// Attack: a record that was asked before anybody was bound, of others, in time to come, or that is
/// no record at all. None of them is a Yes, and none keeps the coins.
#[test]
fn a_hostile_record_releases_nothing() {
    type Edit = fn(&mut Question);
    let edits: [Edit; 4] = [
        |q| q.asked_at = START + OPEN - 1,
        |q| q.electorate = Electorate::Pledgers {},
        |q| q.asked_at = START + JUDGE_BY,
        |q| q.final_at = START + DEADLINE,
    ];
    for edit in edits {
        let mut s = Suite::new();
        let (v, a) = tranches(&mut s, &[5_000, 5_000]);
        let mut question = Question {
            status: Status::Final(Answer::Yes),
            asked_at: START + OPEN + 1,
            final_at: START + OPEN + 2,
            electorate: JURY,
            jurors_fee: 0,
            fee_denom: String::new(),
            asker: vec![1; 20],
            classes: vec![],
            round: 1,
        };
        edit(&mut question);
        question.final_at = question.final_at.max(question.asked_at);
        s.put(&v, a, Part::Tranche(0), question.encode());
        assert!(release(&mut s, a).is_err());
        s.at(DEADLINE);
        refused(release(&mut s, a), "nothing_due");
        s.claim("x", a, "ann").unwrap();
        assert_eq!((s.gain("ann"), s.gain("farmer")), (0, 0));
    }
    let mut s = Suite::new();
    let (v, a) = tranches(&mut s, &[5_000, 5_000]);
    s.put(&v, a, Part::Tranche(0), vec![0xff; 50_000]);
    // Nor does a Yes about the whole count, or one about another tranche.
    s.at(END).asks(&v, a, None);
    s.answers(&v, a, None, END, Answer::Yes);
    says(&mut s, &v, a, 1, Answer::Yes);
    refused(release(&mut s, a), "wrong_phase");
    s.at(JUDGE_BY).claim("x", a, "bob").unwrap();
    assert_eq!(s.gain("bob"), 0);
}

/// Attack: a creator cancels after a tranche was released, so that some coins go twice.
#[test]
fn cancel_after_a_tranche_is_refused() {
    let mut s = Suite::new();
    let (v, a) = tranches(&mut s, &[5_000, 5_000]);
    says(&mut s, &v, a, 0, Answer::Yes);
    release(&mut s, a).unwrap();
    let cancel = ExecuteMsg::CancelCause { cause: 1 };
    refused(s.send("creator", cancel), "not_cancellable");
}

#[test]
fn a_document_has_its_part_of_each_release_and_none_of_what_goes_back() {
    let mut s = Suite::with_fee(500);
    let v = s.verdict();
    let parts = vec![5_000, 5_000];
    let mut action = released(&mut s, ReleaseTerms::Tranches { parts }, vote(&v, JURY));
    let recipient = s.who("broker").to_string();
    if let Some(Unit::Coins(terms)) = &mut action.unit {
        terms.document = Some(muster_schema::causes::Document {
            uri: "https://example.org/a".into(),
            sha256: vec![7; 32].into(),
            bps: 2_000,
            recipient,
        });
    }
    let a = s.start(action);
    given(&mut s, a);
    says(&mut s, &v, a, 0, Answer::Yes);
    release(&mut s, a).unwrap();
    says(&mut s, &v, a, 1, Answer::No);
    s.claim("x", a, "ann").unwrap();
    // Of 1,750: 87 fee, 350 to the document.
    assert_eq!((s.gain("broker"), s.gain("farmer")), (350, 1_313));
    assert_eq!(s.gain("ann"), 5 * 250 - 2_500);
}
