import { Alert, Button, EmptyState, Form, Heading, LoadingButton, Modal, Text } from "@hubspot/ui-extensions";
import { describe, expect, it } from "@jest/globals";
import { ok, openTab, overlayOf, refused, renderHome } from "./render-home.tsx";
import { renderedText } from "./rendered-text.ts";

describe("the hygiene of the target list", () => {
  it("follows a suggestion and says that the list is in order when none is left", async () => {
    const line = { kind: "add", companyId: "501", company: "Northwind", recordUrl: "", reason: "Tier 1 by its score." };
    const counts = { ...none, add: "1" };
    let hygiene = { lines: [line], counts };
    const { page, sent } = renderHome("/list", {
      "GET /api/list/hygiene": () => ok(hygiene),
      "POST /api/list/add": () => {
        hygiene = { lines: [], counts: none };
        return ok({ added: 1 });
      },
    });
    openTab(page, "hygiene");
    await page.waitFor(() => page.find(LoadingButton, { size: "xs" }));
    page.find(LoadingButton, { size: "xs" }).trigger("onClick");
    await page.waitFor(() => page.find(EmptyState, { title: "The list is in order" }));
    expect(sent()).toEqual([["/api/list/add", { source: "crm", accounts: ["501"] }]]);
  });

  it("says how many suggestions there are and how many are shown, also where they are not counted to the end", async () => {
    const lines = [1, 2].map((n) => ({ ...outLine, companyId: String(n) }));
    const { page } = renderHome("/list", {
      "GET /api/list/hygiene": ok({
        lines: [...lines.map((line) => ({ ...line, kind: "add" })), ...lines],
        counts: { ...none, add: "1000 or more", remove: "2" },
      }),
    });
    openTab(page, "hygiene");
    await page.waitFor(() => page.find(Heading));
    expect(page.findAll(Heading).map((heading) => renderedText(heading))).toEqual([
      "Worth adding: 1000 or more",
      "Worth removing: 2",
    ]);
    expect(page.findAll(Text, { variant: "microcopy" }).map((text) => renderedText(text))).toEqual([
      "The first 2 are shown.",
    ]);
  });

  it("asks before it takes an account off the list, and says what goes with it", async () => {
    const { page, sent, alerts } = renderHome("/list", {
      "GET /api/list/hygiene": ok({
        lines: [outLine],
        counts: { ...none, remove: "1" },
        removing: "The verdict goes with it.",
      }),
      "POST /api/list/remove": ok({ removed: 1 }),
    });
    openTab(page, "hygiene");
    await page.waitFor(() => page.find(Button, { size: "xs" }));
    const modal = overlayOf(page).find(Modal);
    expect(renderedText(modal)).toContain("The verdict goes with it.");
    expect(sent()).toEqual([]);
    modal.find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(alerts()).toEqual([{ type: "success", message: "Northwind is off the list." }]));
    expect(sent()).toEqual([["/api/list/remove", { companyIds: ["501"] }]]);
  });

  it("says why a suggestion could not be followed", async () => {
    const why = "You are one of the people who may only look. Nothing was changed.";
    const { page } = renderHome("/list", {
      "GET /api/list/hygiene": ok({ lines: [{ ...outLine, kind: "add" }], counts: { ...none, add: "1" } }),
      "POST /api/list/add": refused(403, why),
    });
    openTab(page, "hygiene");
    await page.waitFor(() => page.find(LoadingButton, { size: "xs" }));
    page.find(LoadingButton, { size: "xs" }).trigger("onClick");
    await page.waitFor(() => page.find(Alert, { title: "You may not do this" }));
    expect(renderedText(page.find(Alert))).toContain(why);
  });
});

const none = { add: "0", remove: "0", stale: "0", neglected: "0", "no owner": "0" };
const outLine = { kind: "remove", companyId: "501", company: "Northwind", recordUrl: "", reason: "It is out." };
