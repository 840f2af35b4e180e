import { Agent, request } from "node:http";
import type { HostileRequest } from "./hostile-bodies.ts";

/** Sends paths, headers and bodies as they are, which fetch would tidy; connections are kept, as HubSpot keeps them. */
const agent = new Agent({ keepAlive: true, maxSockets: 20 });

/** The status; a server that ends the connection while it still gets a body has refused the body: 413. */
export function sendHostile(serverUrl: string, { method, path, body, headers }: HostileRequest): Promise<number> {
  const { hostname, port } = new URL(serverUrl);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers, agent }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
      answer.once("error", reject);
    });
    sent.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" || error.code === "EPIPE" ? resolve(413) : reject(error),
    );
    sent.end(body);
  });
}
