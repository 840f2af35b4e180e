import { sql } from "kysely";
import type { Context } from "../context.ts";

/** Ready means: database and queue answer. Says which one does not. */
export async function checkReady(
  ctx: Pick<Context, "db" | "queue">,
): Promise<{ ready: boolean; database: boolean; queue: boolean }> {
  const database = await sql`SELECT 1`.execute(ctx.db).then(
    () => true,
    () => false,
  );
  const queue = await ctx.queue.isReachable();
  return { ready: database && queue, database, queue };
}
