import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { HubSpotUnavailable } from "../../../server/hubspot/hubspot-errors.ts";
import { maxAnswerBytes } from "../../../server/hubspot/send-request.ts";
import { failureOf, fenceNetwork, hubSpotUnderTest, portalId } from "./hubspot-under-test.ts";

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const closing = (socket: Socket) => new Promise((resolve) => socket.once("close", resolve));

fenceNetwork();
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe("A network that fails", () => {
  it("closes the connection of a server that never answers, at the deadline", async () => {
    const closed: Promise<unknown>[] = [];
    const apiUrl = await serve((request) => void closed.push(closing(request.socket)));
    const { hubspot, seen } = hubSpotUnderTest({ apiUrl, timeoutMs: 60 });
    const error = await failureOf(hubspot.readAccountDetails(portalId, "due"));
    expect(error).toBeInstanceOf(HubSpotUnavailable);
    expect(String(error)).toContain("timeout");
    expect(error).toMatchObject({ outcome: "unknown" });
    expect(seen.requests.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
    // A machine that is busy for longer than the deadline may end a try before it reaches the server.
    expect(closed).not.toHaveLength(0);
    await Promise.all(closed);
  });

  it("closes the connection of a server whose body drips without end", async () => {
    const closed: Promise<unknown>[] = [];
    const apiUrl = await serve((request, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      const drip = setInterval(() => response.write(" "), 10);
      closed.push(closing(request.socket).then(() => clearInterval(drip)));
    });
    const { hubspot } = hubSpotUnderTest({ apiUrl, timeoutMs: 80 });
    expect(String(await failureOf(hubspot.readAccountDetails(portalId, "due")))).toContain("timeout");
    expect(closed).not.toHaveLength(0);
    await Promise.all(closed);
  });

  it("stops reading an answer that is too large, and does not ask for it again", async () => {
    let sent = 0;
    const apiUrl = await serve((_request, response) => {
      const chunk = Buffer.alloc(1024 * 1024, 32);
      const pour = () => {
        while (!response.destroyed && sent < 4 * maxAnswerBytes) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", pour);
        }
        response.end();
      };
      pour();
    });
    const { hubspot, seen } = hubSpotUnderTest({ apiUrl, timeoutMs: 20_000 });
    expect(String(await failureOf(hubspot.readAccountDetails(portalId, "due")))).toContain("too_large");
    expect(seen.requests).toHaveLength(1);
    expect(sent).toBeLessThan(2 * maxAnswerBytes);
  });

  it("repeats a read whose connection was reset before or in the middle of the answer", async () => {
    let count = 0;
    const apiUrl = await serve((request, response) => {
      count += 1;
      if (count === 1) return void request.socket.resetAndDestroy();
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "1000" });
      if (count === 2) return void response.write('{"portalId":', () => request.socket.destroy());
      const body = JSON.stringify({ portalId: 7001, timeZone: "UTC" });
      response.end(body.padEnd(1000));
    });
    const { hubspot, seen } = hubSpotUnderTest({ apiUrl });
    await expect(hubspot.readAccountDetails(portalId, "due")).resolves.toMatchObject({
      timeZone: "UTC",
      uiDomain: null,
    });
    expect(seen.requests.map(({ status }) => status)).toEqual([0, 0, 200]);
  });

  it("knows that nothing was sent when nobody listens", async () => {
    const apiUrl = await serve(() => {});
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    const { hubspot } = hubSpotUnderTest({ apiUrl });
    const error = await failureOf(hubspot.readAccountDetails(portalId, "due"));
    expect(error).toMatchObject({ outcome: "none" });
    expect(String(error)).toContain("ECONNREFUSED");
  });

  it("gives up on a list of links that never ends", async () => {
    const page = JSON.stringify({ results: [{ from: { id: "1" }, to: [], paging: { next: { after: "again" } } }] });
    const apiUrl = await serve((_request, response) => response.end(page));
    const { hubspot, seen } = hubSpotUnderTest({ apiUrl });
    const query = { from: "companies", to: "contacts", ids: ["1"], priority: "due" as const };
    expect(String(await failureOf(hubspot.readAssociations(portalId, query)))).toContain("links do not end");
    expect(seen.requests).toHaveLength(1_000);
  });

  it("does not follow a redirect with a portal's token", async () => {
    let followed = false;
    const elsewhere = await serve((_request, response) => {
      followed = true;
      response.end("{}");
    });
    const apiUrl = await serve((_request, response) => response.writeHead(302, { Location: elsewhere }).end());
    const { hubspot } = hubSpotUnderTest({ apiUrl });
    expect(String(await failureOf(hubspot.readAccountDetails(portalId, "due")))).toContain("status 302");
    expect(followed).toBe(false);
  });
});
