import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { removeScores, type StoredScore, saveScores } from "../../server/db/account-scores.ts";
import { moveRecords } from "../../server/db/merges.ts";
import { nextReadNo } from "../../server/db/records.ts";
import { type Reading, saveToMirror } from "../../server/intake/save-to-mirror.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { buildSnapshot, now } from "../unit/scoring/build-snapshot.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
const { portalId } = buildSnapshot();
const accountId = asAccountId("1001");
afterEach(() => sql`TRUNCATE crm_records, crm_links, signals, account_scores, score_history`.execute(database.db));

const save = (reading: Partial<Reading> & Pick<Reading, "type" | "readNo">) =>
  database.db
    .transaction()
    .execute((trx) => saveToMirror(trx, portalId, { found: [], missing: [], linkedIds: [], links: [], ...reading }));
const record = (objectId: string, properties: Record<string, string | null>) => ({ objectId, properties });
const link = (fromId: string, toType: string, toId: string) => ({ fromId, toType, toId, primary: false });
const titles = async () =>
  (
    await database.db
      .selectFrom("crm_records")
      .select(["object_id", "properties", "archived"])
      .orderBy("object_id")
      .execute()
  ).map((row) => [row.object_id, row.properties.jobtitle ?? null, row.archived]);
const links = async () =>
  (await database.db.selectFrom("crm_links").select(["from_id", "to_id"]).orderBy("to_id").execute()).map((row) => [
    row.from_id,
    row.to_id,
  ]);
const signals = async () =>
  (await database.db.selectFrom("signals").select(["signal_key", "at"]).orderBy("signal_key").execute()).map(
    (row) => row,
  );

describe("a reading that comes late", () => {
  it("changes neither record nor links when a later one was saved first", async () => {
    const [early, later] = [await nextReadNo(database.db), await nextReadNo(database.db)];
    const contact = { type: "contacts", linkedIds: ["501"] } as const;
    await save({
      ...contact,
      readNo: later,
      found: [record("501", { jobtitle: "CTO" })],
      links: [link("501", "companies", "2")],
    });
    await save({
      ...contact,
      readNo: early,
      found: [record("501", { jobtitle: "Intern" })],
      links: [link("501", "companies", "1")],
    });
    expect(await titles()).toEqual([["501", "CTO", false]]);
    expect(await links()).toEqual([["501", "2"]]);
  });

  it("does not bring a deleted record back, nor delete one that came back", async () => {
    const [first, second, third] = [
      await nextReadNo(database.db),
      await nextReadNo(database.db),
      await nextReadNo(database.db),
    ];
    await save({ type: "contacts", readNo: second, missing: ["501"] });
    await save({ type: "contacts", readNo: first, found: [record("501", { jobtitle: "CTO" })] });
    expect(await titles()).toEqual([["501", null, true]]);
    await save({ type: "contacts", readNo: third, found: [record("501", { jobtitle: "CEO" })] });
    await save({ type: "contacts", readNo: second, missing: ["501"] });
    expect(await titles()).toEqual([["501", "CEO", false]]);
  });

  it("leaves the signals of an activity as the later reading showed them", async () => {
    const [early, later] = [await nextReadNo(database.db), await nextReadNo(database.db)];
    const meeting = { type: "meetings", linkedIds: ["7"], links: [link("7", "contacts", "501")] } as const;
    const at = { hs_createdate: String(now), hs_meeting_start_time: String(now) };
    await save({ ...meeting, readNo: later, found: [record("7", { ...at, hs_meeting_outcome: "CANCELED" })] });
    await save({ ...meeting, readNo: early, found: [record("7", at)] });
    expect(await signals()).toEqual([]);
  });

  it("still marks the accounts that the later one touches", async () => {
    const [early, later] = [await nextReadNo(database.db), await nextReadNo(database.db)];
    const contact = { type: "contacts", found: [record("501", {})], linkedIds: ["501"] } as const;
    expect(await save({ ...contact, readNo: later, links: [link("501", "companies", "2")] })).toEqual(["2"]);
    expect(await save({ ...contact, readNo: early, links: [link("501", "companies", "1")] })).toEqual(["2"]);
  });
});

describe("readings of one state", () => {
  it("move an activity's signal back when its time moved back", async () => {
    const meeting = { type: "meetings", linkedIds: ["7"], links: [link("7", "contacts", "501")] } as const;
    for (const at of [now, now - 86_400_000])
      await save({
        ...meeting,
        readNo: await nextReadNo(database.db),
        found: [record("7", { hs_createdate: String(at) })],
      });
    expect(await signals()).toEqual([{ signal_key: "meeting_booked:501:meetings:7", at: now - 86_400_000 }]);
  });

  it("give the same signals, however many there were on the way", async () => {
    const states = [2, 9, 4].map((pages, n) => ({
      hs_analytics_last_visit_timestamp: String(now + n * 60_000),
      hs_analytics_num_page_views: String(pages),
      hs_analytics_num_visits: "1",
    }));
    const read = async (order: readonly number[]) => {
      await sql`TRUNCATE crm_records, signals`.execute(database.db);
      for (const n of order)
        await save({
          type: "contacts",
          readNo: await nextReadNo(database.db),
          found: [record("501", states[n] ?? {})],
        });
      return database.db.selectFrom("signals").select(["signal_key", "at", "strength", "subject"]).execute();
    };
    const once = await read([0, 1, 2]);
    expect(once).toMatchObject([{ at: now + 120_000, strength: 9 }]);
    for (const order of [
      [2, 1, 0],
      [0, 0, 1, 2, 2],
      [1, 2, 0, 1],
    ])
      expect(await read(order)).toEqual(once);
  });

  it("are saved although a value holds what PostgreSQL cannot hold", async () => {
    const nasty = {
      jobtitle: "C\u0000TO \ud800!",
      recent_conversion_date: String(now),
      recent_conversion_event_name: "De\u0000mo \udc00",
    };
    await save({
      type: "contacts",
      readNo: await nextReadNo(database.db),
      found: [record("501", nasty), record("502", { jobtitle: "CEO" })],
    });
    expect(await titles()).toEqual([
      ["501", "CTO \ufffd!", false],
      ["502", "CEO", false],
    ]);
    expect(await signals()).toMatchObject([{ signal_key: `demo_request:501:${now}` }]);
  });
});

describe("a score that comes late", () => {
  const scoreOf = (snapshotNo: number, score: number): StoredScore => ({
    accountId,
    snapshotNo,
    proof: `[${snapshotNo}]`,
    models: "playbook-100 v1, readiness-10 v1",
    score,
    tier: null,
    readiness: null,
    scoredAt: now + snapshotNo,
    nextChangeAt: null,
    fits: null,
    output: {},
    move: { replaces: true, scoreFrom: null, tierFrom: null, reasons: [`reading ${snapshotNo}`] },
  });
  const saveScore = (score: StoredScore) =>
    database.db.transaction().execute((trx) => saveScores(trx, portalId, [score]));
  const history = () =>
    database.db
      .selectFrom("score_history")
      .select(["snapshot_no", "score", "proof", "reasons", "ended_at"])
      .orderBy("snapshot_no")
      .execute();

  it("is refused by its snapshot's number, and leaves no history either", async () => {
    expect(await saveScore(scoreOf(20, 60))).toEqual([accountId]);
    expect(await saveScore(scoreOf(10, 40))).toEqual([]);
    expect(await saveScore(scoreOf(20, 41))).toEqual([]);
    const stored = await database.db.selectFrom("account_scores").select(["score", "snapshot_no"]).execute();
    expect(stored).toEqual([{ score: 60, snapshot_no: 20 }]);
    expect(await history()).toEqual([]);
  });

  it("moves the one before into history, as it was; the present one stands there only once", async () => {
    await saveScore(scoreOf(10, 40));
    await saveScore(scoreOf(20, 60));
    await saveScore({ ...scoreOf(30, 60), move: null });
    expect(await history()).toEqual([
      { snapshot_no: 10, score: 40, proof: "[10]", reasons: ["reading 10"], ended_at: now + 20 },
    ]);
    const stored = await database.db.selectFrom("account_scores").selectAll().executeTakeFirst();
    expect(stored).toMatchObject({ snapshot_no: 30, proof: "[30]", moved_at: now + 20, reasons: ["reading 20"] });
  });

  it("does not take a later score away when it found the company gone", async () => {
    await saveScore(scoreOf(20, 60));
    const remove = (snapshotNo: number) =>
      database.db.transaction().execute((trx) => removeScores(trx, portalId, [accountId], { snapshotNo, at: now }));
    const scores = () => database.db.selectFrom("account_scores").select("score").execute();
    await remove(10);
    expect(await scores()).toEqual([{ score: 60 }]);
    await remove(30);
    expect(await scores()).toEqual([]);
    expect(await history()).toMatchObject([{ snapshot_no: 20, proof: "[20]" }]);
  });

  it("leaves the highest of many that arrive at once", async () => {
    const numbers = [7, 3, 9, 1, 8, 2, 6, 5, 4];
    await Promise.all(numbers.map((no) => saveScore(scoreOf(no, no))));
    expect(await database.db.selectFrom("account_scores").select("score").execute()).toEqual([{ score: 9 }]);
  });

  it("of a company that was merged away stands in the history of the other one", async () => {
    await saveScore(scoreOf(10, 40));
    await saveScore(scoreOf(20, 60));
    await database.db
      .transaction()
      .execute((trx) => moveRecords(trx, portalId, "companies", new Map([[accountId, "2002"]]), 30));
    const rows = await database.db.selectFrom("score_history").select(["account_id", "snapshot_no"]).execute();
    expect(rows).toEqual([
      { account_id: "2002", snapshot_no: 10 },
      { account_id: "2002", snapshot_no: 20 },
    ]);
    expect(await database.db.selectFrom("account_scores").select("score").execute()).toEqual([]);
  });
});
