import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { type HttpServer, startHttpServer } from "../../server/http/create-http-server.ts";
import { receiveWebhooks } from "../../server/intake/receive-webhooks.ts";
import { type Answer, type Signing, sendSigned } from "./signed-request.ts";
import { appId, clientSecret, createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
let server: HttpServer;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  server = await startHttpServer(ctx);
});
afterAll(async () => {
  await server?.stop();
  await ctx?.stop();
});
afterEach(async () => {
  await ctx.db.deleteFrom("inbox_events").execute();
  await ctx.db.deleteFrom("stale_records").execute();
  ctx.woken.length = 0;
});

const event = (parts: Record<string, unknown> = {}) => ({
  eventId: 1,
  subscriptionId: 2,
  portalId,
  appId,
  occurredAt: 1_795_341_600_000,
  subscriptionType: "contact.propertyChange",
  attemptNumber: 0,
  objectId: 501,
  changeSource: "CRM_UI",
  sourceId: "userId:1",
  propertyName: "jobtitle",
  propertyValue: "needle-in-the-body",
  ...parts,
});

/** Sends a body and tells what came of it: the answer, the lines of the log, what was stored. */
async function deliver(body: unknown, signing: Signing = {}) {
  const before = ctx.lines.length;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer: Answer = await sendSigned(server.url, { method: "POST", path: "/webhooks", body: text }, signing);
  const events = await ctx.db.selectFrom("inbox_events").selectAll().execute();
  const stale = await ctx.db.selectFrom("stale_records").select(["object_type", "object_id", "needs"]).execute();
  return { answer, lines: ctx.lines.slice(before), events, stale };
}

describe("a webhook that HubSpot signed", () => {
  it("of many portals waits for a slow queue once, and not for each", async () => {
    const portals = Array.from({ length: 20 }, (_, n) => asPortalId(60_001 + n));
    for (const portal of portals) await ctx.install(portal);
    const atOnce = { now: 0, most: 0 };
    const wake = async () => {
      atOnce.most = Math.max(atOnce.most, ++atOnce.now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      atOnce.now -= 1;
    };
    const body = JSON.stringify(portals.map((portal) => event({ portalId: portal })));
    await receiveWebhooks({ ...ctx, queue: { ...ctx.queue, wake } }, Buffer.from(body));
    expect(atOnce.most).toBe(20);
    await ctx.db.deleteFrom("portals").where("portal_id", "in", portals).execute();
  });

  it("is stored, marks its record and wakes the portal, without a line that names its content", async () => {
    const { answer, lines, events, stale } = await deliver([event()]);
    expect(answer.status).toBe(204);
    expect(answer.text).toBe("");
    expect(events).toHaveLength(1);
    expect(stale).toEqual([{ object_type: "contacts", object_id: "501", needs: 1 }]);
    expect(ctx.woken).toEqual([["refresh-records", portalId]]);
    expect(lines).toEqual([]);
  });

  it("changes nothing when it comes a second time", async () => {
    await deliver([event()]);
    const again = await deliver([event({ eventId: 99, attemptNumber: 3 })]);
    expect(again.answer.status).toBe(204);
    expect(again.events).toHaveLength(1);
    expect(ctx.woken).toHaveLength(1);
  });
});

describe("a webhook that HubSpot did not sign", () => {
  const minutes = 60_000;
  const body = JSON.stringify([event()]);
  it.each([
    ["is signed with another secret", { secret: "another-secret-altogether" }, "forged"],
    ["is signed for another address", { url: "https://elsewhere.example.com/webhooks" }, "forged"],
    ["is signed for another method", { method: "GET" }, "forged"],
    ["is signed for another body", { body: body.replace("501", "502") }, "forged"],
    ["was signed six minutes ago", { at: Date.now() - 6 * minutes }, "stale"],
    ["was signed six minutes from now", { at: Date.now() + 6 * minutes }, "stale"],
    ["has a time in seconds", { headers: { "x-hubspot-request-timestamp": "1795341600" } }, "malformed"],
    ["has a signature that is no base64", { headers: { "x-hubspot-signature-v3": "zzz" } }, "malformed"],
    ["has an empty signature", { headers: { "x-hubspot-signature-v3": "" } }, "missing"],
  ] satisfies [string, Signing, string][])("is refused with 401 and one line when it %s", async (_, signing, why) => {
    const { answer, lines, events, stale } = await deliver(body, signing);
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toMatchObject({ error: "Unauthenticated" });
    expect(lines).toMatchObject([{ level: "warn", status: 401, path: "/webhooks", reason: `signature ${why}` }]);
    expect([...events, ...stale]).toEqual([]);
  });
});

describe("a signed webhook that cannot be used", () => {
  it.each([
    ["is longer than 2 MB", "x".repeat(2 * 1024 * 1024 + 1), 413],
    ["is no JSON", "[{", 400],
    ["is empty", "", 400],
    ["is an object", JSON.stringify(event()), 400],
    ["is nested a million levels deep", "[".repeat(500_000) + "]".repeat(500_000), 400],
    ["has 1,001 events", JSON.stringify(Array.from({ length: 1_001 }, (_, n) => event({ objectId: n }))), 400],
    ["has no event that can be read", JSON.stringify([7, null, "x", [], {}]), 400],
  ])("is refused with one line and stores nothing when it %s", async (_, body, status) => {
    const { answer, lines, events, stale } = await deliver(body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ error: "BadRequest", message: expect.stringMatching(/stored/) });
    expect(lines).toMatchObject([{ level: "warn", status }]);
    expect([...events, ...stale]).toEqual([]);
  });

  it("is refused with 415 when it is compressed", async () => {
    const { answer, lines } = await deliver([event()], { headers: { "content-encoding": "gzip" } });
    expect(answer.status).toBe(415);
    expect(lines).toMatchObject([{ level: "warn", status: 415 }]);
  });
});

describe("a list with bad events among good ones", () => {
  const deep = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);
  it.each([
    ["a portal that is text", { portalId: "4242" }],
    ["a portal below zero", { portalId: -1 }],
    ["a portal that is no whole number", { portalId: 1.5 }],
    ["a record id with letters", { objectId: "1; DROP TABLE portals" }],
    ["a record id that is an object", { objectId: {} }],
    ["a time that is text", { occurredAt: "yesterday" }],
    ["a type that is a number", { subscriptionType: 5 }],
    ["a type of 10,000 letters", { subscriptionType: "x".repeat(10_000) }],
    ["a NUL byte in a type", { subscriptionType: "contact.propertyChange\u0000" }],
    ["a property value nested 100,000 levels deep", { propertyValue: deep(100_000) }],
  ])("keeps the good ones beside %s and says in one line which place was bad", async (_, parts) => {
    const body = `[${[event(), event(parts), event({ objectId: 502 })].map(stringifyDeep).join(",")}]`;
    const { answer, lines, stale } = await deliver(body);
    expect(answer.status).toBe(204);
    expect(stale.map((row) => row.object_id).sort()).toEqual(["501", "502"]);
    expect(lines).toMatchObject([{ level: "warn", count: 1, unreadable: [expect.stringMatching(/^event 1: /)] }]);
    expect(JSON.stringify(lines)).not.toMatch(/needle|DROP/);
  });

  it.each([["constructor.creation"], ["__proto__.creation"], ["toString.propertyChange"], ["event.completed"]])(
    "ignores a type that it does not know: %s",
    async (subscriptionType) => {
      const { answer, stale } = await deliver([event({ subscriptionType }), event()]);
      expect(answer.status).toBe(204);
      expect(stale).toEqual([{ object_type: "contacts", object_id: "501", needs: 1 }]);
    },
  );
});

describe("a webhook of a portal that is not installed", () => {
  it("is answered with 2xx, so that HubSpot stops sending it, stores nothing and is one line", async () => {
    const { answer, lines, events, stale } = await deliver([
      event({ portalId: 999_999 }),
      event({ portalId: 999_999, objectId: 502 }),
    ]);
    expect(answer.status).toBe(204);
    expect([...events, ...stale]).toEqual([]);
    expect(lines).toMatchObject([{ level: "info", portalId: 999_999, events: 2 }]);
    expect(ctx.woken).toEqual([]);
  });
});

it("never writes a secret, a signature or a value of the body into the log", async () => {
  await deliver("not json: needle-in-the-body");
  const log = ctx.rawLog();
  expect(log).not.toContain(clientSecret);
  expect(log).not.toContain("needle-in-the-body");
  expect(log).not.toMatch(/[A-Za-z0-9+/]{43}=/);
  expect(ctx.lines.filter((line) => line.level === "error")).toEqual([]);
});

/** JSON.stringify would run out of stack on what this test is about. */
function stringifyDeep(value: Record<string, unknown>): string {
  const { propertyValue, ...rest } = value;
  if (typeof propertyValue === "string") return JSON.stringify(value);
  let depth = 0;
  for (let at: unknown = propertyValue; typeof at === "object" && at !== null; at = Object.values(at)[0]) depth += 1;
  return `${JSON.stringify(rest).slice(0, -1)},"propertyValue":${'{"a":'.repeat(depth)}1${"}".repeat(depth)}}`;
}
