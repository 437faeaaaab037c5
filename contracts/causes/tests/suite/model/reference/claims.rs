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
        }
    }

    fn split(&mut self, now: u64, action: u64) -> Split {
        let (stake, fee_bps) = (self.stake, self.fee_bps);
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
        let pot = pot - pot * fee_bps / 10_000;
        let sharers = match to {
            Some(ForfeitsTo::Everybody {}) => bound.len() as u128,
            Some(ForfeitsTo::Cooperators {}) => kept,
            _ => 0,
        };
        let share = pot.checked_div(sharers).unwrap_or(0);
        let rest = if sharers == 0 {
            0
        } else {
            pot - share * sharers
        };
        Split {
            forfeit,
            keeper,
            share,
            rest,
        }
    }

    /// What the settlement table says, from the list.
    pub(crate) fn claim(&mut self, now: u64, action: u64, name: &str, by: &str) {
        let stake = self.stake;
        let a = self.of(action);
        let mine = a.find(name).clone();
        assert!(!mine.claimed, "paid twice");
        if mine.gone {
            a.pledges.retain(|p| p.name != name);
            self.sequences.withdrawn(name, action);
            self.give_back(action, name, mine.staked);
            return;
        }
        a.find(name).claimed = true;
        if a.counts_coins() && a.bound(now, &mine) {
            let back = self.back_each(now, action) * u128::from(mine.weight);
            self.pay(name, action, back as i128);
            return;
        }
        if a.counts_coins() {
            let coins = self.coins(mine.weight);
            self.pay(name, action, coins);
            return;
        }
        let bound = a.bound(now, &mine);
        if !bound {
            let deposit = self.of(action).deposit();
            self.pay(name, action, deposit as i128);
        }
        if bound {
            self.settle(now, action);
            assert_ne!(mine.challenge, Some(None), "paid before the answer");
        }
        if bound {
            let drawn = self.draw(action, name);
            self.pay(name, action, drawn);
        }
        let fell = mine.challenge == Some(Some(Answer::No));
        let a = self.of(action);
        let judged = matches!(a.terms.fulfilment, Fulfilment::Challengeable { .. });
        if bound && judged && mine.checked_in && !fell && a.committed(now) >= 10 {
            *self.kept.entry(name.to_owned()).or_default() += 1;
            if let Some(by) = mine.referrer.clone() {
                *self.referred_kept.entry(by).or_default() += 1;
            }
        }
        if !mine.staked {
            return;
        }
        if !bound {
            let early = mine.early;
            let bonus = if early {
                self.of(action).bonus_each(now)
            } else {
                0
            };
            self.pay(name, action, (stake + bonus) as i128);
            return;
        }
        let split = self.split(now, action);
        let a = self.of(action);
        let (class, to) = (a.class(&mine), a.terms.forfeits_to.clone());
        let share = match to {
            Some(ForfeitsTo::Everybody {}) => split.share,
            Some(ForfeitsTo::Cooperators {}) if class == 'k' => split.share,
            _ => 0,
        };
        if fell {
            let (cause, denom) = (a.cause, a.denom.clone().unwrap());
            let reward = reward(stake, &denom);
            if !matches!(to, Some(ForfeitsTo::Address { .. })) {
                self.funds.add(cause, &denom, stake + share - reward);
            }
            self.receive("challenger", &denom, reward);
            return;
        }
        let lost = if class == 'b' { split.forfeit } else { 0 };
        self.pay(name, action, (stake - lost + share) as i128);
        if class == 'b' && by != name {
            self.pay(by, action, split.keeper as i128);
        } else if class == 'b' {
            let a = self.of(action);
            let (cause, denom) = (a.cause, a.denom.clone().unwrap());
            self.funds.add(cause, &denom, split.keeper);
        }
    }
}
