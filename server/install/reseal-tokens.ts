import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { listSealedTokens, refreshUnderLock } from "../db/access-tokens.ts";
import { createTokenCipher, type TokenCipher } from "./token-cipher.ts";

type Parts = Pick<Context, "config" | "db" | "log">;

const batchSize = 500;

/**
 * Schedule: tokens that are sealed with a key that is no longer the first are sealed again, so that the old key can be taken
 * away although a portal has nothing to do. No request to HubSpot.
 */
export async function resealTokens(ctx: Parts): Promise<void> {
  const cipher = createTokenCipher(ctx.config.tokenKeys);
  const portalIds = await listSealedTokens(ctx.db, ctx.config.tokenKeys[0]?.id ?? "", batchSize);
  for (const portalId of portalIds) await resealPortal(ctx, cipher, portalId);
}

async function resealPortal(ctx: Parts, cipher: TokenCipher, portalId: PortalId): Promise<void> {
  const again = (sealed: string) => cipher.encrypt(cipher.decrypt(sealed, portalId), portalId);
  try {
    await refreshUnderLock(ctx.db, portalId, async (tokens) => {
      const isFresh = !cipher.isOld(tokens.refreshToken) && !cipher.isOld(tokens.accessToken);
      // Somebody refreshed them while we looked.
      if (isFresh) return null;
      return { ...tokens, accessToken: again(tokens.accessToken), refreshToken: again(tokens.refreshToken) };
    });
    ctx.log.info({ portalId }, "tokens were sealed with the first key");
  } catch (error) {
    // A key that was taken away too early: the portal must be installed again, the others go on.
    const reason = error instanceof Error ? error.message : "unknown";
    ctx.log.error({ portalId, reason }, "tokens could not be sealed again");
  }
}
