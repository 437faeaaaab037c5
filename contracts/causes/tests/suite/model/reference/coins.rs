//! Coins for a purpose: given, released and given back.

use muster_schema::causes::{Answer, ReleaseTerms};

use super::{Action, Pledge, Reference};

impl Action {
    pub(crate) fn counts_coins(&self) -> bool {
        self.terms.coins().is_some()
    }

    /// The parts of its coins that wait for an answer each.
    pub(super) fn parts(&self) -> Vec<u16> {
        match self.terms.coins().and_then(|c| c.release.clone()) {
            Some(ReleaseTerms::Tranches { parts }) => parts,
            Some(ReleaseTerms::OnSuccess {}) => vec![10_000],
            _ => vec![],
        }
    }

    /// Their coins: the last has what the others leave.
    pub(super) fn amounts(&mut self, now: u64, min: u128) -> Vec<u128> {
        let total = min * u128::from(self.committed(now));
        let parts = self.parts();
        let mut amounts: Vec<u128> = parts
            .iter()
            .map(|part| total * u128::from(*part) / 10_000)
            .collect();
        let last = amounts.pop().expect("parts");
        let before: u128 = amounts.iter().sum();
        assert!(last <= total - before);
        amounts.push(total - before);
        amounts
    }

    /// The final answer about a part of them.
    pub(super) fn answer_about(&self, now: u64, part: u8) -> Option<Answer> {
        let late = (now >= self.judge_by(now)).then_some(Answer::Unresolved);
        if self.parts().len() > 1 {
            return self.about.get(&part).copied().or(late);
        }
        let late = (now >= self.unanswered_from(now)).then_some(Answer::Unresolved);
        let said = self.answer.map(|(answer, _)| answer);
        said.or(late).filter(|_| now >= self.reported(now))
    }
}

impl Reference {
    /// Coins for a purpose.
    pub(crate) fn pledge_coins(
        &mut self,
        now: u64,
        action: u64,
        name: &str,
        total: u32,
        units: u32,
    ) {
        let needs = total.max(1) - 1;
        let a = self.of(action);
        let bonus = a.terms.bonus.as_ref();
        let pledge = Pledge {
            name: name.into(),
            needs,
            weight: units,
            early: needs < a.terms.goal && bonus.is_some_and(|b| now < b.before),
            ..Pledge::default()
        };
        self.add(now, action, pledge);
        let coins = self.coins(units);
        self.pay(name, action, -coins);
    }

    pub(super) fn coins(&self, units: u32) -> i128 {
        self.min as i128 * i128::from(units)
    }

    /// Tranches about which may be asked now.
    pub(crate) fn tranches_waiting(&mut self, now: u64) -> Vec<(u64, u8)> {
        let mut found = vec![];
        for (id, a) in (1..).zip(&mut self.actions) {
            let parts = a.parts();
            if parts.len() > 1 && a.activated_at(now).is_some() && now < a.judge_by(now) {
                let acts_from = a.reported(now) - a.terms.act_window - a.terms.report_window;
                let open = (0..parts.len() as u8).filter(|i| !a.about.contains_key(i));
                found.extend(open.filter(|_| now >= acts_from).map(|i| (id, i)));
            }
        }
        found
    }

    pub(crate) fn answer_tranche(&mut self, action: u64, tranche: u8, answer: Answer) {
        self.of(action).about.insert(tranche, answer);
    }

    /// Whatever is bound and wasn't paid yet goes to the beneficiary, but for the fee.
    pub(crate) fn release(&mut self, now: u64, action: u64) {
        let min = self.min;
        let a = self.of(action);
        assert!(a.activated_at(now).is_some(), "{action} isn't active");
        if !a.parts().is_empty() {
            let next = a.paid;
            assert_eq!(a.answer_about(now, next), Some(Answer::Yes), "{action}");
            a.paid += 1;
            let amount = a.amounts(now, min)[usize::from(next)];
            self.counts.one("an answer released coins");
            self.pay_out(action, amount);
            return;
        }
        let bound = a.committed(now);
        let units = bound - a.released;
        assert!(units > 0, "nothing of {action} was left to release");
        a.released = bound;
        self.counts.one("activation released coins");
        let amount = self.coins(units);
        self.pay_out(action, amount as u128);
    }

    /// What is released, but for the fee and what its document says.
    fn pay_out(&mut self, action: u64, amount: u128) {
        let a = self.of(action);
        let fee = amount * a.fee_bps / 10_000;
        let document = a.terms.coins().and_then(|coins| coins.document.clone());
        let by_document = document.map_or(0, |d| amount * u128::from(d.bps) / 10_000);
        let denom = a.denom.clone().expect("coins have a denom");
        self.counts
            .one_if("a document had its part", by_document > 0);
        self.add_fee(&denom, fee);
        self.receive("institute", &denom, by_document);
        self.receive("farmer", &denom, amount - fee - by_document);
    }

    /// What each unit has back of the first part that no Yes was said about, and all later ones.
    pub(super) fn back_each(&mut self, now: u64, action: u64) -> u128 {
        let min = self.min;
        let a = self.of(action);
        if let Some(each) = a.back_each {
            return each;
        }
        let amounts = a.amounts(now, min);
        let denied = |i: &u8| a.answer_about(now, *i) != Some(Answer::Yes);
        let from = (a.paid..amounts.len() as u8).find(denied).expect("a part");
        assert!(a.answer_about(now, from).is_some(), "before its answer");
        let back: u128 = amounts[usize::from(from)..].iter().sum();
        let bound = u128::from(a.committed(now));
        a.back_each = Some(back / bound);
        let (cause, denom) = (a.cause, a.denom.clone().expect("coins have a denom"));
        self.funds.add(cause, &denom, back % bound);
        self.counts.one("an answer gave coins back");
        back / bound
    }
}
