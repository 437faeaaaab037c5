// Plays the examples on a local chain until it is stopped. Started by scripts/up and scripts/demo.
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { attribute, sleep } from "../lib/chain.js";
import { Api, Bell } from "./api.js";
import type { Cause } from "./api.js";
import { People, readDeployment, shown } from "./people.js";
import { Play } from "./play.js";
import type { Stage } from "./play.js";
import { STORIES } from "./stories.js";
import type { Story } from "./stories.js";

/** Looks this often though nothing rang. Seconds. */
const AT_LEAST = 10;

/** Keeps up one story. */
class Telling {
  /** Causes in which nothing is left to do, and whether they suffice. */
  private readonly over = new Map<number, boolean>();
  private readonly told = new Set<number>();

  constructor(
    private readonly name: string,
    private readonly story: Story,
    private readonly stage: Stage,
    private readonly setting: { bell: Bell; url: string; denom: string },
  ) {}

  async run(): Promise<void> {
    for (let last = "", turns = 1; ; turns += 1) {
      try {
        const at = await this.turn();
        last = "";
        if (at === "end") {
          // Over at the first look: that was told when it happened.
          if (turns > 1) this.stage.tell(`${this.name}: played to its end`);
          return;
        }
        await this.setting.bell.next(at === null ? AT_LEAST : Math.min(at, AT_LEAST));
      } catch (error) {
        // What was refused or unanswered is looked at anew; said once, not at each try.
        const text = (error as Error).message;
        if (text !== last) this.stage.tell(`${this.name}: tries again after: ${text}`);
        last = text;
        await sleep(2_000);
      }
    }
  }

  /** Does what is due in all causes of this story; answers in how many seconds to look again. */
  private async turn(): Promise<number | null | "end"> {
    const { api } = this.stage;
    const host = await this.host();
    const now = await api.time();
    const ids = await api.created(host.address);
    let enough = [...this.over.values()].includes(true);
    let soonest: number | null = null;
    for (const id of ids.filter((id) => !this.over.has(id))) {
      const cause = await api.cause(id);
      const suffices = this.story.suffices(cause, now);
      enough ||= suffices;
      const { done, at } = await new Play(this.stage, this.story.cast, cause, now).turn();
      if (done) this.over.set(id, suffices);
      else if (suffices && this.story.endless) this.invite(cause);
      if (at !== null && at > now) soonest = Math.min(soonest ?? at, at);
    }
    if (!enough) {
      await this.begin(now, ids.length);
      return 0;
    }
    if (!this.story.endless && ids.every((id) => this.over.has(id))) return "end";
    return soonest === null ? null : soonest - now;
  }

  private async host() {
    return await this.stage.people.person(this.story.cast.players[0]?.account ?? 0);
  }

  private async begin(now: number, earlier: number): Promise<void> {
    const { people, contract, api } = this.stage;
    const { players, attestor } = this.story.cast;
    await people.provide([...players.map((player) => player.account), attestor.account]);
    const host = await this.host();
    const judge = await people.person(attestor.account);
    const sent = await host.execute(contract, this.story.next(now, judge.address, this.setting.denom, earlier));
    api.include(sent.height);
    const id = attribute(sent, "wasm-muster_cause_created", "cause");
    this.stage.tell(`${this.name}: ${players[0]?.name} starts cause ${id}`);
  }

  /** Once its people are in, and once only. */
  private invite(cause: Cause): void {
    if (this.told.has(cause.id)) return;
    this.told.add(cause.id);
    this.stage.tell(`open for you: ${this.setting.url}/causes/${cause.id} "${cause.title}" needs one more person`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { deployment: { type: "string" }, url: { type: "string" } } });
  if (!values.deployment || !values.url) throw new Error("usage: scripts/demo --deployment FILE --url URL");
  const deployment = readDeployment(resolve(process.env["CALLED_FROM"] ?? ".", values.deployment));
  const url = values.url.replace(/\/+$/, "");
  const people = await People.meet(deployment);
  const stage: Stage = {
    api: new Api(url),
    people,
    contract: deployment.contracts.causes.address,
    tell: (text) => console.log(`demo: ${text}`),
    shown: (amounts) => shown(deployment, amounts),
  };
  const everybody = Object.values(STORIES).flatMap(({ cast }) => [...cast.players, cast.attestor]);
  await people.provide(everybody.map(({ account }) => account));
  const setting = { bell: new Bell(url), url, denom: deployment.fee_denom };
  await Promise.all(Object.entries(STORIES).map(([name, story]) => new Telling(name, story, stage, setting).run()));
}

main().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
  process.exit();
});
