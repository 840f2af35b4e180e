import type { Random } from "../../../hubspot-stand-in/seed/random.ts";
import { signV3 } from "../../../hubspot-stand-in/webhooks/sign-request.ts";

export interface Target {
  /** Where the server listens, and under which address HubSpot knows it. */
  readonly url: string;
  readonly secret: string;
  readonly portalId: number;
  /** A portal that the app was never let into. */
  readonly strangerId: number;
}

export interface HostileRequest {
  readonly method: "POST" | "GET";
  readonly path: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface HostileKind {
  readonly name: string;
  /** What the server may answer; a 2xx only where HubSpot must stop sending. */
  readonly answers: readonly number[];
  make(target: Target, random: Random, number: number): HostileRequest;
}

const minuteMs = 60_000;
const someTime = 1_795_341_600_000;

/** Every number is another record at another moment: none is a repetition of one before. */
const event = ({ portalId }: Target, number: number, more: Record<string, unknown> = {}) => ({
  eventId: number,
  portalId,
  subscriptionType: "contact.propertyChange",
  occurredAt: someTime + number,
  objectId: 5_000_000_000 + (number % 50),
  propertyName: "jobtitle",
  propertyValue: `title ${number}`,
  attemptNumber: 0,
  ...more,
});

interface Signing {
  readonly secret?: string;
  readonly at?: number;
  readonly url?: string;
}

function signed(target: Target, body: string, { secret = target.secret, at = Date.now(), url }: Signing = {}) {
  const parts = { method: "POST", url: url ?? `${target.url}/webhooks`, body };
  const signature = signV3(secret, parts, at);
  return post(body, { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": String(at) });
}

const post = (body: string, headers: Record<string, string>): HostileRequest => ({
  method: "POST",
  path: "/webhooks",
  body,
  headers: { "content-type": "application/json", ...headers },
});

const good = (target: Target, number: number) => JSON.stringify([event(target, number)]);

/** Signed by HubSpot's secret, so that only the body can be at fault. */
const bodies: readonly HostileKind[] = [
  {
    name: "malformed JSON",
    answers: [400],
    make: (target, random, number) => {
      const text = good(target, number);
      const [cut, byte] = [random.int(1, text.length - 1), random.pick(["{", "\u0000", ",,", "]]", "'", "\ud800"])];
      return signed(target, `${text.slice(0, cut)}${byte}`);
    },
  },
  {
    name: "over 1,000 events",
    answers: [400],
    make: (target, random, number) =>
      signed(
        target,
        JSON.stringify(Array.from({ length: random.int(1_001, 3_000) }, (_, n) => event(target, number + n))),
      ),
  },
  {
    name: "over 2 MB",
    answers: [413],
    make: (target, random) => signed(target, "x".repeat(2 * 1024 * 1024 + random.int(1, 200_000))),
  },
  {
    name: "deep JSON",
    answers: [400],
    make: (target, random) => {
      const levels = random.int(10_000, 500_000);
      return signed(target, "[".repeat(levels) + "]".repeat(levels));
    },
  },
  { name: "wrong types", answers: [400], make: (t, r, number) => signed(t, withField(t, r, number, wrongTypes)) },
  { name: "huge ids", answers: [400], make: (t, r, number) => signed(t, withField(t, r, number, hugeIds)) },
  {
    name: "stranger's portal",
    answers: [204],
    make: (target, _random, number) =>
      signed(target, JSON.stringify([event(target, number, { portalId: target.strangerId })])),
  },
];

const wrongTypes: readonly [string, unknown][] = [
  ["portalId", "4711"],
  ["portalId", null],
  ["portalId", 1.5],
  ["portalId", [4711]],
  ["occurredAt", "yesterday"],
  ["occurredAt", -1],
  ["subscriptionType", 7],
  ["subscriptionType", "x".repeat(10_000)],
  ["subscriptionType", "contact.propertyChange\u0000"],
  ["objectId", { id: 1 }],
  ["objectId", "1; DROP TABLE portals"],
  ["propertyName", ["jobtitle"]],
  ["propertyValue", { a: 1 }],
];

const hugeIds: readonly [string, unknown][] = [
  ["objectId", "9".repeat(21)],
  ["objectId", "9".repeat(100_000)],
  ["objectId", 1e300],
  ["objectId", -5],
  ["portalId", 1e300],
  ["portalId", 2 ** 60],
  ["occurredAt", 1e300],
];

function withField(target: Target, random: Random, number: number, fields: readonly [string, unknown][]): string {
  const [name, value] = fields[random.int(0, fields.length - 1)] ?? ["portalId", null];
  return JSON.stringify([event(target, number, { [name]: value })]);
}

/** Whose body is good, so that only the signature can be at fault. */
const signatures: readonly HostileKind[] = [
  {
    name: "wrong secret",
    answers: [401],
    make: (target, random, number) => signed(target, good(target, number), { secret: `another ${random.next()}` }),
  },
  { name: "no signature", answers: [401], make: (target, _random, number) => post(good(target, number), {}) },
  {
    name: "stale signature",
    answers: [401],
    make: (target, random, number) => {
      const age = random.int(5 * minuteMs + 2_000, 600 * minuteMs) * random.pick([1, -1]);
      return signed(target, good(target, number), { at: Date.now() - age });
    },
  },
  {
    name: "changed byte",
    answers: [401],
    make: (target, random, number) => {
      const { body = "", ...rest } = signed(target, good(target, number));
      const place = random.int(0, body.length - 1);
      const other = String.fromCharCode(32 + ((body.charCodeAt(place) - 31 + random.int(0, 90)) % 95));
      return { ...rest, body: body.slice(0, place) + (other === body[place] ? "~" : other) + body.slice(place + 1) };
    },
  },
  {
    name: "wrong address",
    answers: [401],
    make: (target, random, number) => {
      const url = random.pick([
        "https://elsewhere.example.com/webhooks",
        `${target.url}/webhooks?x=1`,
        `${target.url}/other`,
        `${target.url.replace("http:", "https:")}/webhooks`,
      ]);
      const request = signed(target, good(target, number), { url });
      // What a proxy or a caller says of itself counts for nothing.
      const { host, protocol } = new URL(url);
      const forwarded = { "x-forwarded-host": host, "x-forwarded-proto": protocol.replace(":", "") };
      return { ...request, headers: { ...request.headers, ...forwarded } };
    },
  },
  {
    name: "other tenant's portal",
    answers: [401],
    make: (target, random) => {
      const path = (portalId: number) =>
        `/api/accounts/4000000000?portalId=${portalId}&userId=1&userEmail=a%40example.com&appId=7000001`;
      const at = Date.now();
      const url = `${target.url}${path(target.strangerId)}`;
      const signature = signV3(target.secret, { method: "GET", url, body: "" }, at);
      const asked = random.pick([
        path(target.portalId),
        `${path(target.strangerId)}&portalId=${target.portalId}`,
        path(target.strangerId).replace("portalId=", `portalId=${target.portalId}&portalId=`),
      ]);
      const headers = { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": String(at) };
      return { method: "GET", path: asked, headers };
    },
  },
];

export const hostileKinds: readonly HostileKind[] = [...bodies, ...signatures];

/** A delivery of HubSpot's own, to be sent again by somebody who saw it. */
export const goodDelivery = (target: Target, number: number, signing: Signing = {}): HostileRequest =>
  signed(target, good(target, number), signing);
