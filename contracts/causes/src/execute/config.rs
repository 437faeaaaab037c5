//! The configuration and its owner, who can only ever shape *new* causes.

use cosmwasm_std::{Addr, MessageInfo};
use muster_door::{Deps, DepsMut, Env, Response};
use muster_schema::causes::{Error, InstantiateMsg, event, limits};
use muster_schema::layout::Config;

use super::migrate;
use crate::{address, records, validate};

pub(crate) fn instantiate(
    deps: DepsMut,
    env: &Env,
    msg: InstantiateMsg,
) -> Result<Response, Error> {
    validate::range("fee_bps", msg.fee_bps.into(), 0, limits::MAX_FEE_BPS.into())?;
    for (field, floor) in [
        ("floors.report", msg.floors.report),
        ("floors.hold", msg.floors.hold),
        ("floors.lock", msg.floors.lock),
        ("floors.confirm", msg.floors.confirm),
    ] {
        validate::range(field, floor.into(), 1, limits::MAX_WINDOW.into())?;
    }
    migrate::mark(deps.storage);
    let config = Config {
        owner: Some(
            address::typed(deps.api, "owner", &msg.owner)?
                .address
                .into(),
        ),
        pending_owner: None,
        treasury: treasury_address(deps.as_ref(), env, &msg.treasury)?.into(),
        fee_bps: msg.fee_bps,
        floors: msg.floors,
    };
    records::save_config(deps.storage, &config);
    Ok(Response::new()
        .add_event(updated(&config))
        .add_event(owner_event(&config)))
}

pub(crate) fn update(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    fee_bps: Option<u16>,
    treasury: Option<String>,
) -> Result<Response, Error> {
    let mut config = owned_by(records::config(deps.storage)?, info)?;
    if fee_bps.is_none() && treasury.is_none() {
        return Err(Error::Contradiction {
            found: "an update of nothing",
            allowed: "fee_bps, treasury or both",
        });
    }
    if let Some(fee_bps) = fee_bps {
        validate::range("fee_bps", fee_bps.into(), 0, limits::MAX_FEE_BPS.into())?;
        config.fee_bps = fee_bps;
    }
    if let Some(treasury) = treasury {
        config.treasury = treasury_address(deps.as_ref(), env, &treasury)?.into();
    }
    records::save_config(deps.storage, &config);
    Ok(Response::new().add_event(updated(&config)))
}

pub(crate) fn propose_owner(
    deps: DepsMut,
    info: &MessageInfo,
    owner: Option<String>,
) -> Result<Response, Error> {
    let mut config = owned_by(records::config(deps.storage)?, info)?;
    config.pending_owner = owner
        .map(|o| address::typed(deps.api, "owner", &o))
        .transpose()?
        .map(|p| p.address.into());
    records::save_config(deps.storage, &config);
    Ok(Response::new().add_event(owner_event(&config)))
}

pub(crate) fn accept_owner(deps: DepsMut, info: &MessageInfo) -> Result<Response, Error> {
    let mut config = records::config(deps.storage)?;
    if config.pending_owner.as_deref() != Some(info.sender.as_str()) {
        return Err(unauthorized(info, config.pending_owner));
    }
    config.owner = config.pending_owner.take();
    records::save_config(deps.storage, &config);
    Ok(Response::new().add_event(owner_event(&config)))
}

pub(crate) fn renounce_owner(deps: DepsMut, info: &MessageInfo) -> Result<Response, Error> {
    let mut config = owned_by(records::config(deps.storage)?, info)?;
    config.owner = None;
    config.pending_owner = None;
    records::save_config(deps.storage, &config);
    Ok(Response::new().add_event(owner_event(&config)))
}

fn treasury_address(deps: Deps, env: &Env, text: &str) -> Result<Addr, Error> {
    let treasury = address::typed(deps.api, "treasury", text)?.address;
    address::refuse_this_contract(env, &treasury)?;
    Ok(treasury)
}

fn owned_by(config: Config, info: &MessageInfo) -> Result<Config, Error> {
    if config.owner.as_deref() == Some(info.sender.as_str()) {
        Ok(config)
    } else {
        Err(unauthorized(info, config.owner))
    }
}

fn unauthorized(info: &MessageInfo, allowed: Option<String>) -> Error {
    Error::Unauthorized {
        found: info.sender.to_string(),
        allowed: allowed.unwrap_or_else(|| "nobody".to_owned()),
    }
}

fn updated(config: &Config) -> event::ConfigUpdated {
    event::ConfigUpdated {
        fee_bps: config.fee_bps,
        treasury: config.treasury.clone(),
    }
}

fn owner_event(config: &Config) -> event::OwnerChanged {
    event::OwnerChanged {
        owner: config.owner.clone(),
        pending: config.pending_owner.clone(),
    }
}
