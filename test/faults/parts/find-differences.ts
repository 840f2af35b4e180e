/** Where two values differ, by path, the first one's value before the second's. */
export function findDifferences(a: unknown, b: unknown, path = ""): string[] {
  if (!isObject(a) || !isObject(b)) return Object.is(a, b) ? [] : [`${path} ${show(a)} ≠ ${show(b)}`];
  const [left, right] = [byKey(a), byKey(b)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
    findDifferences(left.get(key), right.get(key), `${path}/${key}`),
  );
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Items of a list by their own key, so that one that is missing does not shift the others. */
function byKey(value: object): Map<string, unknown> {
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  return new Map(value.map((item: unknown, index) => [nameOf(item) ?? String(index), item]));
}

function nameOf(item: unknown): string | null {
  if (!isObject(item)) return null;
  const { id, key }: { id?: unknown; key?: unknown } = item;
  return typeof id === "string" ? id : typeof key === "string" ? key : null;
}

const show = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value).slice(0, 80));
