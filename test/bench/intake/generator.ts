import { Agent, request } from "node:http";
import { percentile } from "../support/figures.ts";
import { makeBodies, type SignedBody } from "./webhook-bodies.ts";

/** The load, in a process of its own: signed bodies over kept connections, as fast as they are answered. */
export interface Load {
  /** Where the requests go. */
  readonly target: string;
  /** The address that HubSpot signs. */
  readonly publicUrl: string;
  readonly secret: string;
  readonly portalId: number;
  readonly bodies: number;
  readonly connections: number;
  readonly from: number;
  /** At most so many bodies a second; null for as fast as they are answered. */
  readonly perSecond: number | null;
}

export interface LoadFigures {
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const load = JSON.parse(process.argv[2] ?? "") as Load;
const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
const bodies = makeBodies({ ...load, url: `${load.publicUrl}/webhooks` });

function post({ body, signature, timestamp }: SignedBody): Promise<number> {
  const startedAt = performance.now();
  const headers = {
    "content-type": "application/json",
    "content-length": body.length,
    "x-hubspot-signature-v3": signature,
    "x-hubspot-request-timestamp": timestamp,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${load.target}/webhooks`, { method: "POST", headers, agent }, (res) => {
      res.resume();
      res.once("end", () =>
        res.statusCode === 204
          ? resolve(performance.now() - startedAt)
          : reject(new Error(`answered ${res.statusCode}`)),
      );
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

const startedAt = performance.now();
let next = 0;
const times: number[] = [];
await Promise.all(
  Array.from({ length: load.connections }, async () => {
    for (let index = next++; index < bodies.length; index = next++) {
      const body = bodies[index];
      if (!body) return;
      const dueIn = load.perSecond === null ? 0 : (index / load.perSecond) * 1000 - (performance.now() - startedAt);
      if (dueIn > 0) await new Promise((resolve) => setTimeout(resolve, dueIn));
      times.push(await post(body));
    }
  }),
);
const figures: LoadFigures = {
  seconds: (performance.now() - startedAt) / 1000,
  p50Ms: percentile(times, 0.5),
  p99Ms: percentile(times, 0.99),
};
agent.destroy();
process.stdout.write(JSON.stringify(figures));
