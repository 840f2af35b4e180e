import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { benchNow } from "./build-accounts.ts";
import { rules } from "./rule-set.ts";

/**
 * An account as a rules engine likes it best: numbers are numbers, lists are lists, ages are reckoned. Made before the
 * clock starts, which flatters the engines that need it.
 */
export interface PlainInput {
  readonly properties: Readonly<Record<string, string | number | boolean | readonly string[] | null>>;
  readonly people: readonly { readonly seniority: string; readonly roles: readonly string[] }[];
  readonly signals: readonly { readonly kind: string; readonly ageMs: number; readonly strength: number }[];
}

export function toPlainInput(account: AccountSnapshot): PlainInput {
  const properties: Record<string, string | number | boolean | readonly string[] | null> = {};
  for (const rule of rules) {
    if (!("property" in rule)) continue;
    const text = account.properties[rule.property] ?? null;
    properties[rule.property] = typed(rule.kind, text);
  }
  return {
    properties,
    people: account.people.map(({ seniority, roles }) => ({ seniority: seniority ?? "", roles })),
    signals: account.signals.map(({ kind, at, strength }) => ({
      kind,
      ageMs: benchNow - at,
      strength: strength ?? 0,
    })),
  };
}

function typed(kind: string, text: string | null): string | number | boolean | readonly string[] | null {
  if (kind === "any-of") return text === null ? [] : text.split(";");
  if (kind === "flag") return text === "true";
  return kind === "range" && text !== null ? Number(text) : text;
}
