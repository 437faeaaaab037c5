//! Who loses what of the stakes, and who gets it.
//!
//! With stake S, C staked people who kept their promise and B who broke it, each broken one loses
//! f: to the cooperators `f = min(S, ⌊S·C/B⌋)`, so that nobody's share exceeds one stake (a crowd
//! of defectors is no prize); to an address or everybody `f = S` if C ≥ 1; and f = 0 if C = 0,
//! since where nobody kept it, nobody can be blamed. Of B·f first the keeper's reserve, ⌊f/100⌋ for
//! each broken pledge, then the fee, floored, of what is left, then the shares, floored. What
//! rounding leaves goes to the campaign fund. Every coin lost is one that somebody gets:
//! `B·f = B·keeper_each + fee + share_each·sharers + to_address + remainder`.
//!
//! **Lemma.** No share exceeds one stake. Cooperators: `B·f ≤ S·C`, so an equal part of it among C
//! is at most S. Everybody: `B·f = S·B` among at least B + C people, so less than S.

use crate::part;

/// Where forfeits go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForfeitsTo {
    /// Equal parts to those with a stake who kept it.
    Cooperators,
    /// A named address.
    Address,
    /// Equal parts to everybody bound with a stake.
    Everybody,
}

/// How the stakes of an action's bound people stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stakes {
    /// S: one person's stake.
    pub stake: u128,
    /// C: with a stake, kept it.
    pub cooperators: u32,
    /// B: with a stake, broke it.
    pub broken: u32,
    /// With a stake, neither: they get their stake back.
    pub excused: u32,
}

/// What each gets. Coins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forfeits {
    /// f: what each broken pledge loses.
    pub forfeit_each: u128,
    /// Of f, what goes to whoever sends that pledge's claim.
    pub keeper_each: u128,
    /// To the treasury.
    pub fee: u128,
    /// What each sharer gains.
    pub share_each: u128,
    /// To the named address.
    pub to_address: u128,
    /// To the campaign fund.
    pub remainder: u128,
}

/// The sum of the forfeits is beyond 2^128.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow;

/// The keeper's part of a forfeit: one in a hundred.
pub const KEEPER_DIVISOR: u128 = 100;

/// Fixes the forfeits of an action that is judged as a whole, and wasn't done: each of `staked`
/// people loses the whole stake to the named address. Nobody keeps a reserve, since nothing depends
/// on who claims for whom.
///
/// # Errors
/// As [`settle`].
pub fn whole(stake: u128, staked: u32, fee_bps: u16) -> Result<Forfeits, Overflow> {
    let pot = stake.checked_mul(u128::from(staked)).ok_or(Overflow)?;
    let fee = part::bps(pot, fee_bps).ok_or(Overflow)?;
    Ok(Forfeits {
        forfeit_each: stake,
        fee,
        to_address: pot.checked_sub(fee).ok_or(Overflow)?,
        ..Forfeits::default()
    })
}

/// Fixes an action's forfeits. `fee_bps` is in hundredths of a percent, at most 10,000.
///
/// # Errors
/// [`Overflow`] where the stakes together exceed 2^128, or the fee exceeds the whole.
pub fn settle(stakes: Stakes, fee_bps: u16, to: ForfeitsTo) -> Result<Forfeits, Overflow> {
    let Stakes {
        stake,
        cooperators,
        broken,
        excused,
    } = stakes;
    let (kept, broke) = (u128::from(cooperators), u128::from(broken));
    if kept == 0 || broke == 0 {
        return Ok(Forfeits::default());
    }
    let forfeit_each = match to {
        ForfeitsTo::Cooperators if kept < broke => {
            part::part(stake, kept, broke).ok_or(Overflow)?
        }
        _ => stake,
    };
    let keeper_each = forfeit_each.checked_div(KEEPER_DIVISOR).ok_or(Overflow)?;
    let pot = forfeit_each.checked_mul(broke).ok_or(Overflow)?;
    let reserve = keeper_each.checked_mul(broke).ok_or(Overflow)?;
    let left = pot.checked_sub(reserve).ok_or(Overflow)?;
    let fee = part::bps(left, fee_bps).ok_or(Overflow)?;
    let left = left.checked_sub(fee).ok_or(Overflow)?;
    let base = Forfeits {
        forfeit_each,
        keeper_each,
        fee,
        ..Forfeits::default()
    };
    let sharers = match to {
        ForfeitsTo::Address => {
            return Ok(Forfeits {
                to_address: left,
                ..base
            });
        }
        ForfeitsTo::Cooperators => kept,
        ForfeitsTo::Everybody => kept
            .checked_add(broke)
            .and_then(|n| n.checked_add(u128::from(excused)))
            .ok_or(Overflow)?,
    };
    Ok(Forfeits {
        share_each: left.checked_div(sharers).ok_or(Overflow)?,
        remainder: left.checked_rem(sharers).ok_or(Overflow)?,
        ..base
    })
}
