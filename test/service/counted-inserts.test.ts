import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { addTemplate, type StoredTemplate } from "../../server/db/play-templates.ts";
import { setSourceMuted } from "../../server/db/signal-sources.ts";
import { mostTargets } from "../../server/db/target-accounts.ts";
import { addToList } from "../../server/programme/target-list/add-to-list.ts";
import { untilLockWaits } from "../support/until-lock-waits.ts";
import { addCompanies } from "./signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await addCompanies(ctx.db, portalId, [
    { id: "101", properties: { domain: "acme.example" } },
    { id: "102", properties: { domain: "shop.acme.example" } },
    { id: "103", properties: { domain: "other.example" } },
  ]);
});
afterAll(() => ctx?.stop());

const add = (...accounts: string[]) => addToList(ctx, portalId, "77", { source: "sales", accounts });
const count = async (table: string) =>
  (await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.table(table)}`.execute(ctx.db)).rows[0]?.n;

/** Both at once: each has counted what it counts before either may write. */
async function atOnce(table: string, ...both: readonly (() => Promise<unknown>)[]): Promise<unknown[]> {
  const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const held = ctx.db.transaction().execute(async (trx) => {
    await sql`LOCK TABLE ${sql.table(table)} IN SHARE MODE`.execute(trx);
    locked.resolve();
    await released.promise;
  });
  await locked.promise;
  const answers = both.map((one) => one());
  while ((await untilLockWaits(ctx.db)) < both.length);
  released.resolve();
  await held;
  return Promise.all(answers);
}

describe("What is counted before it is added to", () => {
  it("lets one of two companies of a domain onto the list, also when both are added at once", async () => {
    const views = await atOnce(
      "target_accounts",
      () => add("101"),
      () => add("102"),
    );
    expect(views).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ added: 1, rejected: 0 }),
        expect.objectContaining({ added: 0, rejected: 1 }),
      ]),
    );
    expect(await count("target_accounts")).toBe(1);
  });

  it("counts only new companies: a full list takes another source for those on it, and no further company", async () => {
    await sql`
      INSERT INTO target_accounts (portal_id, account_id, sources, added_by, added_at)
      SELECT ${portalId}, 'filler ' || n, '{sales}', '77', 1 FROM generate_series(2, ${mostTargets}::int) n`.execute(
      ctx.db,
    );
    const [on] = (
      await sql<{ id: string }>`SELECT account_id AS id FROM target_accounts WHERE account_id LIKE '10_'`.execute(
        ctx.db,
      )
    ).rows;
    expect(await add(on?.id ?? "")).toMatchObject({ added: 0, known: 1, rejected: 0 });
    await expect(add("103")).rejects.toThrow(`A list holds ${mostTargets} accounts, and ${mostTargets} are on it.`);
    expect(await count("target_accounts")).toBe(mostTargets);
  });

  it("mutes no more sources than there may be, also at once", async () => {
    const mute = (source: string) => () =>
      setSourceMuted(ctx.db, portalId, { source, muted: true, by: "77", since: 0, priority: 0, most: 1 });
    const muted = await atOnce("muted_sources", mute("bombora"), mute("g2"));
    expect(muted.sort()).toEqual([false, true]);
    expect(await count("muted_sources")).toBe(1);
  });

  it("keeps no more templates than there may be, also at once", async () => {
    const keep = (id: number) => () => addTemplate(ctx.db, portalId, template(id), 1);
    const kept = await atOnce("play_templates", keep(1), keep(2));
    expect(kept.filter((one) => one === null)).toHaveLength(1);
    expect(await count("play_templates")).toBe(1);
  });
});

function template(id: number): StoredTemplate & { readonly requestId: string } {
  const templateId = `00000000-0000-4000-8000-00000000000${id}`;
  const empty = {} as StoredTemplate["play"] & StoredTemplate["results"];
  return {
    templateId,
    label: "x",
    playId: templateId,
    play: empty,
    results: empty,
    savedBy: "77",
    savedAt: 1,
    requestId: `request ${id}`,
  };
}
