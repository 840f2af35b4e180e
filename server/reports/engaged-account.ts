import { unlikeScores } from "./report-cells.ts";

/** What somebody of an account, or the company as such, did in a span. */
export interface EngagementCounts {
  readonly events: number;
  /** Different people; who is known by the company alone is none of them. */
  readonly people: number;
}

interface EngagedDefinition {
  readonly label: string;
  readonly words: string;
  holds(counts: EngagementCounts): boolean;
}

/** When an account counts as engaged (market.md §5, row 130): the table and the picture read it here, and print it. */
export const engaged = {
  any: { label: "Engaged", words: "at least one engagement", holds: ({ events }) => events >= 1 },
  "3plus": {
    label: "Engaged three times or more",
    words: "at least three engagements",
    holds: ({ events }) => events >= 3,
  },
  multi: {
    label: "Engaged by two or more people",
    words: "engagements by at least two different people",
    holds: ({ people }) => people >= 2,
  },
} as const satisfies Record<string, EngagedDefinition>;

/** Printed under the figures. */
export const engagementWords = `An engagement: an open, a click, a reply, a form, a visit, an event, a meeting or a call, by a person of the account or by the company as such. ${unlikeScores}`;
