//! The committed set K*: the largest set of pledgers in which everybody's condition holds.
//!
//! Pledger i is in a set of k people only if `t_i ≤ k`. With `F(k) = #{i : t_i ≤ k}`, a set in
//! which everybody's condition holds and which has k members needs `F(k) ≥ k`.
//!
//! **Lemma 1.** Put K* = max{k : F(k) ≥ k} (0 if there is none). Then F(K*) = K*: F is
//! nondecreasing, so F(F(K*)) ≥ F(K*), hence F(K*) is itself such a k and at most K*.
//!
//! **Lemma 2.** {i : t_i ≤ K*} is the unique largest consistent set: any consistent set of k
//! members has t_i ≤ k ≤ K* for each of them. (It is the greatest fixed point of a monotone
//! operator, Tarski 1955; thresholds as in Granovetter 1978, who looks for the *least* one.)
//!
//! **Lemma 3.** Adding a pledge never lowers K*. Removing one with t > K* doesn't change it: F is
//! unchanged up to K*, and F only falls above.
//!
//! Coins are weights: pledge i is of w_i units, and `F(k)` sums the w_i with `t_i ≤ k`. The lemmas
//! hold word for word with "members" read as units: F is nondecreasing still, a consistent set of
//! weight k has t_i ≤ k for each of its pledges and so F(k) ≥ k, and a pledge adds its weight to F
//! from its t on.
//!
//! The scan below descends over the thresholds present; nothing incremental is stored. A pointer
//! that creeps upwards would be wrong: 99 pledges with t = 100 give 0, one more gives 100.

/// The pledges that stand at one threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// t, above the goal.
    pub threshold: u32,
    /// Pledges with exactly this threshold, or their units.
    pub pledges: u32,
    /// How many of them have a stake.
    pub staked: u32,
}

/// A set of pledgers: how many (of coins, how many units), and how many of them have a stake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// People.
    pub people: u32,
    /// Of those, with a stake.
    pub staked: u32,
}

impl Committed {
    fn without(self, bucket: Bucket) -> Self {
        Self {
            people: self.people.saturating_sub(bucket.pledges),
            staked: self.staked.saturating_sub(bucket.staked),
        }
    }
}

/// K* of an action: the first threshold t from above with `F(t) ≥ t` gives it, since by lemma 1
/// F(t) is then K* (no threshold lies in between), and by lemma 2 it is the only answer.
///
/// `total` counts all standing pledges; `above_goal` gives the buckets with a threshold above
/// `goal` in descending order. Pledges at the goal itself have no bucket: they are what is left of
/// `total`.
///
/// # Errors
/// Whatever the iterator yields; the scan stops there.
pub fn committed_set<E>(
    goal: u32,
    total: Committed,
    above_goal: impl IntoIterator<Item = Result<Bucket, E>>,
) -> Result<Committed, E> {
    let mut standing = total; // F(t), when the bucket at t is looked at
    for bucket in above_goal {
        let bucket = bucket?;
        if standing.people >= bucket.threshold {
            return Ok(standing);
        }
        standing = standing.without(bucket);
    }
    if standing.people >= goal && standing.people > 0 {
        Ok(standing)
    } else {
        Ok(Committed::default())
    }
}

/// How many more pledges that need nobody beyond the goal tip it: the fewest with which somebody
/// who now stands outside comes in or, while K* = 0, with which there is a committed set at all.
/// `None` where everybody is in already.
///
/// m such pledges raise F by m at the goal and everywhere above, so that a threshold t > K* comes
/// in as soon as `F(t) + m ≥ t`: the answer is the least `t − F(t)` over the thresholds above K*,
/// the goal among them while K* = 0. It isn't `t − K*`: those who wait below t count as well.
///
/// # Errors
/// Whatever the iterator yields.
pub fn tips_with<E>(
    goal: u32,
    total: Committed,
    above_goal: impl IntoIterator<Item = Result<Bucket, E>>,
) -> Result<Option<u32>, E> {
    let mut standing = total.people;
    let mut least: Option<u32> = None;
    for bucket in above_goal {
        let bucket = bucket?;
        let missing = bucket.threshold.saturating_sub(standing);
        if missing == 0 {
            return Ok(least);
        }
        least = Some(least.map_or(missing, |l| l.min(missing)));
        standing = standing.saturating_sub(bucket.pledges);
    }
    let missing = goal.saturating_sub(standing);
    if missing > 0 {
        least = Some(least.map_or(missing, |l| l.min(missing)));
    }
    Ok(least)
}
