import { parseWebhooks } from "../../../server/intake/parse-webhooks.ts";
import { askDatabase } from "../../support/ask-database.ts";
import type { Stage } from "./stage.ts";

/** The stand-in keeps its newest requests only; a trial must stay below that, or nothing could be said about losses. */
const longestLog = 10_000;

export interface Deliveries {
  readonly events: number;
  readonly requests: number;
  /** Rows in the inbox. */
  readonly stored: number;
  /** Events that were given up, or that were acknowledged and are not in the inbox. */
  readonly lost: number;
  /** Rows in the inbox beyond one for each event. */
  readonly twice: number;
}

/** Holds what HubSpot sent against what the product has stored. */
export async function judgeDeliveries(stage: Stage): Promise<Deliveries> {
  const { sent, lost } = stage.standIn.webhooks;
  if (sent.length >= longestLog) throw new Error(`more than ${longestLog} requests: make the trial smaller`);
  const keys = new Set<string>();
  let events = 0;
  for (const { events: list } of sent) {
    const first = list.filter(({ attemptNumber }) => attemptNumber === 0);
    events += first.length;
    for (const key of keysOf(list, stage.standIn.app.appId)) keys.add(key);
  }
  const rows = await askDatabase<{ key: string }>(
    stage.databaseUrl,
    `SELECT portal_id || ' ' || dedupe_key AS key FROM inbox_events`,
  );
  const stored = new Set(rows.map(({ key }) => key));
  return {
    events,
    requests: sent.length,
    stored: stored.size,
    lost: lost + [...keys].filter((key) => !stored.has(key)).length,
    twice: [...stored].filter((key) => !keys.has(key)).length,
  };
}

function keysOf(events: readonly object[], appId: number): string[] {
  const parsed = parseWebhooks(events, appId);
  if (!parsed) throw new Error("the stand-in sent what is no webhook body");
  return [...parsed.byPortal].flatMap(([portalId, list]) => list.map(({ dedupeKey }) => `${portalId} ${dedupeKey}`));
}
