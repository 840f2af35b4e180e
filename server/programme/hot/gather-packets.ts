import type { PacketLine } from "@touchstone/shared/hot-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { personName } from "@touchstone/shared/person-name.ts";
import { type SignalKind, signalKinds } from "@touchstone/shared/signal-kinds.ts";
import type { Context } from "../../context.ts";
import { readLinksTo, readRecords } from "../../db/records.ts";
import { type ReadSignal, readSignals } from "../../db/signals.ts";

const dayMs = 86_400_000;
const lookBackMs = 30 * dayMs;
const mostLines = 5;

/**
 * What to quote when reaching out: who engaged with what and when, the newest first, each person and thing once (row 83).
 * Names are joined in now and stored nowhere.
 */
export async function gatherPackets(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<Map<string, PacketLine[]>> {
  if (accountIds.length === 0) return new Map();
  const links = await readLinksTo(ctx.db, portalId, "contacts", accountIds);
  const personIds = [...new Set(links.map((link) => link.fromId))];
  const people = await readRecords(ctx.db, portalId, "contacts", personIds);
  const signals = await readSignals(ctx.db, portalId, personIds, accountIds, ctx.now() - lookBackMs);
  const peopleOf = Map.groupBy(links, (link) => link.toId);
  const packet = (accountId: string): PacketLine[] => {
    const own = new Set((peopleOf.get(accountId) ?? []).map((link) => link.fromId));
    const lines = signals
      .filter(
        (one) => engages(one.kind) && (one.personId === null ? one.accountId === accountId : own.has(one.personId)),
      )
      .toReversed();
    return onceEach(lines)
      .slice(0, mostLines)
      .map((signal) => toLine(signal, people.get(signal.personId ?? "")));
  };
  return new Map(accountIds.map((id) => [id, packet(id)]));
}

const isKnown = (kind: string): kind is SignalKind => Object.hasOwn(signalKinds, kind);
const engages = (kind: string): boolean => !isKnown(kind) || signalKinds[kind].engages;

function onceEach(signals: readonly ReadSignal[]): ReadSignal[] {
  const seen = new Set<string>();
  return signals.filter(({ personId, kind, subject }) => {
    const key = JSON.stringify([personId, kind, subject]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function toLine(signal: ReadSignal, person: Readonly<Record<string, string | null>> | undefined): PacketLine {
  const what = isKnown(signal.kind) ? signalKinds[signal.kind].label : signal.kind.replaceAll("_", " ");
  const subject = signal.subject ? ` (${signal.subject})` : "";
  const who = signal.personId === null ? null : personName(person);
  const title = person?.jobtitle ? `, ${person.jobtitle},` : "";
  return {
    text: who === null ? `Somebody ${what}${subject}` : `${who}${title} ${what}${subject}`,
    person: who,
    at: signal.at,
  };
}
