import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
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
  });
  afterAll(async () => {
    await open?.close();
    await world?.stop();
  });

  it("opens on the models that score accounts, with templates and the rows they come from", async () => {
    await page.goto(world.standIn.url);
    await page.getByRole("link", { name: "Touchstone: settings" }).click();
    await page.getByRole("heading", { name: "Active now" }).waitFor();
    const template = page.getByRole("row").filter({ hasText: "Account health 40-30-30" });
    expect(await template.textContent()).toContain("row 25");
    await open.picture("settings-models.png");
  });

  it("previews a template: who moves, by name, before anything changes", async () => {
    await page.getByRole("button", { name: "Try Two axes of 100" }).click();
    await page.getByRole("button", { name: "Preview impact" }).click();
    await page.getByText("Who moves", { exact: true }).waitFor();
    await open.picture("settings-preview.png");
    expect(await world.ask("/api/models").then((answer) => answer.json())).toMatchObject({
      active: expect.arrayContaining([expect.objectContaining({ key: "playbook-100" })]),
    });
  });

  it("says line by line what is wrong with a number, where it is and what to do", async () => {
    await page.getByLabel("Fit: most points").fill("7");
    await page.getByRole("button", { name: "Preview impact" }).click();
    await page
      .getByText(/axes\[0\]/)
      .first()
      .waitFor();
    await open.picture("settings-faults.png");
    await page.getByLabel("Fit: most points").fill("100");
    open.faults.length = 0;
  });

  it("publishes, shows the progress, and every account is scored by the new model", async () => {
    await page.getByRole("button", { name: "Preview impact" }).click();
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByLabel(/Note for those/).fill("Two axes for the autumn");
    await open.picture("settings-publish.png");
    await page.getByRole("button", { name: "Publish version 1" }).click();
    await page.getByText("Two axes of 100, version 1 is active now").waitFor();
    await page.getByRole("progressbar").waitFor();
    await open.picture("settings-progress.png");
    await page.getByText("All accounts are up to date").waitFor({ timeout: 45_000 });
  });

  it("rolls back to the version before, after saying what that changes", async () => {
    await page
      .getByRole("row")
      .filter({ hasText: "Playbook 100" })
      .getByRole("button", { name: /Compare version/ })
      .click();
    await page.getByRole("button", { name: "Roll back" }).waitFor();
    await open.picture("settings-version.png");
    await page.getByRole("button", { name: "Roll back" }).click();
    await page.getByRole("button", { name: "Go back to version 1" }).click();
    await page.getByText("Playbook 100, version 2 is active now").waitFor();
    await page.getByText("All accounts are up to date").waitFor({ timeout: 45_000 });
  });

  it("saw no error of the page itself", () => {
    expect(open.faults).toEqual([]);
  });
});
