//! Entry points. They dispatch and do nothing else.

use cosmwasm_std::MessageInfo;
use muster_door::{Deps, DepsMut, Env, Response};
use muster_schema::causes::{Error, ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};

use crate::{address, execute, money, query};

pub(crate) const CONTRACT: &str = "crates.io:muster-causes";
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Instantiates the contract. See [`InstantiateMsg`].
///
/// # Errors
/// Any [`Error`] of a bad address or number.
pub fn instantiate(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, Error> {
    money::refuse_coins(info)?;
    execute::config::instantiate(deps, env, msg)
}

/// Does what a message asks. See [`ExecuteMsg`].
///
/// # Errors
/// Any [`Error`]; nothing has changed then.
pub fn execute(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, Error> {
    if !matches!(
        msg,
        ExecuteMsg::Pledge { .. }
            | ExecuteMsg::PledgeBundle { .. }
            | ExecuteMsg::PledgeCoins { .. }
            | ExecuteMsg::Support { .. }
            | ExecuteMsg::SponsorBonus { .. }
    ) {
        money::refuse_coins(info)?;
    }
    let api = deps.api;
    let sender = || address::sender(api, &info.sender);
    match msg {
        ExecuteMsg::SponsorBonus { action } => {
            execute::bonus::sponsor(deps, env, &sender()?, &info.funds, action)
        }
        ExecuteMsg::ClaimBonus { action } => execute::bonus::claim(deps, env, action),
        ExecuteMsg::Support { cause } => execute::fund::support(deps, env, info, cause),
        ExecuteMsg::SweepFund { cause, denom } => {
            execute::fund::sweep_fund(deps, env, cause, denom)
        }
        ExecuteMsg::PledgeCoins {
            action,
            total_at_least,
            credentials,
        } => {
            let offer = execute::pledge_coins::Offer {
                action,
                total_at_least,
                credentials: &credentials,
            };
            execute::pledge_coins::pledge_coins(deps, env, &sender()?, &info.funds, offer)
        }
        ExecuteMsg::Release { action } => execute::release::release(deps, env, action),
        ExecuteMsg::Pledge {
            action,
            needs_others,
            referrer,
            credentials,
        } => {
            let asked = execute::pledge::Asked {
                action,
                needs_others,
                referrer: referrer.as_deref(),
                credentials: &credentials,
            };
            execute::pledge::pledge(deps, env, &sender()?, &info.funds, asked)
        }
        ExecuteMsg::Say { cause, words } => execute::registry::say(deps, &sender()?, cause, words),
        ExecuteMsg::Rate {
            cause,
            person,
            vote,
        } => execute::registry::rate(deps, &sender()?, cause, &person, vote),
        ExecuteMsg::CreateCause(cause) => {
            execute::create_cause::create_cause(deps, env, info, *cause)
        }
        ExecuteMsg::PledgeBundle {
            cause,
            needs_others,
        } => {
            let funds = &info.funds;
            execute::bundle::pledge(deps, env, &sender()?, funds, cause, &needs_others)
        }
        ExecuteMsg::WithdrawBundle { cause } => {
            execute::bundle::withdraw(deps, env, &sender()?, cause)
        }
        ExecuteMsg::Withdraw { action } => {
            execute::withdraw::withdraw(deps, env, &sender()?, action)
        }
        ExecuteMsg::Activate { action } => execute::activate::activate(deps, env, action),
        ExecuteMsg::Confirm { action } => execute::confirm::confirm(deps, env, &sender()?, action),
        ExecuteMsg::CheckIn { action, evidence } => {
            execute::check_in::check_in(deps, env, &sender()?, action, evidence)
        }
        ExecuteMsg::AlreadyDid { action } => {
            execute::already_did::already_did(deps, env, &sender()?, action)
        }
        ExecuteMsg::Relay { items } => execute::relay::relay(deps, env, &info.sender, items),
        ExecuteMsg::Void { sequence } => execute::relay::void(deps, &sender()?, sequence),
        ExecuteMsg::Attest { action, statements } => {
            execute::attest::attest(deps, env, info, action, statements)
        }
        ExecuteMsg::AttestOutcome { action, answer } => {
            execute::attest_outcome::attest_outcome(deps, env, info, action, answer)
        }
        ExecuteMsg::StateSaving {
            action,
            person,
            currency,
            saved,
            paid,
            evidence,
        } => {
            let stated = execute::state_saving::Stated {
                action,
                person,
                currency,
                saved,
                paid,
                evidence,
            };
            execute::state_saving::state_saving(deps, env, info, stated)
        }
        ExecuteMsg::Challenge { action, person } => {
            execute::challenge::challenge(deps, env, action, &person)
        }
        ExecuteMsg::Settle { action } => execute::settle::settle(deps, env, info, action),
        ExecuteMsg::Claim { action, person } => {
            execute::claim::claim(deps, env, info, action, person)
        }
        ExecuteMsg::ClaimReward { action, person } => {
            execute::reward::claim(deps, env, info, action, person)
        }
        ExecuteMsg::ClaimForfeits { action } => execute::payouts::claim_forfeits(deps, env, action),
        ExecuteMsg::CancelCause { cause } => execute::cancel::cancel_cause(deps, env, info, cause),
        ExecuteMsg::Propose { cause, action } => {
            execute::propose::propose(deps, env, &sender()?, cause, &action)
        }
        ExecuteMsg::Second { cause, proposal } => {
            execute::propose::second(deps, env, &sender()?, cause, proposal)
        }
        ExecuteMsg::Score { cause, scores } => {
            execute::score::score(deps, env, &sender()?, cause, scores)
        }
        ExecuteMsg::SpendFund {
            cause,
            to,
            denom,
            amount,
            memo,
        } => {
            let spend = execute::fund::Spend {
                cause,
                to,
                denom,
                amount: amount.u128(),
                memo,
            };
            execute::fund::spend_fund(deps, env, info, spend)
        }
        ExecuteMsg::ClaimFees { denom } => execute::payouts::claim_fees(deps, &denom),
        ExecuteMsg::UpdateConfig { fee_bps, treasury } => {
            execute::config::update(deps, env, info, fee_bps, treasury)
        }
        ExecuteMsg::ProposeOwner { owner } => execute::config::propose_owner(deps, info, owner),
        ExecuteMsg::AcceptOwner {} => execute::config::accept_owner(deps, info),
        ExecuteMsg::RenounceOwner {} => execute::config::renounce_owner(deps, info),
    }
}

/// Answers a question, in JSON. See [`QueryMsg`].
///
/// # Errors
/// Any [`Error`] of an unknown number or a bad address.
pub fn query(deps: Deps, env: &Env, msg: QueryMsg) -> Result<String, Error> {
    query::answer(deps, env, msg)
}

/// Moves to this version from an older one of the same contract.
///
/// # Errors
/// [`Error::BadMigration`] from anything else.
pub fn migrate(deps: DepsMut, _env: &Env, _msg: MigrateMsg) -> Result<Response, Error> {
    execute::migrate::migrate(deps)
}
