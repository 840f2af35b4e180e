import type { PortalId } from "@touchstone/shared/ids.ts";
import { packetLines } from "@touchstone/shared/packet-lines.ts";
import type { Context } from "../../context.ts";
import { readExcluded } from "../../db/excluded-accounts.ts";
import { readHandovers } from "../../db/play-accounts.ts";
import { readRecentSignals } from "../../db/recent-signals.ts";
import { readRecords } from "../../db/records.ts";
import type { WantedTask } from "../../db/tasks.ts";

const lookBackMs = 90 * 86_400_000;
const mostRead = 100;
const mostLines = 5;

/** What the tasks of handed over accounts say: who is to answer by when, why, and what the account did (rows 46, 95, 120).
 * Nobody answers an excluded one. */
export async function writeHandoffTasks(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  wanted: readonly WantedTask[],
) {
  const ids = wanted.map((one) => one.accountId);
  const [handovers, companies, signals, excluded] = await Promise.all([
    readHandovers(ctx.db, portalId, wanted),
    readRecords(ctx.db, portalId, "companies", ids),
    readRecentSignals(ctx.db, portalId, ids, ctx.now() - lookBackMs, mostRead),
    readExcluded(ctx.db, portalId, ids),
  ]);
  const personIds = [...new Set(signals.flatMap((signal) => signal.personId ?? []))];
  const people = await readRecords(ctx.db, portalId, "contacts", personIds);
  const byAccount = Map.groupBy(signals, (signal) => signal.accountId);
  const texts = wanted.flatMap((one) => {
    const handover = handovers.get(one.marker);
    const company = companies.get(one.accountId);
    const { handoff, name } = handover?.play ?? {};
    if (!handover || !company || !handoff || excluded.has(one.accountId)) return [];
    const packet = packetLines(byAccount.get(one.accountId) ?? [], people, mostLines).map((line) => line.text);
    const body = [
      `The play "${name}" hands this account over: ${handover.why}`,
      ...(handoff.trigger === "" ? [] : [`What was agreed: ${handoff.trigger}`]),
      ...(packet.length > 0 ? ["What to refer to:", packet] : []),
    ];
    const subject = `Take over ${(company.name ?? "a company").slice(0, 120)}: answer within ${handoff.responseHours} hours`;
    const dueAt = one.fromAt + handoff.responseHours * 3_600_000;
    return [[one.marker, { subject, body, dueAt, type: "TODO", ownerId: company.hubspot_owner_id || null }] as const];
  });
  return new Map(texts);
}
