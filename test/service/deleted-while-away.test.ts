import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { forgetBackfill } from "../../server/db/backfills.ts";
import { setPortalStatus } from "../../server/db/portals.ts";
import { companyIdAt, personIdAt, plainPortal } from "../support/plain-portal.ts";
import { createQuietPortal, type QuietPortal } from "../support/quiet-portal.ts";

const companies = 130;
const deleted = 105;

let portal: QuietPortal;
beforeAll(async () => {
  portal = await createQuietPortal(plainPortal({ portalId: 4_751, companies, peopleEach: 1, nowAt: Date.now() }));
});
afterAll(() => portal?.stop());

const archived = async (type: string) =>
  (
    await portal.ctx.db
      .selectFrom("crm_records")
      .select("object_id")
      .where("object_type", "=", type)
      .where("archived", "=", true)
      .execute()
  ).map((row) => row.object_id);

it("asks the recycling bin by the hundred for what went while the portal was away, and looks for what is not there", async () => {
  const { ctx, portalId, crm, standIn } = portal;
  const gone = Array.from({ length: deleted }, (_, place) => place);
  for (const place of gone) {
    crm.delete("companies", companyIdAt(place));
    crm.delete("contacts", personIdAt(place));
  }
  const [into, away] = [companyIdAt(companies - 2), companyIdAt(companies - 1)];
  const merged = crm.merge("companies", into, away);
  // As an installation that comes again leaves it.
  await forgetBackfill(ctx.db, portalId);
  await setPortalStatus(ctx.db, portalId, "backfilling");
  standIn.requestLog.reset();
  await portal.work();
  const requests = standIn.requestLog.entries();
  const lookUps = requests.filter(({ method, path }) => method === "GET" && /\/(companies|contacts)\/\d+$/.test(path));
  // One by one they took 210 requests, which all found nothing.
  expect(lookUps.length).toBeLessThanOrEqual(2);
  expect(requests.filter(({ status }) => status === 404)).toEqual([]);
  const left = await archived("companies");
  expect(left).toEqual(expect.arrayContaining([...gone.map(companyIdAt), into, away]));
  expect(left).not.toContain(merged);
  expect((await archived("contacts")).sort()).toEqual(gone.map(personIdAt).sort());
});
