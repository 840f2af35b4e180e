import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ErrorView } from "@touchstone/shared/card-api.ts";
import type { ImportedScoreView } from "@touchstone/shared/models-api.ts";
import { type ModelsApi, read, startModelsApi } from "./models-api-under-test.ts";

const path = "/api/models/import-hubspot-score";
const operation = { operationType: "ENUMERATION", operator: "IS_ANY_OF", values: ["Germany"] };
const rule = (id: string, calculation: object) => ({ id, enabled: true, configuration: { calculation } });
const score = {
  id: "77",
  name: "Fit of 2026",
  objectTypeId: "0-2",
  groupConfigs: [
    {
      groupName: "Place",
      groupCategory: "FIT",
      ruleConfigurations: [
        rule("1", { type: "MATCH", property: "country", matchRules: [{ operation, value: 5 }] }),
        rule("2", { type: "CONSTANT", value: 1 }),
      ],
    },
  ],
};

describe("HubSpot's own score, sent to be imported", () => {
  let api: ModelsApi;
  beforeAll(async () => {
    api = await startModelsApi();
  });
  afterAll(() => api?.stop());

  it("comes back as a model with what became of each rule, and changes nothing", async () => {
    const before = await api.list();
    const view = await read<ImportedScoreView>(api.ask("POST", path, { score }));
    expect(view.rules).toEqual([
      { group: "Place", rule: "1", outcome: "imported", text: "became rule_1 (property-map)" },
      {
        group: "Place",
        rule: "2",
        outcome: "left out",
        text: "gives every record the same points, which tells none from another",
      },
    ]);
    expect(await api.list()).toEqual(before);
    const published = await api.publish(view.model, "Taken over from HubSpot");
    expect(published).toMatchObject({ key: "hubspot-77", version: 1, unchanged: false });
  });

  it("without a rule that can be expressed has no model", async () => {
    const [group] = score.groupConfigs;
    const none = { ...score, groupConfigs: [{ ...group, ruleConfigurations: group?.ruleConfigurations.slice(1) }] };
    const view = await read<ImportedScoreView>(api.ask("POST", path, { score: none }));
    expect(view.model).toBeNull();
  });

  it("that is none is answered with every fault and its place", async () => {
    const answer = await api.ask("POST", path, { score: { ...score, name: 7, groupConfigs: "all" } });
    expect(answer.status).toBe(422);
    const { faults } = JSON.parse(answer.text) as ErrorView;
    expect(faults?.map((fault) => fault.path)).toEqual(["name", "groupConfigs"]);
  });

  it.each([
    ["no JSON", "{"],
    ["not in its envelope", JSON.stringify(score)],
    ["nested a hundred thousand times", `{"score":${'{"a":'.repeat(100_000)}1${"}".repeat(100_001)}`],
  ])("%s is refused with what to send", async (_name, body) => {
    const answer = await api.ask("POST", path, body);
    expect([answer.status, answer.text]).toEqual([400, expect.stringMatching(/Nothing was changed/)]);
  });
});
