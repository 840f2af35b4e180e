import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { judgeCriterion } from "../../server/accounts/judge-criterion.ts";
import { mapPerson } from "../../server/programme/committee/map-person.ts";
import { untilLockWaits } from "../support/until-lock-waits.ts";
import { addCompanies } from "./signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

const accountId = asAccountId("101");
let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await addCompanies(ctx.db, portalId, [{ id: "101", people: ["501"] }]);
  await sql`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the database went away'; END $$`.execute(
    ctx.db,
  );
});
afterAll(() => ctx?.stop());
beforeEach(async () => {
  await sql`TRUNCATE dirty_accounts, judgements, committee_members`.execute(ctx.db);
});

const judge = () => judgeCriterion(ctx, portalId, accountId, "77", { criterion: "business_model", rung: "ideal" });
const map = (body: object) => mapPerson(ctx, portalId, accountId, "77", { personId: "501", ...body });
const count = async (table: "judgements" | "committee_members" | "dirty_accounts") =>
  (await sql`SELECT FROM ${sql.table(table)}`.execute(ctx.db)).rows.length;

describe("What a person says of an account", () => {
  it.each([
    ["an answer", judge, "judgements"],
    ["a member of the committee", () => map({ influence: 4 }), "committee_members"],
  ] as const)("is stored with the mark that scores it, or not at all: %s", async (_what, say, table) => {
    await sql`CREATE TRIGGER refuse BEFORE INSERT ON dirty_accounts EXECUTE FUNCTION refuse()`.execute(ctx.db);
    await expect(say()).rejects.toThrow("the database went away");
    await sql`DROP TRIGGER refuse ON dirty_accounts`.execute(ctx.db);
    expect(await count(table)).toBe(0);
    // HubSpot repeats the request: had the first one left anything, this one would change nothing.
    await say();
    expect([await count(table), await count("dirty_accounts")]).toEqual([1, 1]);
  });

  it.each([
    ["who is known", true],
    ["of whom nothing was said yet", false],
  ])("is kept beside what somebody else says of the same member at once: one %s", async (_who, known) => {
    if (known) await map({ sentiment: 1 });
    const { held, release } = await holdWrites();
    const both = [map({ influence: 4 }), map({ departed: true })];
    while ((await untilLockWaits(ctx.db)) < 2);
    release();
    await Promise.all([held, ...both]);
    const { rows } = await sql`SELECT influence, departed, sentiment FROM committee_members`.execute(ctx.db);
    expect(rows).toEqual([{ influence: 4, departed: true, sentiment: known ? 1 : null }]);
  });

  /** Keeps every write to the committee waiting, so that both have read what they read before they write. */
  async function holdWrites(): Promise<{ held: Promise<void>; release: () => void }> {
    const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const held = ctx.db.transaction().execute(async (trx) => {
      await sql`LOCK TABLE committee_members IN SHARE MODE`.execute(trx);
      locked.resolve();
      await released.promise;
    });
    await locked.promise;
    return { held, release: () => released.resolve() };
  }
});
