//! What others judge: each by attestors or a challenge, or all by one answer.

use muster_schema::causes::limits::VERDICT_TIME;
use muster_schema::causes::{Answer, Fulfilment, Schedule};

use super::{Action, Pledge, Reference};
use crate::common::Outcome;

impl Action {
    pub(super) fn is_collective(&self) -> bool {
        matches!(self.terms.fulfilment, Fulfilment::Collective {})
    }

    /// When reporting ends, once it is active.
    pub(crate) fn reported(&self, now: u64) -> u64 {
        let at = self.activated_at(now).expect("an active one");
        let begins = match self.terms.schedule {
            Schedule::Rolling { pledge_until } => at.max(pledge_until),
            _ => at,
        };
        begins + self.terms.act_window + self.terms.report_window
    }

    pub(crate) fn judge_by(&self, now: u64) -> u64 {
        let terms = self.terms.outcome.as_ref();
        self.reported(now) + terms.and_then(|t| t.judge_window).unwrap_or(0)
    }

    /// From when no answer about it as a whole can come any more.
    pub(super) fn unanswered_from(&self, now: u64) -> u64 {
        self.judge_by(now)
            + if self.asked.is_some() {
                VERDICT_TIME
            } else {
                0
            }
    }

    /// From when the bound are paid.
    pub(crate) fn pays_from(&self, now: u64) -> u64 {
        let reported = self.reported(now);
        if self.has_deposit() {
            return self.decided_at(self.judge_by(now));
        }
        match &self.terms.fulfilment {
            Fulfilment::Challengeable { window, .. } => reported + window,
            Fulfilment::Collective {} => self
                .answer
                .map_or(self.unanswered_from(now), |(_, at)| at.max(reported)),
            _ => reported,
        }
    }

    pub(super) fn class(&self, p: &Pledge) -> char {
        if self.is_collective() {
            return match self.answer {
                Some((Answer::Yes, _)) => 'k',
                Some((Answer::No, _)) => 'b',
                _ => 'e',
            };
        }
        let honor = matches!(
            self.terms.fulfilment,
            Fulfilment::Honor {} | Fulfilment::Challengeable { .. }
        );
        match (honor, p.checked_in, p.outcome) {
            (true, true, _) | (false, _, Some(Outcome::Did)) => 'k',
            (true, false, _) | (false, _, Some(Outcome::Didnt)) => 'b',
            _ => 'e',
        }
    }
}

impl Reference {
    pub(crate) fn attest(
        &mut self,
        now: u64,
        action: u64,
        name: &str,
        judge: &str,
        outcome: Outcome,
    ) {
        let crowd = self.of(action).committed(now) >= 10;
        let pledge = self.of(action).find(name);
        if pledge.outcome.is_none() {
            pledge.said.insert(judge.into(), outcome);
            let agree = pledge.said.values().filter(|o| **o == outcome).count();
            pledge.outcome = (agree >= 2).then_some(outcome);
            let kept = crowd && pledge.outcome == Some(Outcome::Did);
            let by = pledge.referrer.clone();
            if kept {
                self.keep(name, by);
            }
        }
    }

    pub(crate) fn attest_outcome(&mut self, now: u64, action: u64, judge: &str, answer: Answer) {
        let a = self.of(action);
        assert!(a.answer.is_none() && now < a.judge_by(now));
        a.said.insert(judge.into(), answer);
        if a.said.values().filter(|said| **said == answer).count() >= 2 {
            a.answer = Some((answer, now));
        }
    }

    /// A verdict was asked about it as a whole, or has answered.
    pub(crate) fn ask_whole(&mut self, now: u64, action: u64) {
        self.of(action).asked = Some(now);
    }

    pub(crate) fn answer_whole(&mut self, now: u64, action: u64, answer: Answer) {
        let a = self.of(action);
        (a.asked, a.answer) = (None, Some((answer, now)));
        self.counts
            .one("a verdict answered about an action as a whole");
    }

    /// What a verdict was asked about as a whole and hasn't answered, and when.
    pub(crate) fn asked(&self) -> Vec<(u64, u64)> {
        let all = (1..).zip(&self.actions);
        all.filter_map(|(id, a)| Some((id, a.asked?))).collect()
    }

    pub(crate) fn is_challenged(&self, action: u64, name: &str) -> bool {
        let a = &self.actions[action as usize - 1];
        let mine = a.pledges.iter().find(|p| p.name == name);
        mine.is_some_and(|p| p.challenge.is_some())
    }

    pub(crate) fn challenge(&mut self, now: u64, action: u64, name: &str) {
        let a = self.of(action);
        let mine = a.find(name).clone();
        assert!(a.bound(now, &mine) && mine.checked_in && !mine.claimed);
        assert!(now < a.pays_from(now));
        a.find(name).challenge = Some(None);
    }

    /// The challenged who wait for an answer.
    pub(crate) fn pending(&self) -> Vec<(u64, String)> {
        let all = (1..).zip(&self.actions);
        let each = all.flat_map(|(id, a)| a.pledges.iter().map(move |p| (id, p)));
        let waits = each.filter(|(_, p)| p.challenge == Some(None));
        waits.map(|(id, p)| (id, p.name.clone())).collect()
    }

    pub(crate) fn answer_challenge(&mut self, action: u64, name: &str, answer: Answer) {
        self.of(action).find(name).challenge = Some(Some(answer));
    }
}
