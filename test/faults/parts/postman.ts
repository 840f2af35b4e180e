import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Handling {
  /**
   * "refused": HubSpot hears of a failure at once and sends it again. "answer lost": the product has it, but HubSpot hears of
   * a failure and sends it again.
   */
  readonly fate: "delivered" | "refused" | "answer lost";
  /** How often the same request arrives. */
  readonly copies: number;
}

/** Stands between HubSpot and the web server: carries webhooks as badly as it is told to, and everything else well. */
export interface Postman {
  readonly url: string;
  /** Requests that the product did not take: no answer, or one from 500 on. */
  refused: number;
  stop(): Promise<void>;
}

const well = { fate: "delivered", copies: 1 } as const;

/** `appUrl` is asked for each request, so that another server can take over. */
export async function hirePostman(appUrl: () => string, handle: () => Handling = () => well): Promise<Postman> {
  const server = createServer((asked, answer) => {
    const handling = asked.method === "POST" && asked.url === "/webhooks" ? handle() : well;
    void carry(postman, appUrl(), handling, asked, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const postman: Postman = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused: 0,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
  return postman;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

async function carry(
  postman: Postman,
  appUrl: string,
  { fate, copies }: Handling,
  asked: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const body = await readAll(asked);
  if (fate === "refused") {
    answer.writeHead(503).end();
    return;
  }
  const answers = await Promise.all(Array.from({ length: copies }, () => send(`${appUrl}${asked.url}`, asked, body)));
  postman.refused += answers.filter(({ status }) => status >= 500).length;
  const worst = answers.toSorted((a, b) => b.status - a.status)[0];
  if (fate === "answer lost" || !worst) answer.writeHead(504).end();
  else answer.writeHead(worst.status, worst.headers).end(worst.body);
}

/** On a connection of its own: one that is kept might belong to a server that is just leaving. */
function send(url: string, { method, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve) => {
    const lost = () => resolve({ status: 502, headers: {}, body: Buffer.alloc(0) });
    const sent = request(url, { method, headers: { ...headers, connection: "close" }, agent: false }, (answer) => {
      readAll(answer).then(
        (text) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: text }),
        lost,
      );
    });
    sent.once("error", lost);
    sent.end(body);
  });
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
