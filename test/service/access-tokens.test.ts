import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { readTokens } from "../../server/db/access-tokens.ts";
import { openDatabase } from "../../server/db/database.ts";
import { storeEvents } from "../../server/db/inbox.ts";
import { disconnectPortal } from "../../server/db/portals.ts";
import { PortalDisconnected } from "../../server/errors.ts";
import { HubSpotMisconfigured, HubSpotRevoked } from "../../server/hubspot/hubspot-errors.ts";
import type { TokenGrant } from "../../server/hubspot/oauth.ts";
import { createAccessTokens } from "../../server/install/access-tokens.ts";
import { createTokenCipher } from "../../server/install/token-cipher.ts";
import { consequenceOf } from "../../server/workers/retry-policy.ts";
import { createSmallContext, newKey, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
});
afterAll(() => ctx?.stop());
afterEach(() => ctx.db.deleteFrom("portals").execute());

/** A portal whose token ends at `endsInMs` from now. */
async function install(endsInMs: number): Promise<void> {
  await ctx.install();
  const token_expires_at = new Date(Date.now() + endsInMs);
  await ctx.db.updateTable("portals").set({ token_expires_at }).execute();
}

/** HubSpot's side of a refresh: counts, takes its time, gives `access-2`, `access-3`, … */
function refreshing(options: { expiresInMs?: number; fail?: Error } = {}) {
  const asked: string[] = [];
  const refresh = async (refreshToken: string): Promise<TokenGrant> => {
    asked.push(refreshToken);
    await new Promise((resolve) => setTimeout(resolve, 30));
    if (options.fail) throw options.fail;
    const n = asked.length + 1;
    return {
      accessToken: `access-${n}`,
      refreshToken: `refresh-${n}`,
      expiresInMs: options.expiresInMs ?? 1_800_000,
      portalId,
      userId: null,
      scopes: null,
    };
  };
  return { asked, refresh };
}
const processes = (count: number, refresh: (token: string) => Promise<TokenGrant>) =>
  Array.from({ length: count }, () =>
    createAccessTokens({ db: ctx.db, refreshDb: ctx.db, cipher: ctx.cipher, refresh }),
  );
const times = <T>(count: number, work: () => Promise<T>) => Promise.all(Array.from({ length: count }, work));

describe("an access token", () => {
  it("is read from the database as long as it holds for five more minutes", async () => {
    await install(301_000);
    const { asked, refresh } = refreshing();
    const [tokens] = processes(1, refresh);
    expect(await tokens?.accessToken(portalId)).toBe("access-1");
    expect(asked).toEqual([]);
  });

  it("is refreshed once, however many ask at the same time in one process", async () => {
    await install(299_000);
    const { asked, refresh } = refreshing();
    const [tokens] = processes(1, refresh);
    const got = await times(40, async () => tokens?.accessToken(portalId));
    expect(new Set(got)).toEqual(new Set(["access-2"]));
    expect(asked).toEqual(["refresh-1"]);
  });

  it("is refreshed once, however many processes ask at the same time", async () => {
    await install(-1);
    const { asked, refresh } = refreshing();
    const got = await Promise.all(
      processes(5, refresh).flatMap((tokens) => [1, 2, 3, 4].map(() => tokens.accessToken(portalId))),
    );
    expect(new Set(got)).toEqual(new Set(["access-2"]));
    expect(asked).toEqual(["refresh-1"]);
  });

  it("takes one database connection to refresh, however many wait for it", async () => {
    await install(-1);
    const { refresh } = refreshing();
    const [tokens] = processes(1, refresh);
    const waiting = times(100, async () => tokens?.accessToken(portalId));
    await new Promise((resolve) => setTimeout(resolve, 15));
    await ctx.db.selectFrom("portals").select("portal_id").execute();
    await waiting;
    expect(ctx.database.pool.waitingCount).toBe(0);
  });

  it("leaves other work its connections while HubSpot keeps many portals waiting", async () => {
    const own = openDatabase(ctx.database.url, ctx.log, 2);
    const ids = Array.from({ length: 8 }, (_, index) => asPortalId(9_001 + index));
    for (const id of ids) await ctx.install(id);
    await ctx.db
      .updateTable("portals")
      .set({ token_expires_at: new Date(0) })
      .execute();
    const answer = Promise.withResolvers<void>();
    const { asked, refresh } = refreshing();
    const tokens = createAccessTokens({
      db: ctx.db,
      refreshDb: own.db,
      cipher: ctx.cipher,
      refresh: async (token) => {
        await answer.promise;
        return refresh(token);
      },
    });
    const waiting = ids.map((id) => tokens.accessToken(id));
    while (own.pool.waitingCount < 6) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(ctx.database.pool.idleCount).toBe(ctx.database.pool.totalCount);
    answer.resolve();
    expect(await Promise.all(waiting)).toHaveLength(8);
    expect(asked).toHaveLength(8);
    await own.close();
  });

  it("is replaced once when HubSpot rejected it before its time", async () => {
    await install(3_600_000);
    const { asked, refresh } = refreshing();
    const [tokens] = processes(1, refresh);
    const got = await times(10, async () => tokens?.accessToken(portalId, { rejected: "access-1" }));
    expect(new Set(got)).toEqual(new Set(["access-2"]));
    expect(await tokens?.accessToken(portalId, { rejected: "access-1" })).toBe("access-2");
    expect(asked).toHaveLength(1);
    expect(await tokens?.accessToken(portalId, { rejected: "access-2" })).toBe("access-3");
    expect(asked).toEqual(["refresh-1", "refresh-2"]);
  });

  it("that holds for less than five minutes from the start is handed out all the same", async () => {
    await install(-1);
    const { asked, refresh } = refreshing({ expiresInMs: 60_000 });
    const [tokens] = processes(1, refresh);
    expect(await tokens?.accessToken(portalId)).toBe("access-2");
    expect(asked).toHaveLength(1);
  });

  it("lets webhooks of its portal be stored while it is refreshed", async () => {
    await install(-1);
    const { refresh } = refreshing();
    const [tokens] = processes(1, async (token) => {
      const stale = [{ objectType: "contacts", objectId: "1", needs: 1 }];
      expect(await storeEvents(ctx.db, portalId, [{ occurredAt: 1, dedupeKey: 0, stale }])).toBe(1);
      return refresh(token);
    });
    expect(await tokens?.accessToken(portalId)).toBe("access-2");
  });
});

describe("a refresh that fails", () => {
  const refusal = { method: "POST", path: "/oauth", httpStatus: 400, category: null, correlationId: null, codes: [] };

  it("is told to all who wait, changes nothing and is tried again by the next one", async () => {
    await install(-1);
    const failing = refreshing({ fail: new HubSpotMisconfigured({ ...refusal, codes: ["BAD_CLIENT_SECRET"] }) });
    const [tokens] = processes(1, failing.refresh);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, async () => tokens?.accessToken(portalId)));
    expect(outcomes.every((outcome) => outcome.status === "rejected")).toBe(true);
    expect(failing.asked).toHaveLength(1);
    const [next] = processes(1, refreshing().refresh);
    expect(await next?.accessToken(portalId)).toBe("access-2");
  });

  it("because HubSpot took the grant back leads to the portal's disconnection, and only that does", () => {
    expect(consequenceOf(new HubSpotRevoked(refusal))).toBe("disconnect");
    expect(consequenceOf(new HubSpotMisconfigured(refusal))).toBe("none");
  });

  it("for a portal that is gone says so", async () => {
    const [tokens] = processes(1, refreshing().refresh);
    await expect(tokens?.accessToken(portalId)).rejects.toBeInstanceOf(PortalDisconnected);
    await install(-1);
    await disconnectPortal(ctx.db, portalId, "a test");
    await expect(tokens?.accessToken(portalId)).rejects.toBeInstanceOf(PortalDisconnected);
  });
});

describe("keys that rotate", () => {
  it("seal a token anew at its next refresh, after which the old key may go", async () => {
    await install(-1);
    const fresh = newKey("k2");
    const rotated = createTokenCipher([fresh, ...ctx.config.tokenKeys]);
    const tokens = createAccessTokens({
      db: ctx.db,
      refreshDb: ctx.db,
      cipher: rotated,
      refresh: refreshing().refresh,
    });
    expect(rotated.isOld((await readTokens(ctx.db, portalId))?.accessToken ?? "")).toBe(true);
    await tokens.accessToken(portalId);
    const sealed = await readTokens(ctx.db, portalId);
    for (const text of [sealed?.accessToken ?? "", sealed?.refreshToken ?? ""]) expect(rotated.isOld(text)).toBe(false);
    const alone = createAccessTokens({
      db: ctx.db,
      refreshDb: ctx.db,
      cipher: createTokenCipher([fresh]),
      refresh: refreshing().refresh,
    });
    expect(await alone.accessToken(portalId)).toBe("access-2");
  });

  it("of which the needed one is missing stop the portal's work with a line that names the key, not the token", async () => {
    await install(3_600_000);
    const alone = createAccessTokens({
      db: ctx.db,
      refreshDb: ctx.db,
      cipher: createTokenCipher([newKey("k9")]),
      refresh: refreshing().refresh,
    });
    await expect(alone.accessToken(portalId)).rejects.toThrow(
      "a stored token needs the key k1, which TOKEN_KEYS does not have",
    );
  });
});

describe("work that failed with the grant before", () => {
  it("does not disconnect a portal that was installed again while it was under way", async () => {
    await install(3_600_000);
    await disconnectPortal(ctx.db, portalId, "a test", 60_000);
    expect(await readTokens(ctx.db, portalId)).not.toBeNull();
    await disconnectPortal(ctx.db, portalId, "a test", 0);
    expect(await readTokens(ctx.db, portalId)).toBeNull();
  });
});
