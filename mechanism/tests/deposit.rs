//! Deposits: nothing is paid that wasn't put down, whoever says who is in which class.

use muster_mechanism::answer::Class;
use muster_mechanism::deposit::{draw, payout, remainder};
use proptest::prelude::*;

const fn class(count: u32, gain: u128, loss: u128) -> Class {
    Class { count, gain, loss }
}

#[test]
fn the_table_of_the_seed() {
    // 100 voters, deposits of 5: who is on the smaller side, what it gets back, what others gain.
    for (smaller, back, gain) in [
        (39, 4_875_u128, 79_u128),
        (31, 3_875, 505),
        (20, 2_500, 625),
        (1, 125, 49),
    ] {
        let voters = [
            class(100 - smaller, gain, 0),
            class(smaller, 0, 5_000 - back),
        ];
        let left = remainder(&voters, &[], 100, 5_000).unwrap();
        assert!(left < u128::from(100 - smaller), "{left}");
        assert_eq!(payout(5_000, &voters[1]), Some(back));
    }
}

#[test]
fn classes_that_do_not_add_up_are_nothing() {
    let ok = [class(8, 1, 0), class(2, 0, 4)];
    assert_eq!(remainder(&ok, &[], 10, 5), Some(0));
    assert_eq!(remainder(&[], &[], 0, 5), Some(0));
    // More or fewer than the deposits.
    assert_eq!(remainder(&ok, &[], 9, 5), None);
    assert_eq!(remainder(&ok, &[], 11, 5), None);
    assert_eq!(
        remainder(&[class(u32::MAX, 0, 0), class(1, 0, 0)], &[], 0, 5),
        None
    );
    // More is gained than lost, by voters or by claimants.
    assert_eq!(
        remainder(&[class(8, 2, 0), class(2, 0, 5)], &[], 10, 5),
        None
    );
    assert_eq!(remainder(&ok, &[class(1, 1, 0)], 10, 5), None);
    assert_eq!(
        remainder(&[class(8, 0, 0), class(2, 0, 4)], &[class(2, 3, 0)], 10, 5),
        Some(2)
    );
    // More is lost than there is.
    assert_eq!(
        remainder(&[class(8, 0, 0), class(2, 0, 6)], &[], 10, 5),
        None
    );
    assert_eq!(remainder(&ok, &[class(1, 0, 1)], 10, 5), None);
    // Beyond every number.
    assert_eq!(remainder(&[class(2, 0, 1)], &[], 2, u128::MAX), None);
    assert_eq!(
        remainder(&[class(1, u128::MAX, 1), class(2, u128::MAX, 1)], &[], 3, 9),
        None
    );
}

#[test]
fn who_finds_their_class_used_up_draws_the_poorest_left() {
    let left = [
        class(0, 9, 0),
        class(3, 2, 0),
        class(1, 0, 0),
        class(2, 0, 0),
        class(0, 0, 5),
    ];
    assert_eq!(draw(&left, Some(1), 5), Some(1));
    for wanted in [Some(0), Some(4), Some(9), None] {
        assert_eq!(
            draw(&left, wanted, 5),
            Some(2),
            "the first of equally poor ones"
        );
    }
    assert_eq!(draw(&[class(0, 1, 0)], Some(0), 5), None);
    assert_eq!(draw(&[], None, 5), None);
}

fn classes(most: u128) -> impl Strategy<Value = Vec<Class>> {
    let one = (0u32..6, 0..=most, 0..=most).prop_map(|(n, gain, loss)| class(n, gain, loss));
    prop::collection::vec(one, 0..7)
}

proptest! {
    /// Whatever a malicious contract says of each voter, all claims together are the deposits less
    /// what claimants and the campaign fund have, and nobody pays in more than the deposit.
    #[test]
    fn every_coin_has_one_destination_in_whatever_order_people_claim(
        voters in classes(40),
        claimants in classes(9),
        deposit in 1u128..60,
        says in prop::collection::vec(prop::option::of(0usize..9), 40),
    ) {
        let bound: u32 = voters.iter().map(|c| c.count).sum();
        let claimants: Vec<Class> = claimants.iter().map(|c| Class { loss: 0, ..*c }).collect();
        let Some(rest) = remainder(&voters, &claimants, bound, deposit) else {
            let signed = |c: &Class| i128::from(c.count) * (c.loss as i128 - c.gain as i128);
            let sum: i128 = voters.iter().chain(&claimants).map(signed).sum();
            prop_assert!(sum < 0 || voters.iter().any(|c| c.loss > deposit));
            return Ok(());
        };
        let mut left = voters.clone();
        let mut paid = 0;
        for said in says.iter().take(bound as usize) {
            let place = draw(&left, *said, deposit).unwrap();
            let mine = payout(deposit, &left[place]).unwrap();
            let asked = said.and_then(|at| left.get(at)).filter(|c| c.count > 0);
            let poorest = left.iter().filter(|c| c.count > 0);
            let poorest = poorest.map(|c| payout(deposit, c).unwrap()).min().unwrap();
            prop_assert_eq!(mine, asked.map_or(poorest, |c| payout(deposit, c).unwrap()));
            left[place].count -= 1;
            paid += mine;
        }
        prop_assert_eq!(draw(&left, says[0], deposit), None);
        let rewards: u128 = claimants.iter().map(|c| c.gain * u128::from(c.count)).sum();
        prop_assert_eq!(paid + rewards + rest, deposit * u128::from(bound));
    }
}
