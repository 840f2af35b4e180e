import { apiVersion } from "../../../hubspot-stand-in/api-version.ts";
import type { FaultPlan } from "../../../hubspot-stand-in/http/faults.ts";
import type { Random } from "../../../hubspot-stand-in/seed/random.ts";
import { companyIdAt } from "../../support/plain-portal.ts";

type Kind = Omit<FaultPlan, "times" | "portalId">;

const anyCall = "/crm/";
const writes = "/companies/batch/update";
const reads = `/crm/objects/${apiVersion}/contacts/batch/read`;

type Maker = (random: Random) => Kind;

/** Over as soon as they are met. What may not be repeated blindly meets writes, the rest any call. */
const shortKinds: readonly [Maker, ...Maker[]] = [
  () => ({ kind: "rateLimit", path: anyCall }),
  () => ({ kind: "locked", path: writes }),
  () => ({ kind: "serverError", path: anyCall }),
  () => ({ kind: "badGateway", path: anyCall }),
  () => ({ kind: "resetBefore", path: anyCall }),
  () => ({ kind: "resetAfter", path: writes }),
  () => ({ kind: "cutBody", path: anyCall }),
  (random) => ({ kind: "lateApply", path: writes, delayMs: random.int(200, 2_000) }),
  () => ({ kind: "unauthorized", path: anyCall }),
  (random) => ({ kind: "partialFailure", path: writes, rows: random.int(1, 99) }),
  // What is taken for missing would lose its score.
  (random) => ({ kind: "partialFailure", path: reads, rows: random.int(1, 99) }),
];

/** performance.md §6.2, F6. */
const kinds: readonly Maker[] = [
  ...shortKinds,
  () => ({ kind: "dailyLimit", path: anyCall }),
  () => ({ kind: "migrating", path: anyCall, delayMs: 3_600_000 }),
  // Done, and told after our own deadline.
  () => ({ kind: "slow", path: anyCall, delayMs: 30_000 }),
  // A whole batch is refused for a few rows of it, until they stand alone.
  (random) => ({
    kind: "refuseBatch",
    path: writes,
    ids: Array.from({ length: 5 }, () => companyIdAt(random.int(0, 19))),
  }),
];

/** One that nobody has to wait for. */
export const drawShortTrouble = (random: Random): Kind => random.pick(shortKinds)(random);

/** `times` faults of every kind, in an order of the seed's. */
export function drawTrouble(random: Random, times: number): Kind[] {
  return kinds
    .flatMap((make) => Array.from({ length: times }, () => make(random)))
    .map((kind) => ({ kind, by: random.next() }))
    .sort((a, b) => a.by - b.by)
    .map(({ kind }) => kind);
}
