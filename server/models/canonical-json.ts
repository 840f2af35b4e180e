/** JSON with sorted keys: the same value is the same text, also when it comes back from PostgreSQL's `jsonb`. */
export const canonicalJson = (value: unknown, indent?: number): string => JSON.stringify(sortKeys(value), null, indent);

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sortKeys(inner)] as const),
  );
}
