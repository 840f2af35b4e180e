import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { CreatedApiKeyView, SentSignalsView } from "@touchstone/shared/signals-api.ts";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";
import { startWorld, type World } from "../support/world.ts";

const seed = demoPortal({ nowAt: Date.now(), companies: 40, contacts: 200 });
/** Who allows the app at the stand-in is its first user, and only they may hand out keys. */
const installer = { userId: seed.owners[0]?.userId ?? 0, email: "admin@example.com" };
let world: World;
beforeAll(async () => {
  world = await startWorld({ seed });
  await world.install();
});
afterAll(() => world?.stop());

it("a surge that another system reports raises the account's score on the card and in HubSpot", async () => {
  const { id } = showcase.justUnderTier2;
  const before = await world.view(id);
  const made = await world.standIn.hubspotFetch(world.portalId, installer, {
    url: `${world.appUrl}/api/portal/api-keys`,
    method: "POST",
    body: { label: "Feed", requestId: "one-for-the-journey" },
  });
  expect(made.status).toBe(200);
  const { secret } = (await made.json()) as CreatedApiKeyView;
  const signal = {
    id: "1",
    source: "feed",
    kind: "topic_research",
    companyId: id,
    at: Date.now() - 60_000,
    strength: 90,
  };
  const sent = await fetch(`${world.appUrl}/api/signals`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ signals: [signal] }),
  });
  expect((await sent.json()) as SentSignalsView).toMatchObject({ stored: 1, rejected: 0 });
  await world.until(
    "a higher score",
    async () => ((await world.view(id)).priority?.score ?? 0) > (before.priority?.score ?? 0),
  );
  await world.settled();
  const after = await world.view(id);
  expect(after.lastChange?.reasons.join()).toMatch(/researches our topic/);
  expect(world.property(id, "touchstone_score")).toBe(String(after.priority?.score));
});
