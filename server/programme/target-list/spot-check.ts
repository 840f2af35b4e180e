import { dayOf } from "@touchstone/shared/day-of.ts";
import { asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import { recordUrl } from "@touchstone/shared/record-url.ts";
import type { SpotCheckView } from "@touchstone/shared/target-list-api.ts";
import { tierLabel } from "@touchstone/shared/tier-label.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { findPortal } from "../../db/portals.ts";
import {
  addSpotCheck,
  countChecks,
  holdSpotChecks,
  readCheckAccounts,
  readLatestCheck,
  type SpotCheck,
  saveAnswers,
  wasDrawn,
} from "../../db/spot-checks.ts";
import { mostTargets, readTargets } from "../../db/target-accounts.ts";
import { readTierTraits } from "../../db/tier-traits.ts";
import { BadRequest, NotFound } from "../../errors.ts";
import { drawSample } from "./draw-sample.ts";
import { judgeCheck } from "./judge-check.ts";

type Parts = Pick<Context, "db" | "now">;

const dayMs = 86_400_000;
const drawSchema = z.strictObject({
  /** The same seed draws the same accounts of the same list. Without one it is the day in the portal. */
  seed: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
});

/**
 * Draws a fifth of the list by tier, to be checked by hand (row 9). The same seed within a day is the same check, whoever sends it
 * and however often.
 */
export async function drawSpotCheck(
  ctx: Parts,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<SpotCheckView> {
  const parsed = drawSchema.safeParse(body);
  if (!parsed.success) throw new BadRequest("A seed is up to 64 letters and digits. Nothing was drawn.");
  const portal = await findPortal(ctx.db, portalId);
  const seed = parsed.data.seed ?? dayOf(ctx.now(), portal?.timeZone ?? "UTC");
  await ctx.db.transaction().execute(async (trx) => {
    await holdSpotChecks(trx, portalId);
    if (await wasDrawn(trx, portalId, seed, ctx.now() - dayMs)) return;
    const list = await readTargets(trx, portalId, null, mostTargets);
    if (list.length === 0) throw new BadRequest("The target list is empty: add accounts first. Nothing was drawn.");
    const tiers = await readTierTraits(trx, portalId);
    // As the list shows it: a band that is no tier, and a place out of the programme, are no strata of their own.
    const stratumOf = (tier: string | null) => tiers.find(({ key }) => key === tier)?.key ?? "no tier";
    const sample = drawSample(
      list.map(({ accountId, tier }) => ({ accountId, stratum: stratumOf(tier) })),
      seed,
    );
    await addSpotCheck(trx, portalId, { drawnAt: ctx.now(), seed, listSize: list.length, by: userId }, sample);
  });
  return readSpotCheck(ctx, portalId);
}

/** The newest spot check with its verdict (row 10). */
export async function readSpotCheck(ctx: Parts, portalId: PortalId): Promise<SpotCheckView> {
  const check = await readLatestCheck(ctx.db, portalId);
  if (!check) throw new NotFound("No spot check was drawn yet.");
  const [accounts, portal, tiers, checks] = await Promise.all([
    readCheckAccounts(ctx.db, portalId, check.drawnAt),
    findPortal(ctx.db, portalId),
    readTierTraits(ctx.db, portalId),
    countChecks(ctx.db, portalId),
  ]);
  const timeZone = portal?.timeZone ?? "UTC";
  const nextSeed = `${dayOf(ctx.now(), timeZone)}-${checks + 1}`;
  return {
    ...check,
    drawn: drawnText(check, accounts.length, timeZone),
    again: againText(nextSeed),
    nextSeed,
    accounts: openFirst(accounts).map(({ accountId, name, stratum, ...answers }) => ({
      companyId: accountId,
      company: name,
      tier: stratum,
      tierLabel: tierLabel(tiers, stratum),
      recordUrl: recordUrl(portal, accountId),
      ...answers,
    })),
    ...judgeCheck(accounts),
  };
}

function drawnText({ drawnAt, seed, listSize }: SpotCheck, size: number, timeZone: string): string {
  const day = createReaderFormat({ locale: "en-GB", timeZone }).day(drawnAt);
  const drawn = `${size} of ${listSize} accounts, drawn by tier on ${day} with the seed ${seed}.`;
  return size > mostShown ? `${drawn} ${mostShown} are shown, those without answers first.` : drawn;
}

const againText = (seed: string): string =>
  "Another fifth of the list is drawn by tier, and has to be looked at from the beginning. The answers that were given so far do not " +
  `count for it, and this check is not shown any more. Its seed is ${seed}: the same seed draws the same accounts from the same list.`;

/** More at once is more than anybody answers in one sitting; those that are answered make room. */
const mostShown = 200;

function openFirst<Account extends { readonly dataMatches: unknown }>(accounts: readonly Account[]): Account[] {
  const isOpen = (account: Account) => account.dataMatches === null;
  return [...accounts.filter(isOpen), ...accounts.filter((account) => !isOpen(account))].slice(0, mostShown);
}

const answer = z.enum(["yes", "no", "unknown"]);
const answerSchema = z.strictObject({
  companyId: z.string().regex(/^\d{1,20}$/),
  dataMatches: answer,
  hasProblem: answer,
  isBuying: answer,
  /** Not mentioned, it stays with the same answers; empty, it goes. */
  evidenceUrl: z.union([z.literal(""), z.url({ protocol: /^https?$/ }).max(500)]).optional(),
});

/** Answers the three questions for one account of the newest spot check. The same again changes nothing. */
export async function answerSpotCheck(
  ctx: Parts,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<SpotCheckView> {
  const parsed = answerSchema.safeParse(body);
  if (!parsed.success) {
    throw new BadRequest("Answer dataMatches, hasProblem and isBuying with yes, no or unknown. Nothing was changed.");
  }
  const check = await readLatestCheck(ctx.db, portalId);
  if (!check) throw new NotFound("No spot check was drawn yet. Nothing was changed.");
  const { companyId, evidenceUrl, ...answers } = parsed.data;
  const given = { ...answers, evidenceUrl, by: userId, at: ctx.now() };
  if (!(await saveAnswers(ctx.db, portalId, check.drawnAt, asAccountId(companyId), given))) {
    throw new NotFound("This company is not in the spot check. Nothing was changed.");
  }
  return readSpotCheck(ctx, portalId);
}
