import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Form,
  Heading,
  LoadingButton,
  LoadingSpinner,
  Select,
  Tabs,
  Tag,
  TextArea,
} from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { AccountCard } from "../../hubspot-project/src/app/cards/account-card.tsx";
import { accountView } from "./account-view.ts";
import { openTab } from "./open-tab.tsx";
import { committeeView, playsView, questionsView } from "./panel-views.ts";
import { rowView } from "./person-view.ts";
import { answerWith, refuseWith, type renderCard, renderOnRecord } from "./render-card.tsx";
import { renderedText } from "./rendered-text.ts";
import { summaryView } from "./summary-view.ts";

let shown: ReturnType<typeof renderCard> | undefined;
const openPanel = async (...values: Parameters<typeof openTab>) => {
  shown = await openTab(...values);
  return shown;
};
afterEach(() => shown?.close());

describe("the account card's first line", () => {
  it("says the one thing to do next, how long there is, and who is missing, and leads to it in one press", async () => {
    const { card, text } = await openPanel("why", async () => answerWith(committeeView()));
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

describe("what the account card asks by itself", () => {
  afterEach(() => {
    jest.useRealTimers();
  });
  const running = {
    reason: "Somebody asked for a demo.",
    route: "sales" as const,
    dueAt: Date.parse("2026-11-24T09:00:00Z"),
    missed: false,
  };
  const excused = { state: "excused", text: "Nobody needs to reach out.", at: null } as const;
  const nurture = { text: "Keep nurturing", why: "Nothing is due.", timeLeft: null, late: false, opens: null };
  const late = { ...summaryView().next, timeLeft: "late", late: true };

  it.each([
    ["a colleague stops the clock", { hot: null, hotAnswer: excused }, nurture, "Next: Keep nurturing"],
    ["the clock ends", { hot: { ...running, missed: true } }, late, "Next: Reach out to Ana Ruiz, CTO late"],
  ])("is the next step too when %s, so that it says the same as the banner", async (_, clock, next, said) => {
    jest.useFakeTimers();
    let parts: Parameters<typeof accountView>[0] = { hot: running };
    let summary = summaryView();
    shown = renderOnRecord(AccountCard, async (url) =>
      answerWith(url.endsWith("/summary") ? summary : accountView({ companyId: "501", ...parts })),
    );
    const { text, fetched } = shown;
    const asked = () => fetched.mock.calls.filter(([url]) => url.endsWith("/summary")).length;
    await jest.advanceTimersByTimeAsync(20_000);
    expect(text()).toMatch(/Next: Reach out to Ana Ruiz, CTO\s+17 h left/);
    expect(asked()).toBe(1);
    parts = clock;
    summary = summaryView({ next });
    await jest.advanceTimersByTimeAsync(20_000);
    expect(text().replaceAll(/\s+/g, " ")).toContain(said);
    expect(asked()).toBe(2);
    shown.close();
    await jest.advanceTimersByTimeAsync(0);
  });

  it.each([
    ["an answer", "questions", questionsView],
    ["a role", "committee", committeeView()],
  ] as const)("is the score again, also where the card rests, when somebody gives %s there", async (_, tab, view) => {
    jest.useFakeTimers();
    let account = accountView({ companyId: "501" });
    shown = renderOnRecord(AccountCard, async (url, { method }) => {
      if (url.endsWith("/summary")) return answerWith(summaryView());
      if (url.endsWith("/accounts/501")) return answerWith(account);
      if (method === "POST") account = accountView({ companyId: "501", headline: "Hot", scoredAt: Date.now() });
      return answerWith(method === "POST" ? { ...account, ...view } : view);
    });
    const { card, text, fetched } = shown;
    await jest.advanceTimersByTimeAsync(0);
    card.find(Tabs).trigger("onSelectedChange", tab as never);
    await jest.advanceTimersByTimeAsync(11 * 60_000);
    expect(text()).toContain("This card rests");
    const asked = () => fetched.mock.calls.filter(([url]) => url.endsWith(`/${tab}`)).length;
    expect(asked()).toBe(1);
    if (tab === "questions") card.find(Select).trigger("onChange", "laggard" as never);
    await jest.advanceTimersByTimeAsync(0);
    const form = tab === "questions" ? card.find(Form) : card.find(Button, { size: "xs" }).props.overlay?.find(Form);
    form?.trigger("onSubmit");
    await jest.advanceTimersByTimeAsync(0);
    expect(renderedText(card.find(Heading))).toBe("Hot");
    expect(text()).not.toContain("This card rests");
    expect(asked()).toBeGreaterThan(1);
    shown.close();
    await jest.advanceTimersByTimeAsync(0);
  });
});

describe("Refresh on the account card", () => {
  it("asks again for the next step and for the panel that is open", async () => {
    const { card, text, fetched } = await openPanel("committee", async () => answerWith(committeeView()));
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
    const { card, text, fetched } = await openPanel("committee", async () => answerWith(committeeView()));
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

  it("takes a role that is known by title only, and says what that is worth in this tier (T29)", async () => {
    const places = ["Approver: known by title, VP Finance"];
    const { card, text, fetched } = await openPanel("committee", async () => answerWith(committeeView({ places })));
    await card.waitFor(() => expect(text()).toContain("Approver: known by title, VP Finance"));
    const panel = () => {
      const { overlay } = card.find(Button, (button) => renderedText(button).startsWith("Known by title")).props;
      if (!overlay) throw new Error("the button opens nothing");
      return overlay;
    };
    expect(renderedText(panel())).toContain("In this account's tier only a person covers a role");
    expect(panel().find(Select, { name: "role" }).props.value).toBe("economic_buyer");
    panel()
      .find(TextArea)
      .trigger("onInput", "CFO" as never);
    await card.waitFor(() => expect(panel().find(TextArea).props.value).toBe("CFO"));
    panel().find(Form).trigger("onSubmit");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    expect(fetched.mock.calls.find(([, { method }]) => method === "POST")).toEqual([
      "https://touchstone.example.com/api/accounts/501/committee/places",
      { method: "POST", body: { role: "economic_buyer", depth: "title", named: "CFO" } },
    ]);
  });

  it("says of somebody of whom nothing was seen that there is no level yet", async () => {
    const people = [rowView({ level: 0, levelText: "Nothing seen yet" })];
    const { card, text } = await openPanel("committee", async () => answerWith(committeeView({ people })));
    await card.waitFor(() => expect(text()).toContain("Nothing seen yet"));
    expect(text()).not.toContain("Level 0");
  });

  it("says what to do when nobody is known", async () => {
    const { card } = await openPanel("committee", async () =>
      answerWith(committeeView({ people: [], peopleCount: 0 })),
    );
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

describe("who may only look", () => {
  const viewOnly = "You can see everything in Touchstone and change nothing.";
  const panels = [
    ["committee", committeeView()],
    ["plays", playsView({ choices: [{ playId: "p2", label: "Second", guard: null }] })],
    ["questions", questionsView],
  ] as const;

  it.each(panels)("reads the %s, is told so, and has nothing to press there", async (tab, view) => {
    const { card, text } = await openPanel(tab, async () => answerWith({ ...view, viewOnly }));
    await card.waitFor(() => expect(text()).toContain(viewOnly));
    expect([card.maybeFind(Button, { size: "xs" }), card.maybeFind(LoadingButton, { size: "sm" })]).toEqual([
      null,
      null,
    ]);
  });
});

describe("the questions of the account card", () => {
  it("asks what only a person can know, and sends the answer with its criterion", async () => {
    const { card, fetched } = await openPanel("questions", async (_, { method }) =>
      answerWith(method === "POST" ? accountView() : questionsView),
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
