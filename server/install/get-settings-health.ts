import type { PortalStatusView } from "@touchstone/shared/card-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { SettingsHealthView } from "@touchstone/shared/settings-api.ts";
import type { Context } from "../context.ts";
import { type DeadLetter, listLetters } from "../db/dead-letters.ts";
import {
  countKnown,
  type FailedWrite,
  type KnownCounts,
  listFailedWrites,
  listLeastKnown,
  readSyncTimes,
  type SyncTimes,
} from "../db/portal-health.ts";
import { readWriteDelays, type WriteDelays } from "../db/write-delays.ts";
import { getPortalStatus } from "./get-portal-status.ts";

const most = { failures: 50, leastKnown: 20, letters: 50 } as const;
/** Bounds the answer: 120 rows of these are far below 200 kB. */
const longest = { name: 100, reason: 300 } as const;

/** How well a portal is served: how soon results stand in HubSpot, what waits, what failed and why. */
export async function getSettingsHealth(
  ctx: Pick<Context, "config" | "db" | "now">,
  portalId: PortalId,
): Promise<SettingsHealthView> {
  const [status, delays, failures, known, leastKnown, letters, times] = await Promise.all([
    getPortalStatus(ctx, portalId),
    readWriteDelays(ctx.db, portalId),
    listFailedWrites(ctx.db, portalId, most.failures),
    countKnown(ctx.db, portalId),
    listLeastKnown(ctx.db, portalId, most.leastKnown),
    listLetters(ctx.db, portalId, {}, most.letters),
    readSyncTimes(ctx.db, portalId),
  ]);
  return {
    figures: toFigures(status, delays, known),
    sync: toSync(times, status),
    notices: status.notices,
    failedWrites: failures.map(toFailure),
    leastKnown: leastKnown.map(({ companyId, name, known: percent }) => ({
      companyId,
      name: nameOf(name, companyId),
      known: `${percent} % known`,
    })),
    deadLetters: letters.map(toLetter),
    reconcile: status.reconcile,
    kept: toKept(status.keptDays),
    leaving,
  };
}

function toFigures(
  status: PortalStatusView,
  delays: WriteDelays | null,
  known: KnownCounts,
): SettingsHealthView["figures"] {
  const { waitingRecords, waitingAccounts, failedWrites, failedPeople, deadLetters } = status;
  return [
    {
      label: "Result in HubSpot after",
      value: delays ? seconds(delays.medianMs) : "n/a",
      detail: delays
        ? `Since a change was read: the median of ${number(delays.results)}; 95 % within ${seconds(delays.slowMs)}. Changes gather for half a second or more before they are read.`
        : "Nothing has changed live since the installation.",
    },
    {
      label: "Waiting",
      value: number(waitingRecords + waitingAccounts),
      detail: `${number(waitingRecords)} records to be read, ${number(waitingAccounts)} accounts to be scored.`,
    },
    {
      label: "Refused by HubSpot",
      value: number(failedWrites + failedPeople),
      detail: "Sent again when they change and daily, as far as HubSpot may be asked in vain.",
    },
    {
      label: "Laid aside",
      value: number(deadLetters),
      detail: "After all attempts; whoever runs Touchstone looks at them.",
    },
    {
      label: "Almost nothing known",
      value: number(known.underQuarter),
      detail: `Under 25 % of the priority model; ${number(known.underHalf)} of ${number(known.accounts)} accounts are under 50 %.`,
    },
  ];
}

const toSync = (
  { resultAt, waitingSince, backfilledAt }: SyncTimes,
  { reconcile, reading }: PortalStatusView,
): SettingsHealthView["sync"] => [
  { label: "Last live change written back", at: timeOf(resultAt), never: "none since the installation" },
  { label: "Longest waiting", at: timeOf(waitingSince), never: "nothing waits" },
  {
    label: "All records compared with HubSpot",
    at: reconcile?.finishedAt ?? null,
    never: "not yet: every night, or now",
  },
  { label: "All records read", at: timeOf(backfilledAt), never: reading ?? "under way" },
];

const timeOf = (at: Date | null): number | null => at?.getTime() ?? null;

const toFailure = ({ type, id, name, message, failedAt }: FailedWrite): SettingsHealthView["failedWrites"][number] => ({
  id: `${type}:${id}`,
  name: type === "companies" ? nameOf(name, id) : `Contact ${id}`,
  reason: message.slice(0, longest.reason),
  at: failedAt.getTime(),
});

const toLetter = ({ kind, subject, reason, diedAt }: DeadLetter): SettingsHealthView["deadLetters"][number] => ({
  subject: kind === "account" ? `Account ${subject}` : `Record ${subject}`,
  reason: reason.slice(0, longest.reason),
  at: diedAt.getTime(),
});

const toKept = ({ events, history, signals, deadLetters }: PortalStatusView["keptDays"]): string[] => [
  `Times and hashes of webhook events: ${events} days`,
  `Earlier scores with their proofs: ${history} days`,
  `Signals: ${signals} days`,
  `What was laid aside: ${deadLetters} days`,
];

const leaving: SettingsHealthView["leaving"] = {
  lost: [
    "All scores, their proofs and their history",
    "Models, tiers, rules and messages of this portal, with every version",
    "Answers, verdicts, roles, plays and clocks that people kept here",
    "The copy of companies, people, deals and activities that scores are made from",
    "Keys of other systems: what they send is refused from then on",
  ],
  kept: [
    "Everything in HubSpot: companies, people, deals, tasks that were made",
    "The properties of the group Touchstone with their last values; delete them in HubSpot's settings if you want",
  ],
};

const nameOf = (name: string | null, id: string): string => name?.slice(0, longest.name) || `Company ${id}`;
const number = (value: number): string => value.toLocaleString("en");
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
