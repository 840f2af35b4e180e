import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";

/**
 * What intake is measured against: node:http, the signature, the parse and one plain insert, nothing else. No check of the
 * events, no marks. Started as a process of its own; prints its port.
 */
const [databaseUrl = "", secret = "", url = ""] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });

interface Event {
  portalId: number;
  eventId: number;
  occurredAt: number;
  subscriptionType: string;
  objectId: number;
  propertyName: string;
}

const insert = `
  INSERT INTO plain_events (portal_id, event_id, occurred_at, subscription_type, object_id, property_name)
  SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::text[])
  ON CONFLICT DO NOTHING`;

function isSigned(body: Buffer, signature: string, timestamp: string): boolean {
  if (Math.abs(Date.now() - Number(timestamp)) > 300_000) return false;
  const expected = createHmac("sha256", secret).update(`POST${url}`).update(body).update(timestamp).digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function store(body: Buffer): Promise<void> {
  const events: Event[] = JSON.parse(body.toString("utf8"));
  const column = (of: (event: Event) => unknown) => events.map(of);
  await pool.query({
    name: "insert",
    text: insert,
    values: [
      column((event) => event.portalId),
      column((event) => event.eventId),
      column((event) => event.occurredAt),
      column((event) => event.subscriptionType),
      column((event) => event.objectId),
      column((event) => event.propertyName),
    ],
  });
}

const server = createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on("data", (chunk: Buffer) => void chunks.push(chunk));
  req.on("end", () => {
    const body = Buffer.concat(chunks);
    const { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": timestamp } = req.headers;
    if (!isSigned(body, String(signature), String(timestamp))) return void res.writeHead(401).end();
    store(body).then(
      () => res.writeHead(204).end(),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        res.writeHead(500).end();
      },
    );
  });
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
