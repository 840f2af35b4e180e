import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { countLetters, type LetterChoice, replayLetters } from "../db/dead-letters.ts";

/** Letters marked again in one transaction. */
const batchSize = 1_000;

/**
 * Marks the work of a portal's dead letters again and wakes its jobs; the letters go. Only as many as there are at the
 * start: what fails at once comes back as a letter and would be replayed for ever. Returns how many there were.
 */
export async function replayDeadLetters(
  ctx: Pick<Context, "db" | "queue">,
  portalId: PortalId,
  choice: LetterChoice,
  onProgress: (replayed: number) => void = () => undefined,
): Promise<number> {
  const counts = await countLetters(ctx.db, portalId, choice);
  const total = counts.reduce((sum, one) => sum + one.letters, 0);
  let replayed = 0;
  while (replayed < total) {
    const limit = Math.min(batchSize, total - replayed);
    const { records, accounts } = await replayLetters(ctx.db, portalId, choice, limit);
    if (records + accounts === 0) break;
    if (records > 0) await ctx.queue.wake("refresh-records", portalId);
    if (accounts > 0) await ctx.queue.wake("rescore-batch", portalId);
    replayed += records + accounts;
    onProgress(replayed);
  }
  return replayed;
}
