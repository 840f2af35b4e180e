import { createHash, randomBytes } from "node:crypto";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { ApiKeyView, CreatedApiKeyView } from "@touchstone/shared/signals-api.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { addApiKey, countKeyRequest, listApiKeys, revokeApiKey, type StoredApiKey } from "../db/api-keys.ts";
import { BadRequest, NotFound, TooManyRequests, UnknownApiKey } from "../errors.ts";

const maxKeys = 20;
/** A fixed window for each key: 50 requests of 500 signals are far more than any feed sends. */
const window = { requests: 50, ms: 10_000 } as const;

const bodySchema = z.strictObject({
  label: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u),
  requestId: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
});

/** A new key for other systems. Its secret is in this answer and nowhere else: only its hash is kept. */
export async function createApiKey(
  ctx: Pick<Context, "db" | "log">,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<CreatedApiKeyView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw new BadRequest(
      "A key needs a label (1 to 100 characters) and a requestId (8 to 64 letters or digits, new for each key). Nothing was changed.",
    );
  }
  const keyId = randomBytes(6).toString("hex");
  // 256 random bits: nothing to guess, so a fast hash is enough. The prefix lets scanners of leaked secrets know it.
  const secret = `touchstone_${randomBytes(32).toString("base64url")}`;
  const key = { keyId, secretHash: hashSecret(secret), createdBy: userId, ...parsed.data };
  const stored = await addApiKey(ctx.db, portalId, key, maxKeys);
  if (!stored) {
    throw new BadRequest(
      `There are ${maxKeys} keys already, or this request has made a key that is in use. Revoke one, or ask again with a new requestId.`,
    );
  }
  ctx.log.info({ portalId, keyId: stored.keyId, userId }, "an API key was created");
  return { ...toView(stored), secret };
}

export async function showApiKeys(ctx: Pick<Context, "db">, portalId: PortalId): Promise<{ keys: ApiKeyView[] }> {
  return { keys: (await listApiKeys(ctx.db, portalId)).map(toView) };
}

/** The key's next request is refused. Doing it again changes nothing. */
export async function endApiKey(
  ctx: Pick<Context, "db" | "log">,
  portalId: PortalId,
  userId: string,
  keyId: string,
): Promise<ApiKeyView> {
  const ended = await revokeApiKey(ctx.db, portalId, keyId);
  if (!ended) throw new NotFound("There is no such key. Nothing was changed.");
  ctx.log.info({ portalId, keyId, userId }, "an API key was revoked");
  return toView(ended);
}

/** Whose key the request carries; the only source of the tenant. Throws without a key that holds, or above its rate. */
export async function requireApiKey(
  ctx: Pick<Context, "db">,
  authorization: string | undefined,
): Promise<{ portalId: PortalId; keyId: string }> {
  const secret = /^Bearer (touchstone_[A-Za-z0-9_-]{43})$/i.exec(authorization ?? "")?.[1];
  if (!secret) throw new UnknownApiKey("no key in the request");
  const key = await countKeyRequest(ctx.db, hashSecret(secret), window.ms);
  if (!key) throw new UnknownApiKey("a key that is not known or was revoked");
  if (key.requests > window.requests) {
    throw new TooManyRequests(
      `This key has made more than ${window.requests} requests in 10 seconds. Nothing was stored: send this one again in a moment.`,
      Math.max(1, key.windowLeftMs),
    );
  }
  return key;
}

const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret).digest();

function toView(key: StoredApiKey): ApiKeyView {
  return {
    keyId: key.keyId,
    label: key.label,
    createdBy: key.createdBy,
    createdAt: key.createdAt.getTime(),
    lastUsedAt: key.lastUsedAt?.getTime() ?? null,
    revokedAt: key.revokedAt?.getTime() ?? null,
  };
}
