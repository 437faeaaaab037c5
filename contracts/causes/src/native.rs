//! The entry points with the types of `cosmwasm-std`, for tests without a chain.

use cosmwasm_std::{Binary, Deps, DepsMut, Env, MessageInfo, Response};
use muster_door::host::{Host, Neighbours};
use muster_schema::causes::{Error, ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};

use crate::contract;

/// See [`contract::instantiate`].
///
/// # Errors
/// See there.
pub fn instantiate(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, Error> {
    let (storage, api) = (deps.storage, &Host(deps.api));
    let others = &Neighbours(deps.querier);
    let deps = muster_door::DepsMut {
        storage,
        api,
        others,
    };
    contract::instantiate(deps, &(&env).into(), &info, msg).map(Into::into)
}

/// See [`contract::execute`].
///
/// # Errors
/// See there.
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, Error> {
    let (storage, api) = (deps.storage, &Host(deps.api));
    let others = &Neighbours(deps.querier);
    let deps = muster_door::DepsMut {
        storage,
        api,
        others,
    };
    contract::execute(deps, &(&env).into(), &info, msg).map(Into::into)
}

/// See [`contract::query`].
///
/// # Errors
/// See there.
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, Error> {
    let (storage, api) = (deps.storage, &Host(deps.api));
    let others = &Neighbours(deps.querier);
    let deps = muster_door::Deps {
        storage,
        api,
        others,
    };
    contract::query(deps, &(&env).into(), msg).map(|json| Binary::from(json.as_bytes()))
}

/// See [`contract::migrate`].
///
/// # Errors
/// See there.
pub fn migrate(deps: DepsMut, env: Env, msg: MigrateMsg) -> Result<Response, Error> {
    let (storage, api) = (deps.storage, &Host(deps.api));
    let others = &Neighbours(deps.querier);
    let deps = muster_door::DepsMut {
        storage,
        api,
        others,
    };
    contract::migrate(deps, &(&env).into(), msg).map(Into::into)
}
