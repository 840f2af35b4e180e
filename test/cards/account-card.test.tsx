import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Heading,
  LoadingButton,
  ProgressBar,
  StatisticsItem,
  Tag,
} from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import { accountView } from "./account-view.ts";
import { answerWith, refuseWith, renderCard } from "./render-card.tsx";
import { renderedText } from "./rendered-text.ts";

let shown: ReturnType<typeof renderCard> | undefined;
const show = (...values: Parameters<typeof renderCard>) => {
  shown = renderCard(...values);
  return shown;
};
afterEach(() => {
  shown?.close();
});

describe("the account card", () => {
  it("asks the server of its profile for the company that is open", async () => {
    const { card, fetched } = show(async () => answerWith(accountView()));
    await card.waitFor(() => card.find(Heading));
    expect(fetched.mock.calls[0]).toEqual(["https://touchstone.example.com/api/accounts/501", { method: "GET" }]);
  });

  it("shows the state in words first, then both scores beside each other and the tier", async () => {
    const { card } = show(async () => answerWith(accountView()));
    await card.waitFor(() => card.find(StatisticsItem));
    expect(renderedText(card.find(Heading))).toBe("Sales to call · Tier 3");
    expect(card.findAll(StatisticsItem).map(({ props }) => [props.label, props.number])).toEqual([
      ["Priority, out of 100", "17.3"],
      ["Tier", "Tier 3"],
      ["Readiness, out of 10", "5"],
    ]);
  });

  it("shows the rescaled score beside the score where the model offers it, and says nothing of it elsewhere", async () => {
    const rescaled = "Rescaled to what is known: 100 of 100, provisional";
    const offered = accountView();
    const view = { ...offered, priority: offered.priority && { ...offered.priority, rescaled } };
    const { card } = show(async () => answerWith(view));
    await card.waitFor(() => card.find(StatisticsItem));
    const [priority, , readiness] = card.findAll(StatisticsItem).map(renderedText);
    expect(priority).toContain(rescaled);
    expect(readiness).not.toContain("Rescaled");
  });

  it("says on a record that was merged away whose score it shows", async () => {
    const { card, text } = show(async () => answerWith({ ...accountView(), name: "Acme", mergedFrom: "501" }));
    await card.waitFor(() => card.find(Heading));
    expect(text()).toContain("This record was merged into Acme, whose score this is.");
  });

  it("says first until when somebody has to reach out, and that it is late when it is", async () => {
    const dueAt = Date.parse("2026-11-04T09:00:00Z");
    const hot = { reason: "Somebody asked for a demo.", route: "sales" as const, dueAt, missed: false };
    const { card } = show(async () => answerWith(accountView({ hot })));
    await card.waitFor(() => card.find(Alert));
    expect([card.find(Alert).props.title, card.find(Alert).props.variant]).toEqual([
      "Hot: reach out by 4 Nov 2026, 10:00 (Europe/Berlin)",
      "warning",
    ]);
    shown?.close();
    const late = show(async () => answerWith(accountView({ hot: { ...hot, missed: true } })));
    await late.card.waitFor(() => late.card.find(Alert));
    expect([late.card.find(Alert).props.title, late.card.find(Alert).props.variant]).toEqual([
      "Hot: the time to reach out was 4 Nov 2026, 10:00 (Europe/Berlin)",
      "danger",
    ]);
  });

  it("shows the three axes and says how much can be known", async () => {
    const { card, text } = show(async () => answerWith(accountView()));
    await card.waitFor(() => card.find(ProgressBar));
    expect(card.findAll(ProgressBar).map(({ props }) => [props.title, props.valueDescription])).toEqual([
      ["Fit", "8 of 40"],
      ["Intent", "5 of 35"],
      ["Engagement", "4.3 of 25"],
    ]);
    expect(text()).toContain("58 of 100 points can be known");
    expect(renderedText(card.find(Tag))).toBe("Provisional");
  });

  it("names who did what and when, in the reader's language and the portal's time zone", async () => {
    const { card, text } = show(async () => answerWith(accountView()));
    await card.waitFor(() => card.find(StatisticsItem));
    expect(text()).toContain("Ana Ruiz, CTO, asked for a demo");
    expect(text()).toContain("20 Nov 2026");
    expect(text()).toContain("20 Nov 2026, 11:30: priority 12.3 → 17.3, no tier → Tier 3");
    expect(text()).toContain("A reply from a VP: +4 priority");
  });

  it("has exactly one primary button in every state", async () => {
    for (const state of ["scored", "waiting", "unscored"] as const) {
      const { card, close } = show(async () => answerWith(accountView({ state })));
      await card.waitFor(() => card.find(Button, { variant: "primary" }));
      expect(card.findAll(Button, { variant: "primary" })).toHaveLength(1);
      close();
    }
  });

  it("waits with an account that has no score yet, and shows the score when it comes", async () => {
    const waiting = accountView({ state: "waiting", headline: "Not scored yet", reason: "Being read.", pending: true });
    let answer = waiting;
    const { card } = show(async () => answerWith(answer));
    await card.waitFor(() => card.find(EmptyState));
    expect(card.find(EmptyState).props.title).toBe("Not scored yet");
    answer = accountView();
    await card.waitFor(() => card.find(StatisticsItem), { timeoutInMs: 3_000 });
  });

  it("gives an excluded account its reason and no number", async () => {
    const view = accountView({ state: "excluded", headline: "Excluded: competitor", reason: "It is on the list." });
    const { card, text } = show(async () => answerWith(view));
    await card.waitFor(() => card.find(Heading));
    expect(renderedText(card.find(Heading))).toBe("Excluded: competitor");
    expect(text()).toContain("It is on the list.");
    expect(card.maybeFind(StatisticsItem)).toBeNull();
  });

  it("says a risk beside the points", async () => {
    const { card } = show(async () => answerWith(accountView({ risks: ["1 person is a blocker: Ben Ode, Analyst"] })));
    await card.waitFor(() => card.find(Alert));
    expect(renderedText(card.find(Alert))).toContain("1 person is a blocker: Ben Ode, Analyst");
  });

  it("says when a change is on its way", async () => {
    const { card } = show(async () => answerWith(accountView({ pending: true })));
    await card.waitFor(() => card.find(Tag, { variant: "info" }));
    expect(renderedText(card.find(Tag, { variant: "info" }))).toBe("Updating");
  });

  it("shows the server's message and tries again when asked", async () => {
    let works = false;
    const refusal = refuseWith(503, { error: "unavailable", message: "The database is away." });
    const { card } = show(async () => (works ? answerWith(accountView()) : refusal));
    await card.waitFor(() => card.find(ErrorState));
    expect(renderedText(card.find(ErrorState))).toContain("The database is away.");
    works = true;
    card.find(LoadingButton).trigger("onClick");
    await card.waitFor(() => card.find(StatisticsItem));
  });

  it("keeps the last score in sight when a later answer fails", async () => {
    let works = true;
    const { card } = show(async () => (works ? answerWith(accountView()) : refuseWith(500, null)));
    await card.waitFor(() => card.find(StatisticsItem));
    works = false;
    card.find(LoadingButton).trigger("onClick");
    await card.waitFor(() => card.find(Alert));
    expect(renderedText(card.find(Alert))).toContain("Touchstone answered with an error (500).");
    expect(card.find(StatisticsItem).props.number).toBe("17.3");
  });

  it("says so when no connection comes about", async () => {
    const { card } = show(() => Promise.reject(new Error("timeout")));
    await card.waitFor(() => card.find(ErrorState));
    expect(renderedText(card.find(ErrorState))).toContain("Touchstone could not be reached.");
  });

  it("does not ask anybody when the profile names no server", () => {
    const { card, fetched } = show(async () => answerWith(accountView()), {});
    expect(card.find(ErrorState).props.title).toBe("This card is not set up");
    expect(fetched).not.toHaveBeenCalled();
  });

  it("lets the record read its properties again after the score moved, and not before", async () => {
    let view = accountView();
    const { card } = show(async () => answerWith(view));
    await card.waitFor(() => card.find(StatisticsItem));
    expect(card.mocks.actions.refreshObjectProperties.callCount).toBe(0);
    view = accountView({ headline: "Hot", scoredAt: (view.scoredAt ?? 0) + 1 });
    card.find(LoadingButton).trigger("onClick");
    await card.waitFor(() => expect(card.mocks.actions.refreshObjectProperties.callCount).toBe(1));
  });
});
