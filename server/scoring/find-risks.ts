import type { RiskFlag } from "@touchstone/shared/account-score.ts";
import { type BuyingRole, buyingRoles } from "@touchstone/shared/account-snapshot.ts";
import { countText, roleText } from "@touchstone/shared/score-text.ts";
import { type PeopleColumns, roleBits } from "./people-columns.ts";
import type { RiskRecord } from "./score-record.ts";

const noRisks: readonly RiskRecord[] = [];

/** One flag for each ignored role that somebody holds: never points, always a warning (row 72, T30). */
export function findRisks({ roles }: PeopleColumns, ignoredRoles: readonly BuyingRole[]): readonly RiskRecord[] {
  const ignored = roleBits(ignoredRoles);
  if (roles.every((held) => (held & ignored) === 0)) return noRisks;
  return ignoredRoles.flatMap((role) => {
    const number = buyingRoles.indexOf(role);
    const holders = [...roles.keys()].filter((person) => ((roles[person] ?? 0) & (1 << number)) !== 0);
    return holders.length === 0 ? [] : [[number, ...holders]];
  });
}

export function wordRisk([number = 0, ...holders]: RiskRecord, { list }: PeopleColumns): RiskFlag[] {
  const role = buyingRoles[number];
  if (role === undefined) return [];
  const label = `${countText(holders.length, "person is", "people are")} a ${roleText[role]}`;
  return [{ key: role, label, people: holders.flatMap((person) => list[person]?.id ?? []) }];
}
