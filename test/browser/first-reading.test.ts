import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { installApp } from "../../hubspot-stand-in/demo/install-app.ts";
import { plainPortal } from "../support/plain-portal.ts";
import { startWorld, type World } from "../support/world.ts";
import { type OpenBrowser, openBrowser } from "./open-browser.ts";

let world: World;
let open: OpenBrowser;

beforeAll(async () => {
  const seed = plainPortal({ portalId: 4_711_990, companies: 4_000, peopleEach: 4, nowAt: Date.now() });
  world = await startWorld({ seed, env: { SETTLE_MS: "100" } });
  open = await openBrowser(world, "first-reading");
});
afterAll(async () => {
  await open?.close();
  await world?.stop();
});

it("shows how far the first reading is and when it ends, and that accounts are scored meanwhile", async () => {
  await installApp(world.appUrl, world.portalId);
  await world.until("accounts are scored while more is read", async () => {
    const { reading, scored } = await world.app.status();
    return reading?.includes("At this pace") === true && scored > 0;
  });
  const { page } = open;
  await page.goto(world.standIn.url);
  await page.getByRole("link", { name: "Touchstone: home page" }).click();
  await page.getByRole("link", { name: "Onboarding checklist" }).click();
  await page
    .getByText(/^Read so far: [\d,]+ of [\d,]+ records, [\d,]+ a second\. At this pace all are read at /)
    .waitFor();
  expect(await page.getByRole("progressbar").count()).toBe(2);
  await open.picture("home-first-reading.png");
}, 90_000);
