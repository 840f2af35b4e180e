import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { PortalStatusView } from "@touchstone/shared/card-api.ts";
import type { TiersView } from "@touchstone/shared/tiers-api.ts";
import type { Page } from "playwright-core";
import { crmEvents } from "../../hubspot-stand-in/seed/crm-events.ts";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";
import { startWorld, type World } from "../support/world.ts";
import { type OpenBrowser, openBrowser } from "./open-browser.ts";

describe("the settings page in a browser", () => {
  let world: World;
  let open: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    world = await startWorld({ seed: demoPortal({ nowAt: Date.now(), companies: 60, contacts: 400 }) });
    open = await openBrowser(world, "settings-page");
    page = open.page;
    await world.install();
    const demo = crmEvents.find(({ key }) => key === "demo-request");
    demo?.play(world.crm, { companyId: showcase.justUnderTier2.id, nowAt: Date.now(), countersFire: true });
    await world.settled();
  });
  afterAll(async () => {
    await open?.close();
    await world?.stop();
  });

  it("says line by line what is wrong with a number of a draft, where it is and what to do", async () => {
    await page.goto(world.standIn.url);
    await page.getByRole("link", { name: "Touchstone: settings" }).click();
    const template = page.getByRole("row").filter({ hasText: "Account health 40-30-30" });
    expect(await template.textContent()).toContain("row 25");
    await page.getByRole("button", { name: "Try Two axes of 100" }).click();
    await page.getByLabel("Fit: most points").fill("7");
    await page.getByRole("button", { name: "Preview impact" }).click();
    await page
      .getByText(/“Fit: most points”/)
      .first()
      .waitFor();
    await open.picture("settings-faults.png");
    await page.getByLabel("Fit: most points").fill("100");
    open.faults.length = 0;
  });

  const openTab = (name: string) => page.getByRole("tab", { name }).click();
  const answerOf = async <T>(path: string): Promise<T> => (await world.ask(path)).json() as Promise<T>;

  it("changes the cap of a tier and the capacity of a person, and says who bounds the tier then", async () => {
    await openTab("Tiers and capacity");
    await page.getByLabel("Tier 1", { exact: true }).fill("30");
    await page.getByRole("button", { name: "Save the caps" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save the caps" }).click();
    await page.getByRole("heading", { name: /version 1/ }).waitFor();
    for (const side of ["sales", "marketing"]) {
      await page.getByLabel("HubSpot owner id").fill(side === "sales" ? "700001" : "700002");
      await page.getByLabel("Side").selectOption({ label: side === "sales" ? "Sales" : "Marketing" });
      await page.getByLabel("Places in Tier 1").fill(side === "sales" ? "12" : "40");
      await page.getByRole("button", { name: "Save this person" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Save this person" }).click();
      await page
        .getByText(side === "sales" ? "Owner 700001 is in the plan." : "Owner 700002 is in the plan.")
        .waitFor();
    }
    await page.getByText("sales: its people can work no more").first().waitFor();
    await open.picture("settings-tiers.png");
    const { tiers } = await answerOf<TiersView>("/api/tiers");
    expect(tiers[0]?.cap).toEqual({ template: 30, capacity: 12, effective: 12, limitedBy: "sales" });
  });

  it("marks the gaps of the messages, and a filled one is none any more", async () => {
    await openTab("Roles and messages");
    await page.getByText("3 gaps", { exact: true }).waitFor();
    await open.picture("settings-messages.png");
    await page.getByLabel("Influencer, expansion").fill("What changed for others like you");
    await openTab("Health");
    await page.getByText("Not saved: the messages. Opening Health loses it.").waitFor();
    await open.picture("settings-not-saved.png");
    await page.getByRole("button", { name: "Stay here" }).click();
    await page.getByRole("button", { name: "Save the messages" }).click();
    await page.getByText("2 gaps", { exact: true }).waitFor();
    await page.getByLabel("How the roles").selectOption({ label: "Eight groups of an enterprise" });
    await page.getByRole("cell", { name: "Procurement" }).waitFor();
    await page.getByRole("button", { name: "Save the roles" }).click();
    await page.getByText(/Every card names roles as “Eight groups of an enterprise”/).waitFor();
    await open.view("settings-roles-question.png");
    await page.getByRole("dialog").getByRole("button", { name: "Save the roles" }).click();
    await page.getByText("The roles are saved.").waitFor();
  });

  it("changes the hot and the cold rule", async () => {
    await openTab("Hot and cold");
    await page.getByLabel("Hours until outreach").fill("48");
    await page.getByRole("button", { name: "Save the hot rule" }).click();
    await page.getByText("Saved: when an account is hot.").waitFor();
    await page.getByLabel("Cold below per cent").fill("25");
    await page.getByRole("button", { name: "Save the cold rule" }).click();
    await page.getByText("Saved: when an account has gone cold.").waitFor();
    await open.picture("settings-rules.png");
    expect(await answerOf("/api/hot/rule")).toMatchObject({ version: 1, rule: { clockHours: 48 } });
    expect(await answerOf("/api/cold/rule")).toMatchObject({ version: 1, rule: { belowPercent: 25 } });
  });

  it("finds that a property which a model reads is not in this portal, and says what to do", async () => {
    const { properties } = world.standIn.portals.get(world.portalId) ?? {};
    const revenue = properties?.find("companies", "annualrevenue");
    if (!properties || !revenue) throw new Error("the portal knows revenues");
    properties.put("companies", { ...revenue, archivedAt: Date.now() });
    await openTab("Properties");
    await page.getByRole("button", { name: "Compare with HubSpot now" }).click();
    await world.until("the comparison is done", async () => {
      const { reconcile } = await answerOf<PortalStatusView>("/api/portal/status");
      return reconcile !== null && reconcile.finishedAt !== null;
    });
    await page.getByRole("button", { name: "Read again" }).click();
    const row = page.getByRole("row").filter({ hasText: "annualrevenue" });
    await row.getByText("Missing", { exact: true }).waitFor();
    await world.settled();
    expect(await row.textContent()).toContain("Make it again in HubSpot's settings");
    await open.picture("settings-properties.png");
  });

  it("shows the health, a new key once, and what disconnecting would lose and keep", async () => {
    await openTab("Health");
    await page.getByText(/Since a change was read: the median of \d+; 95 % within/).waitFor();
    await page.getByLabel("Label of a new key").fill("Intent feed");
    await page.getByRole("button", { name: "Make a key" }).click();
    const secret = await page.getByText(/^touchstone_[A-Za-z0-9_-]{43}$/).textContent();
    await open.picture("settings-health.png");
    const send = () =>
      fetch(`${world.appUrl}/api/signals`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body: "{}",
      });
    expect((await send()).status).not.toBe(401);
    await page.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("The key Intent feed is revoked.").waitFor();
    expect((await send()).status).toBe(401);
    await page.getByRole("button", { name: "Disconnect and delete data" }).click();
    await page.getByText("Lost for ever").waitFor();
    await open.picture("settings-disconnect.png");
    await page.getByRole("button", { name: "Cancel" }).click();
  });

  it("shows everything to a rep, read only, with one sentence why", async () => {
    await page.getByRole("link", { name: /^Act as Robin/ }).click();
    await page.getByText(/only the person who connected Touchstone to HubSpot may/).waitFor();
    await page.getByRole("button", { name: "Try Account health 40-30-30" }).click();
    await page.getByRole("button", { name: "Preview impact" }).click();
    await page.getByText("Who moves", { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: "Publish", exact: true }).isDisabled()).toBe(true);
    await openTab("Roles and messages");
    await page.getByRole("heading", { name: /^Messages/ }).waitFor();
    expect(await page.getByRole("button", { name: "Save the messages" }).isDisabled()).toBe(true);
    await open.picture("settings-read-only.png");
  });

  it("saw no error of the page itself", () => {
    expect(open.faults).toEqual([]);
  });
});
