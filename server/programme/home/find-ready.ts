import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { listReadyAccounts, type ReadyAccount, readLowestAction } from "../../db/call-list.ts";

/** Looked at first: enough where some are in work already. */
const firstLook = 120;
/** Looked at when those do not suffice, all together. */
const mostLooked = 500;

export interface ReadyAccounts {
  /** The readiest first, also those that somebody touched within the span. */
  readonly accounts: readonly ReadyAccount[];
  /** False: there are more, less ready ones. */
  readonly areAll: boolean;
}

/**
 * Accounts that are ready for a call: the readiest, and more of them until `wanted` are among them that nobody touched within a
 * span, or 500 were looked at. Two looks at most, whatever the size of the portal.
 */
export async function findReady(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  { wanted, ...span }: { readonly wanted: number; readonly since: number; readonly now: number },
): Promise<ReadyAccounts> {
  const from = await readLowestAction(ctx.db, portalId);
  if (from === null) return { accounts: [], areAll: true };
  // One more than are looked at tells that there are more.
  const first = await listReadyAccounts(ctx.db, portalId, { from, ...span, skip: 0, limit: firstLook + 1 });
  const looked = first.slice(0, firstLook);
  const free = looked.filter(({ touched }) => !touched).length;
  if (first.length <= firstLook || free >= wanted) return { accounts: looked, areAll: looked.length === first.length };
  const skip = looked.length;
  const next = await listReadyAccounts(ctx.db, portalId, { from, ...span, skip, limit: mostLooked - skip + 1 });
  // One that moved down between the two looks is in both.
  const known = new Set(looked.map(({ accountId }) => accountId));
  const more = next.slice(0, mostLooked - skip).filter(({ accountId }) => !known.has(accountId));
  return { accounts: [...looked, ...more], areAll: next.length <= mostLooked - skip };
}
