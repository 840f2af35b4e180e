import type { PortalId } from "@touchstone/shared/ids.ts";
import { readTokens, refreshUnderLock } from "../db/access-tokens.ts";
import type { Database } from "../db/database.ts";
import type { StoredTokens } from "../db/portals.ts";
import { PortalDisconnected } from "../errors.ts";
import type { TokenGrant } from "../hubspot/oauth.ts";
import type { TokenCipher } from "./token-cipher.ts";

/** Refreshed this long before it ends, as certification asks: never by waiting for a 401 (hubspot-project.md §6.1). */
const earlyMs = 5 * 60_000;

interface Parts {
  readonly db: Database;
  /**
   * Whose connections refreshes hold while HubSpot answers: a few of their own, so that webhooks and cards have theirs when HubSpot
   * keeps many portals waiting.
   */
  readonly refreshDb: Database;
  readonly cipher: TokenCipher;
  readonly refresh: (refreshToken: string) => Promise<TokenGrant>;
}

/**
 * A valid access token of a portal. However many ask at once, one refreshes (hubspot-api.md §2.3): inside a process they
 * wait for the same refresh, so that waiting takes no database connections; between processes the one that holds the
 * portal's row does it and the others then read what it brought.
 */
export function createAccessTokens(parts: Parts) {
  const underWay = new Map<PortalId, Promise<StoredTokens>>();
  const refreshOnce = (portalId: PortalId, rejected: string | undefined): Promise<StoredTokens> => {
    const running = underWay.get(portalId);
    if (running) return running;
    const started = refresh(parts, portalId, rejected).finally(() => underWay.delete(portalId));
    underWay.set(portalId, started);
    return started;
  };
  return {
    async accessToken(
      portalId: PortalId,
      { rejected, isLeaving }: { rejected?: string; isLeaving?: boolean } = {},
    ): Promise<string> {
      const stored = await readTokens(parts.db, portalId, isLeaving);
      if (!stored) throw new PortalDisconnected(`portal ${portalId} is not connected`);
      const current = open(parts, portalId, stored);
      if (isGood(current, rejected)) return current.accessToken;
      const fresh = await refreshOnce(portalId, rejected);
      // The refresh that was under way may have brought the very token that was rejected since.
      return (fresh.accessToken === rejected ? await refreshOnce(portalId, rejected) : fresh).accessToken;
    },
  };
}

async function refresh(parts: Parts, portalId: PortalId, rejected: string | undefined): Promise<StoredTokens> {
  const fresh = await refreshUnderLock(parts.refreshDb, portalId, async (locked) => {
    const now = open(parts, portalId, locked);
    if (isGood(now, rejected)) return null;
    return seal(parts.cipher, portalId, await parts.refresh(now.refreshToken));
  });
  if (!fresh) throw new PortalDisconnected(`portal ${portalId} is not connected`);
  return open(parts, portalId, fresh);
}

function isGood(tokens: StoredTokens, rejected: string | undefined): boolean {
  return tokens.accessToken !== rejected && tokens.expiresAt.getTime() - earlyMs > Date.now();
}

function open(parts: Parts, portalId: PortalId, sealed: StoredTokens): StoredTokens {
  return {
    accessToken: parts.cipher.decrypt(sealed.accessToken, portalId),
    refreshToken: parts.cipher.decrypt(sealed.refreshToken, portalId),
    expiresAt: sealed.expiresAt,
  };
}

/** What is stored of a grant. HubSpot may give a new refresh token or the same: whatever came is kept. */
export function seal(cipher: TokenCipher, portalId: PortalId, grant: TokenGrant): StoredTokens {
  return {
    accessToken: cipher.encrypt(grant.accessToken, portalId),
    refreshToken: cipher.encrypt(grant.refreshToken, portalId),
    expiresAt: new Date(Date.now() + grant.expiresInMs),
  };
}
