import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Long enough to read HubSpot's consent page, short enough to be useless when found later. */
export const stateLifetimeMs = 15 * 60_000;

/** Where an install began: at our own link, or at HubSpot's Marketplace. A state of one is none of the other. */
export type Beginning = "here" | "marketplace";

/**
 * The `state` of an install: a random value, when it ends, and our signature over both. It is accepted once: the database
 * remembers its hash. What else it needs depends on where the install began (`check-entry.ts`).
 */
export function createState(secret: string, now: number, beginning: Beginning): string {
  const body = `${randomBytes(18).toString("base64url")}.${(now + stateLifetimeMs).toString(36)}`;
  return `${body}.${sign(secret, body, beginning)}`;
}

export function isValidState(secret: string, state: string, now: number, beginning: Beginning): boolean {
  const match = /^([A-Za-z0-9_-]{24}\.([a-z0-9]{6,12}))\.([A-Za-z0-9_-]{43})$/.exec(state);
  if (!match) return false;
  const [, body = "", endsAt = "", signature = ""] = match;
  const right = timingSafeEqual(Buffer.from(sign(secret, body, beginning)), Buffer.from(signature));
  return right && Number.parseInt(endsAt, 36) > now;
}

export const hashState = (state: string): Buffer => createHash("sha256").update(state).digest();

const sign = (secret: string, body: string, beginning: Beginning) =>
  createHmac("sha256", `install-state:${beginning}:${secret}`).update(body).digest("base64url");
