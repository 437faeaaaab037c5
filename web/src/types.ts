// What the server answers, as far as the island reads it. The whole is in /v1/openapi.json.

export interface Coin {
  denom: string;
  /** A whole number of the smallest unit. */
  amount: string;
}

export interface View {
  chain_id: string;
  height: number;
  /** Unix seconds of that block. */
  time: number;
}

export type Phase =
  | "pledging"
  | "locked"
  | "confirming"
  | "acting"
  | "reporting"
  | "judging"
  | "appealing"
  | "settled"
  | "failed"
  | "cancelled"
  | "dropped";

export interface Bucket {
  /** max(needs_others + 1, goal). */
  threshold: number;
  pledges: number;
}

export interface Totals {
  cooperators: number;
  broken: number;
  excused: number;
  forfeit_each: string;
  keeper_each: string;
  share_each: string;
  to_address: string;
}

/** A claim, and the public key of who must have signed it. */
export interface Claim {
  key_type: "secp256k1" | "ed25519";
  issuer: string;
  claim: string;
}

/** All that is given must hold. */
export interface Gate {
  people: string | null;
  claims: Claim[];
  scope: string | null;
  only: "person" | "organisation" | null;
  communities: number[];
  list: string[];
  least_kept: number | null;
}

/** A contract that institutions signed elsewhere: hundredths of a percent of what is released, or saved. */
export interface Document {
  uri: string;
  sha256: string;
  bps: number;
  recipient: string;
}

/** What an action that counts coins is about. */
export interface ActionCoins {
  min: Coin;
  beneficiary: string;
  document: Document | null;
  people: number;
  released_units: number;
  goal: Coin;
  pledged: Coin;
  committed: Coin;
  released: Coin;
  release: "on_activation" | "on_success" | "tranches";
  tranches: { bps: number; amount: Coin; state: "waiting" | "released" | "returned" }[];
  /** For each unit that was bound, once that is fixed. */
  returned_each: Coin | null;
}

/** A verdict contract and whom it asks. */
export interface Judge {
  verdict: string;
  electorate: "pledgers" | "community" | "jury";
  community: number | null;
  size: number | null;
}

/** What is judged of an action beyond each person's own report. Unix seconds; windows in seconds. */
export interface Judging {
  judge_from: number | null;
  pays_from: number | null;
  challenges: Judge | null;
  challenge_until: number | null;
  challenge_window: number | null;
  outcome_by: "vote" | "attested" | "of" | null;
  judge: Judge | null;
  attestors: string[];
  quorum: number;
  of: number | null;
  judge_by: number | null;
  judge_window: number | null;
  answer_by: number | null;
  answer_window: number | null;
  said: { attestor: string; answer: "yes" | "no" | "unresolved" }[];
  answer: "yes" | "no" | "unresolved" | null;
  /** Where deposits stand behind the vote. */
  deposits?: { each: Coin; settled: boolean; own: number; rewards: string } | null;
}

/** What the contract reads of the verdict contract now. */
export interface Verdict {
  phase: Phase;
  asked: boolean;
  answer: "yes" | "no" | "unresolved" | null;
  /** Of the person that was asked about. */
  challenge: "pending" | "stands" | "fell" | null;
  claimable: Coin[] | null;
  /** Whether the answer about the coins that are next to be released is yes. */
  releases: boolean;
  /** What the person draws of others' lost deposits without an own one. */
  reward: Coin | null;
}

export interface Action {
  id: number;
  label: string;
  description: string;
  /** Units of `coins.min` where it counts coins, as `pledged`, `committed` and the curve. */
  goal: number;
  coins?: ActionCoins | null;
  /** The most who may be in at once. */
  max: number | null;
  /** Who may pledge; null: everybody. */
  gate: Gate | null;
  schedule: { kind: "at_close" | "at_trigger" | "rolling"; pledge_until: number | null; hold: number | null };
  lock: number;
  /** Whether it is pledged only together with the other actions of its cause. */
  bundled: boolean;
  /** Seconds in which the committed confirm; null: nobody need. */
  confirm_window: number | null;
  /** While it is confirming. */
  confirming: { from: number; until: number; confirmed: number; survives: number | null } | null;
  act_window: number;
  report_window: number;
  stake: Coin | null;
  stake_required: boolean;
  /** A sponsor's refund bonus, in the denom of the stakes, or of the coins. `rest`: what waits to go back to the sponsor. */
  bonus?: { sponsor: string; per_pledge: string; before: number; fund: string; eligible: number; each: string; rest: string } | null;
  fulfilment: "honor" | "attested" | "challengeable" | "collective";
  attestors: string[];
  quorum: number;
  forfeits_to: "cooperators" | "address" | "everybody" | null;
  forfeits_address: string | null;
  pledged: number;
  committed: number;
  phase: Phase;
  active: boolean;
  activated_at: number | null;
  act_from: number | null;
  report_from: number | null;
  settled_from: number | null;
  next_boundary: number | null;
  curve: Bucket[];
  requires: number[];
  waits_for: string | null;
  takes_pledges: boolean;
  by_message: boolean;
  can_activate: boolean;
  totals_fixed: boolean;
  totals: Totals | null;
  already_did: number;
  checked_in: number;
  held: Coin[];
  judging?: Judging | null;
  /** A percentage of what it saves institutions. */
  saving?: { document: Document } | null;
}

/** What a pledger says about their influence over the problem. */
export interface RegistryEntry {
  person: string;
  words: string;
  up: number;
  down: number;
}

export interface Cause {
  id: number;
  creator: string;
  title: string;
  cancel: "until_first_pledge" | "until_lock" | "never";
  cancelled: boolean;
  fee_bps: number;
  fund: Coin[];
  /** Who gets what is left at its end; null: it takes no gifts. */
  fund_to: string | null;
  /** Unix seconds of its end, as far as it is known. */
  fund_until: number | null;
  /** The best rated first. */
  registry: RegistryEntry[];
  /** The choice between alternatives, if there is one. */
  deliberation: Deliberation | null;
  actions: Action[];
  view: View;
}

/** Times are Unix seconds. */
export interface Deliberation {
  /** In the order of a ballot. */
  alternatives: { action: number; score: number; fives: number }[];
  propose_until: number | null;
  places_left: number;
  score_until: number;
  ballots: number;
  chosen: number | null;
  proposals: Proposal[];
}

export interface Proposal {
  proposal: number;
  person: string;
  label: string;
  seconders: number;
  action: number | null;
}

export type PledgeStatus =
  | "standing"
  | "bound"
  | "kept"
  | "broken"
  | "excused"
  | "released"
  | "claimed"
  | "withdrawn";

export interface Pledge {
  action: number;
  cause: number;
  address: string;
  needs_others: number;
  status: PledgeStatus;
  staked: boolean;
  stake: Coin | null;
  coins?: { amount: Coin; units: number; total_at_least: number } | null;
  confirmed: boolean;
  checked_in: boolean;
  outcome: "did" | "didnt" | "excused" | null;
  challenge?: "pending" | "stands" | "fell" | null;
  challenger?: string | null;
  /** What a claim would send now; null where it would be refused. */
  claimable: Coin[] | null;
}

export interface Person {
  address: string;
  pledges: Pledge[];
  claimable: Coin[];
  /** Actions in which the person attests. */
  attests: number[];
  standing: { kept: number };
  /** Causes that the person started. */
  created: number[];
  /** Scores that stand, in the order of the alternatives. */
  ballots: { cause: number; scores: number[] }[];
  /** Proposals that the person seconds. */
  seconded: { cause: number; proposal: number }[];
  view: View;
}

export interface Denom {
  denom: string;
  symbol: string;
  display: string;
  exponent: number;
}

export interface ChainInfo {
  chain_id: string;
  bech32_prefix: string;
  contracts: { causes: { address: string } };
  fee_denom: string;
  /** Decimal, in `fee_denom` per gas. */
  gas_price: string;
  local: boolean;
  faucet: { mnemonic: string } | null;
  lcd: string | null;
  denoms: Denom[];
  /** Who sends what people without coins sign: addresses on the web, the preferred first. */
  sponsors: string[];
  scan_gas_allowance: number;
}
