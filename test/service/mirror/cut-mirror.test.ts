import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { readDefinitionFaults, replaceDefinitionFaults } from "../../../server/db/definition-faults.ts";
import { planMirror } from "../../../server/programme/mirror/plan-mirror.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await addCompanies(ctx.db, portalId, [{ id: "101", people: ["501", "502", "503"] }]);
  await sql`
    INSERT INTO committee_members (portal_id, account_id, person_id, roles, changed_by, changed_at)
    SELECT ${portalId}, '101', id, '[{"taxonomy":"four-classic","role":"economic_buyer"}]', '77', 1
    FROM unnest('{501,502,503}'::text[]) id`.execute(ctx.db);
});
afterAll(() => ctx?.stop());
const messages = async () => (await readDefinitionFaults(ctx.db, portalId)).map(({ message }) => message);
const people = async () => (await sql`SELECT FROM mirror_links WHERE to_type = 'contacts'`.execute(ctx.db)).rows.length;

it("What the mirror in HubSpot cannot hold is said in the portal's health and in the log, until it fits", async () => {
  expect(await planMirror(ctx, portalId, "UTC", { plays: 1, links: 2 })).toBe(true);
  expect(await people()).toBe(2);
  const said = [expect.stringContaining("hold only the first 2 people with a role; there are more. Nothing is lost")];
  expect(await messages()).toEqual(said);
  expect(ctx.lines).toContainEqual(
    expect.objectContaining({ object: "buying_role", cut: "only the first 2 people with a role" }),
  );
  // The nightly look at definitions knows nothing of it.
  await ctx.db.transaction().execute((trx) => replaceDefinitionFaults(trx, portalId, []));
  expect(await messages()).toEqual(said);
  await planMirror(ctx, portalId, "UTC", { plays: 1, links: 3 });
  expect([await people(), await messages()]).toEqual([3, []]);
});
