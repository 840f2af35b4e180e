import type { World } from "../../support/world.ts";

export interface WriteWatch {
  /** Something happened to the account just now. */
  changed(accountId: string): void;
  /** Milliseconds from each account's last change to the last result that HubSpot was given since; and who got none. */
  stop(): { readonly delays: readonly number[]; readonly unwritten: number };
}

const lookMs = 40;
/** Whoever has been quiet for so long is looked at no more. */
const patienceMs = 60_000;

/** Sees when the results of accounts arrive in the stand-in, to within 40 ms. */
export function watchWrites(world: Pick<World, "standIn" | "portalId">): WriteWatch {
  const records = world.standIn.portals.get(world.portalId)?.records;
  if (!records) throw new Error(`the stand-in has no portal ${world.portalId}`);
  const resultOf = (accountId: string) =>
    Object.entries(records.find("companies", accountId)?.properties ?? {})
      .filter(([name]) => name.startsWith("touchstone_"))
      .map(([, value]) => value)
      .join("|");
  const seen = new Map<string, { result: string; changedAt: number; writtenAt: number }>();
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [accountId, state] of seen) {
      if (now - Math.max(state.changedAt, state.writtenAt) > patienceMs) continue;
      const result = resultOf(accountId);
      if (result === state.result) continue;
      state.result = result;
      state.writtenAt = now;
    }
  }, lookMs);
  return {
    changed: (accountId) => {
      const known = seen.get(accountId) ?? { result: resultOf(accountId), changedAt: 0, writtenAt: 0 };
      known.changedAt = performance.now();
      seen.set(accountId, known);
    },
    stop: () => {
      clearInterval(timer);
      const all = [...seen.values()];
      const written = all.filter(({ writtenAt, changedAt }) => writtenAt >= changedAt);
      return {
        delays: written.map(({ writtenAt, changedAt }) => writtenAt - changedAt),
        unwritten: all.length - written.length,
      };
    },
  };
}
