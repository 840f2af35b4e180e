import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { readTokens } from "../../server/db/access-tokens.ts";
import { resealTokens } from "../../server/install/reseal-tokens.ts";
import { createTokenCipher } from "../../server/install/token-cipher.ts";
import { createSmallContext, newKey, portalId, type SmallContext } from "./small-context.ts";

const other = asPortalId(77);

describe("tokens after a new key was put in front", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    await ctx.install();
    await ctx.install(other);
  });
  afterAll(() => ctx?.stop());
  const withKeys = (tokenKeys: SmallContext["config"]["tokenKeys"]) => ({
    ...ctx,
    config: { ...ctx.config, tokenKeys },
  });

  it("are sealed with it although the portal does nothing, and open without the old one", async () => {
    const fresh = newKey("k2");
    await ctx.db
      .updateTable("portals")
      .set({ access_token: "v1.lost.a.b.c", refresh_token: "v1.lost.a.b.c" })
      .where("portal_id", "=", other)
      .execute();
    await resealTokens(withKeys([fresh, ...ctx.config.tokenKeys]));
    const tokens = await readTokens(ctx.db, portalId);
    const cipher = createTokenCipher([fresh]);
    expect(cipher.decrypt(tokens?.accessToken ?? "", portalId)).toBe("access-1");
    expect(cipher.decrypt(tokens?.refreshToken ?? "", portalId)).toBe("refresh-1");
    expect(ctx.hubspotServer.requests).toEqual([]);
  });

  it("that nobody can open any more hold up no others, and are said", () => {
    const errors = ctx.lines.filter(({ level }) => level === "error");
    expect(errors).toMatchObject([{ portalId: other, msg: "tokens could not be sealed again" }]);
    expect(errors[0]?.reason).toMatch(/needs the key lost/);
  });

  it("are left alone once they are", async () => {
    const before = await readTokens(ctx.db, portalId);
    await resealTokens(withKeys([{ ...newKey("k2") }]));
    expect(await readTokens(ctx.db, portalId)).toEqual(before);
  });
});
