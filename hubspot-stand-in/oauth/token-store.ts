import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Switches } from "../switches.ts";

interface PortalUser {
  readonly userId: number;
  readonly email: string;
}

/** One portal's leave for the app. A second install by anybody in the portal replaces it (hubspot-api.md §2.2). */
export interface Grant {
  readonly portalId: number;
  readonly user: PortalUser;
  readonly scopes: readonly string[];
  refreshToken: string;
  revoked: boolean;
}

export interface AccessToken {
  readonly token: string;
  readonly grant: Grant;
  expiresAt: number;
  ended: boolean;
}

interface Code {
  readonly portalId: number;
  readonly user: PortalUser;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly expiresAt: number;
}

/** Access tokens live 30 minutes (§2.3); how long a code lives is not documented, minutes are enough. */
export const accessTokenLifeSeconds = 1_800;
const codeLifeMs = 600_000;

export type Exchange = { readonly grant: Grant } | { readonly refused: "code" | "redirect" | "verifier" };

export type TokenStore = ReturnType<typeof createTokenStore>;

export function createTokenStore(clock: Clock, switches: Switches) {
  const codes = new Map<string, Code>();
  const grants = new Map<number, Grant>();
  const accessTokens = new Map<string, AccessToken>();

  const endAccessTokens = (portalId: number) => {
    for (const token of accessTokens.values()) if (token.grant.portalId === portalId) token.ended = true;
  };
  return {
    grantOf(portalId: number): Grant | null {
      const grant = grants.get(portalId);
      return grant && !grant.revoked ? grant : null;
    },
    /** Whether the app was ever let into the portal. */
    wasGranted: (portalId: number): boolean => grants.has(portalId),
    issueCode(code: Omit<Code, "expiresAt">): string {
      const value = randomUUID();
      codes.set(value, { ...code, expiresAt: clock.now() + codeLifeMs });
      return value;
    },
    /** A code is good for one try, whatever comes of it. */
    exchange(value: string, redirectUri: string, verifier: string | null): Exchange {
      const code = codes.get(value);
      codes.delete(value);
      if (!code || code.expiresAt <= clock.now()) return { refused: "code" };
      if (code.redirectUri !== redirectUri) return { refused: "redirect" };
      if (code.challenge !== null && code.challenge !== challengeOf(verifier ?? "")) return { refused: "verifier" };
      const { portalId, user, scopes } = code;
      const grant: Grant = { portalId, user, scopes, refreshToken: newToken("refresh"), revoked: false };
      grants.set(portalId, grant);
      return { grant };
    },
    findByRefreshToken(refreshToken: string): Grant | null {
      for (const grant of grants.values()) if (grant.refreshToken === refreshToken && !grant.revoked) return grant;
      return null;
    },
    rotate(grant: Grant): void {
      if (switches.rotateRefreshToken) grant.refreshToken = newToken("refresh");
    },
    issueAccessToken(grant: Grant): AccessToken {
      const expiresAt = clock.now() + accessTokenLifeSeconds * 1000;
      for (const [value, old] of accessTokens) if (old.expiresAt + codeLifeMs < clock.now()) accessTokens.delete(value);
      const token: AccessToken = { token: newToken("access"), grant, expiresAt, ended: false };
      accessTokens.set(token.token, token);
      return token;
    },
    findAccessToken: (value: string): AccessToken | null => accessTokens.get(value) ?? null,
    /** As if its 30 minutes were over: all who hold it meet a 401. */
    expire(token: AccessToken): void {
      token.expiresAt = Math.min(token.expiresAt, clock.now());
    },
    revoke(grant: Grant): void {
      grant.revoked = true;
      if (switches.revokeEndsAccessTokens) endAccessTokens(grant.portalId);
    },
    uninstall(portalId: number): boolean {
      const grant = grants.get(portalId);
      if (!grant || grant.revoked) return false;
      grant.revoked = true;
      if (switches.uninstallEndsAccessTokens) endAccessTokens(portalId);
      return true;
    },
  };
}

function newToken(kind: "access" | "refresh"): string {
  return `stand-in-${kind}-${randomBytes(24).toString("base64url")}`;
}

export function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}
