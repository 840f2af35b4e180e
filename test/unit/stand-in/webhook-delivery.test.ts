import { createHash, createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { signV3 } from "../../../hubspot-stand-in/webhooks/sign-request.ts";
import {
  appWith,
  install,
  portalId,
  startReceiver,
  startStandIn,
  startWithWebhooks,
  stopAll,
} from "./stand-in-under-test.ts";

afterEach(stopAll);

const nameChanges = [{ subscriptionType: "company.propertyChange", propertyName: "name" }];
const nothing = { headers: {} as IncomingHttpHeaders, rawBody: "", path: "" };

describe("Signatures", () => {
  it.each([
    [1693657560000, "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="],
    [1700000300000, "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw="],
  ])("match HubSpot's test vector of %d", (timestamp, signature) => {
    const parts = {
      method: "POST",
      url: "https://www.example.com/webhook_uri",
      body: "{'example_field':'example_value'}",
    };
    expect(signV3("yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", parts, timestamp)).toBe(signature);
  });

  it("v3 and v1 come with every webhook, over the raw body and the public address", async () => {
    const receiver = await startReceiver();
    const publicUrl = "https://app.example.com";
    const webhooks = { targetUrl: `${publicUrl}/webhooks`, maxConcurrentRequests: 10, subscriptions: nameChanges };
    const standIn = await startStandIn({
      app: appWith({ webhooks }),
      reach: { [publicUrl]: receiver.url },
      webhookTiming: { collectMs: 1 },
    });
    await install(standIn);
    standIn.clock.step(3_600_000);
    standIn.crm(portalId).update("companies", "101", { name: "Ünïcode" });
    await standIn.webhooks.settled();
    const { headers, rawBody, path } = receiver.requests[0] ?? nothing;
    const timestamp = String(headers["x-hubspot-request-timestamp"]);
    const mac = createHmac("sha256", "the-client-secret")
      .update(`POST${publicUrl}/webhooks${rawBody}${timestamp}`)
      .digest("base64");
    expect(path).toBe("/webhooks");
    expect(headers["x-hubspot-signature-v3"]).toBe(mac);
    expect(headers["x-hubspot-signature"]).toBe(
      createHash("sha256").update(`the-client-secret${rawBody}`).digest("hex"),
    );
    // The steps of the stand-in's clock stay out of the signature: the app's own clock has not moved.
    expect(Math.abs(Number(timestamp) - Date.now())).toBeLessThan(60_000);
  });
});

describe("A webhook is sent", () => {
  const rename = async (
    crm: { update(type: "companies", id: string, properties: Record<string, string>): void },
    times: number,
  ) => {
    for (let time = 0; time < times; time++) crm.update("companies", "101", { name: `Name ${time}` });
  };
  const values = (events: readonly { propertyValue?: string }[]) => events.map(({ propertyValue }) => propertyValue);

  it("in arrays of at most 100 events", async () => {
    const { standIn, receiver } = await startWithWebhooks(nameChanges);
    await rename(standIn.crm(portalId), 250);
    await standIn.webhooks.settled();
    expect(receiver.requests.map(({ rawBody }) => JSON.parse(rawBody).length)).toEqual([100, 100, 50]);
  });

  it("with at most ten requests under way per portal", async () => {
    let running = 0;
    let most = 0;
    const ten = Promise.withResolvers<void>();
    const { standIn, receiver } = await startWithWebhooks(nameChanges, {}, async () => {
      most = Math.max(most, ++running);
      if (running === 10) ten.resolve();
      // Nobody is answered before ten have come, however slow the machine.
      await ten.promise;
      await new Promise((resolve) => setTimeout(resolve, 20));
      running--;
      return 204;
    });
    await rename(standIn.crm(portalId), 1_500);
    await standIn.webhooks.settled();
    expect(receiver.events()).toHaveLength(1_500);
    expect(most).toBe(10);
  });

  it("again after a 4xx, a 5xx, a broken connection or no answer in time, with attemptNumber counting", async () => {
    const replies = [400, 503, 0, -1, 204];
    const { standIn, receiver } = await startWithWebhooks(nameChanges, {}, async (_request, index) => {
      const reply = replies[index] ?? 204;
      if (reply === -1) await new Promise((resolve) => setTimeout(resolve, 400));
      return reply === -1 ? 204 : reply;
    });
    standIn.crm(portalId).update("companies", "101", { name: "Once" });
    await standIn.webhooks.settled();
    expect(receiver.events().map(({ attemptNumber }) => attemptNumber)).toEqual([0, 1, 2, 3, 4]);
    expect(standIn.webhooks.sent.map(({ outcome }) => outcome)).toEqual([
      400,
      503,
      expect.any(String),
      expect.any(String),
      204,
    ]);
  });

  it("ten times at most, over about a day of the stand-in's clock", async () => {
    const { standIn, receiver } = await startWithWebhooks(
      nameChanges,
      { webhookTiming: { collectMs: 1, retryScale: 1 } },
      () => 500,
    );
    standIn.crm(portalId).update("companies", "101", { name: "Never" });
    const settled = standIn.webhooks.settled();
    for (let tries = 1; tries <= 10; tries++) {
      while (standIn.webhooks.sent.length < tries) await new Promise((resolve) => setTimeout(resolve, 2));
      standIn.clock.step(14 * 3_600_000);
    }
    await settled;
    expect(receiver.requests).toHaveLength(10);
    expect(standIn.webhooks.lost).toBe(1);
  });

  it.each([false, true])(
    "with webhookDuplicates %s some of it twice, in another request",
    async (webhookDuplicates) => {
      const { standIn, receiver } = await startWithWebhooks(nameChanges, { switches: { webhookDuplicates } });
      await rename(standIn.crm(portalId), 6);
      await standIn.webhooks.settled();
      expect(receiver.events()).toHaveLength(webhookDuplicates ? 8 : 6);
      expect(new Set(values(receiver.events())).size).toBe(6);
      expect(receiver.requests).toHaveLength(webhookDuplicates ? 2 : 1);
    },
  );

  it.each([false, true])("with webhookReorder %s in another order", async (webhookReorder) => {
    const { standIn, receiver } = await startWithWebhooks(nameChanges, { switches: { webhookReorder } });
    await rename(standIn.crm(portalId), 50);
    await standIn.webhooks.settled();
    const inOrder = Array.from({ length: 50 }, (_, index) => `Name ${index}`);
    expect(values(receiver.events()).join() === inOrder.join()).toBe(!webhookReorder);
    expect(values(receiver.events()).sort()).toEqual([...inOrder].sort());
  });

  it("to the address of the newest upload", async () => {
    const { standIn, receiver } = await startWithWebhooks(nameChanges);
    const other = await startReceiver();
    standIn.upload({ webhooks: { ...standIn.app.webhooks, targetUrl: `${other.url}/hooks` } });
    standIn.crm(portalId).update("companies", "101", { name: "Moved" });
    await standIn.webhooks.settled();
    expect([receiver.requests.length, other.requests.length]).toEqual([0, 1]);
  });
});
