//! STAR against a count from the ballots themselves, and the published tie rules.

use muster_mechanism::star::{
    BallotError, Count, Elected, MAX_ALTERNATIVES, MAX_SCORE, PAIRS, Tally, pair,
};
use proptest::prelude::*;

fn tally(alternatives: usize, ballots: &[Vec<u8>]) -> Tally {
    let mut tally = Tally::new(alternatives);
    for ballot in ballots {
        tally.count(ballot, Count::In).unwrap();
    }
    tally
}

/// The same from the ballots, in the words of the rule.
fn naive(n: usize, ballots: &[Vec<u8>]) -> Option<Elected> {
    let sum = |a: usize| ballots.iter().map(|b| u64::from(b[a])).sum::<u64>();
    let fives = |a: usize| ballots.iter().filter(|b| b[a] == MAX_SCORE).count();
    let beats = |a: usize, b: usize| {
        ballots.iter().filter(|x| x[a] > x[b]).count()
            > ballots.iter().filter(|x| x[b] > x[a]).count()
    };
    let top = |among: &[usize]| -> Vec<usize> {
        let best = among.iter().map(|a| sum(*a)).max().unwrap();
        among.iter().copied().filter(|a| sum(*a) == best).collect()
    };
    let mut finalists: Vec<usize> = vec![];
    while finalists.len() < n.min(2) {
        let needed = 2 - finalists.len();
        let rest: Vec<usize> = (0..n).filter(|a| !finalists.contains(a)).collect();
        let mut tied = top(&rest);
        if tied.len() <= needed {
            finalists.extend(tied);
            continue;
        }
        loop {
            let lost = |a: usize| tied.iter().filter(|b| beats(**b, a)).count();
            let most = tied.iter().map(|a| lost(*a)).max().unwrap();
            let left: Vec<usize> = tied.iter().copied().filter(|a| lost(*a) < most).collect();
            if left.is_empty() {
                break;
            }
            tied = left;
        }
        tied.sort_by_key(|a| (std::cmp::Reverse(fives(*a)), *a));
        if needed == 2 && (tied.len() == 2 || (tied.len() > 2 && fives(tied[1]) > fives(tied[2]))) {
            finalists.extend(&tied[..2]);
        } else {
            finalists.push(tied[0]);
        }
    }
    let first = *finalists.first()?;
    let Some(&second) = finalists.get(1) else {
        return Some(Elected {
            winner: first,
            runner_up: None,
        });
    };
    let winner = if beats(first, second) {
        first
    } else if beats(second, first) {
        second
    } else if sum(first) != sum(second) {
        if sum(first) > sum(second) {
            first
        } else {
            second
        }
    } else if fives(first) != fives(second) {
        if fives(first) > fives(second) {
            first
        } else {
            second
        }
    } else {
        first.min(second)
    };
    let other = if winner == first { second } else { first };
    Some(Elected {
        winner,
        runner_up: Some(other),
    })
}

#[test]
fn the_runoff_can_overturn_the_sums() {
    // Three like 0 a little better than 1; two adore 1 and can't stand 0.
    let ballots = [vec![3, 2], vec![3, 2], vec![3, 2], vec![0, 5], vec![0, 5]];
    let tally = tally(2, &ballots);
    assert_eq!((tally.scores[0], tally.scores[1]), (9, 16));
    let elected = tally.elect().unwrap();
    assert_eq!((elected.winner, elected.runner_up), (0, Some(1)));
}

#[test]
fn a_tie_of_sums_is_broken_head_to_head() {
    // 1 and 2 tie for the second place with 6; more ballots prefer 2.
    let ballots = [vec![5, 4, 2], vec![5, 1, 2], vec![5, 1, 2]];
    let elected = tally(3, &ballots).elect().unwrap();
    assert_eq!((elected.winner, elected.runner_up), (0, Some(2)));
}

/// A tally made of sums, since a tie of many with given match-ups takes many ballots.
fn made(fives: &[u32], wins: &[(usize, usize)]) -> Tally {
    let mut tally = Tally::new(fives.len());
    for (a, five) in fives.iter().enumerate() {
        (tally.scores[a], tally.fives[a]) = (10, *five);
    }
    for &(winner, loser) in wins {
        let margin = if winner < loser { 1 } else { -1 };
        tally.margins[pair(winner.min(loser), winner.max(loser))] = margin;
    }
    tally
}

#[test]
fn among_many_that_tie_who_lost_the_most_is_taken_out_again_and_again() {
    // 3 lost three match-ups, then 2 lost two of what is left, then 1: 0 advances, and so on.
    let order = made(
        &[0, 0, 9, 9],
        &[(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)],
    );
    let elected = order.elect().unwrap();
    assert_eq!((elected.winner, elected.runner_up), (0, Some(1)));
    // A ring of three has no loser: the most fives decide, for two places at once.
    let ring = made(&[1, 3, 2], &[(0, 1), (1, 2), (2, 0)]);
    let elected = ring.elect().unwrap();
    assert_eq!((elected.winner, elected.runner_up), (1, Some(2)));
    // For both at once: who is second in fives needn't beat the third.
    let ring = made(&[2, 3, 1], &[(0, 1), (1, 2), (2, 0)]);
    let elected = ring.elect().unwrap();
    assert_eq!((elected.winner, elected.runner_up), (0, Some(1)));
    let ring = made(&[1, 3, 1], &[(0, 1), (1, 2), (2, 0)]);
    let elected = ring.elect().unwrap();
    assert_eq!((elected.winner, elected.runner_up), (1, Some(2)));
    // With one that leads in fives and a tie behind it, only that one advances; then head to head.
    let ring = made(&[3, 1, 1], &[(0, 1), (1, 2), (2, 0)]);
    let elected = ring.elect().unwrap();
    assert_eq!((elected.winner, elected.runner_up), (0, Some(1)));
}

#[test]
fn a_tied_runoff_goes_to_the_higher_sum_then_to_more_fives_then_to_the_earlier() {
    let by_sum = tally(2, &[vec![1, 5], vec![2, 1]]).elect().unwrap();
    assert_eq!(by_sum.winner, 1);
    let by_fives = tally(2, &[vec![3, 5], vec![4, 2]]).elect().unwrap();
    assert_eq!(by_fives.winner, 1);
    // 0 lost to nobody, so it goes on first; of the ring of the others 1, with whom it ties.
    let first_has_fewer = made(&[0, 5, 1, 1], &[(3, 1), (1, 2), (2, 3)]);
    let elected = first_has_fewer.elect().unwrap();
    assert_eq!((elected.winner, elected.runner_up), (1, Some(0)));
    let by_order = tally(2, &[vec![0, 4], vec![4, 0]]).elect().unwrap();
    assert_eq!(by_order.winner, 0);
    assert_eq!(tally(3, &[]).elect().unwrap().winner, 0);
}

#[test]
fn one_alternative_wins_and_none_elects_nobody() {
    let only = tally(1, &[vec![0]]).elect().unwrap();
    assert_eq!((only.winner, only.runner_up), (0, None));
    assert_eq!(Tally::new(0).elect(), None);
}

#[test]
fn a_tally_is_of_so_many_alternatives_and_at_most_sixteen() {
    for (asked, found) in [(0, 0), (3, 3), (MAX_ALTERNATIVES, 16), (40, 16)] {
        assert_eq!(Tally::new(asked).alternatives(), found);
    }
}

#[test]
fn wrong_ballots_change_nothing() {
    let mut t = tally(3, &[vec![1, 2, 3]]);
    let before = t;
    let short = t.count(&[1, 2], Count::In).unwrap_err();
    assert_eq!(
        short,
        BallotError::Length {
            found: 2,
            allowed: 3
        }
    );
    let high = t.count(&[0, 6, 0], Count::In).unwrap_err();
    assert_eq!(high, BallotError::Score { found: 6 });
    let never_in = t.count(&[5, 5, 5], Count::Out).unwrap_err();
    assert_eq!(never_in, BallotError::Count);
    assert_eq!(t, before);
}

#[test]
fn each_pair_has_a_place_of_its_own() {
    let mut places: Vec<_> = (0..MAX_ALTERNATIVES)
        .flat_map(|j| (0..j).map(move |i| pair(i, j)))
        .collect();
    places.sort_unstable();
    assert_eq!(places, (0..PAIRS).collect::<Vec<_>>());
}

fn ballots() -> impl Strategy<Value = (usize, Vec<Vec<u8>>)> {
    (1..=6_usize).prop_flat_map(|n| {
        let ballot = prop::collection::vec(0..=MAX_SCORE, n);
        (Just(n), prop::collection::vec(ballot, 0..7))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_sums_elect_whom_the_ballots_elect((n, ballots) in ballots()) {
        prop_assert_eq!(tally(n, &ballots).elect(), naive(n, &ballots));
    }

    #[test]
    fn a_ballot_taken_back_leaves_no_trace((n, ballots) in ballots(), which in any::<prop::sample::Index>()) {
        prop_assume!(!ballots.is_empty());
        let which = which.index(ballots.len());
        let mut all = tally(n, &ballots);
        all.count(&ballots[which], Count::Out).unwrap();
        let mut others = ballots;
        others.remove(which);
        prop_assert_eq!(all, tally(n, &others));
    }
}
