import { defaultColdRule } from "@touchstone/shared/cold-rule.ts";
import { defaultHotRule } from "@touchstone/shared/hot-rule.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { PortalModels } from "../../../server/accounts/load-models.ts";
import { scoreBatch } from "../../../server/accounts/score-batch.ts";
import { mostClaimed, scoreClaims } from "../../../server/accounts/score-claims.ts";
import { scoreFromMirror } from "../../../server/accounts/score-from-mirror.ts";
import { saveScores } from "../../../server/db/account-scores.ts";
import type { Database } from "../../../server/db/database.ts";
import { type DirtyAccount, settleDirty } from "../../../server/db/dirty-accounts.ts";
import { createLogger } from "../../../server/logger.ts";
import { createMetrics } from "../../../server/metrics.ts";

/** One way to work off claims, and how many it takes at once. */
export interface Way {
  readonly claimSize: number;
  score(portalId: PortalId, models: PortalModels, claims: readonly DirtyAccount[]): Promise<void>;
}

export function createWays(db: Database, now: () => number): Readonly<Record<"bare" | "ours" | "single", Way>> {
  const ctx = { db, queue: idle, now, log: createLogger("error"), metrics: createMetrics() };
  const saveAlone: Way["score"] = async (portalId, models, claims) => {
    const { scored } = await scoreFromMirror(ctx, portalId, models, rules, claims);
    await db.transaction().execute(async (trx) => {
      await saveScores(
        trx,
        portalId,
        scored.map(({ stored }) => stored),
      );
      await settleDirty(trx, portalId, claims);
    });
  };
  return {
    bare: {
      claimSize: mostClaimed,
      score: async (portalId, models, claims) => {
        const middle = Math.ceil(claims.length / 2);
        const parts = [claims.slice(0, middle), claims.slice(middle)].filter(({ length }) => length > 0);
        await Promise.all(parts.map((part) => saveAlone(portalId, models, part)));
      },
    },
    ours: {
      claimSize: mostClaimed,
      score: (portalId, models, claims) => scoreClaims(ctx, portalId, models, claims),
    },
    single: { claimSize: 1, score: (portalId, models, claims) => scoreBatch(ctx, portalId, models, claims) },
  };
}

const rules = { hot: defaultHotRule, cold: defaultColdRule };

const idle = {
  wake: async () => undefined,
  work: () => undefined,
  isReachable: async () => true,
  close: async () => undefined,
};
