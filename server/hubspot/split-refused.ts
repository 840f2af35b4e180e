import type { PortalId } from "@touchstone/shared/ids.ts";
import { refusalCategories } from "@touchstone/shared/refusal-categories.ts";
import type { Gateway } from "./gateway.ts";
import type { HubSpotRejected } from "./hubspot-errors.ts";
import type { Priority } from "./hubspot-options.ts";
import { readRecords } from "./read-records.ts";
import type { FailedRow, RecordUpdate } from "./record-update.ts";
import { keyOfRule, propertiesOf, ruleOf, type WriteRule } from "./write-rule.ts";

/** Rows that go in one request. */
export interface TriedRows {
  readonly rows: readonly RecordUpdate[];
  /** The rule that all of them would break, if it is one; null: nothing is known of them. */
  readonly rule: WriteRule | null;
  /** True: they have what the others lack. */
  readonly isClear: boolean;
}

export interface SplitRows {
  readonly failed: readonly FailedRow[];
  readonly rules: readonly WriteRule[];
  /** At most one request, to be sent first. */
  readonly clear: readonly TriedRows[];
  readonly rest: readonly TriedRows[];
}

interface Order {
  readonly objectType: string;
  readonly priority: Priority;
  readonly rules?: readonly WriteRule[];
}

/** Codes of a rejection that is about a property and not about a row: it meets every row that has the property. */
const aboutProperty = ["PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE", "INVALID_NUMBER", "INVALID_DATE"];
const nothing: SplitRows = { failed: [], rules: [], clear: [], rest: [] };

/** What becomes of rows that were refused together. */
export async function splitRefused(
  gateway: Gateway,
  portalId: PortalId,
  order: Order,
  { rows, rule }: Pick<TriedRows, "rows" | "rule">,
  error: HubSpotRejected,
): Promise<SplitRows> {
  const lacking = error.refusal.lacking ?? [];
  if (rule && lacking.some(({ property }) => property === rule.property))
    return { ...nothing, rules: [rule], failed: rows.map(({ id }) => ({ id, ...reasonOfRule(rule) })) };
  if (rows.length === 1 || meetsEveryRow(error, rows))
    return { ...nothing, failed: rows.map(({ id }) => ({ id, ...reasonOf(error) })) };
  const named = lacking.length > 0 && (await splitByLack(gateway, portalId, order, rows, lacking));
  return named || { ...nothing, rest: halve(rows) };
}

/** Of rows to be sent, those that break no rule which was met before. One request for 100; none without rules. */
export async function leaveOutByRules(
  gateway: Gateway,
  portalId: PortalId,
  order: Order,
  rows: readonly RecordUpdate[],
): Promise<{ rows: readonly RecordUpdate[]; failed: readonly FailedRow[] }> {
  const { rules = [] } = order;
  if (rules.length === 0) return { rows, failed: [] };
  const known = new Set(rules.map(keyOfRule));
  const values = await readValues(gateway, portalId, order, rows, propertiesOf(rules));
  const failed = rows.flatMap(({ id }): FailedRow[] => {
    const held = values.get(id);
    const broken = held && rules.map((rule) => ruleOf(rule, held)).find((one) => one && known.has(keyOfRule(one)));
    return broken ? [{ id, ...reasonOfRule(broken) }] : [];
  });
  const out = new Set(failed.map(({ id }) => id));
  return { rows: rows.filter(({ id }) => !out.has(id)), failed };
}

type Lacking = NonNullable<HubSpotRejected["refusal"]["lacking"]>;

/** By what the records hold: those that lack nothing, and those that lack the same in the same case. Null: that tells none apart. */
async function splitByLack(
  gateway: Gateway,
  portalId: PortalId,
  order: Order,
  rows: readonly RecordUpdate[],
  lacking: Lacking,
): Promise<SplitRows | null> {
  const values = await readValues(gateway, portalId, order, rows, propertiesOf(lacking));
  const clear: RecordUpdate[] = [];
  const groups = new Map<string, { rows: RecordUpdate[]; rule: WriteRule; always: boolean }>();
  for (const row of rows) {
    const held = values.get(row.id);
    const broken = held && lacking.find((one) => ruleOf(one, held));
    const rule = broken && ruleOf(broken, held);
    if (!rule) {
      clear.push(row);
      continue;
    }
    const group = groups.get(keyOfRule(rule)) ?? { rows: [], rule, always: broken.always };
    group.rows.push(row);
    groups.set(keyOfRule(rule), group);
  }
  if (clear.length === rows.length) return null;
  return judgeGroups(clear, [...groups.values()]);
}

/** The largest first: what they teach spares most. */
function judgeGroups(
  clear: readonly RecordUpdate[],
  groups: readonly { rows: readonly RecordUpdate[]; rule: WriteRule; always: boolean }[],
): SplitRows | null {
  const isAlone = clear.length === 0 && groups.length === 1;
  const isSure = ({ rule, always }: (typeof groups)[number]) => always || (isAlone && rule.dependsOn.length > 0);
  const sure = groups.filter(isSure);
  const rest = groups.filter((group) => !isSure(group)).sort((a, b) => b.rows.length - a.rows.length);
  // HubSpot did not say on what it depends: only halving tells.
  if (isAlone && rest.length > 0) return null;
  return {
    failed: sure.flatMap(({ rows, rule }) => rows.map(({ id }) => ({ id, ...reasonOfRule(rule) }))),
    rules: sure.map(({ rule }) => rule),
    clear: clear.length > 0 ? [{ rows: clear, rule: null, isClear: true }] : [],
    rest: rest.map(({ rows, rule }) => ({ rows, rule: rule.dependsOn.length > 0 ? rule : null, isClear: false })),
  };
}

async function readValues(
  gateway: Gateway,
  portalId: PortalId,
  { objectType, priority }: Order,
  rows: readonly RecordUpdate[],
  properties: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string | null>>>> {
  const ids = rows.map(({ id }) => id);
  const query = { objectType, ids, properties, priority, findMerged: false, rowsMayFail: true };
  const { found } = await readRecords(gateway, portalId, query);
  return new Map(found.map((record) => [record.id, record.properties]));
}

function halve(rows: readonly RecordUpdate[]): readonly TriedRows[] {
  const middle = Math.ceil(rows.length / 2);
  return [rows.slice(0, middle), rows.slice(middle)].map((half) => ({ rows: half, rule: null, isClear: false }));
}

/** Halving cannot help when the property itself is at fault and all rows have the same ones. */
function meetsEveryRow(error: HubSpotRejected, rows: readonly RecordUpdate[]): boolean {
  if (!aboutProperty.some((code) => error.refusal.codes.includes(code))) return false;
  return new Set(rows.map(({ properties }) => Object.keys(properties).sort().join())).size === 1;
}

function reasonOf(error: HubSpotRejected): Omit<FailedRow, "id"> {
  const code = error.refusal.codes.find((word) => word !== error.refusal.category);
  return { category: code ?? error.refusal.category ?? "REJECTED", message: error.message };
}

const reasonOfRule = ({ property }: WriteRule): Omit<FailedRow, "id"> => ({
  category: refusalCategories.rule,
  message: `An admin's rule wants "${property}" filled in before anything is written to this record, and it is empty. Fill it in; the result follows within a day.`,
});
