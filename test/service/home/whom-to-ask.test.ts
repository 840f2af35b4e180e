import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { TodayView } from "@touchstone/shared/home-api.ts";
import type { AccountSummaryView } from "@touchstone/shared/record-cards-api.ts";
import type { ClockedWorld } from "../../support/clocked-world.ts";
import { askForDemo, company, demoRequest, running, startPortal } from "../hot/hot-world.ts";

let world: ClockedWorld;
beforeAll(async () => {
  world = await startPortal();
});
afterAll(() => world.stop());

it("names on Today whom the account's card names, and nobody who blocks, has left or bounces", async () => {
  await askForDemo(world);
  await running(world);
  world.step(3_600_000);
  const newest = world.crm.create(
    "contacts",
    { firstname: "Bo", lastname: "Lind", jobtitle: "Analyst", ...demoRequest(world.now()) },
    [{ type: "companies", id: company, primary: true }],
  );
  const asked = async () => {
    const card = (await (await world.ask(`/api/accounts/${company}/summary`)).json()) as AccountSummaryView;
    const { lines } = (await (await world.ask("/api/home/today")).json()) as TodayView;
    return [lines[0]?.person, card.next.text];
  };
  const [bo, ana] = ["Bo Lind, Analyst", "Ana Ruiz, CTO"].map((who) => [who, `Reach out to ${who}`]);
  const bothName = (both: unknown, when: string) =>
    world.until(when, async () => JSON.stringify(await asked()) === JSON.stringify(both));
  const leave = (departed: boolean) =>
    world.ask(`/api/accounts/${company}/committee/people`, "POST", { personId: newest, departed });
  await bothName(bo, "the one who did something last");
  await leave(true);
  expect(await asked()).toEqual(ana);
  await leave(false);
  expect(await asked()).toEqual(bo);
  world.crm.update("contacts", newest, { hs_buying_role: "BLOCKER" });
  await bothName(ana, "a blocker is left out");
  world.crm.update("contacts", newest, { hs_buying_role: "", hs_email_bounce: "2" });
  await world.settled();
  await bothName(ana, "who bounces is left out");
  world.crm.update("contacts", newest, { hs_email_bounce: "0" });
  await bothName(bo, "and named again");
});
