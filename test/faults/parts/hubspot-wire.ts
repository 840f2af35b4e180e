import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Where a call to HubSpot is: asked but not done yet; done but not told yet; told. */
export type Moment = "asked" | "done" | "told";

export interface Call {
  readonly moment: Moment;
  readonly method: string;
  readonly path: string;
}

/** The line between one process and HubSpot: whoever listens can do something to the process at a known moment of a call. */
export interface HubSpotWire {
  readonly url: string;
  /** The call goes on when the returned promise is settled. */
  listener: ((call: Call) => Promise<void> | void) | null;
  stop(): Promise<void>;
}

export async function openHubSpotWire(hubspotUrl: string, latencyMs: () => number): Promise<HubSpotWire> {
  const server = createServer((asked, answer) => void relay(wire, { hubspotUrl, latencyMs }, asked, answer));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const wire: HubSpotWire = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    listener: null,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
  return wire;
}

async function relay(
  wire: HubSpotWire,
  { hubspotUrl, latencyMs }: { readonly hubspotUrl: string; latencyMs(): number },
  asked: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const { method = "GET", url: path = "/" } = asked;
  const at = (moment: Moment) => wire.listener?.({ moment, method, path });
  // Whoever asked may be dead before it is told.
  answer.on("error", () => undefined);
  try {
    const body = await readAll(asked);
    await at("asked");
    const done = await ask(`${hubspotUrl}${path}`, asked, body);
    await at("done");
    await sleep(latencyMs());
    answer.writeHead(done.status, done.headers);
    answer.end(done.body, () => void at("told"));
  } catch {
    // HubSpot cut the connection: so do we.
    answer.socket?.resetAndDestroy();
  }
}

interface Done {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

function ask(url: string, { method, headers }: IncomingMessage, body: Buffer): Promise<Done> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (answer) => {
      readAll(answer).then(
        (text) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: text }),
        reject,
      );
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
