import type { AccountScore } from "@touchstone/shared/account-score.ts";
import { canonicalJson } from "./canonical-json.ts";

/** The first place where a stored score and its replay are not the same, the ledger's lines first: they say most. */
export function findDifference(stored: AccountScore, replayed: AccountScore): string | null {
  if (canonicalJson(stored) === canonicalJson(replayed)) return null;
  const length = Math.max(stored.lines.length, replayed.lines.length);
  for (let index = 0; index < length; index++) {
    const [was, is] = [stored.lines[index], replayed.lines[index]];
    const place = firstPlace(was, is, "");
    if (place) return `line ${index + 1}, ${(was ?? is)?.label ?? "?"}${place}`;
  }
  return firstPlace({ ...stored, lines: [] }, { ...replayed, lines: [] }, "") ?? "the same values in another order";
}

/** " · points: stored 8, replayed 5" */
export function firstPlace(stored: unknown, replayed: unknown, path: string): string | null {
  if (canonicalJson(stored) === canonicalJson(replayed)) return null;
  if (!isTree(stored) || !isTree(replayed) || Array.isArray(stored) !== Array.isArray(replayed)) {
    return ` · ${path || "the whole"}: stored ${show(stored)}, replayed ${show(replayed)}`;
  }
  const keys = [...new Set([...Object.keys(stored), ...Object.keys(replayed)])].sort();
  for (const key of keys) {
    const step = Array.isArray(stored) ? `${path}[${key}]` : `${path}${path ? "." : ""}${key}`;
    const place = firstPlace(stored[key], replayed[key], step);
    if (place) return place;
  }
  return null;
}

const isTree = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const show = (value: unknown): string => (value === undefined ? "nothing" : canonicalJson(value).slice(0, 200));
