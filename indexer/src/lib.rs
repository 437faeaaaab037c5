//! Follows the chain, keeps the read model, and serves it.
