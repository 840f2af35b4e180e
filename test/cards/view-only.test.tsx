import { Alert, Button, EmptyState, LoadingButton, Select, Table, Tabs, Tag, TextArea } from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import { AccountCard } from "../../hubspot-project/src/app/cards/account-card.tsx";
import { ContactCard } from "../../hubspot-project/src/app/cards/contact-card.tsx";
import type { SettingsHealthView } from "../../shared/settings-api.ts";
import { accountView } from "./account-view.ts";
import { listView, onboardingView, playView, spotCheckView, todayView } from "./home-views.ts";
import { committeeView, playsView, questionsView } from "./panel-views.ts";
import { personView } from "./person-view.ts";
import { answerWith, refuseWith, renderOnRecord } from "./render-card.tsx";
import { ok, openTab, renderHome, type } from "./render-home.tsx";
import { mayChange, renderSettings } from "./render-settings.tsx";
import { summaryView } from "./summary-view.ts";

const viewOnly = "You can see everything in Touchstone and change nothing.";
const told = (view: object) => ({ ...view, viewOnly });

let close: (() => void) | undefined;
afterEach(() => close?.());

describe("a card for somebody who may only look", () => {
  const panels: Readonly<Record<string, object>> = {
    committee: committeeView(),
    plays: playsView({ choices: [] }),
    questions: questionsView,
    summary: summaryView(),
  };
  const show = () => {
    const shown = renderOnRecord(AccountCard, async (url) =>
      answerWith(told(panels[url.split("/").at(-1) ?? ""] ?? accountView({ companyId: "501" }))),
    );
    close = shown.close;
    return shown;
  };

  it("says why, once, and still asks for news", async () => {
    const { card, text } = show();
    await card.waitFor(() => expect(text()).toContain("Next: Reach out"));
    expect(card.findAll(Alert).map(({ props }) => props.title)).toEqual(["You may only look"]);
    expect(text()).toContain(viewOnly);
    expect(card.findAll(LoadingButton)).not.toEqual([]);
  });

  it.each([
    ["committee", "1 of 3 roles covered", /role|Change/],
    ["plays", "Autumn", /Done/],
    ["questions", null, /Save/],
  ])("shows the panel %s without the buttons that would be refused", async (panel, content, writes) => {
    const { card, text } = show();
    await card.waitFor(() => card.find(Tabs));
    card.find(Tabs).trigger("onSelectedChange", panel as never);
    await card.waitFor(() => (content === null ? card.find(Select) : expect(text()).toContain(content)));
    const buttons = [...card.findAll(Button), ...card.findAll(LoadingButton)].map((one) => one.text ?? "");
    expect(buttons.filter((label) => writes.test(label))).toEqual([]);
    for (const select of card.findAll(Select)) expect(select.props.readOnly).toBe(true);
  });

  it("lets nobody be given a role on the person's own record", async () => {
    const shown = renderOnRecord(ContactCard, async () => answerWith(told(personView())));
    close = shown.close;
    await shown.card.waitFor(() => expect(shown.text()).toContain("What they did"));
    expect(shown.card.findAll(Button)).toEqual([]);
    expect(shown.text()).toContain(viewOnly);
  });
});

describe("the home page for somebody who may only look", () => {
  it.each([
    ["/", "GET /api/home/today", todayView],
    ["/plays", "GET /api/plays", { plays: [playView()] }],
    ["/onboarding", "GET /api/home/onboarding", onboardingView],
    ["/list", "GET /api/list", listView],
  ])("shows %s with the reason and no button that would be refused", async (path, question, view) => {
    const { page, text } = renderHome(path, { [question]: ok(told(view)) });
    await page.waitFor(() => page.find(Table));
    expect(text()).toContain(viewOnly);
    const buttons = [...page.findAll(Button), ...page.findAll(LoadingButton)].map((one) => one.text ?? "");
    expect(buttons.filter((label) => !/Refresh|Open|Next page|From the beginning/.test(label))).toEqual([]);
  });

  it("offers no spot check where none was drawn, although that answer says nothing of the reader", async () => {
    const { page, text } = renderHome("/list", { "GET /api/list": ok(told(listView)) });
    await page.waitFor(() => page.find(Table));
    openTab(page, "spot-check");
    await page.waitFor(() => expect(page.find(EmptyState).props.title).toBe("No spot check was drawn yet"));
    expect(text()).toContain(viewOnly);
    expect(page.findAll(LoadingButton)).toEqual([]);
  });

  it("has its buttons again as soon as an answer says nothing of it", async () => {
    let view: object = told(todayView);
    const { page, text } = renderHome("/", { "GET /api/home/today": () => ok(view) });
    await page.waitFor(() => page.find(Tag));
    view = todayView;
    page.find(LoadingButton).trigger("onClick");
    await page.waitFor(() => expect(text()).toContain("No outreach needed"));
    expect(text()).not.toContain(viewOnly);
  });

  it("keeps a drawn spot check without answers to give", async () => {
    const { page, text } = renderHome("/list", {
      "GET /api/list": ok(told(listView)),
      "GET /api/list/spot-check": ok(told(spotCheckView)),
    });
    await page.waitFor(() => page.find(Table));
    openTab(page, "spot-check");
    await page.waitFor(() => expect(text()).toContain(spotCheckView.seed));
    expect(page.findAll(Button)).toEqual([]);
  });
});

describe("who may only look, in the settings", () => {
  const path = "/api/settings/view-only";
  const health: SettingsHealthView = {
    figures: [],
    notices: [],
    sync: [],
    failedWrites: [],
    leastKnown: [],
    deadLetters: [],
    reconcile: null,
    kept: [],
    leaving: { lost: [], kept: [] },
  };
  const show = async (answers: Parameters<typeof renderSettings>[0], access: object = mayChange) => {
    const shown = renderSettings({
      "GET /api/settings/access": access,
      "GET /api/settings/health": health,
      "GET /api/portal/api-keys": { keys: [] },
      [`GET ${path}`]: { userIds: ["12"], version: 4, yourId: "77" },
      ...answers,
    });
    close = shown.close;
    await shown.page.waitFor(() => shown.page.find(Tabs));
    shown.openTab("health");
    await shown.shows("People who may only look");
    await shown.page.waitFor(() => shown.page.find(TextArea));
    return shown;
  };

  it("are sent as they are typed, with the version that was read, and shown as they stand", async () => {
    const saved = { userIds: ["12", "4711"], version: 5, yourId: "77" };
    const { page, sent } = await show({ [`POST ${path}`]: saved });
    expect(page.find(TextArea).props.description).toContain("yours is 77");
    type(page.find(TextArea), "12, 4711");
    await page.waitFor(() => expect(saveButton(page).props.disabled).toBe(false));
    saveButton(page).trigger("onClick");
    await page.waitFor(() => expect(page.find(TextArea).props.value).toBe("12\n4711"));
    expect(sent(path)).toEqual([{ userIds: ["12", "4711"], version: 4 }]);
  });

  it("keep what was typed when the server refuses it, with its reason", async () => {
    const message = "Somebody changed who may only look meanwhile.";
    const { page, shows } = await show({ [`POST ${path}`]: () => refuseWith(409, { message }) });
    type(page.find(TextArea), "5");
    await page.waitFor(() => expect(saveButton(page).props.disabled).toBe(false));
    saveButton(page).trigger("onClick");
    await shows(message);
    expect(page.find(TextArea).props.value).toBe("5");
  });

  it("cannot be changed by whoever may change nothing", async () => {
    const { page } = await show({}, { ...mayChange, mayChange: false, why: viewOnly });
    expect(page.find(TextArea).props.readOnly).toBe(true);
    expect(saveButton(page).props.disabled).toBe(true);
  });

  const saveButton = (page: Awaited<ReturnType<typeof show>>["page"]) => {
    const button = page.findAll(LoadingButton).find((one) => one.text === "Save who may only look");
    if (!button) throw new Error("There is no button to save with.");
    return button;
  };
});
