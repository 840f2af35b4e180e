import type { PortalId } from "@touchstone/shared/ids.ts";
import { type AddedLine, type AddedView, listSources } from "@touchstone/shared/target-list-api.ts";
import type { Transaction } from "kysely";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { markDirty, priorities } from "../../db/dirty-accounts.ts";
import { removeTargets } from "../../db/former-targets.ts";
import { readRecords } from "../../db/records.ts";
import type { Schema } from "../../db/schema.ts";
import { addTargets, countTargets, findCompaniesByDomain, mostTargets, readTargets } from "../../db/target-accounts.ts";
import { BadRequest } from "../../errors.ts";
import { registrableDomain } from "./registrable-domain.ts";

const mostLines = 2_000;
const mostListed = 1_000;
const bodySchema = z.strictObject({
  source: z.enum(listSources),
  /** A company's id, or its domain or web address. */
  accounts: z.array(z.string().max(300)).min(1).max(mostLines),
});

type Parts = Pick<Context, "db" | "queue" | "now">;
interface Named {
  readonly line: number;
  readonly name: string;
  readonly host: string | null;
  readonly domain: string | null;
}

/**
 * Puts companies on the list, line by line: a bad line never costs a good one beside it. A company whose registrable domain
 * is on the list already is refused as a duplicate (row 8); the same company again adds its source and nothing else.
 */
export async function addToList(ctx: Parts, portalId: PortalId, userId: string, body: unknown): Promise<AddedView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw new BadRequest(
      `Name a source (${listSources.join(", ")}) and up to ${mostLines} companies by id or domain. Nothing was changed.`,
    );
  }
  const { source, accounts } = parsed.data;
  const { size } = await countTargets(ctx.db, portalId);
  const named = accounts.map(toNamed);
  const judged = await judgeLines(ctx, portalId, named);
  const good = judged.flatMap((one) => ("accountId" in one ? [one.accountId] : []));
  if (size + good.length > mostTargets) {
    throw new BadRequest(`A list holds ${mostTargets} accounts, and ${size} are on it. Nothing was changed.`);
  }
  const added = { source, by: userId, at: ctx.now() };
  const fresh = await judgeAgain(ctx, portalId, (trx) => addTargets(trx, portalId, good, added));
  const seen = new Set<string>();
  const lines = judged.map((one, index): AddedLine => {
    const { line, name } = named[index] ?? { line: index + 1, name: "" };
    if (!("accountId" in one)) return { line, name, status: "rejected", message: one.fault };
    const isNew = fresh.has(one.accountId) && !seen.has(one.accountId);
    seen.add(one.accountId);
    return isNew
      ? { line, name, status: "added", message: "added" }
      : { line, name, status: "known", message: `on the list already; it now also has the source ${source}` };
  });
  const count = (status: AddedLine["status"]) => lines.filter((line) => line.status === status).length;
  const listed = lines.filter((line) => line.status !== "added");
  listed.sort((a, b) => Number(a.status === "known") - Number(b.status === "known") || a.line - b.line);
  return {
    added: count("added"),
    known: count("known"),
    rejected: count("rejected"),
    lines: listed.slice(0, mostListed),
  };
}

function toNamed(text: string, index: number): Named {
  const name = text.trim();
  const host = /^\d{1,20}$/.test(name)
    ? null
    : (URL.parse(name.includes("://") ? name : `https://${name}`)?.hostname ?? null);
  return { line: index + 1, name, host: host?.toLowerCase() ?? null, domain: registrableDomain(host) };
}

type Judged = { readonly accountId: string } | { readonly fault: string };

async function judgeLines(ctx: Parts, portalId: PortalId, named: readonly Named[]): Promise<Judged[]> {
  const ids = named.flatMap(({ host, name }) => (host === null ? [name] : []));
  const hosts = named.flatMap(({ host, domain }) =>
    [host, domain, domain && `www.${domain}`].filter((one) => one !== null),
  );
  const [byId, byDomain, list] = await Promise.all([
    readRecords(ctx.db, portalId, "companies", ids),
    findCompaniesByDomain(ctx.db, portalId, [...new Set(hosts)]),
    readTargets(ctx.db, portalId, null, mostTargets),
  ]);
  const taken = new Map(
    list.flatMap(({ accountId, domain }) => (domain ? [[registrableDomain(domain), accountId] as const] : [])),
  );
  const refuseDuplicate = (accountId: string, domain: string | null): Judged => {
    const other = domain === null ? undefined : taken.get(domain);
    if (other !== undefined && other !== accountId)
      return { fault: `company ${other} with the domain ${domain} is on the list already` };
    if (domain !== null) taken.set(domain, accountId);
    return { accountId };
  };
  return named.map(({ name, host, domain }): Judged => {
    if (host === null) {
      const company = byId.get(name);
      return company
        ? refuseDuplicate(name, registrableDomain(company.domain))
        : { fault: "no such company is known here (yet)" };
    }
    if (domain === null) return { fault: "this is neither a company's id nor a domain" };
    const found = [
      ...new Set(
        byDomain.filter((one) => [host, domain, `www.${domain}`].includes(one.domain)).map((one) => one.accountId),
      ),
    ];
    const [accountId, ...others] = found;
    if (accountId === undefined)
      return { fault: `no company of HubSpot has the domain ${domain}: create it there first` };
    return others.length > 0
      ? { fault: `${found.length} companies have the domain ${domain}: name one by its id` }
      : refuseDuplicate(accountId, domain);
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
  const removed = await judgeAgain(ctx, portalId, (trx) =>
    removeTargets(trx, portalId, companyIds, { by: userId, at: ctx.now() }),
  );
  return { removed: removed.size };
}

/** Whether an account is on the list is a fact of the hot rule: those that came or went are scored again. */
async function judgeAgain(
  ctx: Parts,
  portalId: PortalId,
  change: (trx: Transaction<Schema>) => Promise<Set<string>>,
): Promise<Set<string>> {
  const changed = await ctx.db.transaction().execute(async (trx) => {
    const ids = await change(trx);
    await markDirty(trx, portalId, [...ids], priorities.live);
    return ids;
  });
  if (changed.size > 0) await ctx.queue.wake("rescore-batch", portalId);
  return changed;
}
