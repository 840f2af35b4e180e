import type { AccountView } from "@touchstone/shared/card-api.ts";
import type { CommitteePersonView } from "@touchstone/shared/committee-api.ts";
import { hotAsk } from "@touchstone/shared/hot-route.ts";
import type { AccountPlay, NextAction } from "@touchstone/shared/record-cards-api.ts";
import { countText } from "@touchstone/shared/score-text.ts";
import { timeLeft } from "@touchstone/shared/time-left.ts";
import { whomToAsk } from "@touchstone/shared/whom-to-ask.ts";

export interface NextActionFacts {
  readonly account: Pick<AccountView, "state" | "headline" | "reason" | "hot" | "cold" | "actions" | "place">;
  /** Those who came furthest first. */
  readonly people: readonly CommitteePersonView[];
  readonly missingRoles: readonly string[];
  readonly plays: readonly AccountPlay[];
  readonly openQuestions: number;
  /** What has to happen for the next stage. */
  readonly gate: string;
}

const dayMs = 86_400_000;
const say = { panel: "committee", press: "What to say to whom" } as const;
const playsPanel = { panel: "plays", press: "Open the plays" } as const;

type Rule = (facts: NextActionFacts, now: number) => NextAction | null;

const act = (text: string, why: string, more: Partial<NextAction> = {}): NextAction => {
  return { text, why, timeLeft: null, late: false, opens: null, ...more };
};

/** The first rule that has something to say decides: what waits for a person goes before what would be good to know. The order is ours. */
const rules: readonly Rule[] = [
  ({ account }) =>
    account.state === "excluded" ? act("Leave it alone", "No outreach until the reason for it is gone.") : null,
  ({ account: { hot }, people }, now) =>
    hot === null
      ? null
      : act(hotAsk(hot.route, whoOf(people)), hot.reason, {
          timeLeft: timeLeft(hot.dueAt, now),
          late: hot.missed,
          opens: say,
        }),
  ({ plays }, now) => {
    const [first] = plays
      .flatMap(({ name, next }) => next.filter(({ isDue }) => isDue).map((touch) => ({ name, touch })))
      .sort((a, b) => a.touch.dueAt - b.touch.dueAt);
    return first
      ? act(first.touch.text, `Due in the play ${first.name}.`, {
          // A step has a day, not an hour.
          timeLeft: now - first.touch.dueAt < dayMs ? "due now" : timeLeft(first.touch.dueAt, now),
          late: now - first.touch.dueAt >= dayMs,
          opens: playsPanel,
        })
      : null;
  },
  ({ account, people }) => {
    const due = account.actions.filter((action) => action.due).at(-1);
    return due ? act(`${due.label}: ${whoOf(people)}`, `Readiness ${due.reason}.`, { opens: say }) : null;
  },
  ({ account }) =>
    account.cold === null ? null : act("Decide how to go on", account.cold.text, { opens: playsPanel }),
  ({ missingRoles, people, account }) => {
    const [missing] = missingRoles;
    const matters = account.place !== null || people.some(({ level }) => level > 0);
    if (missing === undefined || !matters) return null;
    return act(`Find the ${missing.toLowerCase()}`, "Nobody is known in this role yet.", {
      opens: { panel: "committee", press: "Map the committee" },
    });
  },
  ({ openQuestions }) =>
    openQuestions === 0
      ? null
      : act(`Answer ${countText(openQuestions, "question", "questions")}`, "Only a person can know it.", {
          opens: { panel: "questions", press: "Answer" },
        }),
];

/** The one thing to do next about an account (market.md §4). */
export function chooseNextAction(facts: NextActionFacts, now: number): NextAction {
  for (const rule of rules) {
    const action = rule(facts, now);
    if (action !== null) return action;
  }
  return act("Keep nurturing", `Nothing is due. It moves on when ${facts.gate}.`);
}

const whoOf = (people: readonly CommitteePersonView[]): string => whomToAsk(people) ?? "somebody there";
