import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Form,
  Link,
  LoadingButton,
  Modal,
  Panel,
  ProgressBar,
  Select,
  TableRow,
  Tag,
  TextArea,
} from "@hubspot/ui-extensions";
import { PageLink, PageTitle } from "@hubspot/ui-extensions/pages";
import { describe, expect, it } from "@jest/globals";
import { onboardingView, playView, todayView, weekView } from "./home-views.ts";
import { choose, ok, overlayOf, type Page, refused, renderHome, type } from "./render-home.tsx";
import { renderedText } from "./rendered-text.ts";

const today = "GET /api/home/today";
describe("the home page", () => {
  it("does not ask anybody when the profile names no server", () => {
    const { page, fetched } = renderHome("/", {}, {});
    expect(page.find(ErrorState).props.title).toBe("This page is not set up");
    expect(fetched).not.toHaveBeenCalled();
  });

  it("names the route and links to the others", () => {
    const { page } = renderHome("/plays", {});
    expect(renderedText(page.find(PageTitle))).toBe("Plays");
    expect(page.findAll(PageLink).map(({ props }) => props.to)).toEqual([
      "/",
      "/week",
      "/list",
      "/reports",
      "/onboarding",
    ]);
  });
});

describe("the list of today", () => {
  it("ranks whom to call, with why, whom, how long and what was done last", async () => {
    const { page } = renderHome("/", { [today]: ok(todayView) });
    await page.waitFor(() => page.find(Tag));
    const rows = page.findAll(TableRow).map(renderedText);
    expect(rows[1]).toMatch(
      /Northwind.*Tier 1 · priority 81.2.*asked for a demo.*Ana Ruiz, CTO.*17 h left.*Call, 2 Nov 2026/,
    );
    expect(rows[2]).toMatch(/Larkfield.*Nobody by name yet.*No deadline/);
    expect(page.find(Link).props.href).toBe("https://app.hubspot.com/contacts/1/record/0-2/501");
  });

  it("says what an empty list means", async () => {
    const empty = { title: "Nobody to call right now", text: "It fills by itself." };
    const { page, text } = renderHome("/", { [today]: ok({ ...todayView, lines: [], empty }) });
    await page.waitFor(() => page.find(EmptyState));
    expect(page.find(EmptyState).props.title).toBe("Nobody to call right now");
    expect(text()).toContain("It fills by itself.");
  });

  it("stops a clock with a reason, confirms it and reads the list again", async () => {
    const { page, sent, alerts, fetched } = renderHome("/", {
      [today]: ok(todayView),
      "POST /api/accounts/501/hot/excuse": ok({ alert: { state: "excused" } }),
    });
    await page.waitFor(() => page.find(Button));
    const modal = () => overlayOf(page).find(Modal);
    choose(modal().find(Select), "open_deal");
    modal().find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(alerts()).toHaveLength(1));
    expect(sent()).toEqual([["/api/accounts/501/hot/excuse", { reason: "open_deal" }]]);
    expect(alerts()[0]).toEqual({ type: "success", message: "The clock of Northwind is stopped." });
    await page.waitFor(() => expect(fetched.mock.calls.filter(([, { method }]) => method === "GET")).toHaveLength(2));
  });

  it("asks for a note when the reason is another one, and sends nothing without it", async () => {
    const { page, sent } = renderHome("/", { [today]: ok(todayView) });
    await page.waitFor(() => page.find(Button));
    const modal = () => overlayOf(page).find(Modal);
    choose(modal().find(Select), "other");
    await page.waitFor(() => expect(modal().find(TextArea).props.error).toBe(true));
    modal().find(Form).trigger("onSubmit");
    expect(sent()).toEqual([]);
  });
});

describe("the agenda of the week", () => {
  it("shows its lists with what changed, and asks what to do about a cold account", async () => {
    const { page, text, sent } = renderHome("/week", {
      "GET /api/home/week": ok(weekView),
      "POST /api/accounts/501/cold": ok({ cold: null }),
    });
    await page.waitFor(() => page.find(Button));
    for (const part of ["Engaged: 1 account", "Tier 2 → Tier 1", "81.2, up 4", "No play runs.", "How it is counted."])
      expect(text()).toContain(part);
    const modal = () => overlayOf(page).find(Modal);
    type(modal().find(TextArea), "Two calls and a letter");
    modal().find(Form).trigger("onSubmit");
    await page.waitFor(() =>
      expect(sent()).toEqual([["/api/accounts/501/cold", { answer: "change", note: "Two calls and a letter" }]]),
    );
  });
});

describe("a programme that is too large for one meeting", () => {
  it("is counted in part, and the page says so", async () => {
    const counted = "Engagement is counted for 2000 of the 5312 accounts of the programme.";
    const { page } = renderHome("/week", { "GET /api/home/week": ok({ ...weekView, counted }) });
    await page.waitFor(() => page.find(Alert, { title: "Not all accounts are counted" }));
    expect(renderedText(page.find(Alert))).toContain("2000 of the 5312");
  });
});

describe("the plays", () => {
  const month = { key: "month", passed: false, text: "Another was launched.", overridable: true } as const;
  const open = (page: Page) => overlayOf(page).find(Panel);
  /** What a button of the panel asks before anything is done. */
  const asked = (page: Page, label: string) => {
    const { overlay } =
      open(page)
        .findAll(Button)
        .find((button) => renderedText(button) === label)?.props ?? {};
    if (!overlay) throw new Error(`${label} asks nothing.`);
    return overlay.find(Modal);
  };

  it("show what the guard refuses in its words, and launch with a reason", async () => {
    const refusal = "Another was launched. Give a reason to launch it all the same. Nothing was launched.";
    const { page, sent, alerts } = renderHome("/plays", {
      "GET /api/plays": ok({ plays: [playView({ checks: [month] })] }),
      "POST /api/plays/p1/launch": (body) =>
        JSON.stringify(body).includes("overrideReason") ? ok(playView({ status: "running" })) : refused(400, refusal),
    });
    await page.waitFor(() => page.find(Button, { size: "xs" }));
    const modal = () => asked(page, "Launch");
    expect(renderedText(modal())).toContain("Its steps become HubSpot tasks");
    modal().find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(renderedText(modal().find(Alert))).toContain(refusal));
    type(modal().find(TextArea), "A fair of this sector");
    modal().find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(alerts().at(-1)).toEqual({ type: "success", message: "Autumn wave is launched." }));
    expect(sent()).toEqual([
      ["/api/plays/p1/launch", {}],
      ["/api/plays/p1/launch", { overrideReason: "A fair of this sector" }],
    ]);
  });

  it("say each rate with what it is made of, and which play should end", async () => {
    const suggestion = { text: "Retire it: 91 days, and not one account has engaged.", instead: ["Try another angle"] };
    const { page, text } = renderHome("/plays", {
      "GET /api/plays": ok({ plays: [playView({ status: "running", suggestion })] }),
    });
    await page.waitFor(() => page.find(Alert));
    expect(text()).toContain("4 of 20 (20 %, 95 % interval 8–42 %)");
    expect(renderedText(page.find(Alert))).toContain("Retire it: 91 days");
  });

  it("are retired only after the panel said that it is final", async () => {
    const { page, sent } = renderHome("/plays", {
      "GET /api/plays": ok({ plays: [playView({ status: "running" })] }),
      "POST /api/plays/p1/retire": ok(playView({ status: "retired" })),
    });
    await page.waitFor(() => page.find(Button, { size: "xs" }));
    const modal = asked(page, "Retire");
    expect(renderedText(modal)).toContain("This is final");
    expect(renderedText(modal.find(LoadingButton, { variant: "destructive" }))).toBe("Retire");
    expect(sent()).toEqual([]);
    modal.find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(sent()).toEqual([["/api/plays/p1/retire", {}]]));
  });

  it("take accounts in by their company ids, and say of each what became of it", async () => {
    const lines = [
      { companyId: "501", status: "enrolled", message: "enrolled" },
      { companyId: "502", status: "rejected", message: "no such company is known here (yet)" },
    ];
    const { page, sent } = renderHome("/plays", {
      "GET /api/plays": ok({ plays: [playView({ status: "running" })] }),
      "POST /api/plays/p1/accounts": ok({ enrolled: 1, lines }),
    });
    await page.waitFor(() => page.find(Button, { size: "xs" }));
    const ids = () => open(page).find(TextArea, { name: "lines" });
    expect(renderedText(open(page))).toContain("the id of this play: p1");
    type(ids(), "501, Northwind");
    await page.waitFor(() => expect(ids().props.validationMessage).toContain("Northwind is no company id"));
    const add = () => open(page).findAll(Form).at(-1)?.trigger("onSubmit");
    add();
    expect(sent()).toEqual([]);
    type(ids(), "501, 502\n501");
    await page.waitFor(() => expect(ids().props.error).toBe(false));
    add();
    await page.waitFor(() => expect(renderedText(open(page))).toContain("New in the play: 1 of 2"));
    expect(renderedText(open(page))).toContain("502: no such company is known here (yet)");
    expect(sent()).toEqual([["/api/plays/p1/accounts", { companyIds: ["501", "502"] }]]);
  });

  it("say what a play is when there is none", async () => {
    const { page } = renderHome("/plays", { "GET /api/plays": ok({ plays: [] }) });
    await page.waitFor(() => page.find(EmptyState, { title: "No play is made yet" }));
    expect(page.findAll(Button, { variant: "primary" })).toHaveLength(1);
  });
});

describe("the onboarding checklist", () => {
  it("shows how far the reading of the CRM is, and when it ends", async () => {
    const { page } = renderHome("/onboarding", { "GET /api/home/onboarding": ok(onboardingView) });
    await page.waitFor(() => page.find(ProgressBar, { value: 12_300, maxValue: 90_000 }));
    expect(page.findAll(ProgressBar)).toHaveLength(2);
  });

  it("keeps what a person says is done, and shows the answer", async () => {
    const done = { ...onboardingView, done: 2, summary: "2 of 3 done" };
    const { page, sent, alerts } = renderHome("/onboarding", {
      "GET /api/home/onboarding": ok(onboardingView),
      "POST /api/home/onboarding": ok(done),
    });
    await page.waitFor(() => page.find(LoadingButton, { size: "xs" }));
    page.find(LoadingButton, { size: "xs" }).trigger("onClick");
    await page.waitFor(() => expect(page.find(ProgressBar).props.valueDescription).toBe("2 of 3 done"));
    expect(sent()).toEqual([["/api/home/onboarding", { step: "deal-card", done: true }]]);
    expect(alerts()).toEqual([{ type: "success", message: "Place the card on deals: done." }]);
  });

  it("says above the list why a tick was not kept, and leaves the step as it was", async () => {
    const why = "You are one of the people who may only look. Nothing was changed.";
    const { page } = renderHome("/onboarding", {
      "GET /api/home/onboarding": ok(onboardingView),
      "POST /api/home/onboarding": refused(403, why),
    });
    await page.waitFor(() => page.find(LoadingButton, { size: "xs" }));
    page.find(LoadingButton, { size: "xs" }).trigger("onClick");
    await page.waitFor(() => page.find(Alert, { title: "You may not do this" }));
    expect(renderedText(page.find(Alert))).toContain(why);
    expect(page.find(ProgressBar).props.valueDescription).toBe("1 of 3 done");
  });
});
