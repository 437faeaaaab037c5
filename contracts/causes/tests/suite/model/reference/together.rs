//! Actions that need one another: bound by one message, confirmed and failed together.

use super::{Reference, naive_committed};

impl Reference {
    /// Finds what has failed with what it requires, until nothing changes. What a message bound is
    /// active whatever becomes of the others.
    pub(crate) fn refresh(&mut self, now: u64) {
        self.decide(now);
        self.fail_with_others(now);
        self.end_windows(now);
        self.fail_with_others(now);
    }

    /// Of the confirm windows that have ended: takes away what has nobody, then what requires it,
    /// until nothing changes.
    pub(super) fn end_windows(&mut self, now: u64) {
        let ends: Vec<Option<u64>> = self
            .actions
            .iter()
            .map(|a| a.begun(now).map(|from| from + a.window()))
            .collect();
        for (i, end) in ends.iter().enumerate() {
            let (Some(end), id) = (*end, i as u64 + 1) else {
                continue;
            };
            let mut above = vec![id];
            let mut next = 0;
            while next < above.len() {
                for (j, a) in self.actions.iter_mut().enumerate() {
                    let other = j as u64 + 1;
                    if a.requires.contains(&above[next]) && !above.contains(&other) {
                        a.awaited = a.awaited.max(end);
                        above.push(other);
                    }
                }
                next += 1;
            }
        }
        let ended = |i: usize| ends[i].filter(|end| *end <= now);
        let own: Vec<u32> = self
            .actions
            .iter()
            .map(|a| {
                let sure = a.pledges.iter().filter(|p| p.confirmed && !p.gone);
                let needs: Vec<u32> = sure.map(|p| p.needs).collect();
                naive_committed(a.terms.goal, &needs)
            })
            .collect();
        let mut through: Vec<bool> = (0..own.len())
            .map(|i| ended(i).is_some() && own[i] > 0)
            .collect();
        loop {
            let falls = (0..own.len()).find(|i| {
                through[*i]
                    && self.actions[*i].requires.iter().any(|r| {
                        let r = *r as usize - 1;
                        let active = self.actions[r].activated_at(now).is_some();
                        !through[r] && !active
                    })
            });
            match falls {
                Some(i) => through[i] = false,
                None => break,
            }
        }
        for i in 0..own.len() {
            if let Some(end) = ended(i) {
                let a = &mut self.actions[i];
                a.decide(end, own[i], through[i]);
                let what = if through[i] {
                    "a confirm window was come through"
                } else if a.lost {
                    "a confirm window ended an action"
                } else {
                    "an action was open again after its confirm window"
                };
                self.counts.one(what);
            }
        }
    }

    pub(super) fn fail_with_others(&mut self, now: u64) {
        loop {
            let failed: Vec<bool> = self.actions.iter().map(|a| a.has_failed(now)).collect();
            let mut changed = false;
            for a in self
                .actions
                .iter_mut()
                .filter(|a| !a.void && a.bound_at.is_none() && a.came_through.is_none())
            {
                if a.requires.iter().any(|r| failed[*r as usize - 1]) {
                    a.void = true;
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// The numbers of those that confirm.
    pub(crate) fn confirming(&self, now: u64) -> Vec<u64> {
        let all = (1..).zip(&self.actions);
        all.filter(|(_, a)| a.is_confirming(now))
            .map(|(id, _)| id)
            .collect()
    }

    /// A message bound an action with all that it requires.
    pub(crate) fn activate(&mut self, now: u64, action: u64) {
        let mut together = vec![action];
        let mut next = 0;
        while next < together.len() {
            let a = &self.actions[together[next] as usize - 1];
            for r in a.requires.clone() {
                let active = self.actions[r as usize - 1].activated_at(now).is_some();
                if !active && !together.contains(&r) {
                    together.push(r);
                }
            }
            next += 1;
        }
        self.counts
            .one_if("a message bound several", together.len() > 1);
        for id in together {
            let a = self.of(id);
            assert!(!a.by_time && !a.has_failed(now), "{id} can't be bound");
            assert!(
                a.allowed_at(now).is_some_and(|at| at <= now),
                "{id} may not yet"
            );
            assert!(a.now_committed() > 0, "{id} is not ready");
            assert!(!a.is_confirming(now), "{id} is confirming");
            a.bound_at = Some(now);
        }
    }

    pub(crate) fn confirm(&mut self, now: u64, action: u64, name: &str) {
        let a = self.of(action);
        assert!(a.is_confirming(now));
        let mine = a.find(name);
        assert!(!mine.gone && !mine.confirmed, "confirmed twice");
        mine.confirmed = true;
    }
}
