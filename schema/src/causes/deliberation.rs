//! Several actions as alternatives, of which a vote chooses one.

use cosmwasm_schema::cw_serde;

/// Which of the cause's actions are alternatives, and when one of them is chosen by STAR vote:
/// scores from 0 to 5, then the two best against each other. The others are dropped then and their
/// pledgers refunded. A member is whoever has a pledge that stands on one of the alternatives; each
/// has one ballot. With no ballot at all every sum ties, and the first alternative has it.
#[cw_serde]
#[derive(Copy, Eq)]
pub struct Deliberation {
    /// So many of the actions, from the first on. At least 2, or 1 where others may be proposed.
    /// They require nothing.
    pub alternatives: u8,
    /// What members may add, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposals: Option<Proposals>,
    /// Unix seconds: until then members score, from `proposals.until` on or at once. At least the
    /// floor of a hold after that, and as long before any alternative locks or closes.
    pub score_until: u64,
}

impl Deliberation {
    /// The second from which members score; `None`: at once.
    pub fn score_from(&self) -> Option<u64> {
        self.proposals.map(|p| p.until)
    }
}

/// More alternatives, by members.
#[cw_serde]
#[derive(Copy, Eq)]
pub struct Proposals {
    /// How many of them: at most as many as were there from the beginning.
    pub places: u8,
    /// Unix seconds: until then members propose, and second.
    pub until: u64,
}
