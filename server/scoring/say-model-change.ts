type Say = (after: string, before: string) => string;

const points = (count: string): string => `${count} ${count === "1" ? "point" : "points"}`;

/** How a change of a field reads, where the field's own name would not tell a person what it does. */
const wording: Readonly<Record<string, Say>> = {
  points: (after, before) => `gives ${points(after)} instead of ${before}`,
  pointsEach: (after, before) => `gives ${points(after)} each instead of ${before}`,
  max: (after, before) => `has ${points(after)} at most instead of ${before}`,
  cap: (after, before) => `counts ${after} at most instead of ${before}`,
  windowDays: (after, before) => `looks back ${after} days instead of ${before}`,
  from: (after, before) => `starts at ${points(after)} instead of ${before}`,
  people: (after, before) => `asks for ${after} people instead of ${before}`,
  atLeast: (after, before) => `asks for at least ${after} instead of ${before}`,
  strengthFrom: (after, before) => `starts at a strength of ${after} instead of ${before}`,
  property: (after, before) => `reads ${after} instead of ${before}`,
  axis: (after, before) => `counts towards ${after} instead of ${before}`,
  label: (after, before) => `is called ${after} instead of ${before}`,
  name: (after, before) => `is called ${after} instead of ${before}`,
};

/** A value that changed, came or went. */
export function sayChange(subject: string, field: string, before: unknown, after: unknown): string {
  const name = words(field);
  if (before === undefined) return `${subject} now has ${name} ${valueText(after)}.`;
  if (after === undefined) return `${subject} no longer has ${name} ${valueText(before)}.`;
  const say = wording[field] ?? ((now: string, then: string) => `has ${name} ${now} instead of ${then}`);
  return `${subject} ${say(valueText(after), valueText(before))}.`;
}

/** `Rung "good" of criterion "Industry": values now with BANKING, without RETAIL.` */
export function sayListChange(
  subject: string,
  field: string,
  before: readonly unknown[],
  after: readonly unknown[],
): string[] {
  const had = new Set(before.map(valueText));
  const has = new Set(after.map(valueText));
  const added = [...has].filter((one) => !had.has(one));
  const gone = [...had].filter((one) => !has.has(one));
  const changes = [
    ...(added.length > 0 ? [`with ${added.join(", ")}`] : []),
    ...(gone.length > 0 ? [`without ${gone.join(", ")}`] : []),
  ];
  return [`${subject}: ${words(field)} now ${changes.length === 0 ? "in another order" : changes.join(", ")}.`];
}

/** `Criterion "Growth" is new, worth 5 points at most.` */
export function sayPresence(subject: string, part: Readonly<Record<string, unknown>>, isNew: boolean): string {
  const most = part.points ?? part.max;
  const worth = typeof most === "number" ? ` (${points(String(most))})` : "";
  return `${subject}${worth} is ${isNew ? "new" : "gone"}.`;
}

/** windowDays → "window days" */
const words = (field: string): string => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function valueText(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return `"${value}"`;
  return isRange(value) ? rangeText(value) : JSON.stringify(value);
}

interface Range {
  readonly from?: number;
  readonly to?: number;
}

const isRange = (value: unknown): value is Range =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).every(([key, end]) => (key === "from" || key === "to") && typeof end === "number");

function rangeText({ from, to }: Range): string {
  if (from === undefined) return to === undefined ? "any number" : `under ${to}`;
  return to === undefined ? `${from} and more` : `${from} to under ${to}`;
}
