import { Alert, Button, Form, Input, LoadingButton, Modal, Panel, Select, TextArea } from "@hubspot/ui-extensions";
import { describe, expect, it } from "@jest/globals";
import { listView, playView, todayView, weekView } from "./home-views.ts";
import { type Answers, choose, ok, openTab, overlayOf, type Page, refused, renderHome, type } from "./render-home.tsx";
import { renderedText } from "./rendered-text.ts";

const modal = (page: Page) => overlayOf(page).find(Modal);
const panel = (page: Page) => overlayOf(page).find(Panel);
/** What the primary button opens. */
const primaryOf = (under: Pick<Page, "find">) => {
  const { overlay } = under.find(Button, { variant: "primary" }).props;
  if (overlay === undefined) throw new Error("The button opens nothing.");
  return overlay.find(Modal);
};

/** Every form of the page in which somebody types: where it stands, what it sends, and where its text goes. */
const forms: readonly {
  readonly name: string;
  readonly path: string;
  readonly tab?: string;
  readonly answers: Answers;
  readonly question: string;
  readonly text: string;
  form(page: Page): Pick<ReturnType<typeof modal>, "find" | "findAll">;
}[] = [
  {
    name: "an excuse",
    path: "/",
    answers: { "GET /api/home/today": ok(todayView) },
    question: "POST /api/accounts/501/hot/excuse",
    text: "They are on holiday",
    form: modal,
  },
  {
    name: "a decision about a cold account",
    path: "/week",
    answers: { "GET /api/home/week": ok(weekView) },
    question: "POST /api/accounts/501/cold",
    text: "Two calls and a letter",
    form: modal,
  },
  {
    name: "a review",
    path: "/list",
    answers: { "GET /api/list": ok(listView) },
    question: "POST /api/accounts/501/review",
    text: "They asked for us",
    form: modal,
  },
  {
    name: "accounts of a play",
    path: "/plays",
    answers: { "GET /api/plays": ok({ plays: [playView({ status: "running" })] }) },
    question: "POST /api/plays/p1/accounts",
    text: "501, 502",
    form: panel,
  },
  {
    name: "a pasted list",
    path: "/list",
    tab: "add",
    answers: {},
    question: "POST /api/list/add",
    text: "acme.example",
    form: (page) => page,
  },
];

describe.each(forms)("the form for $name", ({ path, tab, answers, question, text, form }) => {
  it.each([
    [503, "The database is away.", "Not done", "What you entered is still here: try again."],
    [403, "You may only look. Nothing was changed.", "You may not do this", "You may only look. Nothing was changed."],
  ])("keeps what was typed when the answer is %d, and says why", async (status, message, title, said) => {
    const { page, sent } = renderHome(path, { ...answers, [question]: refused(status, message) });
    if (tab === undefined) await page.waitFor(() => page.find(Button, { size: "xs" }));
    else openTab(page, tab);
    await page.waitFor(() => form(page).find(TextArea));
    type(form(page).find(TextArea), text);
    await page.waitFor(() => expect(form(page).find(TextArea).props.value).toBe(text));
    form(page).findAll(Form).at(-1)?.trigger("onSubmit");
    await page.waitFor(() => form(page).find(Alert, { title }));
    expect(renderedText(form(page).find(Alert))).toContain(said);
    expect(form(page).find(TextArea).props.value).toBe(text);
    expect(sent()).toHaveLength(1);
  });
});

describe("a refusal", () => {
  const launch = "POST /api/plays/p1/launch";
  const why = "Sales has not approved its messages. Nothing was launched.";

  it("is said until its question is closed or sent again, and no longer", async () => {
    const answers: Answers = {
      "GET /api/plays": ok({ plays: [playView({ status: "draft" })] }),
      [launch]: refused(400, why),
    };
    const { page } = renderHome("/plays", answers);
    await page.waitFor(() => page.find(Button, { size: "xs" }));
    const question = () => primaryOf(panel(page));
    const refuse = async () => {
      question().find(Form).trigger("onSubmit");
      await page.waitFor(() => expect(renderedText(question().find(Alert))).toContain(why));
    };
    const cancel = () => question().find(Button, { variant: "secondary" }).trigger("onClick");
    for (const leave of [cancel, () => question().trigger("onClose")]) {
      await refuse();
      leave();
      await page.waitFor(() => expect(question().maybeFind(Alert)).toBeNull());
    }
    await refuse();
    answers[launch] = new Promise(() => undefined);
    question().find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(question().maybeFind(Alert)).toBeNull());
    expect(question().find(LoadingButton).props.loading).toBe(true);
  });

  it("of accounts that were to be added to a play is said until the panel is closed, and what was typed stays", async () => {
    const { page } = renderHome("/plays", {
      "GET /api/plays": ok({ plays: [playView({ status: "running" })] }),
      "POST /api/plays/p1/accounts": refused(400, "The play has ended. Nobody was taken in."),
    });
    await page.waitFor(() => page.find(Button, { size: "xs" }));
    const ids = () => panel(page).find(TextArea, { name: "lines" });
    type(ids(), "501");
    await page.waitFor(() => expect(ids().props.value).toBe("501"));
    panel(page).findAll(Form).at(-1)?.trigger("onSubmit");
    await page.waitFor(() => panel(page).find(Alert, { title: "Not done" }));
    panel(page).trigger("onClose");
    await page.waitFor(() => expect(panel(page).maybeFind(Alert)).toBeNull());
    expect(ids().props.value).toBe("501");
  });
});

describe("the form for a draft", () => {
  it("sends the same draft again after an answer that was lost, so that there is one", async () => {
    const { page, sent } = renderHome("/plays", {
      "GET /api/plays": ok({ plays: [] }),
      "GET /api/plays/templates": ok({ templates: [{ key: "12-week", label: "12 weeks", steps: [] }], saved: [] }),
      "GET /api/tiers": ok({ programme: {}, tiers: [{ key: "tier_2", name: "Tier 2" }] }),
      "POST /api/plays": refused(503, "The database is away."),
    });
    await page.waitFor(() => primaryOf(page).find(Select, { name: "tier" }));
    type(primaryOf(page).find(Input), "Autumn wave");
    choose(primaryOf(page).find(Select, { name: "tier" }), "tier_2");
    type(primaryOf(page).find(TextArea), "A reply");
    const button = () => primaryOf(page).find(LoadingButton);
    await page.waitFor(() => expect(button().props.disabled).toBe(false));
    primaryOf(page).find(Form).trigger("onSubmit");
    await page.waitFor(() => primaryOf(page).find(Alert, { title: "Not done" }));
    expect(primaryOf(page).find(Input).props.value).toBe("Autumn wave");
    primaryOf(page).find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(sent()).toHaveLength(2));
    const [first, second] = sent();
    expect(first).toEqual(["/api/plays", expect.objectContaining({ requestId: expect.stringMatching(/^draft-/) })]);
    expect(second).toEqual(first);
  });
});
