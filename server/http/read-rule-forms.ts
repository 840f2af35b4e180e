import type { ColdRule } from "@touchstone/shared/cold-rule.ts";
import type { HotRule } from "@touchstone/shared/hot-rule.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { RuleFieldView, SettingsRulesView } from "@touchstone/shared/settings-api.ts";
import { signalKinds } from "@touchstone/shared/signal-kinds.ts";
import type { Context } from "../context.ts";
import { type ActiveModels, loadActiveModels } from "../models/load-active-models.ts";
import { readColdRule } from "../programme/cold/change-cold-rule.ts";
import { readHotRule } from "../programme/hot/change-hot-rule.ts";

/** The hot and the cold rule as forms, with the choices that the active models leave. */
export async function readRuleForms(ctx: Pick<Context, "db">, portalId: PortalId): Promise<SettingsRulesView> {
  const [hot, cold, models] = await Promise.all([
    readHotRule(ctx, portalId),
    readColdRule(ctx, portalId),
    loadActiveModels(ctx.db, portalId),
  ]);
  return {
    rules: [
      {
        key: "hot",
        title: "When an account is hot",
        text: "A hot account starts the outreach clock and gets a task for its owner. Holds from each account's next scoring on; alerts that were raised stay.",
        path: "/api/hot/rule",
        version: hot.version,
        fields: hotFields(hot.rule, models),
      },
      {
        key: "cold",
        title: "When an account has gone cold",
        text: "Its people are asked what to do: pause what runs, change the message, or keep going. The days hold at once, the line from the next scoring on.",
        path: "/api/cold/rule",
        version: cold.version,
        fields: coldFields(cold.rule, models),
      },
    ],
  };
}

const hotFields = (rule: HotRule, { priority, readiness }: ActiveModels): RuleFieldView[] => [
  number(
    "readinessFrom",
    "Readiness points from",
    "With the gate beside it (guide rows 46 and 82).",
    rule.readinessFrom,
    [0, 100],
  ),
  {
    ...text("gate", "Gate that must pass", "Of the readiness model."),
    kind: "choice",
    value: rule.gate ?? "",
    options: [{ value: "", label: "None" }, ...optionsOf(readiness.gates, rule.gate ?? "")],
  },
  {
    ...text("behaviours", "Hot at once", "Done by somebody at a target account, however many points it has."),
    kind: "choices",
    value: rule.behaviours,
    options: optionsOf(
      Object.entries(signalKinds).flatMap(([key, { label, engages }]) => (engages ? [{ key, label }] : [])),
      ...rule.behaviours,
    ),
  },
  number("behaviourDays", "Days in which that still counts", "When we hear of it late.", rule.behaviourDays, [1, 30]),
  {
    ...text(
      "targetTiers",
      "Target accounts are also those of",
      "Bands of the priority model, beside the target list, places in tiers and HubSpot's own target flag.",
    ),
    kind: "choices",
    value: rule.targetTiers,
    options: optionsOf(priority.bands, ...rule.targetTiers),
  },
  number(
    "rearmDays",
    "Days with one alert",
    "An account that wavers round the line raises one in this time; what somebody does after the answer raises its own.",
    rule.rearmDays,
    [1, 365],
  ),
  number("clockHours", "Hours until outreach", "Elapsed time (guide row 83).", rule.clockHours, [1, 720]),
];

const coldFields = (rule: ColdRule, { priority, readiness }: ActiveModels): RuleFieldView[] => [
  {
    ...text("axis", "Axis that tells engagement", "Of the priority model, else of the readiness model."),
    kind: "choice",
    value: rule.axis,
    options: optionsOf([...priority.axes, ...readiness.axes], rule.axis),
  },
  number("belowPercent", "Cold below per cent", "Of the axis' most points.", rule.belowPercent, [1, 100]),
  number("days", "Days below until somebody is asked", "Guide row 84; the figure is ours.", rule.days, [1, 365]),
  number("askAgainDays", "Days until it is asked again", "If it is still cold.", rule.askAgainDays, [1, 365]),
];

const text = (key: string, label: string, detail: string) => ({ key, label, detail });

const number = (
  key: string,
  label: string,
  detail: string,
  value: number,
  [min, max]: readonly [number, number],
): RuleFieldView => ({ ...text(key, label, detail), kind: "number", value, min, max });

/** One of each key; what the rule holds stays a choice although no model has it (any more). */
function optionsOf(parts: readonly { readonly key: string; readonly label: string }[], ...held: readonly string[]) {
  const labels = new Map(parts.map(({ key, label }) => [key, label]));
  for (const key of held) if (key !== "" && !labels.has(key)) labels.set(key, `${key} (in no active model)`);
  return [...labels].map(([value, label]) => ({ value, label }));
}
