//! What is judged: actions as a whole, and challenged check-ins.

use muster_schema::causes::{Answer, ChallengeStatus, OutcomeBy, event};

use super::{Fold, alarm, pay, rows};
use crate::error::Result;

impl Fold<'_> {
    pub(super) async fn outcome_attested(&mut self, e: event::OutcomeAttested) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        live.fix(self.block.time);
        live.state
            .said
            .retain(|(attestor, _)| *attestor != e.attestor);
        live.state.said.push((e.attestor, e.answer));
        self.save(&mut live).await
    }

    pub(super) async fn answered(&mut self, e: event::Answered) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        live.fix(self.block.time);
        let s = &mut live.state;
        if let Some((before, _)) = s.answer {
            alarm("answered", e.action, e.answer.as_str(), before.as_str());
        }
        // Attestors' words came in events of their own; a verdict's record did not.
        if let Some(OutcomeBy::Attested { quorum, .. }) = s.terms.outcome.as_ref().map(|o| &o.by) {
            let agree = s.said.iter().filter(|(_, answer)| *answer == e.answer);
            if agree.count() < usize::from(*quorum) && e.answer != Answer::Unresolved {
                alarm("answered", e.action, e.answer.as_str(), "no quorum");
            }
        }
        s.answer = Some((e.answer, self.block.time));
        self.save(&mut live).await
    }

    pub(super) async fn challenged(&mut self, e: event::Challenged) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let mut row = rows::pledge(self.db, e.action, &e.person).await?;
        if !live.note_binds(&row.deed, self.block.time) || !row.deed.checked_in {
            alarm(
                "challenged",
                e.action,
                &e.person,
                "not bound, or no check-in",
            );
        }
        row.challenger = Some(e.challenger);
        row.deed.challenge = Some(ChallengeStatus::Pending);
        rows::save_pledge(self.db, &row).await?;
        self.save(&mut live).await
    }

    /// The claim of that pledge follows in the same message.
    pub(super) async fn challenge_ended(&mut self, e: event::ChallengeEnded) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        live.fix(self.block.time);
        let mut row = rows::pledge(self.db, e.action, &e.person).await?;
        row.deed.challenge = Some(e.status);
        let taken = e
            .to_challenger
            .saturating_add(e.fund)
            .saturating_add(e.to_address);
        let own = match (e.status, live.totals(self.block.time)) {
            (ChallengeStatus::Fell, Some(totals)) => live.due(&row.deed, &totals),
            _ => 0,
        };
        if taken != own {
            let (taken, own) = (taken.to_string(), own.to_string());
            alarm("challenge_ended", e.action, &taken, &own);
        }
        let s = &mut live.state;
        pay(s, e.to_challenger)?;
        s.held = rows::moved(Some(&s.held), 0, e.fund, "held")?;
        s.forfeits = rows::moved(Some(&s.forfeits), e.to_address, 0, "forfeits")?;
        if let (Some(stake), true) = (s.terms.stake.clone(), e.fund > 0) {
            rows::move_fund(self.db, s.cause, &stake.coin.denom, e.fund, 0).await?;
        }
        rows::save_pledge(self.db, &row).await?;
        self.save(&mut live).await
    }
}
