import { createHmac } from "node:crypto";
import { afterEach, describe, expect, it } from "@jest/globals";
import { signV2 } from "../../../hubspot-stand-in/webhooks/sign-request.ts";
import { appWith, portalId, startReceiver, startStandIn, stopAll } from "./stand-in-under-test.ts";

afterEach(stopAll);

const user = { userId: 501, email: "rep@portal.example" };

async function startWithServer(reply?: Parameters<typeof startReceiver>[0]) {
  const receiver = await startReceiver(reply);
  const standIn = await startStandIn({ app: appWith({ permittedUrls: [`${receiver.url}/api`] }) });
  return { standIn, receiver, url: `${receiver.url}/api/accounts/101` };
}

describe("hubspot.fetch", () => {
  it("appends who asks to the address and signs all of it, v3 and v2", async () => {
    const { standIn, receiver, url } = await startWithServer(() => 200);
    const answer = await standIn.hubspotFetch(portalId, user, {
      url: `${url}?q=a b,c`,
      method: "POST",
      body: { rung: "yes" },
    });
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
    const [request] = receiver.requests;
    expect(request?.path).toBe(
      "/api/accounts/101?q=a+b%2Cc&userId=501&portalId=4711&userEmail=rep%40portal.example&appId=99",
    );
    const signed = `POST${receiver.url}/api/accounts/101?q=a+b,c&userId=501&portalId=4711&userEmail=rep@portal.example&appId=99{"rung":"yes"}`;
    const timestamp = String(request?.headers["x-hubspot-request-timestamp"]);
    const mac = createHmac("sha256", "the-client-secret")
      .update(signed + timestamp)
      .digest("base64");
    expect(request?.headers["x-hubspot-signature-v3"]).toBe(mac);
    const parts = { method: "POST", url: `${receiver.url}${request?.path}`, body: '{"rung":"yes"}' };
    expect(request?.headers).toMatchObject({
      "x-hubspot-signature": signV2("the-client-secret", parts),
      "x-hubspot-signature-version": "v2",
    });
  });

  it.each(["http://elsewhere.example/api", "not a url", "PREFIX-more", "ROOT/other"])(
    "refuses %s, which the app may not call",
    async (given) => {
      const { standIn, receiver } = await startWithServer();
      const url = given.replace("PREFIX", `${receiver.url}/api`).replace("ROOT", receiver.url);
      expect((await standIn.hubspotFetch(portalId, user, { url })).status).toBe(400);
      expect(receiver.requests).toEqual([]);
    },
  );

  it("lets only an Authorization header and a megabyte through", async () => {
    const { standIn, receiver, url } = await startWithServer();
    expect((await standIn.hubspotFetch(portalId, user, { url, headers: { "x-own": "1" } })).status).toBe(400);
    expect(
      (await standIn.hubspotFetch(portalId, user, { url, method: "POST", body: { text: "x".repeat(1_000_000) } }))
        .status,
    ).toBe(413);
    expect((await standIn.hubspotFetch(portalId, user, { url, headers: { Authorization: "Bearer own" } })).status).toBe(
      204,
    );
    expect(receiver.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer own"]);
  });

  it.each([
    [[500, 200], 200, 2],
    [[0, 200], 200, 2],
    [[503, 503, 200], 503, 2],
    [[0, 0, 200], 502, 2],
    [[404, 200], 404, 1],
  ])("tries once more after a broken connection or a 5xx: %j gives %d", async (replies, status, requests) => {
    const { standIn, receiver, url } = await startWithServer((_request, index) => replies[index] ?? 200);
    expect((await standIn.hubspotFetch(portalId, user, { url, method: "POST", body: {} })).status).toBe(status);
    expect(receiver.requests).toHaveLength(requests);
  });

  it("gives up after the card's timeout", async () => {
    const { standIn, url } = await startWithServer(async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return 200;
    });
    expect((await standIn.hubspotFetch(portalId, user, { url, timeoutMs: 50 })).status).toBe(504);
  });

  it("lets 20 calls of a portal run at once and answers 429 beyond", async () => {
    const { standIn, url } = await startWithServer(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return 200;
    });
    const answers = await Promise.all(Array.from({ length: 22 }, () => standIn.hubspotFetch(portalId, user, { url })));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
    expect((await standIn.hubspotFetch(portalId, user, { url })).status).toBe(200);
  });
});
