import type { PortalId } from "@touchstone/shared/ids.ts";
import type { SentSignalLine } from "@touchstone/shared/signals-api.ts";
import type { Context } from "../context.ts";
import { markDirty, priorities } from "../db/dirty-accounts.ts";
import { holdPortal } from "../db/portals.ts";
import { accountsOf } from "../db/records.ts";
import { addSentSignals, type SentSignal } from "../db/sent-signals.ts";
import { findTargets } from "./find-targets.ts";
import { levelOf } from "./level-of.ts";
import { type ParsedLine, parseSentSignal, type SentLine } from "./parse-sent-signal.ts";

type Parts = Pick<Context, "db" | "queue" | "now" | "log">;
type Trx = Parameters<typeof addSentSignals>[0];

/** As many as one request may hold; more are recorded in several transactions. */
export const batchSize = 500;

/**
 * Records signals that somebody sent, at most `batchSize`: each line by itself, so that the good ones are kept beside the bad
 * ones. The same source and id again is known and changes nothing, also when two copies of a batch arrive at once. The
 * accounts of new signals are scored at once.
 */
export async function recordSignals(
  ctx: Parts,
  portalId: PortalId,
  origin: string,
  values: readonly unknown[],
): Promise<SentSignalLine[]> {
  const now = ctx.now();
  const parsed = values.map((value) => parseSentSignal(value, now));
  const good = parsed.flatMap((one) => ("line" in one ? [one.line] : []));
  const { outcomes, stored } = await ctx.db.transaction().execute(async (trx) => store(trx, portalId, origin, good));
  if (stored > 0) await ctx.queue.wake("rescore-batch", portalId);
  return toLines(parsed, outcomes);
}

type Outcome = Pick<SentSignalLine, "status" | "message">;

async function store(trx: Trx, portalId: PortalId, origin: string, lines: readonly SentLine[]) {
  await holdPortal(trx, portalId);
  const targetOf = await findTargets(
    trx,
    portalId,
    lines.map((line) => line.target),
  );
  const outcomes = new Map<SentLine, Outcome>();
  const first = new Map<string, { signal: SentSignal; line: SentLine }>();
  for (const line of lines) {
    const target = targetOf(line.target);
    if ("fault" in target) outcomes.set(line, { status: "rejected", message: target.fault });
    else if (first.has(line.key))
      outcomes.set(line, { status: "known", message: "the same source and id stand above" });
    else first.set(line.key, { line, signal: toSignal(line, target) });
  }
  const signals = [...first.values()].map(({ signal }) => signal);
  const added = await addSentSignals(trx, portalId, origin, signals);
  for (const [key, { line }] of first) outcomes.set(line, added.has(key) ? storedNow : knownBefore);
  await markAccounts(
    trx,
    portalId,
    signals.filter((signal) => added.has(signal.key)),
  );
  return { outcomes, stored: added.size };
}

const storedNow: Outcome = { status: "stored", message: "stored" };
const knownBefore: Outcome = {
  status: "known",
  message: "a signal of this source and id is kept already; nothing was changed",
};

function toSignal(line: SentLine, target: Pick<SentSignal, "personId" | "accountId">): SentSignal {
  return {
    key: line.key,
    kind: line.kind,
    personId: target.personId,
    accountId: target.accountId,
    at: line.at,
    source: line.source,
    strength: line.strength ?? null,
    subject: line.subject ?? null,
    expiresAt: line.expiresAt ?? null,
    ratings: line.ratings ?? null,
    legalBasis: line.legalBasis ?? null,
  };
}

async function markAccounts(trx: Trx, portalId: PortalId, signals: readonly SentSignal[]): Promise<void> {
  const people = [...new Set(signals.flatMap((signal) => signal.personId ?? []))];
  const own = signals.flatMap((signal) => signal.accountId ?? []);
  const touched = [...own, ...(await accountsOf(trx, portalId, "contacts", people))];
  await markDirty(trx, portalId, touched, priorities.live);
}

function toLines(parsed: readonly ParsedLine[], outcomes: ReadonlyMap<SentLine, Outcome>): SentSignalLine[] {
  return parsed.map((one, index) => {
    if ("fault" in one) return { index, status: "rejected", message: one.fault, level: null };
    const outcome = outcomes.get(one.line);
    if (!outcome) throw new Error("a signal was neither stored nor refused");
    return { index, ...outcome, level: one.line.ratings ? levelOf(one.line.ratings) : null };
  });
}
