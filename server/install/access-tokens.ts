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
  readonly cipher: TokenCipher;
  readonly refresh: (refreshToken: string) => Promise<TokenGrant>;
}

/**
 * A valid access token of a portal. However many processes ask at once, one refreshes: it holds the portal's row, the
 * others then read what it brought (hubspot-api.md §2.3).
 */
export function createAccessTokens(parts: Parts) {
  return {
    async accessToken(portalId: PortalId, options: { rejected?: string } = {}): Promise<string> {
      const stored = await readTokens(parts.db, portalId);
      if (!stored) throw new PortalDisconnected(`portal ${portalId} is not connected`);
      const current = open(parts, portalId, stored);
      if (isGood(current, options.rejected)) return current.accessToken;
      const fresh = await refreshUnderLock(parts.db, portalId, async (locked) => {
        const now = open(parts, portalId, locked);
        if (isGood(now, options.rejected)) return null;
        return seal(parts.cipher, portalId, await parts.refresh(now.refreshToken));
      });
      if (!fresh) throw new PortalDisconnected(`portal ${portalId} is not connected`);
      return open(parts, portalId, fresh).accessToken;
    },
  };
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
