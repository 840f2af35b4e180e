import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Form,
  LoadingButton,
  LoadingSpinner,
  Select,
  Tabs,
  Tag,
} from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import { AccountCard } from "../../hubspot-project/src/app/cards/account-card.tsx";
import type {
  AccountPlaysView,
  CommitteeCardView,
  CommitteeRowView,
  QuestionsView,
} from "../../shared/record-cards-api.ts";
import { accountView } from "./account-view.ts";
import { partView } from "./person-view.ts";
import { answerWith, refuseWith, renderCard, renderOnRecord } from "./render-card.tsx";
import { renderedText } from "./rendered-text.ts";

const at = Date.parse("2026-11-20T10:30:00Z");
let shown: ReturnType<typeof renderCard> | undefined;
afterEach(() => shown?.close());

/** Opens a tab of the account card; `answer` is what its own request gets. */
async function openPanel(tab: string, answer: Parameters<typeof renderCard>[0]) {
  shown = renderCard(async (url, options) =>
    url.endsWith("/accounts/501") ? answerWith(accountView({ companyId: "501" })) : answer(url, options),
  );
  const { card } = shown;
  await card.waitFor(() => card.find(Tabs));
  card.find(Tabs).trigger("onSelectedChange", tab as never);
  return shown;
}

const row: CommitteeRowView = { ...partView, message: "ROI and business case" };
const committee = (parts: Partial<CommitteeCardView> = {}): CommitteeCardView => ({
  companyId: "501",
  taxonomy: "six-with-blocker",
  depth: "person",
  people: [row],
  peopleCount: 1,
  roles: [],
  coverage: { covered: 1, required: 3, missing: ["Economic buyer", "Approver"] },
  warnings: ["Single thread: A deal is open, and 1 person is engaged."],
  stage: { stage: "interest", label: "Interest", since: at, days: 2, stuck: false, gate: "several people engage" },
  ...parts,
});

describe("the account card's first line", () => {
  it("says the one thing to do next, how long there is, and who is missing, and leads to it in one press", async () => {
    const { card, text } = await openPanel("why", async () => answerWith(committee()));
    await card.waitFor(() => expect(text()).toContain("Next: Reach out to Ana Ruiz, CTO"));
    expect(card.findAll(Tag).map(renderedText)).toContain("17 h left");
    expect(text()).toContain("Missing: Economic buyer");
    card.find(Button, { variant: "primary" }).trigger("onClick");
    await card.waitFor(() => expect(text()).toContain("1 of 3 roles covered"));
    expect(card.find(Tabs).props.selected).toBe("committee");
  });

  it("says that the next step is being read, and why it could not be", async () => {
    let answer: (value: ReturnType<typeof answerWith>) => void = () => undefined;
    const summary = new Promise<ReturnType<typeof answerWith>>((resolve) => {
      answer = resolve;
    });
    shown = renderOnRecord(AccountCard, async (url) =>
      url.endsWith("/summary") ? summary : answerWith(accountView({ companyId: "501" })),
    );
    const { card, text } = shown;
    await card.waitFor(() => card.find(Tabs));
    expect(card.find(LoadingSpinner).props.label).toBe("Reading the next step");
    answer(refuseWith(503, { message: "The database is away." }));
    await card.waitFor(() => card.find(ErrorState));
    expect(text()).toContain("Touchstone could not read the next step. It tries again by itself.");
    expect(text()).toContain("Sales to call · Tier 3");
  });
});

describe("Refresh on the account card", () => {
  it("asks again for the next step and for the panel that is open", async () => {
    const { card, text, fetched } = await openPanel("committee", async () => answerWith(committee()));
    const asked = (end: string) => fetched.mock.calls.filter(([url]) => url.endsWith(end)).length;
    await card.waitFor(() => expect(text()).toContain("1 of 3 roles covered"));
    expect([asked("/summary"), asked("/committee")]).toEqual([1, 1]);
    card
      .findAll(LoadingButton)
      .find((button) => renderedText(button) === "Refresh")
      ?.trigger("onClick");
    await card.waitFor(() => expect([asked("/summary"), asked("/committee")]).toEqual([2, 2]));
  });
});

describe("the committee of the account card", () => {
  it("lists who plays which part, what they did, and what to say, with the roles that are missing", async () => {
    const { card, text, fetched } = await openPanel("committee", async () => answerWith(committee()));
    await card.waitFor(() => expect(text()).toContain("1 of 3 roles covered"));
    expect(fetched.mock.calls.at(-1)?.[0]).toBe("https://touchstone.example.com/api/accounts/501/committee");
    for (const part of ["Ana Ruiz", "CTO", "No role yet", "Level 4 of 5", "asked for a demo", "20 Nov 2026", "ROI and"])
      expect(text()).toContain(part);
    expect(card.findAll(Tag, { variant: "warning" }).map(renderedText)).toEqual(
      expect.arrayContaining(["Missing: Economic buyer", "Missing: Approver"]),
    );
    expect(renderedText(card.find(Alert))).toContain("Single thread");
    expect(card.find(Button, { size: "xs" }).props.overlay).toBeTruthy();
  });

  it("says what to do when nobody is known", async () => {
    const { card } = await openPanel("committee", async () => answerWith(committee({ people: [], peopleCount: 0 })));
    await card.waitFor(() => card.find(EmptyState));
    expect(card.find(EmptyState).props.title).toBe("Nobody is known here yet");
  });

  it("fails by itself, and leaves the score in sight", async () => {
    const { card, text } = await openPanel("committee", async () =>
      refuseWith(503, { message: "The database is away." }),
    );
    await card.waitFor(() => card.find(ErrorState));
    expect(text()).toContain(
      "Touchstone could not read the buying committee. It tries again by itself. The database is away.",
    );
    expect(text()).toContain("Sales to call · Tier 3");
  });

  it("says who may not see it", async () => {
    const { card } = await openPanel("committee", async () => refuseWith(403, { message: "Ask an admin." }));
    await card.waitFor(() => card.find(ErrorState));
    expect(card.find(ErrorState).props.type).toBe("lock");
  });
});

describe("the plays of the account card", () => {
  const plays: AccountPlaysView = {
    companyId: "501",
    plays: [
      {
        playId: "p1",
        name: "Autumn",
        state: "Running",
        enrolledAt: at,
        progress: "0 of 2 steps done",
        next: [
          { step: 0, text: "Phone: Call", dueAt: at, isDue: true },
          { step: 1, text: "Email: Send the case", dueAt: at, isDue: false },
        ],
      },
    ],
  };

  it("shows what is due, and notes it as done", async () => {
    const { card, text, fetched } = await openPanel("plays", async (_, { method }) =>
      answerWith(method === "POST" ? { touches: [] } : plays),
    );
    await card.waitFor(() => expect(text()).toContain("Phone: Call, due since 20 Nov 2026"));
    expect(text()).toContain("Email: Send the case, on 20 Nov 2026");
    card.find(Button, { size: "xs" }).trigger("onClick");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    expect(fetched.mock.calls.filter(([, { method }]) => method === "POST")).toEqual([
      [
        "https://touchstone.example.com/api/plays/p1/touches",
        { method: "POST", body: { companyId: "501", step: 0, status: "done" } },
      ],
    ]);
  });

  it("says how an account comes into a play", async () => {
    const { card } = await openPanel("plays", async () => answerWith({ companyId: "501", plays: [] }));
    await card.waitFor(() => card.find(EmptyState));
    expect(card.find(EmptyState).props.title).toBe("In no play");
  });
});

describe("the questions of the account card", () => {
  const view: QuestionsView = {
    companyId: "501",
    questions: [
      {
        criterion: "technology",
        label: "Technology maturity",
        question: "How early do they take up new technology?",
        worth: "up to 5 points of priority",
        answers: [{ key: "laggard", label: "laggard" }],
        answer: null,
      },
    ],
  };

  it("asks what only a person can know, and sends the answer with its criterion", async () => {
    const { card, fetched } = await openPanel("questions", async (_, { method }) =>
      answerWith(method === "POST" ? accountView() : view),
    );
    await card.waitFor(() => card.find(Select));
    expect(card.find(Select).props).toMatchObject({
      label: "How early do they take up new technology?",
      description: "Technology maturity, up to 5 points of priority",
      placeholder: "Not known",
    });
    card.find(Select).trigger("onChange", "laggard" as never);
    await card.waitFor(() => expect(card.find(Select).props.value).toBe("laggard"));
    expect(fetched.mock.calls.filter(([, { method }]) => method === "POST")).toEqual([]);
    card.find(Form).trigger("onSubmit");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    expect(fetched.mock.calls.find(([, { method }]) => method === "POST")).toEqual([
      "https://touchstone.example.com/api/accounts/501/judgements",
      { method: "POST", body: { criterion: "technology", rung: "laggard" } },
    ]);
  });

  it("says so when the models ask nothing", async () => {
    const { card } = await openPanel("questions", async () => answerWith({ companyId: "501", questions: [] }));
    await card.waitFor(() => card.find(EmptyState));
    expect(card.find(EmptyState).props.title).toBe("Nothing to ask");
  });
});
