import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface HubSpotRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export type HubSpotAnswer = readonly [status: number, body: object];

/** HubSpot as one test wants it: whatever is asked is written down and answered by `answer`. */
export interface LocalHubSpot {
  readonly url: string;
  readonly requests: HubSpotRequest[];
  answer: (request: HubSpotRequest) => HubSpotAnswer | Promise<HubSpotAnswer>;
  stop(): Promise<void>;
}

export async function startLocalHubSpot(): Promise<LocalHubSpot> {
  const requests: HubSpotRequest[] = [];
  const server = createServer((req, res) => {
    void readBody(req).then(async (body) => {
      const { pathname: path, searchParams: query } = new URL(req.url ?? "", "http://hubspot");
      const request = { method: req.method ?? "", path, query, body };
      requests.push(request);
      const [status, answer] = await local.answer(request);
      res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const local: LocalHubSpot = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: () => [500, { message: "this test expects no request" }],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return local;
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
