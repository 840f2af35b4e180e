import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Form,
  Heading,
  LineChart,
  Select,
  Table,
  Tag,
} from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import { AccountSidebar } from "../../hubspot-project/src/app/cards/account-sidebar.tsx";
import { DealCard } from "../../hubspot-project/src/app/cards/deal-card.tsx";
import { HistoryCard } from "../../hubspot-project/src/app/cards/history-card.tsx";
import type { TrendView } from "../../shared/record-cards-api.ts";
import { dealView, trendView } from "./panel-views.ts";
import { accountBrief } from "./person-view.ts";
import { answerWith, renderOnRecord } from "./render-card.tsx";
import { renderedText } from "./rendered-text.ts";
import { summaryView } from "./summary-view.ts";

let shown: ReturnType<typeof renderOnRecord> | undefined;
const show = (...values: Parameters<typeof renderOnRecord>) => {
  shown = renderOnRecord(...values);
  return shown;
};
afterEach(() => shown?.close());

const never = () => new Promise<never>(() => undefined);
describe.each([
  ["sidebar card", AccountSidebar],
  ["deal card", DealCard],
  ["history card", HistoryCard],
])("the %s", (_, Card) => {
  it("does not ask anybody when the profile names no server", () => {
    const { card, fetched } = show(Card, never, {});
    expect(card.find(ErrorState).props.title).toBe("This card is not set up");
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe("the sidebar card", () => {
  it("shows state, figures, the next step and the evidence in a narrow column", async () => {
    const { card, text } = show(AccountSidebar, async () => answerWith(summaryView()));
    await card.waitFor(() => card.find(Heading));
    expect(renderedText(card.find(Heading))).toBe("Sales to call · Tier 3");
    for (const part of ["Priority 17.3 of 100", "Readiness 5 of 10", "Next: Reach out to Ana Ruiz, CTO", "17 h left"])
      expect(text()).toContain(part);
    expect(text()).toContain("Ana Ruiz, CTO, asked for a demo, 20 Nov 2026");
    expect(card.maybeFind(Table)).toBeNull();
  });

  it("says that a score is provisional", async () => {
    const { card } = show(AccountSidebar, async () =>
      answerWith(summaryView({ provisional: true, coveragePercent: 40 })),
    );
    await card.waitFor(() => expect(card.findAll(Tag).map(renderedText)).toContain("Provisional"));
  });

  it("waits with an account that has no score yet", async () => {
    const { card } = show(AccountSidebar, async () =>
      answerWith(summaryView({ state: "waiting", headline: "Not scored yet" })),
    );
    await card.waitFor(() => card.find(EmptyState));
    expect(card.find(EmptyState).props.title).toBe("Not scored yet");
  });
});

describe("the deal card", () => {
  it("warns first of a single thread, then shows the account and the committee of this very deal", async () => {
    const { card, text, fetched } = show(DealCard, async () => answerWith(dealView()));
    await card.waitFor(() => card.find(Table));
    expect(fetched.mock.calls[0]?.[0]).toBe("https://touchstone.example.com/api/deals/501");
    expect(renderedText(card.find(Alert))).toContain("Single thread: 1 person of this deal is engaged.");
    for (const part of ["Sales to call · Tier 3", "1 of 3 roles covered", "Missing: Approver", "2 of 3 roles"])
      expect(text()).toContain(part);
  });

  it("says what to do when nobody is linked to the deal", async () => {
    const { card, text } = show(DealCard, async () => answerWith(dealView({ people: [], warnings: [] })));
    await card.waitFor(() => expect(text()).toContain("Nobody is linked to this deal."));
    expect(card.maybeFind(Table)).toBeNull();
  });

  it("shows that the score of the account is provisional", async () => {
    const { card } = show(DealCard, async () => answerWith(dealView({ account: accountBrief({ provisional: true }) })));
    await card.waitFor(() => expect(card.findAll(Tag).map(renderedText)).toContain("Provisional"));
  });

  it("says of a deal without a company what to do", async () => {
    const { card, text } = show(DealCard, async () =>
      answerWith(dealView({ state: "alone", note: "Link a company." })),
    );
    await card.waitFor(() => card.find(EmptyState));
    expect(text()).toContain("Link a company.");
  });
});

describe("the history card", () => {
  const answers = (view: TrendView) => async (url: string) =>
    answerWith(url.endsWith("/trend") ? view : { companyId: "501", own: null, tally: null });

  it("draws how the score went, and says what moved it, the newest first", async () => {
    const { card, text } = show(HistoryCard, answers(trendView()));
    await card.waitFor(() => card.find(LineChart));
    expect(card.find(LineChart).props.data).toEqual([
      { When: "20 Nov 2026, 11:30", Score: 12.3 },
      { When: "21 Nov 2026, 11:30", Score: 17.3 },
    ]);
    expect(text().indexOf("Somebody asked for a demo")).toBeLessThan(text().indexOf("First score"));
    expect(text()).toContain("21 Nov 2026, 11:30 · 12.3 → 17.3");
  });

  it("draws no line through a single point, and nothing without a score", async () => {
    const { card, text, close } = show(HistoryCard, answers(trendView({ points: trendView().points.slice(0, 1) })));
    await card.waitFor(() => expect(text()).toContain("The score has not moved yet."));
    expect(card.maybeFind(LineChart)).toBeNull();
    close();
    const empty = show(HistoryCard, answers(trendView({ max: null, points: [] })));
    await empty.card.waitFor(() => empty.card.find(EmptyState));
  });

  it("takes a verdict with its reason", async () => {
    const { card, fetched } = show(HistoryCard, answers(trendView()));
    await card.waitFor(() => card.find(Button));
    const modal = () => {
      const { overlay } = card.findAll(Button)[1]?.props ?? {};
      if (!overlay) throw new Error("the button opens nothing");
      return overlay;
    };
    modal()
      .find(Select)
      .trigger("onChange", "bad_data" as never);
    await card.waitFor(() => expect(modal().find(Select).props.value).toBe("bad_data"));
    modal().find(Form).trigger("onSubmit");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    expect(fetched.mock.calls.find(([, { method }]) => method === "POST")).toEqual([
      "https://touchstone.example.com/api/accounts/501/verdict",
      { method: "POST", body: { right: false, reason: "bad_data", note: "" } },
    ]);
  });
});
