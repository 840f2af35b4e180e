import type { PacketLine } from "@touchstone/shared/hot-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { packetLines } from "@touchstone/shared/packet-lines.ts";
import type { Context } from "../../context.ts";
import { readRecentSignals } from "../../db/recent-signals.ts";
import { readRecords } from "../../db/records.ts";

const lookBackMs = 30 * 86_400_000;
const mostRead = 100;
const mostLines = 5;

/** What to quote when reaching out to each account, the newest first. Names are joined in now and stored nowhere. */
export async function gatherPackets(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<Map<string, PacketLine[]>> {
  const signals = await readRecentSignals(ctx.db, portalId, accountIds, ctx.now() - lookBackMs, mostRead);
  const personIds = [...new Set(signals.flatMap((signal) => signal.personId ?? []))];
  const people = await readRecords(ctx.db, portalId, "contacts", personIds);
  const byAccount = Map.groupBy(signals, (signal) => signal.accountId);
  return new Map(accountIds.map((id) => [id, packetLines(byAccount.get(id) ?? [], people, mostLines)]));
}
