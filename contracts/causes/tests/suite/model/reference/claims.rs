//! What is due to whom once it is over.

use muster_schema::causes::{Answer, ForfeitsTo, Fulfilment};

use super::super::judged::reward;
use super::{Pledge, Reference};

/// What becomes of the stakes of those who broke it.
struct Split {
    forfeit: u128,
    keeper: u128,
    share: u128,
    rest: u128,
    fee: u128,
    to_address: u128,
}

impl Reference {
    /// The totals are fixed: what rounding leaves is the campaign fund's.
    pub(crate) fn settle(&mut self, now: u64, action: u64) {
        self.fix_vote(now, action);
        if std::mem::replace(&mut self.of(action).settled, true) {
            return;
        }
        let split = self.split(now, action);
        let a = self.of(action);
        assert!(now >= a.pays_from(now), "settled too early");
        if let (cause, Some(denom)) = (a.cause, a.denom.clone()) {
            self.funds.add(cause, &denom, split.rest);
            self.of(action).forfeits += split.to_address;
            self.add_fee(&denom, split.fee);
        }
    }

    fn split(&mut self, now: u64, action: u64) -> Split {
        let stake = self.stake;
        let a = self.of(action);
        let bound: Vec<Pledge> = a.pledges.clone();
        let bound: Vec<Pledge> = bound
            .into_iter()
            .filter(|p| p.staked && a.bound(now, p))
            .collect();
        let count = |c| bound.iter().filter(|p| a.class(p) == c).count() as u128;
        let (kept, broken) = (count('k'), count('b'));
        let to = a.terms.forfeits_to.clone();
        let together = a.is_collective();
        let mut forfeit = if (kept == 0 && !together) || broken == 0 {
            0
        } else {
            stake
        };
        if matches!(to, Some(ForfeitsTo::Cooperators {})) && broken > 0 {
            forfeit = forfeit.min(stake * kept / broken);
        }
        let keeper = if together { 0 } else { forfeit / 100 };
        let pot = broken * (forfeit - keeper);
        let fee = pot * a.fee_bps / 10_000;
        let pot = pot - fee;
        let sharers = match to {
            Some(ForfeitsTo::Everybody {}) => bound.len() as u128,
            Some(ForfeitsTo::Cooperators {}) => kept,
            _ => 0,
        };
        let share = pot.checked_div(sharers).unwrap_or(0);
        let (rest, to_address) = if sharers == 0 {
            (0, pot)
        } else {
            (pot - share * sharers, 0)
        };
        Split {
            forfeit,
            keeper,
            share,
            rest,
            fee,
            to_address,
        }
    }

    /// What the address that an action's forfeits go to gets now.
    pub(crate) fn claim_forfeits(&mut self, action: u64) -> u128 {
        let a = self.of(action);
        let (amount, denom) = (std::mem::take(&mut a.forfeits), a.denom.clone());
        if let (true, Some(denom)) = (amount > 0, denom) {
            self.counts.one("forfeits went to an address");
            self.receive("charity", &denom, amount);
        }
        amount
    }

    /// What the settlement table says, from the list.
    pub(crate) fn claim(&mut self, now: u64, action: u64, name: &str, by: &str) {
        let a = self.of(action);
        let mine = a.find(name).clone();
        assert!(!mine.claimed, "paid twice");
        if mine.gone {
            a.pledges.retain(|p| p.name != name);
            self.sequences.withdrawn(name, action);
            self.give_back(action, name, mine.staked);
            self.counts.one("whoever stayed silent had it back");
            return;
        }
        a.find(name).claimed = true;
        let bound = a.bound(now, &mine);
        if a.counts_coins() {
            let coins = if bound {
                self.counts.one("bound coins came back");
                (self.back_each(now, action) * u128::from(mine.weight)) as i128
            } else {
                self.counts.one("coins that weren't bound came back");
                self.coins(mine.weight)
            };
            self.pay(name, action, coins);
            if !bound {
                self.claim_bonus(now, action, &mine);
            }
        } else if bound {
            self.claim_bound(now, action, &mine, by);
        } else {
            self.give_back(action, name, mine.staked);
            self.claim_bonus(now, action, &mine);
            let deposited = self.of(action).has_deposit();
            self.counts.one_if("a deposit came back unbound", deposited);
            self.counts.one_if("a stake came back unbound", mine.staked);
        }
    }

    /// What who wasn't bound has of a refund bonus.
    fn claim_bonus(&mut self, now: u64, action: u64, mine: &Pledge) {
        let others = self.others_held(action);
        let a = self.of(action);
        let each = a.bonus_each(now, others);
        let (bonus, beside) = (if mine.early { each } else { 0 }, !a.requires.is_empty());
        let lost = beside && mine.early && bonus == 0 && a.bonus_fund > 0;
        let of_coins = a.counts_coins() && bonus > 0;
        self.pay(&mine.name, action, bonus as i128);
        let counts = &mut self.counts;
        counts.one_if("a refund bonus was paid", bonus > 0);
        counts.one_if("a refund bonus was paid beside coins", of_coins);
        counts.one_if(
            "a refund bonus was paid beside requirements",
            beside && bonus > 0,
        );
        counts.one_if("what was required cost a refund bonus", lost);
    }

    fn claim_bound(&mut self, now: u64, action: u64, mine: &Pledge, by: &str) {
        let (stake, name) = (self.stake, mine.name.as_str());
        self.settle(now, action);
        assert_ne!(mine.challenge, Some(None), "paid before the answer");
        let drawn = self.draw(action, name);
        self.pay(name, action, drawn);
        let fell = mine.challenge == Some(Some(Answer::No));
        let a = self.of(action);
        let judged = matches!(a.terms.fulfilment, Fulfilment::Challengeable { .. });
        if judged && mine.checked_in && !fell && a.committed(now) >= 10 {
            self.keep(name, mine.referrer.clone());
        }
        if !mine.staked {
            return;
        }
        let split = self.split(now, action);
        let a = self.of(action);
        let (class, to) = (a.class(mine), a.terms.forfeits_to.clone());
        let (cause, denom) = (a.cause, a.denom.clone().expect("a stake has one"));
        let share = match to {
            Some(ForfeitsTo::Everybody {}) => split.share,
            Some(ForfeitsTo::Cooperators {}) if class == 'k' => split.share,
            _ => 0,
        };
        self.counts.one_if("a share was paid", share > 0);
        if fell {
            self.counts.one("a challenged stake fell");
            let reward = reward(stake, &denom);
            let rest = stake + share - reward;
            if matches!(to, Some(ForfeitsTo::Address { .. })) {
                self.of(action).forfeits += rest;
            } else {
                self.funds.add(cause, &denom, rest);
            }
            self.receive("challenger", &denom, reward);
            return;
        }
        self.counts
            .one_if("a challenged stake stood", mine.challenge.is_some());
        self.counts.one(match class {
            'k' => "a stake was kept",
            'b' => "a stake was broken",
            _ => "a stake was excused",
        });
        let lost = if class == 'b' { split.forfeit } else { 0 };
        self.pay(name, action, (stake - lost + share) as i128);
        if class == 'b' && by != name {
            self.counts.one_if("a keeper was paid", split.keeper > 0);
            self.pay(by, action, split.keeper as i128);
        } else if class == 'b' {
            self.funds.add(cause, &denom, split.keeper);
        }
    }

    /// A kept pledge of a crowd counts, for the person and for whoever brought them.
    pub(super) fn keep(&mut self, name: &str, referrer: Option<String>) {
        self.counts.one("a kept pledge counted for a standing");
        *self.kept.entry(name.to_owned()).or_default() += 1;
        if let Some(by) = referrer {
            self.counts.one("a kept pledge counted for a referrer");
            *self.referred_kept.entry(by).or_default() += 1;
        }
    }
}
