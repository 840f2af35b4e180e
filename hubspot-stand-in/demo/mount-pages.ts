import type { Crm } from "../crm.ts";
import type { LinkedPageRecord, RecordPageUser } from "../record-page/page-data.ts";
import { nameOf, type RecordKind, recordKinds } from "../record-page/record-kinds.ts";
import type { PageExtensionBundle } from "../record-page/record-page-options.ts";
import { createRecordPages } from "../record-page.ts";
import { crmEvents } from "../seed/crm-events.ts";
import type { StandIn } from "../stand-in.ts";
import { onlooker } from "./name-onlooker.ts";

/** The first owner is who allows the app when the demo installs it. */
const parts = ["admin", "rep", "read only"] as const;
const others = [{ userId: 2, email: "rep@example.com", firstName: "Robin", lastName: "Reader" }, onlooker];

function usersOf(standIn: StandIn, portalId: number): RecordPageUser[] {
  const owners = standIn.portals.get(portalId)?.owners ?? [];
  return [...owners.slice(0, 1), ...others].map(({ userId, email, firstName, lastName }, index) => ({
    userId,
    email,
    firstName,
    lastName,
    locale: "en",
    part: parts[index] ?? "",
  }));
}

const mostListed = 50;

/** Pages of the stand-in's portals, on which the built cards and pages run, with buttons that make CRM events happen. */
export async function mountPages(
  standIn: StandIn,
  extensions: readonly PageExtensionBundle[],
  appUrl: string,
): Promise<void> {
  const pages = await createRecordPages({
    app: {
      appId: standIn.app.appId,
      name: standIn.app.name ?? "The app",
      propertyPrefix: "touchstone_",
      listProperties: [
        { name: "touchstone_score", label: "Score" },
        { name: "touchstone_tier", label: "Tier" },
        { name: "touchstone_readiness", label: "Readiness" },
      ],
    },
    extensions,
    events: crmEvents.map(({ key, label, description }) => ({ key, label, description })),
    users: (portalId) => usersOf(standIn, portalId),
    variables: { apiOrigin: appUrl },
    portals: () =>
      [...standIn.portals.values()].map(({ settings }) => ({
        portalId: settings.portalId,
        name: settings.name,
        timeZone: settings.timeZone,
      })),
    getRecord: (portalId, type, id) => getRecord(standIn.crm(portalId), type, id),
    listRecords: (portalId, type, query) => (type === "companies" ? findCompanies(standIn, portalId, query) : []),
    playEvent: (portalId, key, companyId) => {
      const event = crmEvents.find((one) => one.key === key);
      if (!event) throw new Error(`There is no event ${key}.`);
      return event.play(standIn.crm(portalId), { companyId, nowAt: Date.now(), countersFire: true });
    },
    hubspotFetch: standIn.hubspotFetch,
  });
  standIn.mount(pages.handle);
}

function getRecord(crm: Crm, type: RecordKind["type"], id: string): LinkedPageRecord | null {
  const record = crm.get(type, id);
  if (record === null) return null;
  const related = recordKinds.flatMap((kind) =>
    crm
      .linked({ type, id: record.id }, kind.type)
      .slice(0, mostListed)
      .map((toId) => ({
        typeId: kind.typeId,
        id: toId,
        name: nameOf(kind, toId, crm.get(kind.type, toId)?.properties ?? {}),
      })),
  );
  return { ...record, related };
}

function findCompanies(standIn: StandIn, portalId: number, query: string) {
  const words = query.trim().toLowerCase();
  return standIn
    .crm(portalId)
    .find("companies", {})
    .filter(({ properties }) => `${properties.name ?? ""} ${properties.domain ?? ""}`.toLowerCase().includes(words))
    .sort((a, b) => Number(b.properties.touchstone_score ?? -1) - Number(a.properties.touchstone_score ?? -1))
    .slice(0, mostListed);
}
