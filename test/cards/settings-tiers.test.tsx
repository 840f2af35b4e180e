import { Button, Form, Input, LoadingButton, Modal, NumberInput } from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import { loadTierTemplate } from "../../server/programme/tiers/load-tier-template.ts";
import type { TiersView } from "../../shared/tiers-api.ts";
import { answerWith, refuseWith } from "./render-card.tsx";
import { type Answers, mayChange, mayNot, renderSettings } from "./render-settings.tsx";
import { renderedText } from "./rendered-text.ts";

let shown: ReturnType<typeof renderSettings> | undefined;
afterEach(() => shown?.close());

async function openTiers(answers: Answers) {
  shown = renderSettings({ "GET /api/settings/access": mayChange, "GET /api/tiers": tiers, ...answers });
  const { shows, openTab } = shown;
  await shows(/./);
  await shown.page.waitFor(() => openTab("tiers"));
  await shown.shows("Capacity of people");
  return shown;
}

const programme = loadTierTemplate("bands-then-cap");
if (!programme) throw new Error("the template is there");
const tiers: TiersView = {
  version: 4,
  programme,
  tiers: programme.tiers.map(({ key, name, effort }) => ({
    key,
    name,
    members: 3,
    waiting: 1,
    withoutOwner: 0,
    askingDown: 0,
    cap: { template: 25, capacity: 12, effective: 12, limitedBy: "sales" },
    freeSince: null,
    effort,
  })),
  outOfProgramme: 0,
  excluded: 0,
  reassessDue: 0,
  waiting: [],
  demotions: [],
  withoutOwner: [],
  people: [{ personId: "700001", side: "sales", places: { tier_1: 12 } }],
  templates: [{ key: "score-bands", name: "Score bands", description: "By score alone." }],
  warnings: [],
  assignedAt: 1,
  pending: false,
};

describe("the tiers of the settings page", () => {
  it("say who bounds each tier", async () => {
    const { shows, text } = await openTiers({});
    await shows("sales: its people can work no more");
    expect(text()).toContain("700001");
  });

  it("are published with the cap that was typed, after a question", async () => {
    const { page, sent, shows } = await openTiers({
      "POST /api/tiers/programme": { readingNow: [] },
    });
    await shows("Who qualifies beyond the cap waits by rank");
    page.find(NumberInput, { name: "cap-tier_1" }).props.onInput?.(30);
    const isSave = (node: Parameters<typeof renderedText>[0]) => renderedText(node) === "Save the caps";
    await page.waitFor(() => expect(page.find(Button, isSave).props.disabled).toBe(false));
    expect(sent("/api/tiers/programme")).toEqual([]);
    page.find(Button, isSave).props.overlay?.find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(sent("/api/tiers/programme")).toHaveLength(1));
    const [tier, ...others] = programme.tiers;
    expect(sent("/api/tiers/programme")).toEqual([
      { programme: { ...programme, tiers: [{ ...tier, cap: 30 }, ...others] }, version: 4 },
    ]);
  });

  it("that somebody else published meanwhile are refused in words, in the question itself", async () => {
    const { page, shows } = await openTiers({
      "POST /api/tiers/programme": () => refuseWith(409, { message: "The tiers were changed meanwhile." }),
    });
    await shows("Who qualifies beyond the cap waits by rank");
    page.find(NumberInput, { name: "cap-tier_1" }).props.onInput?.(30);
    await page.waitFor(() => expect(page.find(Button, says("Save the caps")).props.disabled).toBe(false));
    const question = () => questionOf(page.find(Button, says("Save the caps")).props);
    question().find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(renderedText(question())).toContain("The tiers were changed meanwhile."));
  });
});

describe("the tiers of a portal where nothing is yet", () => {
  it("say so of each list, and offer what can be done", async () => {
    const { page, shows, text } = await openTiers({ "GET /api/tiers": { ...tiers, people: [] } });
    await shows("Nobody: no account has its place at stake.");
    expect(text()).not.toContain("Waiting for a place");
    expect(text()).toContain("Without people only the caps bound the tiers.");
    expect(page.find(Button, says("Save the caps")).props.disabled).toBe(true);
    expect(page.find(Button, says("Use Score bands")).props.disabled).toBe(false);
  });

  it("are read again when places are being given anew, and say what does not fit together", async () => {
    let asked = 0;
    const { page, shows, text } = await openTiers({
      "GET /api/tiers": () => {
        asked += 1;
        return answerWith({ ...tiers, pending: asked === 1, warnings: ["Tier 1 has more places than its band."] });
      },
    });
    await shows("Tier 1 has more places than its band.");
    page.find(LoadingButton, says("Read again")).trigger("onClick");
    await page.waitFor(() => expect(text()).not.toContain("Places are being given anew"));
    expect(asked).toBe(2);
  });

  it("cannot be changed by who may only look", async () => {
    const { page } = await openTiers({ "GET /api/settings/access": mayNot });
    expect(page.find(NumberInput, { name: "cap-tier_1" }).props.readOnly).toBe(true);
    expect(page.maybeFind(Button, says("Save this person"))).toBeNull();
    for (const label of ["Save the caps", "Remove", "Use Score bands"])
      expect(page.find(Button, says(label)).props.disabled).toBe(true);
  });
});

describe("the capacity of a person", () => {
  it("is saved after a question that says the places of every tier, and the form is empty for the next one", async () => {
    const { page, sent } = await openTiers({ "POST /api/tiers/people": tiers });
    page.find(Input).props.onInput?.(" 700003 ");
    page.find(NumberInput, { name: "places-tier_1" }).props.onInput?.(5);
    const save = () => page.find(Button, says("Save this person")).props;
    await page.waitFor(() => {
      const question = renderedText(questionOf(save()));
      expect(question).toContain("Tier 1: 17");
      expect(question).toContain("Tier 2: none, so no account gets a place in it");
    });
    expect(sent("/api/tiers/people")).toEqual([]);
    questionOf(save()).find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(page.find(Input).props.value).toBe(""));
    expect(page.find(NumberInput, { name: "places-tier_1" }).props.value).toBe(0);
    expect(save().disabled).toBe(true);
    expect(sent("/api/tiers/people")).toEqual([{ personId: "700003", side: "sales", places: { tier_1: 5 } }]);
  });
});

describe("a person who leaves the plan", () => {
  it("is refused in the question, not on the page", async () => {
    const { page, text } = await openTiers({
      "POST /api/tiers/people": () => refuseWith(403, { message: "Ask the person who connected it." }),
    });
    const remove = () => questionOf(page.find(Button, says("Remove")).props);
    remove().find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(renderedText(remove())).toContain("Ask the person who connected it."));
    expect(text()).not.toContain("Ask the person who connected it.");
  });
});

function questionOf<T>({ overlay }: { readonly overlay?: T }): T {
  if (overlay === undefined) throw new Error("this button asks nothing first");
  return overlay;
}

const says = (label: string) => (node: Parameters<typeof renderedText>[0]) => renderedText(node) === label;

describe("accounts whose place is at stake", () => {
  const member = { tier: "tier_1", score: 70, since: 1, reason: "r" };
  const why = "Score 70, and Tier 1 is kept down to 78.";
  const asking = { ...member, companyId: "9001", name: "Acme", to: "tier_2", askedAt: 2, why };
  const view: TiersView = {
    ...tiers,
    tiers: tiers.tiers.map((tier, index) => ({ ...tier, askingDown: index === 0 ? 103 : 0 })),
    demotions: [asking],
    waiting: [
      {
        ...member,
        companyId: "9002",
        name: null,
        tier: "tier_2",
        waitingFor: "tier_1",
        waitingSince: 1_795_000_000_000,
      },
    ],
    withoutOwner: [{ ...member, companyId: "9003", name: "Initech" }],
  };
  const answered = { companyId: "9001", history: [] };

  it("are named with why, beside who waits for a place and who has no owner", async () => {
    const { shows, text } = await openTiers({ "GET /api/tiers": view });
    await shows("Asking to move down");
    for (const part of ["Acme", why, "… and 102 more.", "Company 9002", "18 Nov 2026", "Initech"]) {
      expect(text()).toContain(part);
    }
  });

  const beta = { ...asking, companyId: "9004", name: "Beta" };
  const question = (page: ReturnType<typeof renderSettings>["page"], place: number) =>
    questionOf(page.findAll(Button, says("Yes"))[place]?.props ?? {});

  it("are refused in their own question: the next one begins without what the last one was told", async () => {
    const { page } = await openTiers({
      "GET /api/tiers": { ...view, demotions: [asking, beta] },
      "POST /api/accounts/9001/tier/demotion": () => refuseWith(409, { message: "Acme has moved meanwhile." }),
    });
    question(page, 0).find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(renderedText(question(page, 0))).toContain("Acme has moved meanwhile."));
    question(page, 0).find(Modal).trigger("onClose");
    await page.waitFor(() => expect(renderedText(question(page, 1))).not.toContain("Acme has moved meanwhile."));
    expect(renderedText(question(page, 0))).not.toContain("Acme has moved meanwhile.");
  });

  it("say by an alert why one was refused whose question is closed already, and nothing in the next question", async () => {
    const { page, text } = await openTiers({
      "GET /api/tiers": { ...view, demotions: [asking, beta] },
      "POST /api/accounts/9001/tier/demotion": () => refuseWith(409, { message: "Acme has moved meanwhile." }),
    });
    question(page, 0).find(Form).trigger("onSubmit");
    question(page, 0).find(Modal).trigger("onClose");
    await page.waitFor(() => expect(page.mocks.actions.addAlert.callCount).toBe(1));
    expect(page.mocks.actions.addAlert.calls[0]).toEqual([
      { type: "danger", title: "This has changed meanwhile", message: "Acme has moved meanwhile." },
    ]);
    expect([renderedText(question(page, 1)), text()].join()).not.toContain("Acme has moved meanwhile.");
  });

  it.each([
    ["Yes", true, "Acme moves to Tier 2."],
    ["No", false, "Acme stays in Tier 1."],
  ])("are answered with %s after a question, and the tiers are read again", async (label, approve, message) => {
    let asked = 0;
    const { page, sent, text } = await openTiers({
      "GET /api/tiers": () => {
        asked += 1;
        return answerWith(asked === 1 ? view : tiers);
      },
      "POST /api/accounts/9001/tier/demotion": answered,
    });
    const question = questionOf(page.find(Button, says(label)).props);
    expect(renderedText(question)).toContain(why);
    expect(sent("/api/accounts/9001/tier/demotion")).toEqual([]);
    question.find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(text()).not.toContain("Acme"));
    expect(sent("/api/accounts/9001/tier/demotion")).toEqual([{ approve }]);
    expect(page.mocks.actions.addAlert.calls[0]).toEqual([{ type: "success", message }]);
  });
});
