import { Alert, ErrorState, LoadingButton, LoadingSpinner } from "@hubspot/ui-extensions";
import { describe, expect, it } from "@jest/globals";
import { listView, onboardingView, todayView, weekView } from "./home-views.ts";
import { ok, refused, renderHome } from "./render-home.tsx";
import { renderedText } from "./rendered-text.ts";

const routes = [
  [
    "/",
    "GET /api/home/today",
    "the list of today",
    { ...todayView, lines: [], empty: { title: "Nobody to call", text: "." } },
  ],
  ["/week", "GET /api/home/week", "this week", weekView],
  ["/list", "GET /api/list", "the target list", { ...listView, size: 0, accounts: [] }],
  ["/plays", "GET /api/plays", "the plays", { plays: [] }],
  ["/onboarding", "GET /api/home/onboarding", "the checklist", onboardingView],
] as const;

describe.each(routes)("the route %s of the home page", (path, question, what, emptyView) => {
  it("says what it reads until the answer is there", () => {
    const { page } = renderHome(path, { [question]: new Promise(() => undefined) });
    expect(page.find(LoadingSpinner).props.label).toBe(`Reading ${what}`);
  });

  it("shows the server's message, and reads again when asked", async () => {
    let answer = refused(503, "The database is away.");
    const { page } = renderHome(path, { [question]: () => answer });
    await page.waitFor(() => page.find(ErrorState));
    expect(page.find(ErrorState).props.title).toBe(`Touchstone could not read ${what}`);
    expect(renderedText(page.find(ErrorState))).toContain("The database is away.");
    answer = ok(emptyView);
    page.find(LoadingButton).trigger("onClick");
    await page.waitFor(() => expect(page.maybeFind(ErrorState)).toBeNull());
  });

  it("says that it may not be seen when the server refuses who asks", async () => {
    const { page } = renderHome(path, { [question]: refused(403, "Touchstone is not connected to this account.") });
    await page.waitFor(() => page.find(ErrorState));
    expect([page.find(ErrorState).props.title, page.find(ErrorState).props.type]).toEqual([
      "You may not see this",
      "lock",
    ]);
  });
});

/** The tabs of the list are read anew when they are opened, and have no button of their own while they are empty. */
const refreshed = routes.filter(([path]) => path !== "/list");

describe.each(refreshed)("the route %s of the home page", (_path, question, _what, view) => {
  it("keeps what it showed when a later answer fails, and says so", async () => {
    let answer = ok(view);
    const { page, text } = renderHome(_path, {
      [question]: () => answer,
      "GET /api/plays/templates": ok({ templates: [], saved: [] }),
      "GET /api/tiers": ok({ programme: {}, tiers: [] }),
    });
    const last = () => page.findAll(LoadingButton, { variant: "secondary" }).at(-1);
    await page.waitFor(() => expect(last()?.text).toBe("Refresh"));
    const before = text();
    answer = refused(500, "An error.");
    last()?.trigger("onClick");
    await page.waitFor(() => page.find(Alert, { title: "This may not be the newest" }));
    expect(text()).toContain(before.slice(-40));
    expect(page.maybeFind(ErrorState)).toBeNull();
  });
});
