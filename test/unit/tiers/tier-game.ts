import type { TierProgramme } from "@touchstone/shared/tier-shape.ts";
import { assignPlaces } from "../../../server/programme/tiers/assign-places.ts";
import type { Candidate, Override, Standing, Verdict } from "../../../server/programme/tiers/candidate.ts";
import { effectiveCaps, type PersonCapacity } from "../../../server/programme/tiers/effective-caps.ts";
import { loadTierTemplate } from "../../../server/programme/tiers/load-tier-template.ts";

export const day = 86_400_000;
export const startAt = Date.UTC(2026, 10, 22, 10);

export interface Account {
  readonly id: string;
  score: number | null;
  fit?: number | null;
  name?: string;
  band?: string;
  isExcluded?: boolean;
  facts?: Record<string, string | null>;
  override?: Override | null;
}

export function programmeOf(key: string): TierProgramme {
  const programme = loadTierTemplate(key);
  if (!programme) throw new Error(`there is no template ${key}`);
  return programme;
}

/** A portal whose accounts are assigned again and again, as the job does it: what one pass decides the next one finds. */
export function tierGame(programme: TierProgramme, accounts: Account[], people: readonly PersonCapacity[] = []) {
  const standings = new Map<string, Standing>();
  const game = {
    now: startAt,
    accounts,
    people,
    programme,
    standings,
    pass(): Map<string, Verdict> {
      const caps = effectiveCaps(game.programme, game.people);
      const verdicts = assignPlaces(game.accounts.map(toCandidate), game.programme, caps, game.now);
      for (const [id, verdict] of verdicts) standings.set(id, settle(verdict, standings.get(id) ?? null));
      return verdicts;
    },
    answer(id: string, state: "approved" | "refused"): void {
      const standing = standings.get(id);
      if (!standing?.demotion) throw new Error(`${id} does not ask to move down`);
      standings.set(id, { ...standing, demotion: { ...standing.demotion, state, at: game.now } });
    },
    in: (tier: string) => [...standings].filter(([, standing]) => standing.tier === tier).map(([id]) => id),
    waiting: (tier: string) => [...standings].filter(([, one]) => one.waitingFor === tier).map(([id]) => id),
    asking: () => [...standings].filter(([, one]) => one.demotion?.state === "asked").map(([id]) => id),
    set(id: string, change: Partial<Account>): void {
      const account = game.accounts.find((one) => one.id === id);
      if (!account) throw new Error(`there is no account ${id}`);
      Object.assign(account, change);
    },
  };
  const settle = (verdict: Verdict, before: Standing | null): Standing => ({
    tier: verdict.tier,
    byOverride: verdict.byOverride,
    waitingFor: verdict.waitingFor,
    reassessAt: null,
    demotion: verdict.demotion
      ? { ...verdict.demotion, state: "asked", at: game.now }
      : before?.demotion?.state === "refused"
        ? before.demotion
        : null,
  });
  const toCandidate = (account: Account): Candidate => ({
    accountId: account.id,
    isExcluded: account.isExcluded ?? false,
    score: account.score,
    band: account.band ?? null,
    fit: account.fit ?? null,
    name: account.name ?? null,
    facts: account.facts ?? {},
    override: account.override ?? null,
    standing: standings.get(account.id) ?? null,
  });
  return game;
}

export const accountsWith = (scores: readonly number[]): Account[] =>
  scores.map((score, index) => ({ id: String(1_000 + index), score }));
