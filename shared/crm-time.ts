/** 1973 and 2286: outside, a number is seconds or a slip, and a snapshot would refuse it (account-snapshot-schema.ts). */
const earliest = 100_000_000_000;
const latest = 10_000_000_000_000;

/**
 * A time of a CRM property as milliseconds since 1970-01-01 UTC: HubSpot sends ISO 8601 text, a plain date, or
 * milliseconds as text (hubspot-api.md §5.5). Null for anything else.
 */
export function readCrmTime(value: string | null | undefined): number | null {
  if (!value) return null;
  const at = /^\d{12,14}$/.test(value)
    ? Number(value)
    : /^\d{4}-\d{2}-\d{2}/.test(value)
      ? Date.parse(value)
      : Number.NaN;
  return at >= earliest && at <= latest ? at : null;
}
