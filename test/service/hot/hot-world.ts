import type { HotAlertView, HotListView } from "@touchstone/shared/hot-api.ts";
import type { Crm } from "../../../hubspot-stand-in/crm.ts";
import type { SeedData } from "../../../hubspot-stand-in/seed-data.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

/** 10:00 in Madrid, where the portal is. */
export const tenOClock = Date.UTC(2026, 10, 3, 9);
export const [company, person] = [companyIdAt(0), personIdAt(0)];

/** The first company is a target account with an owner, and its person a CTO. */
export function hotSeed(): SeedData {
  const plain = plainPortal({ portalId: 4711, companies: 3, peopleEach: 1, nowAt: tenOClock });
  const own = { hs_is_target_account: "true", hubspot_owner_id: "1" };
  const named = { firstname: "Ana", lastname: "Ruiz", jobtitle: "CTO" };
  const records = [...plain.records].map((batch) =>
    [...batch].map((record) => {
      if (record.id === company) return { ...record, properties: { ...record.properties, ...own } };
      return record.id === person ? { ...record, properties: { ...record.properties, ...named } } : record;
    }),
  );
  return { ...plain, records };
}

export async function startPortal(): Promise<ClockedWorld> {
  const world = await startClockedWorld(hotSeed(), tenOClock);
  await world.install();
  return world;
}

export const demoRequest = (at: number) => ({
  recent_conversion_event_name: "Demo request",
  recent_conversion_date: new Date(at).toISOString(),
});

export async function askForDemo(world: ClockedWorld): Promise<void> {
  world.crm.update("contacts", person, demoRequest(world.now()));
  await world.standIn.webhooks.settled();
}

export const links = [
  { type: "companies", id: company },
  { type: "contacts", id: person },
] as const;

export const tasksOf = (crm: Crm) => crm.find("tasks", {}).map((task) => task.properties);

export async function list(world: ClockedWorld): Promise<HotListView> {
  return (await (await world.ask("/api/hot")).json()) as HotListView;
}

/** The look for it comes a minute later, on the database's clock, which nobody can step. */
export async function lookForTasks(world: ClockedWorld): Promise<void> {
  await world.server.ctx.db
    .updateTable("tasks")
    .set({ sent_at: new Date(0) })
    .execute();
  await world.wake("make-tasks");
}

export async function alertOf(world: ClockedWorld, companyId = company): Promise<HotAlertView | null> {
  const { alert } = (await (await world.ask(`/api/accounts/${companyId}/hot`)).json()) as {
    alert: HotAlertView | null;
  };
  return alert;
}

export async function running(world: ClockedWorld): Promise<HotAlertView> {
  await world.until("an alert", async () => (await alertOf(world))?.state === "open");
  const alert = await alertOf(world);
  if (!alert) throw new Error("the alert went away");
  return alert;
}
