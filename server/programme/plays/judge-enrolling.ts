import { type BulkLine, unknownCompany } from "@touchstone/shared/chosen-companies.ts";
import { cutText } from "@touchstone/shared/cut-text.ts";
import type { EnrolFacts } from "../../db/enrol-facts.ts";

export interface EnrolWish {
  readonly by: string;
  /** Lets in those whom the month refuses. */
  readonly overrideReason: string | null;
  /** What this person brought in since then was brought in by this act; null: nothing was. */
  readonly since: number | null;
}

/** Of up to 500 lines in one answer, each with names of plays. */
const mostNames = 80;

/** One chosen company, before anything is changed. Of the plays launched for a tier in a month it comes into one, unless a reason is given (T23). */
export function judgeEnrolling(companyId: string, facts: EnrolFacts | undefined, wish: EnrolWish): BulkLine {
  if (!facts) return unknownCompany(companyId);
  const { name, status, rivals, isExcluded } = facts;
  const line = (verdict: BulkLine["status"], text: string) => ({ companyId, name, status: verdict, text });
  const others = `${cutText(rivals.join(", "), mostNames)}, launched for the same tier this month`;
  const also = rivals.length === 0 ? "" : `Also in ${others}.`;
  if (status === "left") return line("refused", "It has left the play for good.");
  if (status !== null && isOfThisAct(facts, wish)) return line("done", also);
  if (status !== null) return line("already", status === "paused" ? "It rests there." : "");
  if (isExcluded) return line("refused", "It is excluded: no outreach until the reason is gone.");
  if (rivals.length > 0 && wish.overrideReason === null) {
    const text = `In ${others}: one play a tier and month, no more than sales can follow.`;
    return { ...line("refused", text), overridable: true };
  }
  return line("done", also);
}

const isOfThisAct = ({ enrolledBy, enrolledAt }: EnrolFacts, { by, since }: EnrolWish): boolean =>
  since !== null && enrolledBy === by && enrolledAt !== null && enrolledAt >= since;
