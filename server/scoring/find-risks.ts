import type { RiskFlag } from "@touchstone/shared/account-score.ts";
import type { SnapshotPerson } from "@touchstone/shared/account-snapshot.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { countText, roleText } from "@touchstone/shared/score-text.ts";

/** One flag for each ignored role that somebody holds: never points, always a warning (row 72, T30). */
export function findRisks(people: ReadonlyMap<string, SnapshotPerson>, model: ScoringModel): RiskFlag[] {
  return model.engagement.ignoredRoles.flatMap((role) => {
    const holders = [...people.values()].filter((person) => person.roles.includes(role));
    if (holders.length === 0) return [];
    return [
      {
        key: role,
        label: `${countText(holders.length, "person is", "people are")} a ${roleText[role]}`,
        people: holders.map((person) => person.id).sort(),
      },
    ];
  });
}
