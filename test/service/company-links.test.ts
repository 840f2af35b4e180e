import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { findReadSince, savePeopleOfCompanies } from "../../server/db/company-links.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
afterEach(() => sql`TRUNCATE crm_records, crm_links`.execute(database.db));
const portalId = asPortalId(4_242);

const person = (id: string, readNo: number) =>
  sql`INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
      VALUES (${portalId}, 'contacts', ${id}, '{}', ${readNo})`.execute(database.db);
const held = (personId: string, companyId: string) =>
  sql`INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
      VALUES (${portalId}, 'contacts', ${personId}, 'companies', ${companyId})`.execute(database.db);
const links = async () =>
  (
    await database.db.selectFrom("crm_links").select(["from_id", "to_id"]).orderBy("from_id").orderBy("to_id").execute()
  ).map((row) => `${row.from_id} ${row.to_id}`);
const save = (readNo: number, companyIds: readonly string[], told: readonly string[]) =>
  database.db.transaction().execute((trx) =>
    savePeopleOfCompanies(trx, portalId, {
      readNo,
      companyIds,
      links: told.map((pair) => {
        const [personId = "", companyId = ""] = pair.split(" ");
        return { personId, companyId };
      }),
    }),
  );

describe("the people of companies, as the companies tell them", () => {
  it("are linked once each, however often they are told", async () => {
    for (const id of ["11", "12"]) await person(id, 5);
    for (const _ of [1, 2]) expect(await save(7, ["1", "2"], ["11 1", "11 1", "12 1", "12 2"])).toEqual([]);
    expect(await links()).toEqual(["11 1", "12 1", "12 2"]);
  });

  it("are linked no more when their company does not tell them, and stay with companies that were not asked", async () => {
    for (const id of ["11", "12"]) await person(id, 5);
    for (const company of ["1", "3"]) await held("11", company);
    await held("12", "1");
    await save(7, ["1", "2"], ["12 2"]);
    expect(await links()).toEqual(["11 3", "12 2"]);
  });

  it("keep what their own later reading said, and are named so that they are asked again", async () => {
    await person("11", 9);
    await person("12", 9);
    await held("12", "1");
    expect(await save(7, ["1"], ["11 1"])).toEqual(["11"]);
    expect(await links()).toEqual(["12 1"]);
  });
});

describe("people that a reading has come upon", () => {
  it("are those that were read since, also the ones that were not there", async () => {
    await person("11", 9);
    await person("12", 3);
    await sql`UPDATE crm_records SET archived = true WHERE object_id = '11'`.execute(database.db);
    expect(await findReadSince(database.db, portalId, "contacts", ["11", "12", "13"], 9)).toEqual(new Set(["11"]));
    expect(await findReadSince(database.db, portalId, "contacts", [], 9)).toEqual(new Set());
  });
});
