import { createHash } from "node:crypto";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import type pg from "pg";

/** PostgreSQL: cached plan must not change result type (feature_not_supported). */
export const changedResult = "0A000";
/** From this use on a statement is worth its place in the memory of every connection. */
const usesBefore = 20;
/**
 * The fastest of those uses. One that takes longer even then reads much, and its plan had better suit the values: screens of a
 * portal with 100,000 accounts took up to twice as long with plans for any values.
 */
const quickMs = 2;
/** PostgreSQL keeps each for as long as the connection lives. What one account's way needs is some eighty. */
const mostPrepared = 200;
const mostCounted = 2_000;

/**
 * A pool on whose connections the statements that this process asks again and again are parsed and planned once, not each time:
 * for a single changed account planning is more work than executing (docs/decisions/0041). PostgreSQL itself goes on planning anew
 * what it expects to gain by it (`plan_cache_mode` is `auto`).
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = nameOftenUsed();
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect();
      const known = clients.get(client) ?? prepareOn(client, names);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

function prepareOn(client: pg.PoolClient, names: Names): PostgresPoolClient {
  let isOutOfDate = false;
  const query = async (text: string, values: readonly unknown[]) => {
    const name = names.of(text);
    const startedAt = performance.now();
    try {
      const result = await client.query({ text, values: [...values], ...(name && { name }) });
      if (!name && values.length > 0) names.note(text, performance.now() - startedAt);
      return result;
    } catch (error) {
      // A migration changed what the statement answers. Connections that were opened since do not know the old one.
      isOutOfDate ||= (error as { code?: unknown }).code === changedResult;
      throw error;
    }
  };
  return {
    // Without its overload for cursors: Kysely is given none.
    query: query as unknown as PostgresPoolClient["query"],
    release: (destroy) => client.release(destroy || isOutOfDate),
  };
}

interface Names {
  of(text: string): string | undefined;
  /** How long a use without a name took. */
  note(text: string, ms: number): void;
}

function nameOftenUsed(): Names {
  const names = new Map<string, string>();
  const uses = new Map<string, { readonly count: number; readonly fastestMs: number }>();
  return {
    of: (text) => names.get(text),
    note: (text, ms) => {
      if (names.size === mostPrepared || names.has(text)) return;
      const before = uses.get(text) ?? { count: 0, fastestMs: ms };
      const use = { count: before.count + 1, fastestMs: Math.min(before.fastestMs, ms) };
      // Texts that differ in how many values they list would gather without end.
      if (uses.size === mostCounted) uses.clear();
      uses.set(text, use);
      if (use.count < usesBefore) return;
      uses.delete(text);
      if (use.fastestMs <= quickMs) names.set(text, createHash("sha256").update(text).digest("hex").slice(0, 32));
    },
  };
}
