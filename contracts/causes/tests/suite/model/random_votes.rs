//! Random votes with deposits behind them, one after the other.

use cosmwasm_std::coins;
use muster_schema::causes::{ExecuteMsg, ForfeitsTo, Schedule, StakeRule};

use super::deposit::{DEPOSIT, answer, claim_reward, some};
use super::reference::Reference;
use super::{Random, STAKE};
use crate::common::*;

/// Somebody pledges with the right coins: whether that is taken, the suite knows.
fn pledge(s: &mut Suite, r: &mut Random, model: &mut Reference, action: u64) -> bool {
    let name = format!("p{}", r.below(10));
    let known = &model.actions[action as usize - 1];
    let (staked, denom) = (known.takes_stakes(), known.denom.clone());
    let amount = DEPOSIT + if staked { STAKE } else { 0 };
    let needs_others = r.below(3) as u32;
    let msg = ExecuteMsg::Pledge {
        action,
        needs_others,
        credentials: vec![],
        referrer: None,
    };
    let funds = coins(amount, denom.expect("a deposit has one"));
    let taken = s.send_with(&name, &msg, &funds).is_ok();
    if taken {
        model.pledge(s.now(), action, &name, needs_others, staked);
    }
    taken
}

/// Many votes, one after the other, most of them odd: whatever is said of whom, everybody is paid
/// what the reference says, and nothing is left.
#[test]
fn random_votes_match_the_reference() {
    let mut s = Suite::with_fee(137);
    let mut r = Random(0x5eed);
    let mut model = Reference::new(STAKE, super::MIN, 137);
    for cause in 1..=60 {
        let close = s.now() + 50;
        let mut action = an_action().schedule(Schedule::AtClose {
            pledge_until: close,
        });
        if r.below(2) == 0 {
            action = action.staked(StakeRule::Required, STAKE, ForfeitsTo::Everybody {});
        }
        let action = some(&mut s, &mut r, &mut model, action);
        let id = s.start(action.clone());
        model.start(cause, id, &[action]);
        model.funds.start(cause, false);
        for _ in 0..2 + r.below(12) {
            pledge(&mut s, &mut r, &mut model, id);
        }
        let end = s.now() - START + 50 + ACT + REPORT;
        s.at(end);
        if !model.votable(s.now()).is_empty() && r.below(8) > 0 {
            answer(&mut s, &mut r, &mut model, id);
        }
        for _ in 0..r.below(20) {
            let name = format!("p{}", r.below(10));
            match r.below(4) {
                0 => {
                    claim_reward(&mut s, &mut r, &mut model, id);
                }
                1 if s.settle("keeper", id).is_ok() => model.settle(s.now(), id),
                _ if s.claim(&name, id, &name).is_ok() => {
                    model.claim(s.now(), id, &name, &name);
                }
                _ => {}
            }
        }
        s.at(end + 200);
        for name in (0..10).map(|i| format!("p{i}")) {
            if s.claim("keeper", id, &name).is_ok() {
                model.claim(s.now(), id, &name, "keeper");
            }
        }
        super::deposit::end(&mut s, &mut model, id);
        let left = s.action(id).held.unwrap();
        assert!(left.amount.is_zero(), "action {id} keeps {left}");
        super::compare(&mut s, &mut model);
    }
    let (drawn, poorest) = (
        model.counts.of("a vote decided about a deposit"),
        model.counts.of("a deposit drew the poorest class"),
    );
    println!("{drawn} drew, {poorest} the poorest left");
    assert!(drawn > 50 && poorest > 5);
}
