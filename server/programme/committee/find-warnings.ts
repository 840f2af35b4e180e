import { countText } from "@touchstone/shared/score-text.ts";

export interface CommitteeFacts {
  readonly engagedPeople: number;
  readonly openDeal: boolean;
  /** Of a tier whose accounts have a named owner. */
  readonly isTopAccount: boolean;
  readonly blockers: readonly string[];
  readonly gone: readonly string[];
}

/** Row 81: an open deal or a top tier that hangs by one person; row 72: a blocker; row 142: people who are gone. */
export function findWarnings(facts: CommitteeFacts): string[] {
  const matters = facts.openDeal || facts.isTopAccount;
  const engaged = countText(facts.engagedPeople, "person is", "people are");
  const why = facts.openDeal ? "A deal is open" : "This is a top account";
  return [
    ...(matters && facts.engagedPeople < 2 ? [`Single thread: ${why}, and ${engaged} engaged.`] : []),
    ...(facts.blockers.length > 0 ? [`Blocker: ${facts.blockers.join(", ")}. Never adds points.`] : []),
    ...(facts.gone.length > 0 ? [`Cannot be reached any more: ${facts.gone.join(", ")}.`] : []),
  ];
}
