/** Values by the paths of a document: { "criteria[2].rungs[0].points": 4 }. */
export type ValuesByPath = Readonly<Record<string, number>>;

/** A copy of the document with these numbers in it. A path that leads nowhere is left out. */
export function withValues(document: object, values: ValuesByPath): object {
  const copy: object = JSON.parse(JSON.stringify(document));
  for (const [path, value] of Object.entries(values)) {
    const parts = path.match(/[^.[\]]+/g) ?? [];
    const last = parts.pop();
    const holder = parts.reduce<unknown>(
      (at, part) => (typeof at === "object" && at !== null ? Reflect.get(at, part) : undefined),
      copy,
    );
    if (last !== undefined && typeof holder === "object" && holder !== null) Reflect.set(holder, last, value);
  }
  return copy;
}
