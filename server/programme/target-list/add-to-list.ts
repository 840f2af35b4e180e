import type { PortalId } from "@touchstone/shared/ids.ts";
import { type AddedLine, type AddedView, listSources, sourceLabels } from "@touchstone/shared/target-list-api.ts";
import type { Transaction } from "kysely";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { markDirty, priorities } from "../../db/dirty-accounts.ts";
import { removeTargets } from "../../db/former-targets.ts";
import { holdPortal } from "../../db/portals.ts";
import type { Schema } from "../../db/schema.ts";
import { addTargets, countTargets, mostTargets, readTargetDomains } from "../../db/target-accounts.ts";
import { BadRequest } from "../../errors.ts";
import { type Found, findNamed } from "./find-named.ts";
import { registrableDomain } from "./registrable-domain.ts";

const mostLines = 2_000;
const mostListed = 1_000;
const bodySchema = z.strictObject({
  source: z.enum(listSources),
  /** A company's id, domain, web address or name. */
  accounts: z.array(z.string()).min(1).max(mostLines),
});

type Parts = Pick<Context, "db" | "queue" | "now">;

/**
 * Puts companies on the list, line by line: a bad line never costs a good one beside it. A company whose registrable domain
 * is on the list already is refused as a duplicate (row 8); the same company again adds its source and nothing else.
 */
export async function addToList(ctx: Parts, portalId: PortalId, userId: string, body: unknown): Promise<AddedView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw new BadRequest(
      `Name a source (${listSources.join(", ")}) and up to ${mostLines} companies by id, domain or name. Nothing was changed.`,
    );
  }
  const { source, accounts } = parsed.data;
  const found = await findNamed(ctx, portalId, accounts);
  const { judged, changed: fresh } = await judgeAgain(ctx, portalId, async (trx) => {
    await holdPortal(trx, portalId, true);
    const judged = refuseDuplicates(found, await readTargetDomains(trx, portalId));
    const good = judged.flatMap((one) => ("accountId" in one ? [one.accountId] : []));
    const changed = await addTargets(trx, portalId, good, { source, by: userId, at: ctx.now() });
    const { size } = await countTargets(trx, portalId);
    if (changed.size > 0 && size > mostTargets) throw new BadRequest(tooMany(size - changed.size));
    return { judged, changed };
  });
  const seen = new Set<string>();
  const lines = judged.map((one, index): AddedLine => {
    const line = { line: index + 1, name: (accounts[index] ?? "").trim().slice(0, longestShown) };
    if (!("accountId" in one)) return { ...line, status: "rejected", message: one.fault };
    const isNew = fresh.has(one.accountId) && !seen.has(one.accountId);
    seen.add(one.accountId);
    return isNew
      ? {
          ...line,
          status: "added",
          message: one.company === null || one.company === line.name ? "added" : `added, ${one.company}`,
        }
      : {
          ...line,
          status: "known",
          message: `on the list already; it now also has the source ${sourceLabels[source]}`,
        };
  });
  const count = (status: AddedLine["status"]) => lines.filter((line) => line.status === status).length;
  const order = (status: AddedLine["status"]) => ["rejected", "known", "added"].indexOf(status);
  return {
    added: count("added"),
    known: count("known"),
    rejected: count("rejected"),
    lines: lines.toSorted((a, b) => order(a.status) - order(b.status) || a.line - b.line).slice(0, mostListed),
  };
}

const tooMany = (size: number) => `A list holds ${mostTargets} accounts, and ${size} are on it. Nothing was changed.`;

/** As long as a person needs to find the line again. */
const longestShown = 80;

function refuseDuplicates(found: readonly Found[], list: Awaited<ReturnType<typeof readTargetDomains>>): Found[] {
  const taken = new Map(list.map(({ accountId, domain }) => [registrableDomain(domain), accountId]));
  return found.map((one) => {
    if (!("accountId" in one) || one.domain === null) return one;
    const { accountId, domain } = one;
    const other = taken.get(domain);
    if (other !== undefined && other !== accountId)
      return { fault: `company ${other} with the domain ${domain} is on the list already` };
    taken.set(domain, accountId);
    return one;
  });
}

const removeSchema = z.strictObject({
  companyIds: z
    .array(z.string().regex(/^\d{1,20}$/))
    .min(1)
    .max(mostLines),
});

/** Takes companies off the list; what they brought and what sales said of them stays counted. Those that are not on it do no harm. */
export async function removeFromList(
  ctx: Parts,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<{ removed: number }> {
  const parsed = removeSchema.safeParse(body);
  if (!parsed.success) throw new BadRequest(`Name up to ${mostLines} company ids. Nothing was changed.`);
  const { companyIds } = parsed.data;
  const { changed } = await judgeAgain(ctx, portalId, async (trx) => ({
    changed: await removeTargets(trx, portalId, companyIds, { by: userId, at: ctx.now() }),
  }));
  return { removed: changed.size };
}

/** Whether an account is on the list is a fact of the hot rule: those that came or went are scored again. */
async function judgeAgain<Outcome extends { readonly changed: ReadonlySet<string> }>(
  ctx: Parts,
  portalId: PortalId,
  change: (trx: Transaction<Schema>) => Promise<Outcome>,
): Promise<Outcome> {
  const outcome = await ctx.db.transaction().execute(async (trx) => {
    const done = await change(trx);
    await markDirty(trx, portalId, [...done.changed], priorities.live);
    return done;
  });
  if (outcome.changed.size > 0) await ctx.queue.wake("rescore-batch", portalId);
  return outcome;
}
