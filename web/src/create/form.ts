// The form that starts a cause.
import type { Session } from "../session.js";

export function startForm(_session: Session, _main: HTMLElement): void {}
