import { BarChart, EmptyState, LineChart, Select, TableRow } from "@hubspot/ui-extensions";
import { describe, expect, it } from "@jest/globals";
import { reportsView } from "./home-views.ts";
import { ok, renderHome } from "./render-home.tsx";
import { renderedText } from "./rendered-text.ts";

const question = "GET /api/reports?days=90";

describe("the reports", () => {
  it("show each figure with what it is made of, its interval and its definition", async () => {
    const { page, text } = renderHome("/reports", { [question]: ok(reportsView) });
    await page.waitFor(() => page.find(TableRow));
    const rows = page.findAll(TableRow).map(renderedText);
    expect(rows[0]).toMatch(/What is counted.*All tiers.*Tier 1/);
    expect(rows[1]).toMatch(/Engaged.*at least one person.*12 of 40 \(30 %\).*95 % interval 18–45 %.*n\/a \(0 of 0\)/);
    expect(text()).toContain("24 Aug 2026 to 22 Nov 2026 (Europe/Madrid)");
    expect(text()).toContain("How to read this");
    expect(text()).toContain("how far chance alone can carry a rate");
  });

  it("draw what the server gives, a line or bars that stand on each other", async () => {
    const { page } = renderHome("/reports", { [question]: ok(reportsView) });
    await page.waitFor(() => page.find(LineChart));
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

  it("ask for another period, and show what was known until it is there", async () => {
    const month = { ...reportsView, days: 30, period: "23 Oct 2026 to 22 Nov 2026 (Europe/Madrid)" };
    const { page, text } = renderHome("/reports", {
      [question]: ok(reportsView),
      "GET /api/reports?days=30": ok(month),
    });
    await page.waitFor(() => page.find(Select));
    // The renderer's own `trigger` is typed for events without a value.
    (page.find(Select).props.onChange as ((value: number) => void) | undefined)?.(30);
    expect(text()).toContain("24 Aug 2026");
    await page.waitFor(() => expect(text()).toContain("23 Oct 2026 to 22 Nov 2026"));
    expect(page.find(Select).props.value).toBe(30);
  });

  it("say what is missing when no account is in a tier, and keep the choice of the period", async () => {
    const empty = {
      title: "No account is in a tier yet",
      text: "Places are given as soon as the accounts are scored.",
    };
    const { page } = renderHome("/reports", { [question]: ok({ ...reportsView, empty, sections: [] }) });
    await page.waitFor(() => page.find(EmptyState, { title: "No account is in a tier yet" }));
    expect(renderedText(page.find(EmptyState))).toContain("as soon as the accounts are scored");
    expect(page.maybeFind(Select)).not.toBeNull();
  });
});
