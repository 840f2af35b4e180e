import type { CrmEvent } from "../seed/crm-events/crm-event.ts";
import { crmEvents } from "../seed/crm-events.ts";
import { showcase } from "../seed/showcase.ts";
import type { StandIn } from "../stand-in.ts";
import type { AppAsker, ShownAccount } from "./ask-app.ts";

export interface PlayedEvent {
  readonly label: string;
  readonly touched: number;
  readonly before: ShownAccount;
  readonly after: ShownAccount;
  /** From the change in the CRM to the result standing in the portal's properties and on the card; null: not in time. */
  readonly seconds: number | null;
  readonly calls: number;
}

const timeoutMs = 30_000;

/** On which showcase company an event is played: the one on which it shows best, else the lukewarm one. */
const stages: Readonly<Record<string, string>> = {
  "demo-request": showcase.justUnderTier2.id,
  "meeting-booked": showcase.lukewarm.id,
  "pricing-visit": showcase.branch.id,
  "content-download": showcase.cold.id,
  "webinar-attended": showcase.lukewarm.id,
  "call-logged": showcase.justUnderTier2.id,
  "blocker-opens": showcase.blocked.id,
  "mail-scanner": showcase.customer.id,
  "property-change": showcase.messy.id,
  "new-contact": showcase.empty.id,
  "deal-won": showcase.hot.id,
  "contact-moved": showcase.headOffice.id,
  "privacy-deletion": showcase.hot.id,
  "contact-deleted": showcase.justUnderTier2.id,
  merge: showcase.duplicateA.id,
};

/** Plays every kind of event in the portal, one after the other, and waits each time until its result can be seen. */
export async function playEvents(
  standIn: StandIn,
  portalId: number,
  app: AppAsker,
  companyIds: readonly string[],
  onPlayed: (event: PlayedEvent) => void,
): Promise<PlayedEvent[]> {
  const played: PlayedEvent[] = [];
  for (const event of crmEvents) {
    const companyId = companyFor(event, companyIds);
    const result = await playEvent(standIn, portalId, app, event, companyId);
    played.push(result);
    onPlayed(result);
  }
  return played;
}

/** In a portal from CSV files there is no showcase: any company will do. */
function companyFor(event: CrmEvent, companyIds: readonly string[]): string {
  const stage = stages[event.key] ?? showcase.lukewarm.id;
  const found = companyIds.includes(stage) ? stage : companyIds[0];
  if (!found) throw new Error("The portal has no company to play events on.");
  return found;
}

async function playEvent(
  standIn: StandIn,
  portalId: number,
  app: AppAsker,
  event: CrmEvent,
  companyId: string,
): Promise<PlayedEvent> {
  const before = await app.account(companyId);
  const callsBefore = standIn.requestLog.total(portalId);
  const startedAt = Date.now();
  const otherCompanyId = event.key === "merge" ? showcase.duplicateB.id : undefined;
  const known = otherCompanyId !== undefined && standIn.crm(portalId).get("companies", otherCompanyId) !== null;
  const { touchedCompanies } = event.play(standIn.crm(portalId), {
    companyId,
    nowAt: startedAt,
    countersFire: true,
    ...(known ? { otherCompanyId } : {}),
  });
  const shown = touchedCompanies[0] ?? companyId;
  const seconds = await waitUntilVisible(standIn, portalId, app, touchedCompanies, startedAt);
  return {
    label: event.label,
    touched: touchedCompanies.length,
    before,
    after: await app.account(shown),
    seconds,
    calls: standIn.requestLog.total(portalId) - callsBefore,
  };
}

async function waitUntilVisible(
  standIn: StandIn,
  portalId: number,
  app: AppAsker,
  companyIds: readonly string[],
  since: number,
) {
  await standIn.webhooks.settled();
  while (Date.now() - since < timeoutMs) {
    const visible = await Promise.all(companyIds.map((id) => isVisible(standIn, portalId, app, id, since)));
    if (visible.every(Boolean)) return (Date.now() - since) / 1000;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}

/** The card shows a score made after the change, nothing waits, and the portal's own property says the same. */
async function isVisible(
  standIn: StandIn,
  portalId: number,
  app: AppAsker,
  companyId: string,
  since: number,
): Promise<boolean> {
  const company = standIn.crm(portalId).get("companies", companyId);
  const view = await app.account(companyId);
  if (!company) return view.state === "unscored";
  if (view.pending || view.scoredAt === null || view.scoredAt < since) return false;
  const score = view.priority?.score;
  return (company.properties.touchstone_score ?? "") === (score === null || score === undefined ? "" : String(score));
}
