import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import type { PlayView } from "@touchstone/shared/plays-api.ts";
import { type ActionRun, runWorkflowAction } from "../../../hubspot-stand-in/workflows/run-workflow-action.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const startAt = Date.UTC(2026, 10, 3, 9);
const portalId = 4711;
const [company, person] = [companyIdAt(0), personIdAt(0)];

describe("A workflow action", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(plainPortal({ portalId, companies: 2, peopleEach: 1, nowAt: startAt }), startAt);
    await world.install();
  });
  afterAll(() => world.stop());

  const run = (order: ActionRun) => runWorkflowAction(world.standIn, portalId, order);
  const readiness = async () => ((await (await world.ask(`/api/accounts/${company}`)).json()) as AccountView).readiness;

  it("records a signal of a contact, once for one order, and the score follows", async () => {
    const before = (await readiness())?.score ?? 0;
    const order: ActionRun = {
      uid: "touchstone_record_signal",
      objectType: "CONTACT",
      objectId: person,
      inputFields: { kind: "pricing_page_visit", subject: "/pricing", strength: "3" },
      callbackId: "ap-4711-1",
    };
    expect(await run(order)).toEqual({
      status: 200,
      outputFields: { message: "Recorded. The score follows within seconds.", hs_execution_state: "SUCCESS" },
    });
    expect((await run(order)).outputFields.message).toBe("This was recorded before; it counts once.");
    await world.until("the score follows", async () => ((await readiness())?.score ?? 0) > before);
    const line = (await readiness())?.lines.find((one) => one.criterion === "pricing");
    expect(line?.points).toBe(1);
  });

  it("enrols a company in a play, and says in the history why it could not", async () => {
    const made = await world.ask("/api/plays", "POST", {
      requestId: randomUUID(),
      template: "12-week",
      play: { name: "Spring", tier: "tier_1", handoff: { trigger: "two people", responseHours: 24 } },
    });
    const { playId } = (await made.json()) as PlayView;
    const order = { uid: "touchstone_enrol_in_play", objectType: "COMPANY", objectId: company } as const;
    expect((await run({ ...order, inputFields: { playId } })).outputFields.message).toBe("enrolled");
    expect((await run({ ...order, inputFields: { playId } })).outputFields.message).toBe("in the play already");
    expect(await run({ ...order, inputFields: { playId: "spring" } })).toEqual({
      status: 200,
      outputFields: { message: "Name the play by its id. Nothing was changed.", hs_execution_state: "FAIL_CONTINUE" },
    });
    expect((await run({ ...order, inputFields: { playId: randomUUID() } })).outputFields.message).toBe(
      "There is no such play. Nothing was changed.",
    );
  });

  it("reads a company again and scores it now", async () => {
    world.crm.updateSilently("companies", company, { numberofemployees: "640" });
    const order = { uid: "touchstone_rescore_now", objectType: "COMPANY", objectId: company, inputFields: {} } as const;
    expect((await run(order)).outputFields.hs_execution_state).toBe("SUCCESS");
    await world.until("the silent change is seen", async () => {
      const view = (await (await world.ask(`/api/accounts/${company}`)).json()) as AccountView;
      return view.priority?.lines.some((line) => line.evidence.some((one) => one.text.includes("640"))) ?? false;
    });
  });

  it("tells an agent the account plan", async () => {
    const { outputFields } = await run({
      uid: "touchstone_account_plan",
      objectType: "COMPANY",
      objectId: company,
      inputFields: { companyId: company },
    });
    expect(outputFields.hs_execution_state).toBe("SUCCESS");
    expect(outputFields.plan).toContain("Company 0:");
    expect(outputFields.plan).toContain("Committee: 0 of 5 roles covered; missing: Economic buyer");
  });

  it("is refused when somebody else signed it, the body was changed, or the portal is not ours", async () => {
    const url = `${world.server.url}/workflow/rescore-now`;
    const order = { callbackId: "1", origin: { portalId }, object: { objectId: company, objectType: "COMPANY" } };
    const send = (body: string, secret: string, signed = body) => {
      const signature = createHash("sha256").update(`${secret}POST${url}${signed}`).digest("hex");
      return fetch(url, { method: "POST", headers: { "x-hubspot-signature": signature }, body });
    };
    const { clientSecret } = world.standIn.app;
    const body = JSON.stringify(order);
    expect((await send(body, clientSecret)).status).toBe(200);
    expect((await send(body, "another-secret")).status).toBe(401);
    expect((await send(body.replace("4711", "4712"), clientSecret, body)).status).toBe(401);
    expect((await send('{"origin":{}}', clientSecret)).status).toBe(400);
    const strange = await send(JSON.stringify({ ...order, origin: { portalId: 4712 } }), clientSecret);
    expect(await strange.json()).toMatchObject({ outputFields: { hs_execution_state: "FAIL_CONTINUE" } });
    expect((await fetch(url, { method: "POST", body })).status).toBe(401);
  });
});
