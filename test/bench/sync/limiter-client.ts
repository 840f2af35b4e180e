import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { asPortalId } from "@touchstone/shared/ids.ts";
import type { RequestClass } from "../../../server/db/budgets.ts";
import { openDatabase } from "../../../server/db/database.ts";
import { createLogger } from "../../../server/logger.ts";

/** A process of `bench-limiter.ts`: takes from the budget and sends what was granted; prints one line per request. It begins when
 * it is told to on its standard input. */
const { values } = parseArgs({
  options: {
    database: { type: "string", default: "" },
    url: { type: "string", default: "" },
    class: { type: "string", default: "backfill" },
    seconds: { type: "string", default: "1" },
    atOnce: { type: "string", default: "1" },
    everyMs: { type: "string", default: "0" },
    lanes: { type: "string", default: "1" },
    server: { type: "string", default: path.resolve(import.meta.dirname, "../../../server") },
  },
});
const { classes, readBudgetUse, takeRequests }: typeof import("../../../server/db/budgets.ts") = await import(
  path.join(values.server, "db", "budgets.ts")
);
const { takeInTurn }: typeof import("../../../server/hubspot/take-in-turn.ts") = await import(
  path.join(values.server, "hubspot", "take-in-turn.ts")
);
const portalId = asPortalId(4_242);
const requestClass: RequestClass = values.class === "webhook" ? "webhook" : "backfill";
const { db, close } = openDatabase(values.database, createLogger("error"), 4);
const take = takeInTurn((portal, kind, n, by) => takeRequests(db, portal, kind, n, by), classes);

async function send(askedAt: number): Promise<void> {
  const { status } = await fetch(values.url);
  process.stdout.write(`${status} ${Math.round(performance.now() - askedAt)}\n`);
}

async function lane(endAt: number): Promise<void> {
  while (performance.now() < endAt) {
    const askedAt = performance.now();
    const waitMs = await take(portalId, "general", Number(values.atOnce), requestClass);
    if (waitMs > 0) {
      await sleep(Math.min(waitMs, endAt - performance.now()));
      continue;
    }
    await Promise.all(Array.from({ length: Number(values.atOnce) }, () => send(askedAt)));
    await sleep(Number(values.everyMs));
  }
}

/** A first call costs its process what no later one does: its code, its connections. Here the price is paid outside the count. */
await Promise.all(Array.from({ length: Math.min(4, Number(values.lanes)) }, () => readBudgetUse(db, portalId)));
await fetch(new URL("/warm", values.url));
process.stdout.write("ready\n");
await once(process.stdin, "data");
process.stdin.pause();
const endAt = performance.now() + Number(values.seconds) * 1000;
await Promise.all(Array.from({ length: Number(values.lanes) }, () => lane(endAt)));
await close();
