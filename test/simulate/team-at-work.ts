import type { HotListView } from "@touchstone/shared/hot-api.ts";
import { roleTaxonomies } from "@touchstone/shared/role-taxonomies.ts";
import type { TiersView } from "@touchstone/shared/tiers-api.ts";
import { createRandom, type Random } from "../../hubspot-stand-in/seed/random.ts";
import { read, send } from "./ask-world.ts";
import type { CrmLife } from "./crm-life.ts";
import { createPlayDesk, type PlayDesk } from "./play-desk.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

/** Marketing and sales at work with Touchstone: every request is one that a card or page of HubSpot makes. */
export interface TeamAtWork {
  readonly plays: PlayDesk;
  /** Chooses tiers whose caps bind, as an admin does once. */
  settleIn(): Promise<void>;
  /** What the team does in the hour that ends now; returns how many requests changed something or were refused. */
  workHour(): Promise<number>;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Below the shipped ones, which hardly an account of the generated portal reaches: here all three tiers fill and overflow. */
const lines = [50, 45, 38];
const shippedFor = 2_000;

export function createTeam(world: SimulatedWorld, life: CrmLife, seed: number, isBusy = false): TeamAtWork {
  const random = createRandom("team", seed);
  const plays = createPlayDesk(world, seed, isBusy);
  const team = { world, life, random };
  return {
    plays,
    settleIn: () => settleIn(world),
    workHour: async () => {
      const at = new Date(world.now());
      const [day, hour] = [at.getUTCDay(), at.getUTCHours()];
      if (day === 0 || day === 6 || hour < 8 || hour > 17) return 0;
      let done = await answerHotAccounts(team);
      if (hour === 9) done += await mapPeople(team);
      if (hour === 10) done += await plays.workDay();
      if (hour === 11 && day === 5) done += await answerDemotions(team);
      if (hour === 14 && random.chance(0.4)) done += await override(team);
      return done;
    },
  };
}

interface Team {
  readonly world: SimulatedWorld;
  readonly life: CrmLife;
  readonly random: Random;
}

/** The shipped caps of 25, 75 and 200 for 2,000 accounts, as many for each account in a smaller portal. */
async function settleIn(world: SimulatedWorld): Promise<void> {
  const { programme, tiers } = await read<TiersView>(world, "/api/tiers");
  const accounts = world.companies().length;
  const own = {
    ...programme,
    tiers: programme.tiers.map((tier, place) => ({
      ...tier,
      cap: Math.max(1, Math.round(((tiers[place]?.cap.template ?? 1) * accounts) / shippedFor)),
      entry: { match: "all", conditions: [{ kind: "score", from: lines[place] }] },
    })),
  };
  await send(world, "/api/tiers/programme", { programme: own });
  await world.work();
  // Fewer places than accounts in them: nobody leaves unasked, so the admin says yes to all.
  for (let asked = -1; asked !== 0; ) {
    const { demotions } = await read<TiersView>(world, "/api/tiers");
    asked = demotions.length;
    for (const { companyId } of demotions) await send(world, `/api/accounts/${companyId}/tier/demotion`, yes);
    await world.work();
  }
}

const yes = { approve: true };

/** Most hot accounts are called in time, some late or never, some excused; machines write to all of them. */
async function answerHotAccounts({ world, life, random }: Team): Promise<number> {
  const { alerts } = await read<HotListView>(world, "/api/hot");
  let done = 0;
  for (const { companyId, state } of alerts) {
    if (state !== "open" && state !== "missed") continue;
    const at = world.now() - random.int(1, hourMs - 1);
    const chance = random.next();
    if (chance < 0.12) life.call(companyId, at);
    else if (chance < 0.2) life.sendSequence(companyId, at);
    else if (chance < 0.22) await send(world, `/api/accounts/${companyId}/hot/excuse`, { reason: "open_deal" });
    else continue;
    done++;
  }
  return done;
}

/** Roles under the portal's taxonomy, a departure now and then, and places that are known by title only. */
async function mapPeople({ world, random }: Team): Promise<number> {
  const roles = roleTaxonomies["six-with-blocker"].roles.map(({ key }) => key);
  const some = <T>(list: readonly T[]) => list[random.int(0, list.length - 1)];
  const companies = world.companies();
  let done = 0;
  for (let times = 0; times < 4; times++) {
    const company = some(companies)?.id ?? "";
    const personId = some(world.crm.linked({ type: "companies", id: company }, "contacts"));
    if (personId === undefined) continue;
    const person = { personId, roles: [some(roles)], influence: random.int(1, 5), departed: random.chance(0.1) };
    await send(world, `/api/accounts/${company}/committee/people`, person);
    const place = {
      role: some(roles),
      depth: random.pick(["title", "category"]),
      named: random.pick(["CFO", "Legal", ""]),
    };
    await send(world, `/api/accounts/${company}/committee/places`, place);
    done += 2;
  }
  return done;
}

async function answerDemotions({ world, random }: Team): Promise<number> {
  const { demotions } = await read<TiersView>(world, "/api/tiers");
  for (const { companyId } of demotions)
    await send(world, `/api/accounts/${companyId}/tier/demotion`, { approve: random.chance(0.8) });
  return demotions.length;
}

/** Into a tier that is often full: refused then, unless its last in rank may go. */
async function override({ world, random }: Team): Promise<number> {
  const companies = world.companies();
  const company = companies[random.int(0, companies.length - 1)]?.id ?? "";
  const wish = {
    tier: random.pick(["tier_1", "tier_2", "tier_3", "out"]),
    reason: "The board knows them",
    expiresAt: world.now() + random.int(1, 30) * dayMs,
    makeRoom: random.chance(0.5),
  };
  await send(world, `/api/accounts/${company}/tier/override`, wish);
  return 1;
}
