import type { RiskFlag } from "@touchstone/shared/account-score.ts";
import type { SnapshotPerson } from "@touchstone/shared/account-snapshot.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { countText, roleText } from "@touchstone/shared/score-text.ts";

/** One flag for each ignored role that somebody holds: never points, always a warning (row 72, T30). Takes people by id. */
export function findRisks(people: readonly SnapshotPerson[], model: ScoringModel): RiskFlag[] {
  const risks: RiskFlag[] = [];
  for (const role of model.engagement.ignoredRoles) {
    const holders = people.filter((person) => person.roles.includes(role));
    if (holders.length === 0) continue;
    const label = `${countText(holders.length, "person is", "people are")} a ${roleText[role]}`;
    risks.push({ key: role, label, people: holders.map((person) => person.id) });
  }
  return risks;
}
