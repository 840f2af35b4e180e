import { criterionSchema } from "@touchstone/shared/criterion-shapes.ts";
import { describeIssues } from "@touchstone/shared/describe-issues.ts";
import { findCriterionFaults } from "@touchstone/shared/find-criterion-faults.ts";
import { findUnknowable } from "@touchstone/shared/find-unknowable.ts";
import { findUnreachable } from "@touchstone/shared/find-unreachable.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import { assembleImportedModel } from "./assemble-imported-model.ts";
import {
  calculationSchema,
  type HubspotGroup,
  type HubspotRule,
  type HubspotScore,
  hubspotScoreSchema,
} from "./hubspot-score-shape.ts";
import { importBands } from "./import-bands.ts";
import { importEvents } from "./import-event-rule.ts";
import type { ImportedRule, ImportOutcome } from "./import-outcome.ts";
import { type Imported, importConditional, importMatch } from "./import-property-rule.ts";
import { sayRuleLimit } from "./say-rule-limit.ts";

export interface ScoreImport {
  /** Null when no rule could be expressed. */
  readonly model: ScoringModel | null;
  readonly rules: readonly ImportedRule[];
  /** What concerns the score as a whole. */
  readonly notes: readonly string[];
}

/**
 * HubSpot's own score as a model of ours, as far as it can be expressed (market.md §2.1), with a sentence for each rule.
 * Takes the configuration as the Lead Scoring API gives it. Throws a ZodError for anything else. Pure.
 */
export function importHubspotScore(document: unknown): ScoreImport {
  const score = hubspotScoreSchema.parse(document);
  let number = 0;
  const outcomes = score.groupConfigs.flatMap((group) =>
    group.ruleConfigurations.flatMap((rule) => {
      const parts = importRule(rule, group, score).map((imported): ImportOutcome => {
        number++;
        return judge(imported, { group, rule, key: `rule_${number}` });
      });
      return sayRuleLimit(parts, rule);
    }),
  );
  leaveOutWhatIsTooMuch(outcomes);
  const rules = outcomes.map(({ group, rule, outcome, text }) => ({ group, rule, outcome, text }));
  const bands = importBands(score);
  const notes = [...describeWhole(score), ...bands.notes];
  if (outcomes.every(({ criterion }) => criterion === null)) return { model: null, rules, notes };
  return { model: assembleImportedModel(score, outcomes, bands.thresholds), rules, notes };
}

const mostCriteria = 100;
const mostGates = 20;

/** The bounds of a model. */
function leaveOutWhatIsTooMuch(outcomes: ImportOutcome[]): void {
  let criteria = 0;
  let gates = 0;
  outcomes.forEach((outcome, index) => {
    if (outcome.criterion === null) return;
    const isTooMuch = criteria === mostCriteria || (outcome.gate !== null && gates === mostGates);
    if (isTooMuch) {
      const text = `a model has at most ${mostCriteria} criteria and ${mostGates} gates`;
      outcomes[index] = { ...outcome, outcome: "left out", text, criterion: null, gate: null };
      return;
    }
    criteria++;
    if (outcome.gate !== null) gates++;
  });
}

/** One rule may hold several calculations, which HubSpot adds up: each becomes a criterion of its own. */
function importRule(rule: HubspotRule, group: HubspotGroup, score: HubspotScore): (Imported & { label?: string })[] {
  if (!rule.enabled) return [{ lost: "is switched off" }];
  const limit = rule.maximumValue;
  if (limit !== undefined && limit <= 0) return [{ lost: `its limit of ${limit} leaves no points to give` }];
  return importCalculation(rule.configuration.calculation, rule, group, score);
}

function importCalculation(
  document: unknown,
  rule: HubspotRule,
  group: HubspotGroup,
  score: HubspotScore,
  depth = 0,
): (Imported & { label?: string })[] {
  const parsed = calculationSchema.safeParse(document);
  if (!parsed.success) return [{ lost: `cannot be read: ${describeIssues(parsed.error)[0] ?? "unknown shape"}` }];
  const calculation = parsed.data;
  const isCompany = score.objectTypeId === "0-2";
  switch (calculation.type) {
    case "MATCH":
      return [
        isCompany
          ? { ...importMatch(calculation, rule.maximumValue), label: calculation.property }
          : { lost: notOfCompanies },
      ];
    case "CONDITIONAL":
      return [isCompany ? importConditional(calculation, rule.maximumValue) : { lost: notOfCompanies }];
    case "MULTI":
      if (depth > 3) return [{ lost: "is nested too deep" }];
      return calculation.calculators.flatMap((one) => importCalculation(one, rule, group, score, depth + 1));
    case "MULTI_UE":
      return importEvents(calculation.eventCalculators, rule, group);
    case "ASSOCIATION_UE":
      if (calculation.associatedObjectTypeId !== "0-1")
        return [{ lost: "rolls up events of records that are no people" }];
      if (calculation.rollupType !== "SUM")
        return [{ lost: `takes the ${calculation.rollupType} over people; here events add up` }];
      if ((calculation.associationFilters?.propertyFilters.length ?? 0) > 0)
        return [{ lost: "counts only people with certain properties" }];
      return importEvents(calculation.recordCalculation.eventCalculators, rule, group);
    case "CONSTANT":
      return [{ lost: "gives every record the same points, which tells none from another" }];
    case "SEGMENT_MEMBERSHIP":
      return [{ lost: "rests on segments, which are not read here: use the property behind the segment" }];
    case "ASSOCIATIONS":
      return [{ lost: "rolls up properties of associated records: use committee reach, seniority or known people" }];
  }
}

const notOfCompanies = "reads a property of another object than the company";

function judge(
  imported: Imported & { label?: string },
  at: { group: HubspotGroup; rule: HubspotRule; key: string },
): ImportOutcome {
  const { group, rule, key } = at;
  const base = { group: group.groupName, rule: rule.id };
  const leftOut = (text: string): ImportOutcome => ({
    ...base,
    outcome: "left out",
    text,
    criterion: null,
    gate: null,
  });
  if ("lost" in imported) return leftOut(imported.lost);
  const label = `${group.groupName}${imported.label === undefined ? "" : `: ${imported.label}`}`.slice(0, 160);
  const gate = imported.gate === undefined ? null : { ...imported.gate, key: `gate_${key}`, label };
  const parsed = criterionSchema.safeParse(
    {
      key,
      axis: group.groupCategory.toLowerCase(),
      label,
      source: "imported from HubSpot's score, ours",
      ...imported.criterion,
      ...(gate === null ? {} : { gate: gate.key }),
    },
    { reportInput: true },
  );
  if (!parsed.success) return leftOut(describeIssues(parsed.error).join("; "));
  const faults = [
    ...findCriterionFaults(parsed.data, []),
    ...findUnreachable(parsed.data, []),
    ...findUnknowable(parsed.data, null, []),
  ];
  if (faults.length > 0) return leftOut(faults.map(({ message }) => message).join("; "));
  const outcome = imported.notes.length === 0 ? "imported" : "changed";
  const text = imported.notes.length === 0 ? `became ${key} (${parsed.data.kind})` : imported.notes.join("; ");
  return { ...base, outcome, text, criterion: parsed.data, gate };
}

function describeWhole(score: HubspotScore): string[] {
  const capped = score.groupConfigs.filter(({ maxValue }) => maxValue !== undefined).map((group) => group.groupName);
  return [
    ...(score.objectTypeId === "0-2"
      ? []
      : ["this scores people in HubSpot; here what they do counts for their account"]),
    ...(capped.length === 0
      ? []
      : [`the limits of whole groups are not kept (${capped.join(", ")}): lines add up here`]),
    ...(score.filterConfiguration === undefined
      ? []
      : ["which records are scored is decided by segments in HubSpot; here all accounts are, but for exclusions"]),
  ];
}
