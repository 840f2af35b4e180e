import { Alert, Button, Form, LoadingButton, NumberInput, Tabs, TextArea } from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import { getTemplate } from "../../server/models/list-models.ts";
import type { ModelsView, PreviewView, PublishedModelView } from "../../shared/models-api.ts";
import { answerWith, refuseWith } from "./render-card.tsx";
import { mayChange, renderSettings } from "./render-settings.tsx";
import { renderedText } from "./rendered-text.ts";

let shown: ReturnType<typeof renderSettings> | undefined;
afterEach(() => shown?.close());

const noNode = { text: "" };
const says = (label: string) => (node: Parameters<typeof renderedText>[0]) => renderedText(node) === label;
const draft = getTemplate("readiness-10");
const models: ModelsView = {
  active: [],
  versions: [],
  templates: [{ key: "readiness-10", name: "Readiness 10", purpose: "readiness", description: "d", source: "row 44" }],
};
const over = { key: "readiness-10", version: 1 };
const preview: PreviewView = {
  over,
  model: { key: "readiness-10", name: "Readiness 10", purpose: "readiness", version: 2 },
  scoredAt: 1_795_000_000_000,
  accounts: 60,
  scored: 40,
  complete: false,
  warnings: ["3 companies have not been scored yet and are left out."],
  changes: ['Criterion "Emails opened" gives 2 points instead of 1.'],
  bands: [{ key: "call", label: "Sales to call", before: 4, after: 6 }],
  moved: 2,
  moves: [{ from: "nurture", to: "call", accounts: 2 }],
  movers: [{ companyId: "1", name: "Acme", from: "nurture", to: "call", scoreFrom: 3, scoreTo: 5 }],
  newHot: { accounts: 1, named: [{ companyId: "1", name: "Acme" }] },
  caps: [
    {
      tier: "tier_1",
      cap: 25,
      inBand: { before: 20, after: 30 },
      waitingFromAbove: { before: 0, after: 0 },
      over: { before: 0, after: 5 },
    },
  ],
  largest: [{ companyId: "1", name: "Acme", scoreFrom: 3, scoreTo: 5, lines: ["+2 Emails opened"] }],
  elapsedMs: 12,
};
const published: PublishedModelView = {
  key: "readiness-10",
  version: 2,
  purpose: "readiness",
  unchanged: false,
  changes: preview.changes,
  readingNow: [],
  properties: { created: [], newOptions: [], toFill: [], missing: [], problems: [] },
  lines: ["Readiness 10, version 2 is active now", ...preview.changes],
};

async function openDraft(more: Parameters<typeof renderSettings>[0] = {}) {
  shown = renderSettings({
    "GET /api/settings/access": mayChange,
    "GET /api/settings/progress": { done: 1, total: 2, line: "1 of 2 accounts", pending: false },
    "GET /api/models": models,
    "GET /api/models/templates/readiness-10": draft,
    "POST /api/models/preview": preview,
    "POST /api/models/publish": published,
    ...more,
  });
  const { page } = shown;
  await shown.shows("Try Readiness 10");
  press("Try Readiness 10");
  await shown.shows("Draft: Readiness 10");
  function press(label: string): void {
    const is = (node: Parameters<typeof renderedText>[0]) => renderedText(node) === label;
    (page.maybeFind(Button, is) ?? page.find(LoadingButton, is)).trigger("onClick");
  }
  return { ...shown, press };
}

describe("the progress of scoring", () => {
  it("is not asked for again once it was refused, and says so", async () => {
    let asked = 0;
    shown = renderSettings({
      "GET /api/settings/access": mayChange,
      "GET /api/models": models,
      "GET /api/settings/progress": () => {
        asked += 1;
        return refuseWith(403, { message: "Not for you." });
      },
    });
    await shown.shows("guide row 44");
    await shown.shows("Not for you. The progress is not asked for any more");
    expect(asked).toBe(1);
  });
});

describe("a draft of a model", () => {
  it("has the preview as its one primary button", async () => {
    const { page } = await openDraft();
    const primary = [...page.findAll(Button), ...page.findAll(LoadingButton)].filter(
      ({ props }) => props.variant === "primary",
    );
    expect(primary.map(renderedText)).toEqual(["Preview impact"]);
  });

  it("sends the document with the numbers that were changed, and nothing else changed", async () => {
    const { page, press, sent } = await openDraft();
    page.find(NumberInput, { name: "criteria[0].pointsEach" }).props.onInput?.(2);
    await page.waitFor(() => expect(page.find(NumberInput, { name: "criteria[0].pointsEach" }).props.value).toBe(2));
    press("Preview impact");
    await page.waitFor(() => expect(sent("/api/models/preview")).toHaveLength(1));
    const wanted = JSON.parse(JSON.stringify(draft.model));
    wanted.criteria[0].pointsEach = 2;
    expect(sent("/api/models/preview")).toEqual([{ model: wanted, waitMs: 50_000 }]);
  });

  it("shows who moves by name, the distribution, the newly hot, the overflow of caps and what it could not see", async () => {
    const { press, shows, text } = await openDraft();
    press("Preview impact");
    await shows("Who moves");
    for (const part of [
      "Acme",
      "3 → 5",
      "Sales to call",
      "20 → 30",
      "0 → 5",
      "40 of 60 accounts",
      "+2 Emails opened",
    ]) {
      expect(text()).toContain(part);
    }
    expect(text()).toContain("3 companies have not been scored yet");
  });

  it("says each fault with the name of its field and the remedy, also at the field itself", async () => {
    const place = "Emails opened: points for each";
    const fault = { path: "criteria[0].pointsEach", place, message: "must be 0 or more" };
    const { page, press, shows } = await openDraft({
      "POST /api/models/preview": () => refuseWith(422, { message: "The model has one fault.", faults: [fault] }),
    });
    press("Preview impact");
    await shows("“Emails opened: points for each”: must be 0 or more");
    expect(page.find(NumberInput, { name: fault.path }).props).toMatchObject({
      error: true,
      validationMessage: fault.message,
    });
  });

  it("is published only after a question, as it was previewed, and its outcome is told", async () => {
    const { page, press, sent, shows } = await openDraft();
    press("Preview impact");
    await shows("Who moves");
    const publish = page.find(Button, (node) => renderedText(node) === "Publish");
    expect(sent("/api/models/publish")).toEqual([]);
    publish.props.overlay?.find(Form).trigger("onSubmit");
    await shows("Active now");
    expect(sent("/api/models/publish")).toEqual([{ model: draft.model, over }]);
    expect(page.find(Alert).props).toMatchObject({ title: published.lines[0], variant: "success" });
    expect(page.mocks.actions.addAlert.calls[0]).toEqual([{ type: "success", message: "Readiness 10 is published." }]);
  });

  it("is kept when somebody published meanwhile: the question says who was first, and a new preview goes on from there", async () => {
    const message = "Somebody published Readiness 10, version 2, after you read what is active. Preview it again.";
    let overtaken = true;
    const { page, press, sent, shows } = await openDraft({
      "POST /api/models/preview": () => answerWith({ ...preview, over: { ...over, version: overtaken ? 1 : 2 } }),
      "POST /api/models/publish": () => (overtaken ? refuseWith(409, { message }) : answerWith(published)),
    });
    page.find(NumberInput, { name: "criteria[0].pointsEach" }).props.onInput?.(2);
    await page.waitFor(() => expect(page.find(NumberInput, { name: "criteria[0].pointsEach" }).props.value).toBe(2));
    const publish = () => page.find(Button, says("Publish")).props.overlay?.find(Form).trigger("onSubmit");
    press("Preview impact");
    await shows("Who moves");
    publish();
    await page.waitFor(() =>
      expect(renderedText(page.find(Button, says("Publish")).props.overlay ?? noNode)).toContain(message),
    );
    const question = page.find(Button, says("Publish")).props.overlay;
    expect(question?.find(Alert).props.title).toBe("This has changed meanwhile");
    expect(page.find(NumberInput, { name: "criteria[0].pointsEach" }).props.value).toBe(2);
    overtaken = false;
    press("Preview impact");
    await page.waitFor(() => expect(page.find(LoadingButton, says("Preview impact")).props.loading).toBe(true));
    await page.waitFor(() => expect(page.find(LoadingButton, says("Preview impact")).props.loading).toBe(false));
    publish();
    await shows("Active now");
    expect(sent("/api/models/publish").map((body) => (body as { over: unknown }).over)).toEqual([
      { ...over, version: 1 },
      { ...over, version: 2 },
    ]);
  });

  it("is left without a question when nothing was typed, and with one when something was", async () => {
    const { page, press, shows } = await openDraft();
    press("All models");
    await shows("Active now");
    press("Try Readiness 10");
    await shows("Draft: Readiness 10");
    page.find(NumberInput, { name: "criteria[0].pointsEach" }).props.onInput?.(2);
    const leave = () => page.find(Button, says("All models")).props;
    await page.waitFor(() => expect(leave().overlay).toBeDefined());
    expect(leave().onClick).toBeUndefined();
    expect(renderedText(leave().overlay ?? noNode)).toContain(
      "What you changed in the draft of Readiness 10 is not published",
    );
    leave().overlay?.find(Form).trigger("onSubmit");
    await shows("Active now");
  });

  it("keeps the person in its section until they say that it may be dropped", async () => {
    const { openTab, page, press, shows, text } = await openDraft();
    page.find(TextArea).props.onInput?.("{}");
    await shows("The preview leaves it out");
    openTab("health");
    await shows("Not saved: the draft of Readiness 10. Opening Health loses it.");
    expect(page.find(Tabs).props.selected).toBe("model");
    press("Stay here");
    await page.waitFor(() => expect(text()).not.toContain("Opening Health loses it."));
    expect(page.find(TextArea).props.value).toBe("{}");
    openTab("health");
    await shows("Drop it and open Health");
    press("Drop it and open Health");
    await page.waitFor(() => expect(page.find(Tabs).props.selected).toBe("health"));
    expect(text()).not.toContain("Not saved");
  });

  it("is refused in a sentence of the server's to who may only look", async () => {
    const { page } = await openDraft({
      "POST /api/models/preview": () => refuseWith(403, { message: "You may only look here." }),
    });
    page.find(LoadingButton, says("Preview impact")).trigger("onClick");
    await page.waitFor(() => expect(page.find(Alert, { title: "You may not do this" })).toBeDefined());
    expect(renderedText(page.find(Alert, { title: "You may not do this" }))).toContain("You may only look here.");
  });

  it("warns that a pasted file is not checked yet, until it is the draft", async () => {
    const { page, press, shows, text } = await openDraft({ "POST /api/models/form": draft });
    const warning = "The preview leaves it out until you press";
    expect(text()).not.toContain(warning);
    page.find(TextArea).props.onInput?.(JSON.stringify(draft.model));
    await shows(warning);
    press("Check and use this file");
    await page.waitFor(() => expect(text()).not.toContain(warning));
  });

  it("does not send a file that is no JSON, and says where it breaks", async () => {
    const { page, press, sent, text } = await openDraft();
    page.find(TextArea).props.onInput?.('{"key": ');
    await page.waitFor(() => expect(page.find(TextArea).props.value).toBe('{"key": '));
    press("Check and use this file");
    await page.waitFor(() => expect(text()).toMatch(/JSON/));
    expect(sent("/api/models/form")).toEqual([]);
  });
});
