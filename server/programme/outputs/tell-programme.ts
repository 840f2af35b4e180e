import type { PortalId } from "@touchstone/shared/ids.ts";
import { contactSchemaScope } from "@touchstone/shared/person-properties.ts";
import type { Context } from "../../context.ts";
import { dropPersonOutputs, savePersonOutputs, saveStages } from "../../db/person-outputs.ts";
import { beginReading, findPortal, holdPortal } from "../../db/portals.ts";
import { holdProgrammeDue, type ProgrammeDue, readProgrammeDue, settleProgrammeDue } from "../../db/programme-due.ts";
import { judgeProgramme, type ToldPortal } from "./judge-programme.ts";

type Parts = Pick<Context, "db" | "queue" | "now" | "log">;

const batchSize = 100;
/** A portal's turn; what is left is found by the sweeper. */
const turnMs = 5_000;

/**
 * Job: brings stages of accounts, and levels and roles of their people, into what HubSpot should hold, for accounts of which a
 * time has come. Writes nothing to HubSpot itself: `rescore-batch` writes all results.
 */
export async function tellProgramme(ctx: Parts, portalId: PortalId): Promise<void> {
  const { changed, isDone } = await tellDue(ctx, portalId);
  if (!isDone) await ctx.queue.wake("tell-programme", portalId);
  if (changed > 0) await ctx.queue.wake("rescore-batch", portalId);
}

/** The same for accounts that were just scored, before their results are written: score and stage go in one request. */
export async function tellScored(ctx: Parts, portalId: PortalId): Promise<void> {
  await tellDue(ctx, portalId);
}

async function tellDue(ctx: Parts, portalId: PortalId): Promise<{ changed: number; isDone: boolean }> {
  const portal = await findPortal(ctx.db, portalId);
  if (portal?.status !== "ready" && portal?.status !== "backfilling") return { changed: 0, isDone: true };
  const told = { portalId, timeZone: portal.timeZone, withPeople: portal.scopes.includes(contactSchemaScope) };
  const endAt = performance.now() + turnMs;
  let changed = 0;
  for (;;) {
    const due = await readProgrammeDue(ctx.db, portalId, ctx.now(), batchSize);
    if (due.length === 0) return { changed, isDone: true };
    changed += await tellTogether(ctx, told, due);
    if (performance.now() > endAt) return { changed, isDone: false };
  }
}

/** Returns of how many records what HubSpot should hold is another now. */
async function tellTogether(ctx: Parts, portal: ToldPortal, due: readonly ProgrammeDue[]): Promise<number> {
  const { portalId } = portal;
  const { erasures } = await beginReading(ctx.db, portalId);
  const judged = await judgeProgramme(ctx.db, portal, due, ctx.now());
  return ctx.db.transaction().execute(async (trx) => {
    // A person was erased meanwhile: nothing is saved, and the same accounts are due again.
    if ((await holdPortal(trx, portalId)) !== erasures) return 0;
    // Another worker judged by what came later, and may have saved it: these are judged again.
    if (!(await holdProgrammeDue(trx, portalId, due))) return 0;
    const accounts = await saveStages(trx, portalId, judged.stages);
    const people = await savePersonOutputs(trx, portalId, judged.people);
    await dropPersonOutputs(trx, portalId, judged.gone);
    await settleProgrammeDue(trx, portalId, judged.done);
    return accounts + people;
  });
}
