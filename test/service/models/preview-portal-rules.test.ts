import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { defaultHotRule, type HotRule } from "@touchstone/shared/hot-rule.ts";
import type { PreviewView } from "@touchstone/shared/models-api.ts";
import { hotRuleSetting, saveSetting } from "../../../server/db/portal-settings.ts";
import { saveTierPerson } from "../../../server/db/tier-people.ts";
import { activateProgramme } from "../../../server/db/tier-programmes.ts";
import { defaultTiers, loadTierTemplate } from "../../../server/programme/tiers/load-tier-template.ts";
import { portalId } from "../small-context.ts";
import { type ModelsApi, startModelsApi, template, withBands } from "./models-api-under-test.ts";

let api: ModelsApi;
beforeAll(async () => {
  api = await startModelsApi();
});
afterAll(() => api?.stop());

/** More accounts pass the gates, and all keep their points. */
function wider() {
  const draft = structuredClone(template("readiness-10"));
  for (const gate of draft.gates) gate.match = "any";
  return draft;
}

const noAlert = (view: PreviewView) => view.warnings.filter((warning) => warning.includes("raises no alert"));

describe("the newly hot of a preview", () => {
  const previewWith = async (rule: Partial<HotRule>) => {
    await saveSetting(api.ctx.db, portalId, hotRuleSetting, {
      value: { ...defaultHotRule, ...rule },
      version: null,
      by: "77",
    });
    return api.preview(wider());
  };

  it("are those over the line of the portal's own hot rule", async () => {
    // The band starts at the same points and asks for the same gate.
    const view = await previewWith({ readinessFrom: 7, gate: "icp" });
    const ready = view.moves.filter(({ to }) => to === "sales_ready").reduce((sum, { accounts }) => sum + accounts, 0);
    expect(ready).toBeGreaterThan(0);
    expect(view.newHot?.accounts).toBe(ready);
    expect((await previewWith({ readinessFrom: 4 })).newHot?.accounts).toBeGreaterThan(ready);
    expect((await previewWith({ gate: null })).newHot?.accounts).toBe(0);
  });

  it("raise no alert when it is published, which the preview says", async () => {
    expect(noAlert(await previewWith({ readinessFrom: 4 }))).toEqual([
      "Publishing raises no alert and no task for those who are newly hot: an alert tells of what somebody did, not of another model.",
    ]);
    expect(noAlert(await previewWith({ readinessFrom: 100 }))).toEqual([]);
    expect(noAlert(await api.preview(template("playbook-100")))).toEqual([]);
  });
});

describe("the caps of a preview", () => {
  const capsNow = async () => {
    const { caps } = await api.preview(withBands(template("playbook-100"), { tier_3: 5, tier_2: 10, tier_1: 15 }));
    return caps?.map(({ tier, cap }) => [tier, cap]) ?? null;
  };
  const choose = (document: object | null) =>
    activateProgramme(api.ctx.db, portalId, document ?? {}, { by: "77", note: null });

  it("are those that ship until the portal has tiers of its own", async () => {
    expect(await capsNow()).toEqual([
      ["tier_1", 25],
      ["tier_2", 75],
      ["tier_3", 200],
    ]);
  });

  it("are the portal's own, and no more than its people can work", async () => {
    const caps: Readonly<Record<string, number>> = { tier_1: 12, tier_2: 50 };
    const tiers = defaultTiers.tiers.map((tier) => ({ ...tier, cap: caps[tier.key] ?? tier.cap }));
    await choose({ ...defaultTiers, tiers });
    await saveTierPerson(
      api.ctx.db,
      portalId,
      { personId: "5", side: "sales", places: { tier_1: 4, tier_2: 90 } },
      "77",
    );
    expect(await capsNow()).toEqual([
      ["tier_1", 4],
      ["tier_2", 50],
      ["tier_3", 200],
    ]);
  });

  it("leave out a tier without a bound, where nobody waits", async () => {
    await choose(loadTierTemplate("score-bands"));
    expect((await capsNow())?.map(([tier]) => tier)).toEqual(["tier_1", "tier_2"]);
  });

  it("are not counted for tiers that are not the model's bands", async () => {
    await choose(loadTierTemplate("acv-bands"));
    expect(await capsNow()).toBeNull();
  });
});
