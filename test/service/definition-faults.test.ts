import { afterAll, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { readDefinitionFaults } from "../../server/db/definition-faults.ts";
import { saveMadeProperties } from "../../server/db/made-properties.ts";
import { prepareProperties } from "../../server/models/prepare-properties.ts";
import { loadTemplate } from "../../server/scoring/load-template.ts";
import { untilLockWaits } from "../support/until-lock-waits.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
});
afterAll(() => ctx?.stop());
beforeEach(() => sql`DELETE FROM definition_faults`.execute(ctx.db));
const subjects = async () => (await readDefinitionFaults(ctx.db, portalId)).map(({ subject }) => subject);

it("A property that HubSpot refuses when a model is published is said, and its values are left out from then on", async () => {
  const model = loadTemplate("playbook-100");
  if (!model) throw new Error("the template is missing");
  const text = { name: "touchstone_score", label: "Score", type: "string", fieldType: "text", groupName: "touchstone" };
  ctx.hubspotServer.answer = ({ method, path, body }) => {
    if (method === "GET") return [200, { results: path.includes("/groups") ? [] : [text] }];
    const sent = JSON.parse(body) as { inputs?: object[] };
    return [201, sent.inputs ? { results: sent.inputs } : sent];
  };
  const { problems } = await prepareProperties(ctx, portalId, model);
  expect(problems).toEqual([expect.stringMatching(/^touchstone_score is of type string/)]);
  expect(await subjects()).toEqual(["output:touchstone_score"]);
});

it("What is found of one property stays when another is looked at in the same moment", async () => {
  const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const other = ctx.db.transaction().execute(async (trx) => {
    await sql`LOCK TABLE definition_faults IN EXCLUSIVE MODE`.execute(trx);
    locked.resolve();
    await released.promise;
    await sql`INSERT INTO definition_faults (portal_id, subject, message) VALUES (${portalId}, 'input:industry', 'gone')`.execute(
      trx,
    );
  });
  await locked.promise;
  const own = { name: "touchstone_tier", label: "Tier", type: "string", fieldType: "text", description: "" } as const;
  const saved = saveMadeProperties(ctx.db, portalId, "companies", [own], [{ name: own.name, reason: "is refused" }]);
  await untilLockWaits(ctx.db);
  released.resolve();
  await Promise.all([other, saved]);
  expect(await subjects()).toEqual(["input:industry", "output:touchstone_tier"]);
});
