//! Who is bound: the committed set as stored, or found by a scan; and the thresholds that it is of.

use cosmwasm_std::{Order, Storage};
use muster_mechanism::committed::{self, Committed};
use muster_mechanism::grid;
use muster_mechanism::schedule::Schedule;
use muster_schema::causes::{Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Bucket, Deeds, Layout, Pledge};

use super::Action;
use crate::store;

impl Action {
    /// Whether its committed set can have been bound by now. Where it can't, the hot path reads
    /// neither deeds nor thresholds.
    pub(super) fn may_be_bound(&self) -> bool {
        let timeline = &self.terms.timeline;
        let ready_at_close = || Ok::<_, Error>(true);
        timeline
            .activated_at(self.facts(), ready_at_close, self.now)
            .is_ok_and(|at| at.is_some())
    }

    /// Whether K* can't change any more, given that it may be bound.
    pub(super) fn is_final(&self) -> bool {
        match self.terms.timeline.schedule {
            Schedule::Rolling { pledge_until } => self.now >= pledge_until,
            Schedule::AtClose { .. } | Schedule::AtTrigger { .. } => true,
        }
    }

    /// Finds K* as it is stored, or by one scan.
    pub(super) fn fix(&mut self, storage: &dyn Storage) -> Result<(), Error> {
        if self.is_final() && self.tally.pledged < self.terms.goal {
            // Too few for the goal, which nobody has to store.
            self.deeds = Some(Deeds {
                is_final: 1,
                ..Deeds::default()
            });
            return Ok(());
        }
        self.deeds = self.stored_deeds(storage)?;
        let stored = self.deeds();
        if stored.is_final == 1 || !self.is_final() {
            return Ok(()); // `rolling` before its close: `binds` scans when it must
        }
        let found = if self.has_confirm_window() {
            self.scan_confirmed(storage)?
        } else {
            self.scan(storage)?
        };
        self.deeds = Some(Deeds {
            committed: found.people,
            staked: found.staked,
            is_final: 1,
            ..stored
        });
        self.fresh = true;
        Ok(())
    }

    /// The committed set of the pledges that stand now.
    pub(crate) fn scan(&self, storage: &dyn Storage) -> Result<Committed, Error> {
        let total = Committed {
            people: self.tally.pledged,
            // Of coins the tally counts units there.
            staked: if self.terms.coins {
                0
            } else {
                self.tally.staked
            },
        };
        let above = buckets(storage, self.id, self.confirm.epoch);
        committed::committed_set(self.terms.goal, total, above)
    }

    /// The committed set as of now, bound or not.
    pub(crate) fn committed(&self, storage: &dyn Storage) -> Result<Committed, Error> {
        let known = self.known(storage)?;
        if known.is_final == 1 {
            return Ok(Committed {
                people: known.committed,
                staked: known.staked,
            });
        }
        if self.phase.is_void() {
            return Ok(Committed::default());
        }
        self.scan(storage)
    }

    /// The key of its bucket at a threshold above the goal.
    pub(crate) fn bucket_at(&self, epoch: u32, threshold: u32) -> Vec<u8> {
        let mut at = key::buckets_of(self.id, epoch);
        at.extend_from_slice(&threshold.to_be_bytes());
        at
    }

    /// The threshold of a pledge here.
    pub(crate) fn threshold(&self, pledge: &Pledge) -> u32 {
        grid::threshold(pledge.needs_others, self.terms.goal)
    }

    /// Whether `pledge` is bound as of now. Of a `rolling` action that is open this may take a
    /// scan, whose result it keeps: nobody who was in falls out.
    pub(crate) fn binds(&mut self, storage: &dyn Storage, pledge: &Pledge) -> Result<bool, Error> {
        if self.activated_at.is_none() {
            return Ok(false);
        }
        if self.has_confirm_window() && !self.is_confirmed(pledge) {
            return Ok(false);
        }
        let threshold = self.threshold(pledge);
        if threshold <= self.terms.goal {
            return Ok(true); // K* is at least that
        }
        let known = self.known(storage)?;
        if threshold <= known.committed {
            return Ok(true);
        }
        if known.is_final == 1 {
            return Ok(false);
        }
        Ok(threshold <= self.commit(storage)?)
    }

    /// How many are bound of an active action; of a `rolling` one that is open by a scan, whose result
    /// it keeps.
    pub(crate) fn commit(&mut self, storage: &dyn Storage) -> Result<u32, Error> {
        let known = self.known(storage)?;
        if known.is_final == 1 {
            return Ok(known.committed);
        }
        let found = self.scan(storage)?;
        self.deeds = Some(Deeds {
            committed: found.people,
            staked: found.staked,
            ..known
        });
        self.fresh = true;
        Ok(found.people)
    }

    /// What is known of the bound; zeros where nothing is bound yet. Of a settled one ask [`Self::known`].
    pub(crate) fn deeds(&self) -> Deeds {
        self.deeds.unwrap_or_default()
    }

    /// What is known of the bound, also where it is settled.
    pub(crate) fn known(&self, storage: &dyn Storage) -> Result<Deeds, Error> {
        if self.tally.settled.is_none() {
            return Ok(self.deeds());
        }
        Ok(self.stored_deeds(storage)?.unwrap_or_default())
    }

    fn stored_deeds(&self, storage: &dyn Storage) -> Result<Option<Deeds>, Error> {
        store::load(storage, &key::number(tag::DEEDS, self.id))
    }

    /// Applies `change` to what is known of the bound.
    pub(crate) fn update_deeds(
        &mut self,
        change: impl FnOnce(&mut Deeds) -> Option<()>,
    ) -> Result<(), Error> {
        let mut deeds = self.deeds();
        change(&mut deeds).ok_or(Error::Overflow {
            what: "a number of people",
        })?;
        self.deeds = Some(deeds);
        self.fresh = true;
        Ok(())
    }

    /// Stores what a scan or a report found about the bound. Returns the event that says so when
    /// K* became final.
    pub(crate) fn store_deeds(
        &mut self,
        storage: &mut dyn Storage,
    ) -> Result<Option<event::Bound>, Error> {
        let Some(deeds) = self.deeds.filter(|_| self.fresh) else {
            return Ok(None);
        };
        let at = key::number(tag::DEEDS, self.id);
        let before = self.stored_deeds(storage)?.unwrap_or_default();
        store::save(storage, &at, &deeds);
        self.fresh = false;
        let became_final = before.is_final == 0 && deeds.is_final == 1;
        Ok(self
            .activated_at
            .filter(|_| became_final)
            .map(|at| event::Bound {
                action: self.id,
                at,
                committed: deeds.committed,
                staked: deeds.staked,
            }))
    }
}

/// The thresholds above an action's goal, descending, with how many pledges stand at each in an
/// epoch: 0 where there is no confirm window.
pub(crate) fn buckets(
    storage: &dyn Storage,
    action: u64,
    epoch: u32,
) -> impl Iterator<Item = Result<committed::Bucket, Error>> + '_ {
    let prefix = key::buckets_of(action, epoch);
    store::under(storage, &prefix, Order::Descending).map(|(key, value)| {
        let found = key.len();
        let threshold = key
            .as_slice()
            .try_into()
            .map_err(|_| Error::CorruptRecord {
                record: "bucket key",
                found,
                allowed: 4,
            })?;
        let bucket = Bucket::decode(&value)?;
        Ok(committed::Bucket {
            threshold: u32::from_be_bytes(threshold),
            pledges: bucket.pledges,
            staked: bucket.staked,
        })
    })
}
