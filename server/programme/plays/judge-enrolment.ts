import type { Play } from "@touchstone/shared/play-shape.ts";
import type { EnrolmentFacts } from "../../db/enrolments.ts";

const dayMs = 86_400_000;

export interface EnrolmentVerdict {
  readonly move: "leave" | "hand over";
  /** Without names. */
  readonly why: string;
}

/** What a play's own rules say of an account in it: leaving goes before being handed over (row 95). Null: it stays as it is. */
export function judgeEnrolment(
  { exit, handoff }: Pick<Play, "exit" | "handoff">,
  facts: Omit<EnrolmentFacts, "playId" | "accountId">,
  now: number,
): EnrolmentVerdict | null {
  const leave = (why: string) => ({ move: "leave", why }) as const;
  if (exit.deal !== null && facts.hasWonDeal) return leave("A deal is won.");
  if (exit.deal === "open" && facts.hasOpenDeal) return leave("A deal is open.");
  if (exit.afterDays !== null && now >= facts.startAt + exit.afterDays * dayMs)
    return leave(`It has been in the play for ${exit.afterDays} days.`);
  const when = handoff?.when ?? null;
  if (when === null || facts.isHandedOver) return null;
  if (when.hot && facts.isHot) return { move: "hand over", why: "The account is hot." };
  if (when.people !== null && facts.people >= when.people)
    return { move: "hand over", why: `${facts.people} ${facts.people === 1 ? "person has" : "people have"} engaged.` };
  return null;
}
