// How a pledge stands.
import type { Pledge } from "../types.js";

export const isBound = (pledge: Pledge): boolean => ["bound", "kept", "broken", "excused"].includes(pledge.status);

/** Neither withdrawn nor paid. */
export const stands = (pledge: Pledge): boolean => pledge.status !== "withdrawn" && pledge.status !== "claimed";
