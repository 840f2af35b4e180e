import { createHmac } from "node:crypto";

export interface SignedBody {
  readonly body: Buffer;
  readonly signature: string;
  readonly timestamp: string;
}

export interface BodyOptions {
  readonly portalId: number;
  readonly secret: string;
  /** The address that is signed. */
  readonly url: string;
  readonly bodies: number;
  /** Number of the first event: no two bodies of a run hold the same event. */
  readonly from: number;
}

const eventsPerBody = 100;
const eventsPerRecord = 6;
const names = ["jobtitle", "hs_buying_role", "hs_email_last_open_date", "lifecyclestage", "country", "industry"];

/**
 * Bodies of 100 events as HubSpot sends them during an import, 28.5 kB each: six changes of each contact, spread over three
 * bodies, so that a body speaks of some fifty contacts, of which a third is new.
 */
export function makeBodies({ portalId, secret, url, bodies, from }: BodyOptions): SignedBody[] {
  const timestamp = String(Date.now());
  return Array.from({ length: bodies }, (_, index) => {
    const events = Array.from({ length: eventsPerBody }, (__, place) =>
      makeEvent(portalId, from + index * eventsPerBody + place),
    );
    const body = Buffer.from(JSON.stringify(events));
    const signature = createHmac("sha256", secret).update(`POST${url}`).update(body).update(timestamp).digest("base64");
    return { body, signature, timestamp };
  });
}

function makeEvent(portalId: number, n: number): object {
  const block = eventsPerBody * 3;
  const records = block / eventsPerRecord;
  return {
    eventId: 3_816_279_340 + n,
    subscriptionId: 4_142_001,
    portalId,
    appId: 7_000_002,
    occurredAt: 1_795_300_000_000 + n,
    subscriptionType: "contact.propertyChange",
    attemptNumber: 0,
    objectId: 5_000_000_000 + Math.floor(n / block) * records + (n % records),
    propertyName: names[Math.floor((n % block) / records)],
    propertyValue: `value ${n} of a property`,
    changeSource: "CRM_UI",
    sourceId: "userId:77",
  };
}
