import type { PacketLine } from "@touchstone/shared/hot-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { personName } from "@touchstone/shared/person-name.ts";
import { type SignalKind, signalKinds } from "@touchstone/shared/signal-kinds.ts";
import type { Context } from "../../context.ts";
import { type RecentSignal, readRecentSignals } from "../../db/recent-signals.ts";
import { readRecords } from "../../db/records.ts";

const lookBackMs = 30 * 86_400_000;
const mostRead = 100;
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
  const signals = await readRecentSignals(ctx.db, portalId, accountIds, ctx.now() - lookBackMs, mostRead);
  const personIds = [...new Set(signals.flatMap((signal) => signal.personId ?? []))];
  const people = await readRecords(ctx.db, portalId, "contacts", personIds);
  const byAccount = Map.groupBy(signals, (signal) => signal.accountId);
  const packet = (accountId: string): PacketLine[] =>
    onceEach((byAccount.get(accountId) ?? []).filter(({ kind }) => engages(kind)))
      .slice(0, mostLines)
      .map((signal) => toLine(signal, people.get(signal.personId ?? "")));
  return new Map(accountIds.map((id) => [id, packet(id)]));
}

const isKnown = (kind: string): kind is SignalKind => Object.hasOwn(signalKinds, kind);
const engages = (kind: string): boolean => !isKnown(kind) || signalKinds[kind].engages;

function onceEach(signals: readonly RecentSignal[]): RecentSignal[] {
  const seen = new Set<string>();
  return signals.filter(({ personId, kind, subject }) => {
    const key = JSON.stringify([personId, kind, subject]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function toLine(signal: RecentSignal, person: Readonly<Record<string, string | null>> | undefined): PacketLine {
  const what = isKnown(signal.kind) ? signalKinds[signal.kind].label : signal.kind.replaceAll("_", " ");
  const subject = signal.subject ? ` (${signal.subject})` : "";
  if (signal.personId === null) return { text: `Somebody ${what}${subject}`, person: null, at: signal.at };
  const name = personName(person);
  const who = person?.jobtitle ? `${name}, ${person.jobtitle},` : name;
  return { text: `${who} ${what}${subject}`, person: name, at: signal.at };
}
