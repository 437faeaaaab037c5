//! The gate that every shipped contract passes, in `tests/`: what the chain would refuse to
//! store is refused here first.
