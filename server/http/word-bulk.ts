import type { BulkLineView, BulkStatus, BulkView } from "@touchstone/shared/bulk-api.ts";
import { mostBulk } from "@touchstone/shared/bulk-api.ts";
import type { BulkLine, BulkOutcome } from "@touchstone/shared/chosen-companies.ts";
import { cutText } from "@touchstone/shared/cut-text.ts";
import { countText } from "@touchstone/shared/score-text.ts";

/** How an act is called before and after it is done. */
interface BulkWords {
  /** "enrolled in Autumn wave" */
  readonly done: (goal: string) => string;
  readonly yes: string;
  /** "1 in it already" */
  readonly already: string;
  readonly labels: Readonly<Record<"can" | "did" | "already", string>>;
}

export const enrolWords: BulkWords = {
  done: (goal) => `enrolled in ${goal}`,
  yes: "Enrol",
  already: "in it already",
  labels: { can: "Can be enrolled", did: "Enrolled", already: "In it already" },
};

export const tierWords: BulkWords = {
  done: (goal) => (goal === "out of the programme" ? "kept out of the programme" : `set to ${goal}`),
  yes: "Set the tier of",
  already: "so already",
  labels: { can: "Can be set", did: "Set", already: "So already" },
};

const mostName = 80;
const order: readonly BulkStatus[] = ["refused", "already", "done"];

/** What the screen shows of an act, before it is done or after. */
export function wordBulk(
  { at, goal, notes, leftOut, lines }: BulkOutcome,
  words: BulkWords,
  isPreview: boolean,
): BulkView {
  const count = (status: BulkStatus) => lines.filter((line) => line.status === status).length;
  const counts = { done: count("done"), already: count("already"), refused: count("refused") };
  const withReason = lines.filter((line) => line.overridable === true).length;
  return {
    at,
    title: titleOf(counts, words, goal, isPreview),
    notes: [...(leftOut > 0 ? [leftOutNote(leftOut)] : []), ...notes],
    counts,
    yes: isPreview && counts.done > 0 ? `${words.yes} ${countText(counts.done, "company", "companies")}` : null,
    reasonWanted:
      withReason > 0
        ? `Why ${withReason === 1 ? "1 of them comes" : `${withReason} of them come`} in all the same`
        : null,
    lines: lines.map((line) => toLine(line, words, isPreview)).sort(byStatusAndName),
  };
}

/** "12 of 15 companies can be enrolled in Autumn wave; 1 in it already; 2 cannot." */
function titleOf(
  { done, already, refused }: BulkView["counts"],
  words: BulkWords,
  goal: string,
  isPreview: boolean,
): string {
  const verb = isPreview ? "can be" : done === 1 ? "is" : "are";
  const chosen = countText(done + already + refused, "company", "companies");
  const parts = [`${done} of ${chosen} ${verb} ${words.done(goal)}`];
  if (already > 0) parts.push(`${already} ${words.already}`);
  if (refused > 0) parts.push(isPreview ? `${refused} cannot` : `${refused} refused`);
  return `${parts.join("; ")}.`;
}

const leftOutNote = (leftOut: number): string =>
  `One act takes ${mostBulk} companies: these are the first, ${countText(leftOut, "other was", "others were")} left as they are.`;

function toLine({ companyId, name, status, text }: BulkLine, { labels }: BulkWords, isPreview: boolean): BulkLineView {
  const label = { done: isPreview ? labels.can : labels.did, already: labels.already, refused: "Refused" }[status];
  return { companyId, company: name ? cutText(name, mostName) : `Company ${companyId}`, status, label, text };
}

/** What needs a look comes first: refusals, and of the rest those about which there is something to say. */
function byStatusAndName(a: BulkLineView, b: BulkLineView): number {
  const place = ({ status, text }: BulkLineView) => order.indexOf(status) * 2 + (text === "" ? 1 : 0);
  return (
    place(a) - place(b) || (a.company < b.company ? -1 : a.company > b.company ? 1 : a.companyId < b.companyId ? -1 : 1)
  );
}
