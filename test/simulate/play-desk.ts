import type { PlayView } from "@touchstone/shared/plays-api.ts";
import { createRandom, type Random } from "../../hubspot-stand-in/seed/random.ts";
import { send } from "./ask-world.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

/** Every launch that was tried, with what the rules say of it and what the product answered. */
export interface LaunchTrial {
  readonly at: number;
  readonly name: string;
  readonly tier: string;
  /** By the simulation's own book of launches: rows 93, 96 and 120. */
  readonly mayLaunch: boolean;
  readonly launched: boolean;
}

export interface PlayDesk {
  readonly trials: readonly LaunchTrial[];
  /** A day's plays: drafts, launches that the rules allow and that they do not, accounts that come in. */
  workDay(): Promise<number>;
}

interface Desk {
  readonly world: SimulatedWorld;
  readonly random: Random;
  readonly trials: LaunchTrial[];
  readonly running: { playId: string; tier: string }[];
  made: number;
}

const tiers = ["tier_1", "tier_2", "tier_3"] as const;

export function createPlayDesk(world: SimulatedWorld, seed: number, isBusy: boolean): PlayDesk {
  const desk: Desk = { world, random: createRandom("plays", seed), trials: [], running: [], made: 0 };
  return { trials: desk.trials, workDay: () => workDay(desk, isBusy) };
}

async function workDay(desk: Desk, isBusy: boolean): Promise<number> {
  const tries = isBusy ? 4 : desk.random.chance(0.3) ? 1 : 0;
  let done = 0;
  for (let time = 0; time < tries; time++) done += await tryLaunch(desk);
  if (desk.running.length > 0 && desk.random.chance(0.5)) done += await takeIn(desk);
  return done;
}

/** Half of the plays lack something that no reason makes up for; a second one of a month may or may not give its reason. */
async function tryLaunch(desk: Desk): Promise<number> {
  const { world, random } = desk;
  const [tier, isApproved, hasHandoff, hasReason] = [
    random.pick(tiers),
    random.chance(0.8),
    random.chance(0.8),
    random.chance(0.3),
  ];
  const number = ++desk.made;
  const name = `Play ${number}`;
  const handoff = hasHandoff ? { trigger: "two people engaged", responseHours: 24 } : null;
  const made = await send(world, "/api/plays", {
    requestId: `simulated-${number}`,
    template: random.pick(["12-week", "16-week"]),
    play: { name, tier, handoff },
  });
  const { playId } = JSON.parse(made.text) as PlayView;
  if (isApproved) await send(world, `/api/plays/${playId}/approve`, {});
  const month = monthIn("Europe/Madrid", world.now());
  const isFirst = !desk.trials.some(
    (one) => one.launched && one.tier === tier && monthIn("Europe/Madrid", one.at) === month,
  );
  const mayLaunch = isApproved && hasHandoff && (isFirst || hasReason);
  const body = hasReason ? { overrideReason: "The fair is in two weeks" } : {};
  const { ok } = await send(world, `/api/plays/${playId}/launch`, body);
  desk.trials.push({ at: world.now(), name, tier, mayLaunch, launched: ok });
  if (ok) desk.running.push({ playId, tier });
  return 1;
}

/** Accounts of the play's tier come in, and a touch of one that is in it is done. */
async function takeIn({ world, random, running }: Desk): Promise<number> {
  const play = running[random.int(0, running.length - 1)];
  if (!play) return 0;
  const members = world
    .companies()
    .filter(({ properties }) => properties.touchstone_programme_tier === play.tier)
    .map(({ id }) => id);
  const companyIds = members.filter(() => random.chance(0.3)).slice(0, 20);
  const [first] = companyIds;
  if (first === undefined) return 0;
  await send(world, `/api/plays/${play.playId}/accounts`, { companyIds });
  await send(world, `/api/plays/${play.playId}/touches`, { companyId: first, step: random.int(0, 5), status: "done" });
  return 2;
}

const monthIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit" }).format(at);
