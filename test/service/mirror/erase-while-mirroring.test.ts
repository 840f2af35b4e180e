import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Context } from "../../../server/context.ts";
import { saveMirrorCapability } from "../../../server/db/mirror-portals.ts";
import { erasePerson } from "../../../server/db/people.ts";
import { writeRolesSetting } from "../../../server/db/portal-settings.ts";
import { disconnectPortal } from "../../../server/db/portals.ts";
import { PortalDisconnected } from "../../../server/errors.ts";
import { writeBuyingRoles } from "../../../server/programme/committee/write-buying-roles.ts";
import { planMirror } from "../../../server/programme/mirror/plan-mirror.ts";
import { untilLockWaits } from "../../support/until-lock-waits.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const [company, leaver] = ["1001", "987650004"];
const hashOf = () => Buffer.from("the hash of the one who leaves");

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
});
afterAll(() => ctx?.stop());
beforeEach(async () => {
  await sql`TRUNCATE crm_records, crm_links, committee_members, mirror_records, mirror_links`.execute(ctx.db);
  await addCompanies(ctx.db, portalId, [{ id: company, people: [leaver] }]);
  await sql`
    INSERT INTO committee_members (portal_id, account_id, person_id, roles, changed_by, changed_at)
    VALUES (${portalId}, ${company}, ${leaver}, '[{"taxonomy":"four-classic","role":"economic_buyer"}]', '77', 1)`.execute(
    ctx.db,
  );
});

const rowsOf = async (table: string, id = portalId) => {
  const { rows } = await sql`SELECT FROM ${sql.table(table)} WHERE portal_id = ${id}`.execute(ctx.db);
  return rows.length;
};
const links = async () => {
  const { rows } = await sql`SELECT FROM mirror_links WHERE to_id = ${leaver}`.execute(ctx.db);
  return rows.length;
};

describe("A person who is erased", () => {
  it("while the mirror is planned is not in the plan", async () => {
    expect(await planMirror(ctx, portalId, "UTC")).toBe(true);
    expect(await links()).toBe(1);
    await sql`TRUNCATE mirror_links, mirror_records`.execute(ctx.db);
    const planned = await ctx.db.transaction().execute(async (trx) => {
      await erasePerson(trx, portalId, leaver, hashOf);
      const planning = planMirror(ctx, portalId, "UTC");
      await untilLockWaits(ctx.db);
      return { planning };
    });
    expect(await planned.planning).toBe(false);
    expect(await links()).toBe(0);
    expect(await planMirror(ctx, portalId, "UTC")).toBe(true);
    expect(await links()).toBe(0);
  });

  it("while their buying role is read is neither written nor noted", async () => {
    await sql`
      INSERT INTO portal_settings (portal_id, name, version, document, changed_by)
      VALUES (${portalId}, ${writeRolesSetting.name}, 1, 'true', '77')`.execute(ctx.db);
    const asked: string[] = [];
    const hubspot: Context["hubspot"] = {
      ...ctx.hubspot,
      readRecords: async (_portalId, { ids }) => {
        asked.push(...ids);
        await ctx.db.transaction().execute((trx) => erasePerson(trx, portalId, leaver, hashOf));
        const found = ids.map((id) => ({ id, properties: { hs_buying_role: null }, archived: false, updatedAt: null }));
        return { found, missing: [], movedTo: new Map(), failed: [], unsought: [] };
      },
      updateRecords: async () => {
        throw new Error("nobody is to be written");
      },
    };
    await writeBuyingRoles({ ...ctx, hubspot }, portalId);
    expect(asked).toEqual([leaver]);
    expect(await rowsOf("buying_role_writes")).toBe(0);
  });
});

describe("A portal that is gone", () => {
  it("gets no plan and no note of its objects", async () => {
    const gone = asPortalId(4_243);
    await ctx.install(gone);
    await disconnectPortal(ctx.db, gone, "uninstalled");
    await expect(planMirror(ctx, gone, "UTC")).rejects.toThrow(PortalDisconnected);
    const found = { available: true, reason: null, probedAt: 1 };
    await expect(saveMirrorCapability(ctx.db, gone, found)).rejects.toThrow(PortalDisconnected);
    expect([await rowsOf("mirror_records", gone), await rowsOf("mirror_portals", gone)]).toEqual([0, 0]);
  });
});
