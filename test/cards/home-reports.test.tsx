import {
  Alert,
  BarChart,
  Button,
  EmptyState,
  ErrorState,
  Form,
  Heading,
  Input,
  LineChart,
  LoadingButton,
  LoadingSpinner,
  Modal,
  NumberInput,
  Select,
  TableRow,
} from "@hubspot/ui-extensions";
import { describe, expect, it } from "@jest/globals";
import { reportKeys } from "../../shared/reports-api.ts";
import { type Answers, choose, ok, type Page, refused, renderHome, type } from "./render-home.tsx";
import { renderedText } from "./rendered-text.ts";
import { costsView, reachSection, reportView, stagesSection } from "./report-views.ts";

const ask = (key: string, days = 90) => `GET /api/reports/${key}?days=${days}`;
/** Every section is there and has nothing to say, but for those that a test is about. */
const sections = (own: Answers): Answers => ({
  ...Object.fromEntries(reportKeys.map((key) => [ask(key), ok(reportView(null))])),
  "GET /api/reports/costs": ok(costsView({ costs: [] })),
  ...own,
});
const reach = { [ask("reach")]: ok(reportView(reachSection)) };
const choosePeriod = (page: Page, days: number) =>
  // The renderer's own `trigger` is typed for events without a value.
  (page.find(Select).props.onChange as ((value: number) => void) | undefined)?.(days);

describe("the reports", () => {
  it("show each figure with what it is made of, its interval and its definition", async () => {
    const { page, text } = renderHome("/reports", sections(reach));
    await page.waitFor(() => page.find(TableRow));
    const rows = page.findAll(TableRow).map(renderedText);
    expect(rows[0]).toMatch(/What is counted.*All tiers.*Tier 1/);
    expect(rows[1]).toMatch(/Engaged.*at least one person.*12 of 40 \(30 %\).*95 % interval 18–45 %.*n\/a \(0 of 0\)/);
    expect(text()).toContain("24 Aug 2026 to 22 Nov 2026 (Europe/Madrid)");
    expect(text()).toContain("how far chance alone can carry a rate");
  });

  it("draw what the server gives, a line or bars that stand on each other", async () => {
    const { page } = renderHome("/reports", sections({ ...reach, [ask("stages")]: ok(reportView(stagesSection)) }));
    await page.waitFor(() => page.find(BarChart));
    expect(page.find(LineChart).props).toMatchObject({
      data: [
        { x: "15 Nov 2026", y: 25 },
        { x: "22 Nov 2026", y: 30 },
      ],
      options: { title: "Engaged accounts, week by week" },
    });
    expect(page.find(BarChart).props).toMatchObject({
      data: [{ x: "Interest", y: 7, group: "Tier 1" }],
      axes: { options: { groupFieldByColor: "group", stacking: true } },
      options: { showLegend: true },
    });
  });

  it("leave out a section that has nothing to be about", async () => {
    const { page } = renderHome("/reports", sections(reach));
    await page.waitFor(() => expect(page.findAll(LoadingSpinner)).toHaveLength(0));
    expect(page.findAll(Heading).map(renderedText)).toEqual([reachSection.title, costsView().title]);
  });

  it("say of each section what is read until it is there", () => {
    const { page } = renderHome("/reports", { ...sections({}), [ask("stages")]: new Promise(() => undefined) });
    expect(page.findAll(LoadingSpinner).map(({ props }) => props.label)).toContain("Reading the stages");
  });

  it("show the others when one fails, and read that one again when asked", async () => {
    let answer = refused(503, "The database is away.");
    const { page } = renderHome("/reports", sections({ ...reach, [ask("plays")]: () => answer }));
    await page.waitFor(() => page.find(ErrorState));
    expect(page.find(ErrorState).props.title).toBe("Touchstone could not read the plays");
    await page.waitFor(() => page.find(LineChart));
    answer = ok(reportView(null));
    page.find(ErrorState).find(LoadingButton).trigger("onClick");
    await page.waitFor(() => expect(page.maybeFind(ErrorState)).toBeNull());
  });

  it("say that they may not be seen when the server refuses who asks", async () => {
    const { page } = renderHome("/reports", { ...sections({}), [ask("list")]: refused(403, "Not connected.") });
    await page.waitFor(() => page.find(ErrorState));
    expect([page.find(ErrorState).props.title, page.find(ErrorState).props.type]).toEqual([
      "You may not see this",
      "lock",
    ]);
  });

  it("ask for another period, and show what was known until it is there", async () => {
    const month = { ...reachSection, when: "23 Oct 2026 to 22 Nov 2026 (Europe/Madrid)" };
    const { page, text } = renderHome("/reports", {
      ...sections(reach),
      [ask("reach", 30)]: ok(reportView(month)),
    });
    await page.waitFor(() => expect(text()).toContain("24 Aug 2026"));
    choosePeriod(page, 30);
    expect(text()).toContain("24 Aug 2026");
    await page.waitFor(() => expect(text()).toContain("23 Oct 2026 to 22 Nov 2026"));
    expect(page.find(Select).props.value).toBe(30);
  });

  it("keep what they showed when another period cannot be read, and say so", async () => {
    const { page, text } = renderHome("/reports", {
      ...sections(reach),
      [ask("reach", 180)]: refused(500, "An error."),
    });
    await page.waitFor(() => page.find(TableRow));
    choosePeriod(page, 180);
    await page.waitFor(() => page.find(Alert, { title: "This may not be the newest" }));
    expect(text()).toContain("24 Aug 2026");
  });

  it("read every section again when asked", async () => {
    const { page, fetched } = renderHome("/reports", sections(reach));
    await page.waitFor(() => expect(page.findAll(LoadingSpinner)).toHaveLength(0));
    page.findAll(Button).at(-1)?.trigger("onClick");
    // The costs are read with the sections.
    await page.waitFor(() => expect(fetched).toHaveBeenCalledTimes(2 * (reportKeys.length + 1)));
  });

  it("say what is missing when no account is in a tier, and keep the choice of the period", async () => {
    const empty = {
      title: "No account is in a tier yet",
      text: "Places are given as soon as the accounts are scored.",
    };
    const { page } = renderHome("/reports", sections({ [ask("reach")]: ok({ ...reportView(null), empty }) }));
    await page.waitFor(() => page.find(EmptyState, { title: "No account is in a tier yet" }));
    expect(renderedText(page.find(EmptyState))).toContain("as soon as the accounts are scored");
    expect(page.maybeFind(Select)).not.toBeNull();
  });
});

describe("the costs under the reports", () => {
  const form = (page: Page) => {
    const { overlay } = page.find(Button, (button) => renderedText(button).startsWith("Add a cost")).props;
    if (overlay === undefined) throw new Error("The button opens nothing.");
    return overlay.find(Modal);
  };

  it("are kept with their month, kind and amount, and the return is read again", async () => {
    const roi = { roiPercent: 150 };
    const { page, sent, fetched } = renderHome("/reports", sections({ "POST /api/reports/costs": ok(roi) }));
    await page.waitFor(() => form(page));
    expect(form(page).find(LoadingButton).props.disabled).toBe(true);
    expect(form(page).find(NumberInput).props.label).toBe("Amount in EUR");
    choose(form(page).find(Select, { name: "kind" }), "people");
    type(form(page).find(Input), " Agency ");
    (form(page).find(NumberInput).props.onInput as (value: number) => void)(1200.5);
    await page.waitFor(() => expect(form(page).find(LoadingButton).props.disabled).toBe(false));
    const asked = fetched.mock.calls.length;
    form(page).find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(fetched).toHaveBeenCalledTimes(asked + 1 + reportKeys.length + 1));
    expect(sent()).toEqual([
      [
        "/api/reports/costs",
        { costId: expect.stringMatching(/^cost-/), at: 2_000, kind: "people", what: "Agency", amount: 1200.5 },
      ],
    ]);
  });

  it("can be taken back, and one that is refused stays", async () => {
    let answer = refused(503, "The database is away.");
    const { page, sent, alerts } = renderHome(
      "/reports",
      sections({ "GET /api/reports/costs": ok(costsView()), "POST /api/reports/costs": () => answer }),
    );
    const back = () => page.find(LoadingButton, { size: "xs" });
    await page.waitFor(() => back());
    back().trigger("onClick");
    await page.waitFor(() => expect(alerts()).toHaveLength(1));
    answer = ok({ roiPercent: null });
    back().trigger("onClick");
    await page.waitFor(() => expect(alerts().at(-1)).toEqual({ type: "success", message: "Tools is taken back." }));
    const body = { costId: "c1", kind: "technology", what: "Tools", at: 1_000, amount: 0 };
    expect(sent()).toEqual([
      ["/api/reports/costs", body],
      ["/api/reports/costs", body],
    ]);
  });

  it("are shown, without a button, to who may not enter any", async () => {
    const costs = ok(costsView({ mayChange: false }));
    const { page, text } = renderHome("/reports", sections({ "GET /api/reports/costs": costs }));
    await page.waitFor(() => expect(text()).toContain("Tools"));
    expect(text()).not.toContain("Add a cost");
    expect(text()).not.toContain("Take back");
  });
});
