import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { getAccount } from "../../server/accounts/get-account.ts";
import { rescoreBatch } from "../../server/accounts/rescore-batch.ts";
import { saveScores } from "../../server/db/account-scores.ts";
import { markDirty, priorities } from "../../server/db/dirty-accounts.ts";
import { needs } from "../../server/db/inbox.ts";
import { holdPortal } from "../../server/db/portals.ts";
import { nextReadNo } from "../../server/db/records.ts";
import { markStale } from "../../server/db/stale-records.ts";
import { refreshRecords } from "../../server/intake/refresh-records.ts";
import { saveToMirror } from "../../server/intake/save-to-mirror.ts";
import { findText } from "../support/find-text.ts";
import { untilLockWaits } from "../support/until-lock-waits.ts";
import { answerWrites } from "./answer-writes.ts";
import { addCompanies } from "./signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

const [company, other] = ["1001", "1002"].map(asAccountId);
const [leaver, known, late] = ["987650004", "987650005", "987650006"];

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  ctx.hubspotServer.answer = answerWrites;
  await addCompanies(ctx.db, portalId, [{ id: company ?? "" }, { id: other ?? "" }]);
});
afterAll(() => ctx?.stop());

const placesOf = (needle = "") => findText(ctx.db, needle);

/** The person replied to a mail today and belongs to this company only; its accounts are scored. */
async function join(personId = "", companyId = ""): Promise<void> {
  const readNo = await nextReadNo(ctx.db);
  const links = [{ fromId: personId, toType: "companies", toId: companyId, primary: true }];
  const properties = { jobtitle: "CTO of Needles", hs_email_last_reply_date: String(ctx.clock.now) };
  const found = [{ objectId: personId, properties }];
  const reading = { type: "contacts", readNo, found, missing: [], linkedIds: [personId], links } as const;
  await ctx.db.transaction().execute(async (trx) => {
    await markDirty(trx, portalId, await saveToMirror(trx, portalId, reading), priorities.live);
  });
  await rescoreBatch(ctx, portalId);
}

/** HubSpot asked for it, and the job comes. */
async function erase(objectId = ""): Promise<void> {
  await markStale(ctx.db, portalId, [{ objectType: "contacts", objectId, needs: needs.erasure }]);
  await refreshRecords(ctx, portalId);
}

const countProofs = async () =>
  (await ctx.db.selectFrom("score_history").select("proof").where("proof", "is not", null).execute()).length;

describe("a person who is erased", () => {
  it("leaves no trace in an account either that they left long ago", async () => {
    await join(leaver, other);
    await join(leaver, company);
    await join(leaver, other);
    expect(await placesOf(leaver)).toEqual(
      expect.arrayContaining(["account_scores.proof", "former_members.person_id", "score_history.proof"]),
    );
    const [all, naming] = [await countProofs(), 2];
    await erase(leaver);
    expect(await placesOf(leaver)).toEqual([]);
    // Only what named the person is gone from history.
    expect(await countProofs()).toBe(all - naming);
    await rescoreBatch(ctx, portalId);
    expect(await placesOf(leaver)).toEqual([]);
  });

  it("is not brought back by a score that was read before and is saved after", async () => {
    await join(known, company);
    let scoring: Promise<void> = Promise.resolve();
    await ctx.db.transaction().execute(async (trx) => {
      // What is read of an account last: people and signals are in hand already.
      await sql`LOCK TABLE judgements IN ACCESS EXCLUSIVE MODE`.execute(trx);
      await markDirty(ctx.db, portalId, [company ?? ""], priorities.live);
      scoring = rescoreBatch(ctx, portalId);
      await untilLockWaits(ctx.db);
      await erase(known);
    });
    await scoring;
    await rescoreBatch(ctx, portalId);
    expect(await placesOf(known)).toEqual([]);
    expect((await getAccount(ctx, portalId, asAccountId(company ?? ""))).state).toBe("scored");
  });

  it("is not brought back by a score that is being saved at the very moment", async () => {
    await join(late, company);
    const row = await ctx.db
      .selectFrom("account_scores")
      .selectAll()
      .where("account_id", "=", company ?? "")
      .executeTakeFirstOrThrow();
    expect(row.proof).toContain(late);
    const snapshotNo = await nextReadNo(ctx.db);
    let erasing: Promise<void> = Promise.resolve();
    await ctx.db.transaction().execute(async (trx) => {
      await holdPortal(trx, portalId);
      erasing = erase(late);
      await untilLockWaits(ctx.db);
      const { models, score, tier, readiness, output, proof } = row;
      const again = {
        models,
        score,
        tier,
        readiness,
        output,
        proof: proof ?? "",
        scoredAt: ctx.now(),
        nextChangeAt: null,
        fits: null,
      };
      const move = { replaces: true, scoreFrom: null, tierFrom: null, reasons: [] };
      await saveScores(trx, portalId, [{ accountId: asAccountId(company ?? ""), snapshotNo, ...again, move }]);
    });
    await erasing;
    await rescoreBatch(ctx, portalId);
    expect(await placesOf(late)).toEqual([]);
  });
});
