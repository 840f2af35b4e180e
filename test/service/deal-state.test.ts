import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { dealStateOf } from "@touchstone/shared/deal-state.ts";
import { stageDeal } from "@touchstone/shared/stage-of.ts";
import { sql } from "kysely";
import { dealStateSql } from "../../server/db/deal-columns.ts";
import { claimEnrolments } from "../../server/db/enrolments.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
});
afterAll(() => ctx?.stop());

const said = [undefined, null, "", "true", "false"];
/** Every way in which the three properties may stand together. */
const deals = [undefined, null, "", "closedwon", "closedlost", "qualifiedtobuy"].flatMap((dealstage) =>
  said.flatMap((hs_is_closed) =>
    said.map((hs_is_closed_won) => JSON.parse(JSON.stringify({ dealstage, hs_is_closed, hs_is_closed_won }))),
  ),
);

it("The database and the program say the same of every deal: what is won is closed", async () => {
  const { rows } = await sql<{ state: string }>`
    SELECT ${dealStateSql(sql`d.properties`)} AS state
    FROM unnest(${deals.map((deal) => JSON.stringify(deal))}::jsonb[]) WITH ORDINALITY AS d(properties, n) ORDER BY n`.execute(
    ctx.db,
  );
  expect(rows.map(({ state }) => state)).toEqual(deals.map(dealStateOf));
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(["open", "won", "lost"]));
  expect(deals.map((deal) => stageDeal(deal).isOpen)).toEqual(deals.map((deal) => dealStateOf(deal) === "open"));
});

it("A deal of which only the winning is said is not open to a play either", async () => {
  await sql`
    INSERT INTO plays (portal_id, play_id, request_id, document, status, made_by, made_at, launched_at)
    VALUES (${portalId}, '00000000-0000-4000-8000-000000000001', 'a-play', '{"steps":[],"exit":{"deal":"open"}}', 'running', '77', 1, 1)`.execute(
    ctx.db,
  );
  await sql`
    INSERT INTO play_accounts (portal_id, play_id, account_id, enrolled_by, enrolled_at)
    VALUES (${portalId}, '00000000-0000-4000-8000-000000000001', '101', '77', 1)`.execute(ctx.db);
  await sql`
    INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
    VALUES (${portalId}, 'deals', '9', '{"dealstage":"our_last","hs_is_closed_won":"true"}', 1)`.execute(ctx.db);
  await sql`
    INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
    VALUES (${portalId}, 'deals', '9', 'companies', '101')`.execute(ctx.db);
  const now = ctx.now();
  const facts = await claimEnrolments(ctx.db, portalId, { now, before: now, limit: 10 }, []);
  expect(facts).toMatchObject([{ hasOpenDeal: false, hasWonDeal: true }]);
});
