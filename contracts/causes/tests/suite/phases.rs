//! phases.
