import { execFile } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { rescoreBatch } from "../../server/accounts/rescore-batch.ts";
import { buryWork, countLetters } from "../../server/db/dead-letters.ts";
import { markDirty, priorities } from "../../server/db/dirty-accounts.ts";
import { needs } from "../../server/db/inbox.ts";
import { disconnectPortal } from "../../server/db/portals.ts";
import { markStale } from "../../server/db/stale-records.ts";
import { getPortalStatus } from "../../server/install/get-portal-status.ts";
import { refreshRecords } from "../../server/intake/refresh-records.ts";
import { replayDeadLetters } from "../../server/intake/replay-dead-letters.ts";
import type { HubSpotAnswer, HubSpotRequest } from "./local-hubspot.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  ctx.hubspotServer.answer = (request) => readOrRefuse(request);
});
afterAll(() => ctx?.stop());

/** HubSpot does not like record 13, and takes every result. */
let refused = true;
function readOrRefuse({ path: asked, body }: HubSpotRequest): HubSpotAnswer {
  if (refused && body.includes('"13"')) return [400, { category: "VALIDATION_ERROR", message: "no" }];
  if (body === "") return [200, { results: [] }];
  const { inputs } = JSON.parse(body) as { inputs: { id: string }[] };
  const times = { createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-11-01T00:00:00Z", archived: false };
  const results = inputs.map(({ id }) => ({ id, properties: { name: `Company ${id}` }, ...times }));
  return [200, { status: "COMPLETE", results: asked.includes("/associations/") ? [] : results }];
}

const attempts = 8;
/** As often as it takes, without the pauses in between. */
async function tryAgainAndAgain(table: "stale_records" | "dirty_accounts", job: () => Promise<void>) {
  for (let n = 0; n < attempts; n += 1) {
    await sql`UPDATE ${sql.table(table)} SET due_at = now()`.execute(ctx.db);
    await job();
  }
}
const refresh = () => refreshRecords(ctx, portalId);
const rescore = () => rescoreBatch(ctx, portalId);
const markAccounts = (...ids: string[]) => markDirty(ctx.db, portalId, ids, priorities.live);
const letters = () =>
  ctx.db.selectFrom("dead_letters").select(["kind", "subject", "attempts", "needs"]).orderBy("subject").execute();
const scored = async () =>
  (await ctx.db.selectFrom("account_scores").select("account_id").orderBy("account_id").execute()).map(
    (row) => row.account_id as string,
  );

interface Outcome {
  readonly code: number;
  readonly said: string;
  readonly complained: string;
}
/** As an operator asks. */
const tool = (...args: string[]) =>
  new Promise<Outcome>((resolve) => {
    const program = path.resolve(import.meta.dirname, "../../server/dead-letters.ts");
    const env = { PATH: process.env.PATH, DATABASE_URL: ctx.database.url };
    execFile(process.execPath, ["--no-warnings", program, ...args], { env }, (error, said, complained) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, said, complained }),
    );
  });

describe("work that fails at every attempt", () => {
  it("is laid aside with its reason: a record that HubSpot refuses, while those beside it are read", async () => {
    const ids = ["12", "13", "14"];
    await markStale(
      ctx.db,
      portalId,
      ids.map((objectId) => ({ objectType: "companies", objectId, needs: needs.properties | needs.associations })),
    );
    await tryAgainAndAgain("stale_records", refresh);
    expect(await letters()).toEqual([
      { kind: "record", subject: "companies:13", attempts, needs: needs.properties | needs.associations },
    ]);
    await rescore();
    expect(await scored()).toEqual(["12", "14"]);
  });

  it("is laid aside with its reason: an account that cannot be scored, while those beside it are", async () => {
    // A proof as no version of ours writes it: what changed since cannot be told.
    await sql`UPDATE account_scores SET proof = '{}', score = 0.5 WHERE account_id = '14'`.execute(ctx.db);
    await markAccounts("12", "14");
    await tryAgainAndAgain("dirty_accounts", rescore);
    expect((await letters()).filter((letter) => letter.kind === "account")).toEqual([
      { kind: "account", subject: "14", attempts, needs: null },
    ]);
    expect(await ctx.db.selectFrom("dirty_accounts").select("account_id").execute()).toEqual([]);
  });

  it("is counted in the portal's status", async () => {
    expect((await getPortalStatus(ctx, portalId)).deadLetters).toBe(2);
  });
});

describe("npm run dead-letters", () => {
  it("explains itself", async () => {
    for (const args of [[], ["--help"]]) {
      const { code, said } = await tool(...args);
      expect(code).toBe(0);
      expect(said).toMatch(/list .*\n.*show .*\n.*replay .*\n.*discard /);
    }
  });

  it.each([
    [["bury"], '"bury" is not understood.'],
    [["list", "--kind", "thing"], "--kind is record or account"],
    [["list", "--portal", "x"], "--portal needs the id of a portal."],
    [["show"], "show needs a --portal."],
    [["discard"], "discard forgets work for good"],
    [["list", "--nonsense"], "--nonsense"],
  ])("refuses %j in a sentence, with exit 1", async (args, why) => {
    const { code, said, complained } = await tool(...args);
    expect({ code, said }).toEqual({ code: 1, said: "" });
    expect(complained).toContain(why);
    expect(complained).not.toMatch(/ {4}at /);
  });

  it("lists letters, of a portal or of a kind, with the reason", async () => {
    const all = await tool("list");
    expect(all.said).toMatch(/portal 4242 {2}record companies:13 {2}after 8: .*VALIDATION_ERROR/);
    expect(all.said).toMatch(/portal 4242 {2}account 14 {2}after 8: /);
    expect(all.said).toMatch(/portal 4242: 1 account\nportal 4242: 1 record\n$/);
    expect((await tool("list", "--kind", "account")).said).not.toContain("companies:13");
    expect((await tool("list", "--portal", "1")).said).toBe("There are no dead letters.\n");
  });

  it("shows one, and says by its exit code when there is none", async () => {
    const { code, said } = await tool("show", "--portal", "4242", "--subject", "companies:13");
    expect(code).toBe(0);
    expect(said).toMatch(/subject {3}companies:13\nattempts {2}8\n/);
    expect((await tool("show", "--portal", "4242", "--subject", "companies:1")).code).toBe(1);
  });

  it("replays what was repaired: it is done, and the letters are gone", async () => {
    refused = false;
    await sql`DELETE FROM account_scores WHERE account_id = '14'`.execute(ctx.db);
    const { code, said } = await tool("replay", "--portal", "4242");
    expect({ code, said }).toEqual({ code: 0, said: "portal 4242: 2 marked again\n" });
    await refresh();
    await rescore();
    expect(await scored()).toEqual(["12", "13", "14"]);
    expect(await letters()).toEqual([]);
  });

  it("does nothing when told to replay again", async () => {
    expect(await tool("replay", "--portal", "4242")).toMatchObject({
      code: 0,
      said: "There are no such dead letters.\n",
    });
    expect(await ctx.db.selectFrom("stale_records").select("object_id").execute()).toEqual([]);
  });
});

const letter = (subject: string) => ({ kind: "account", subject, reason: "a test", attempts: 8, needs: null }) as const;

describe("a letter", () => {
  it("goes when the work was done by a later change", async () => {
    await buryWork(ctx.db, portalId, [letter("12")]);
    await markAccounts("12");
    await rescore();
    expect(await letters()).toEqual([]);
  });

  it("wakes the portal's job when it is replayed, once however often", async () => {
    await buryWork(ctx.db, portalId, [letter("12"), letter("12"), letter("13")]);
    ctx.woken.length = 0;
    const both = await Promise.all([
      replayDeadLetters(ctx, portalId, { kind: "account" }),
      replayDeadLetters(ctx, portalId, { kind: "account" }),
    ]);
    expect(both.sort()).toEqual([0, 2]);
    expect(ctx.woken).toEqual([["rescore-batch", portalId]]);
    const marks = await ctx.db.selectFrom("dirty_accounts").select(["account_id", "version"]).execute();
    expect(marks.map((mark) => mark.version)).toEqual([1, 1]);
  });

  it("of a portal that took the app away stays, and the others' are replayed", async () => {
    const gone = asPortalId(5_151);
    await ctx.install(gone);
    await buryWork(ctx.db, gone, [letter("1")]);
    await buryWork(ctx.db, portalId, [letter("12")]);
    await disconnectPortal(ctx.db, gone, "a test");
    const { code, said } = await tool("replay");
    expect(code).toBe(1);
    expect(said).toContain("portal 5151: not connected, its 1 stay\n");
    expect(said).toContain("portal 4242: 1 marked again\n");
    expect(await countLetters(ctx.db, null)).toEqual([{ portalId: gone, kind: "account", letters: 1 }]);
  });

  it("is discarded only when told, and its work is not done", async () => {
    const { said } = await tool("discard", "--all");
    expect(said).toBe("portal 5151: 1 discarded, without their work being done\n");
    expect(await countLetters(ctx.db, null)).toEqual([]);
  });
});
