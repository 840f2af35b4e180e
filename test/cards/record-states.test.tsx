import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Form,
  Heading,
  LoadingButton,
  LoadingSpinner,
  StatisticsItem,
  TableHeader,
  Tabs,
} from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { ComponentType } from "react";
import { AccountCard } from "../../hubspot-project/src/app/cards/account-card.tsx";
import { AccountSidebar } from "../../hubspot-project/src/app/cards/account-sidebar.tsx";
import { ContactCard } from "../../hubspot-project/src/app/cards/contact-card.tsx";
import { DealCard } from "../../hubspot-project/src/app/cards/deal-card.tsx";
import { HistoryCard } from "../../hubspot-project/src/app/cards/history-card.tsx";
import type { AccountView } from "../../shared/card-api.ts";
import { accountView } from "./account-view.ts";
import { committeeView, dealView, playsView, trendView } from "./panel-views.ts";
import { accountBrief, personView } from "./person-view.ts";
import { answerWith, refuseWith, renderOnRecord } from "./render-card.tsx";
import { renderedText } from "./rendered-text.ts";
import { summaryView } from "./summary-view.ts";

let shown: ReturnType<typeof renderOnRecord> | undefined;
const show = (...values: Parameters<typeof renderOnRecord>) => {
  shown = renderOnRecord(...values);
  return shown;
};
afterEach(() => shown?.close());

const at = Date.parse("2026-11-20T10:30:00Z");
const headline = "Excluded: Competitor";
const exclusion = `${headline}. No outreach until the reason is gone.`;
const leaveIt = { text: "Leave it alone", why: "No outreach.", timeLeft: null, late: false, opens: null };
const excluded = {
  account: accountView({ state: "excluded", headline, reason: "On the list.", companyId: "501", raises: [] }),
  summary: summaryView({ state: "excluded", headline, reason: "On the list.", missingRoles: [], next: leaveIt }),
  brief: accountBrief({ state: "excluded", headline, reason: "On the list.", priority: null, readiness: null }),
};

/** The account card with what its own request and its panels get. */
const showAccount = (account: AccountView, panels: Record<string, object> = {}) =>
  show(AccountCard, async (url) => {
    const panel = url.split("/accounts/501/")[1];
    return answerWith(panel === undefined ? account : (panels[panel] ?? summaryView()));
  });

const cards: readonly (readonly [string, ComponentType, string])[] = [
  ["account card", AccountCard, "Reading the score of this account"],
  ["sidebar card", AccountSidebar, "Reading the score of this account"],
  ["contact card", ContactCard, "Reading the part that this person plays"],
  ["deal card", DealCard, "Reading the committee of this deal"],
  ["history card", HistoryCard, "Reading how the score went"],
];

describe.each(cards)("the %s", (_, Card, reading) => {
  it("says what it reads", () => {
    const { card } = show(Card, () => new Promise<never>(() => undefined));
    expect(card.find(LoadingSpinner).props.label).toBe(reading);
  });

  it("says in words that it failed, that it tries again, and offers to at once", async () => {
    const { card, text } = show(Card, async () => refuseWith(503, { message: "The database is away." }));
    await card.waitFor(() => card.find(ErrorState));
    expect(text()).toContain("It tries again by itself. The database is away.");
    expect(renderedText(card.find(LoadingButton))).toBe("Try again");
  });

  it("says in words who may not see it, and offers nothing to press", async () => {
    const { card, text, fetched } = show(Card, async () =>
      refuseWith(403, { message: "Ask an admin of this account." }),
    );
    await card.waitFor(() => card.find(ErrorState));
    expect(card.find(ErrorState).props).toMatchObject({ title: "You may not see this here", type: "lock" });
    expect(text()).toContain("Ask an admin of this account.");
    expect([card.maybeFind(Button), card.maybeFind(LoadingButton)]).toEqual([null, null]);
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});

describe("an excluded account", () => {
  it("shows its reason, and no clock, number or next step on its own card", async () => {
    const lastChange = { at, from: null, to: null, tierFrom: "Tier 3", tierTo: "Excluded", reasons: [] };
    const { card, text } = showAccount({ ...excluded.account, lastChange });
    await card.waitFor(() => card.find(Heading));
    expect(text()).toContain(`${headline} On the list.`);
    expect(text()).toContain("20 Nov 2026, 11:30: Tier 3 → Excluded");
    expect(text()).not.toMatch(/Next:|Hot|What would raise it/);
    expect(card.maybeFind(StatisticsItem)).toBeNull();
  });

  it("has a committee without messages, warnings and missing roles", async () => {
    const view = committeeView({ exclusion, warnings: [], coverage: { covered: 1, required: 3, missing: [] } });
    const { card, text } = showAccount(excluded.account, { committee: view });
    await card.waitFor(() => card.find(Tabs));
    card.find(Tabs).trigger("onSelectedChange", "committee" as never);
    await card.waitFor(() => expect(text()).toContain(exclusion));
    expect(card.findAll(TableHeader).map(renderedText)).not.toContain("Message now");
    expect(text()).not.toMatch(/Missing:|It moves on when/);
  });

  it.each([
    ["is in no play", []],
    ["is in a play", playsView().plays.map((play) => ({ ...play, next: [] }))],
  ])("that %s asks for no step and offers no play", async (_, plays) => {
    const { card, text } = showAccount(excluded.account, { plays: playsView({ exclusion, plays, choices: [] }) });
    await card.waitFor(() => card.find(Tabs));
    card.find(Tabs).trigger("onSelectedChange", "plays" as never);
    await card.waitFor(() => expect(text()).toContain(exclusion));
    expect([card.maybeFind(Form), card.maybeFind(Button, { size: "xs" })]).toEqual([null, null]);
  });

  it("says so first on a deal, and gives no message to its people", async () => {
    const view = dealView({ account: excluded.brief, exclusion, warnings: [] });
    const { card } = show(DealCard, async () => answerWith(view));
    await card.waitFor(() => card.find(Alert));
    expect([card.find(Alert).props.title, renderedText(card.find(Alert))]).toEqual(["Leave it alone", exclusion]);
    expect(card.findAll(TableHeader).map(renderedText)).not.toContain("Message now");
  });

  it("asks nobody to link people to its deal", async () => {
    const { card, text } = show(DealCard, async () =>
      answerWith(dealView({ account: excluded.brief, exclusion, warnings: [], people: [] })),
    );
    await card.waitFor(() => expect(text()).toContain("Nobody is linked to this deal."));
    expect(text()).not.toContain("Link the contacts");
  });

  it("says so in the sidebar, with nothing to press and nobody missing", async () => {
    const { card, text } = show(AccountSidebar, async () => answerWith(excluded.summary));
    await card.waitFor(() => card.find(Heading));
    expect(text()).toContain("Next: Leave it alone");
    expect([card.maybeFind(Button), text().includes("Missing:")]).toEqual([null, false]);
  });

  it("says so on a person, in place of what to say", async () => {
    const { card, text } = show(ContactCard, async () =>
      answerWith(personView({ account: excluded.brief, messageGap: exclusion })),
    );
    await card.waitFor(() => card.find(Alert));
    expect([card.find(Alert).props.title, renderedText(card.find(Alert))]).toEqual(["Leave it alone", exclusion]);
    expect(text()).not.toContain("What to say now");
  });

  it.each([
    ["after it had scores", trendView().points],
    ["that never had a score", []],
  ])("%s has a history that says so, and takes no verdict", async (_, points) => {
    const { card, text, fetched } = show(HistoryCard, async () => answerWith(trendView({ gap: exclusion, points })));
    await card.waitFor(() => expect(text()).toContain(exclusion));
    expect(card.maybeFind(Button)).toBeNull();
    expect(fetched.mock.calls.filter(([url]) => url.endsWith("/verdict"))).toEqual([]);
  });
});

describe("an account without a score", () => {
  const gap = "Not scored yet. Touchstone is reading this company and its people.";

  it("has an empty history that says why, and takes no verdict", async () => {
    const { card, text } = show(HistoryCard, async () => answerWith(trendView({ gap, points: [], max: null })));
    await card.waitFor(() => card.find(EmptyState));
    expect(text()).toContain(gap);
    expect(card.maybeFind(Button)).toBeNull();
  });

  it.each([
    ["account card", AccountCard, accountView({ state: "unscored", headline: "Not scored yet" })],
    ["sidebar card", AccountSidebar, summaryView({ state: "unscored", headline: "Not scored yet" })],
  ])("is told from one that waits on the %s, and can be looked for again", async (_, Card, view) => {
    const { card } = show(Card, async () => answerWith(view));
    await card.waitFor(() => card.find(EmptyState));
    expect([card.find(EmptyState).props.imageName, card.maybeFind(LoadingSpinner)]).toEqual(["companies", null]);
    expect(renderedText(card.find(Button))).toBe("Look again");
  });
});

describe("a hot account", () => {
  const titles: readonly (readonly [string, Partial<AccountView>, string, string])[] = [
    [
      "whose clock runs",
      { hot: { reason: "Asked for a demo.", route: "sales", dueAt: at, missed: false } },
      "warning",
      "Hot: reach out by 20 Nov 2026, 11:30 (Europe/Berlin)",
    ],
    [
      "whose time is over",
      { hot: { reason: "Asked for a demo.", route: "sales", dueAt: at, missed: true } },
      "danger",
      "Hot: the time to reach out was 20 Nov 2026, 11:30 (Europe/Berlin)",
    ],
    [
      "that was met",
      { hotAnswer: { state: "met", text: "Somebody reached out in time.", at } },
      "success",
      "Hot, and dealt with",
    ],
    [
      "that was met late",
      { hotAnswer: { state: "late", text: "Somebody reached out, after the time was over.", at } },
      "warning",
      "Hot, and dealt with",
    ],
    [
      "that was excused",
      { hotAnswer: { state: "excused", text: "Nobody needs to reach out. They asked us to wait", at: null } },
      "success",
      "Hot, and dealt with",
    ],
  ];
  it.each(titles)("%s says so first", async (_, parts, variant, title) => {
    const { card } = showAccount(accountView({ companyId: "501", ...parts }));
    await card.waitFor(() => card.find(Alert));
    expect(card.find(Alert).props).toMatchObject({ title, variant });
    expect(renderedText(card.find(Alert))).toContain(
      parts.hotAnswer?.at
        ? `${parts.hotAnswer.text} That was on 20 Nov 2026, 11:30.`
        : (parts.hotAnswer?.text ?? "stops the clock"),
    );
  });

  it("whose time is over shows by how much on the account card and in the sidebar", async () => {
    const late = summaryView({ next: { ...summaryView().next, timeLeft: "3 h over", late: true } });
    const { card, text, close } = showAccount(accountView({ companyId: "501" }), { summary: late });
    await card.waitFor(() => expect(text()).toContain("3 h over"));
    close();
    const sidebar = show(AccountSidebar, async () => answerWith(late));
    await sidebar.card.waitFor(() => expect(sidebar.text()).toContain("3 h over"));
  });
});

describe("an account that has gone cold", () => {
  const text = "Engagement has been below 20 % for 31 days: pause what runs, change the message, or keep going.";
  const cold = summaryView({
    next: { text: "Decide how to go on", why: text, timeLeft: null, late: false, opens: null },
  });

  it.each([
    ["account card", AccountCard],
    ["sidebar card", AccountSidebar],
  ])("asks on the %s what to decide", async (_, Card) => {
    const shownCard = show(Card, async (url) =>
      answerWith(url.endsWith("/summary") ? cold : accountView({ companyId: "501", cold: { text, since: at } })),
    );
    await shownCard.card.waitFor(() => expect(shownCard.text()).toContain("Next: Decide how to go on"));
    expect(shownCard.text()).toContain(text);
  });
});
