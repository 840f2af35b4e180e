import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { countScores } from "../../server/db/account-scores.ts";
import { markRefused, markWritten, readPendingOutputs } from "../../server/db/pending-outputs.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

const low = { touchstone_score: "10" };
const high = { touchstone_score: "90" };

describe("a result that HubSpot refused", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    await ctx.install();
    const row = { portal_id: portalId, snapshot_no: 1, proof: null, models: "m v1", scored_at: 1 } as const;
    await ctx.db
      .insertInto("account_scores")
      .values(
        ["1", "2"].map((account_id) => ({
          ...row,
          account_id,
          reasons: "[]",
          output: JSON.stringify(low),
          written: null,
        })),
      )
      .execute();
  });
  afterAll(() => ctx?.stop());

  const give = (output: object) =>
    ctx.db
      .updateTable("account_scores")
      .set({ output: JSON.stringify(output) })
      .where("account_id", "=", "1")
      .execute();
  const pending = async () =>
    (await readPendingOutputs(ctx.db, portalId, "companies", 10)).map(({ id, output }) => [id, output]);
  const sent = (output: Record<string, string>) => [{ id: "1", output, written: null, names: [], sending: 0 }];

  it("is not sent again, and is counted as not written", async () => {
    await markRefused(ctx.db, portalId, "companies", [
      { id: "1", output: low, category: "VALIDATION_ERROR", message: "A rule of the portal." },
    ]);
    expect(await pending()).toEqual([["2", low]]);
    expect(await countScores(ctx.db, portalId)).toEqual({ scored: 2, written: 0, refused: 1 });
  });

  it("leaves nothing when its record went before the refusal came", async () => {
    const gone = { id: "3", output: low, category: "OBJECT_NOT_FOUND", message: "No such record." };
    await markRefused(ctx.db, portalId, "companies", [gone]);
    const kept = await ctx.db.selectFrom("write_failures").select("object_id").execute();
    expect(kept).toEqual([{ object_id: "1" }]);
  });

  it("is counted as written when another value of it was taken", async () => {
    await give(high);
    expect(await pending()).toEqual([
      ["1", high],
      ["2", low],
    ]);
    // It waits again: whoever watches must not take it for refused and everything for done.
    expect(await countScores(ctx.db, portalId)).toEqual({ scored: 2, written: 0, refused: 0 });
    await markWritten(ctx.db, portalId, "companies", sent(high));
    expect(await countScores(ctx.db, portalId)).toEqual({ scored: 2, written: 1, refused: 0 });
  });

  it("is tried again when the refused value comes back", async () => {
    await give(low);
    expect(await pending()).toEqual([
      ["1", low],
      ["2", low],
    ]);
    expect(await countScores(ctx.db, portalId)).toEqual({ scored: 2, written: 0, refused: 0 });
  });
});
