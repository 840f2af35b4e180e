import { createHash } from "node:crypto";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import type pg from "pg";

/** PostgreSQL: cached plan must not change result type (feature_not_supported). */
export const changedResult = "0A000";
/** From this use on a statement is worth its place in the memory of every connection. */
const usesBefore = 20;
/** PostgreSQL keeps each for as long as the connection lives. What one account's way needs is some eighty. */
const mostPrepared = 200;
const mostCounted = 2_000;

/**
 * A pool on whose connections the statements that this process asks again and again are parsed and planned once, not each time:
 * for a single changed account that is half of PostgreSQL's work (docs/decisions/0041). PostgreSQL itself goes on planning anew
 * what would gain by it (`plan_cache_mode` is `auto`).
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const nameOf = nameOftenUsed();
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect();
      const known = clients.get(client) ?? prepareOn(client, nameOf);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

function prepareOn(client: pg.PoolClient, nameOf: (text: string) => string | undefined): PostgresPoolClient {
  let isOutOfDate = false;
  const query = async (text: string, values: readonly unknown[]) => {
    const name = values.length === 0 ? undefined : nameOf(text);
    try {
      return await client.query({ text, values: [...values], ...(name && { name }) });
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

function nameOftenUsed(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  const uses = new Map<string, number>();
  return (text) => {
    const name = names.get(text);
    if (name || names.size === mostPrepared) return name;
    const used = (uses.get(text) ?? 0) + 1;
    // Texts that differ in how many values they list would gather without end.
    if (uses.size === mostCounted) uses.clear();
    uses.set(text, used);
    if (used <= usesBefore) return undefined;
    uses.delete(text);
    names.set(text, createHash("sha256").update(text).digest("hex").slice(0, 32));
    return names.get(text);
  };
}
