import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Form,
  LoadingButton,
  Modal,
  Select,
  TextArea,
} from "@hubspot/ui-extensions";
import { describe, expect, it } from "@jest/globals";
import { PortalDisconnected } from "../../server/errors.ts";
import { listView, spotCheckView } from "./home-views.ts";
import { choose, ok, openTab, overlayOf, type Page, refused, renderHome, type } from "./render-home.tsx";
import { renderedText } from "./rendered-text.ts";

describe("the target list", () => {
  it("lets sales reject an account with a reason, and warns of a duplicate", async () => {
    const { page, text, sent } = renderHome("/list", {
      "GET /api/list": ok(listView),
      "POST /api/accounts/501/review": ok({ kept: {}, state: "ok", text: "" }),
    });
    await page.waitFor(() => page.find(Button));
    expect(text()).toContain("Shares its domain with 1 more on the list");
    const modal = () => overlayOf(page).find(Modal);
    choose(modal().find(Select), "locked_in");
    modal().find(Form).trigger("onSubmit");
    await page.waitFor(() =>
      expect(sent()).toEqual([["/api/accounts/501/review", { verdict: "reject", reason: "locked_in" }]]),
    );
  });

  it("draws a spot check when none was drawn, and keeps its answers", async () => {
    const { page, sent } = renderHome("/list", {
      "GET /api/list": ok(listView),
      "POST /api/list/spot-check": ok(spotCheckView),
      "POST /api/list/spot-check/answers": ok(spotCheckView),
    });
    openTab(page, "spot-check");
    await page.waitFor(() => page.find(EmptyState, { title: "No spot check was drawn yet" }));
    page.find(LoadingButton, { variant: "primary" }).trigger("onClick");
    await page.waitFor(() => page.find(Button, { size: "xs" }));
    const modal = () => overlayOf(page).find(Modal);
    choose(modal().find(Select, { name: "isBuying" }), "no");
    await page.waitFor(() => expect(modal().find(Select, { name: "isBuying" }).props.value).toBe("no"));
    modal().find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(sent()).toHaveLength(2));
    expect(sent()[1]).toEqual([
      "/api/list/spot-check/answers",
      { companyId: "501", dataMatches: "unknown", hasProblem: "unknown", isBuying: "no" },
    ]);
  });

  it("offers no spot check in a portal that took the app away, and says so in the server's words", async () => {
    const { publicMessage, status } = new PortalDisconnected("");
    const { page } = renderHome("/list", { "GET /api/list/spot-check": refused(status, publicMessage) });
    openTab(page, "spot-check");
    await page.waitFor(() => page.find(ErrorState));
    expect(renderedText(page.find(ErrorState))).toContain(publicMessage);
    expect([page.maybeFind(EmptyState), page.maybeFind(LoadingButton, { variant: "primary" })]).toEqual([null, null]);
  });

  it("asks before it draws a new spot check, with the seed that the server proposed: pressed twice, it is the same", async () => {
    const { page, sent, text } = renderHome("/list", {
      "GET /api/list/spot-check": ok(spotCheckView),
      "POST /api/list/spot-check": ok(spotCheckView),
    });
    openTab(page, "spot-check");
    await page.waitFor(() => drawAgain(page));
    expect(text()).toContain("with the seed spring");
    const modal = () => drawAgain(page).find(Modal);
    expect(renderedText(modal())).toContain(spotCheckView.again);
    expect(sent()).toEqual([]);
    modal().find(Form).trigger("onSubmit");
    modal().find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(sent()).toHaveLength(2));
    expect(sent()).toEqual([
      ["/api/list/spot-check", { seed: "2026-11-03-2" }],
      ["/api/list/spot-check", { seed: "2026-11-03-2" }],
    ]);
  });

  it("begins a review with what sales said last", async () => {
    const [account] = listView.accounts;
    const rejected = { ...account, verdict: "reject", verdictReason: "No resources for it" };
    const { page } = renderHome("/list", { "GET /api/list": ok({ ...listView, accounts: [rejected] }) });
    await page.waitFor(() => page.find(Button, { size: "xs" }));
    expect(overlayOf(page).find(Modal).find(Select).props.value).toBe("constrained");
  });

  it("begins a review anew with what the row says, after a choice that was cancelled and a colleague's verdict", async () => {
    const [account] = listView.accounts;
    let accounts: readonly object[] = listView.accounts;
    const { page, text, sent } = renderHome("/list", {
      "GET /api/list": () => ok({ ...listView, accounts }),
      "POST /api/accounts/501/review": ok({ kept: {}, state: "ok", text: "" }),
    });
    await page.waitFor(() => page.find(Button, { size: "xs" }));
    const modal = () => overlayOf(page).find(Modal);
    const entered = () => [modal().find(Select).props.value, modal().find(TextArea).props.value];
    const enter = async (choice: string) => {
      choose(modal().find(Select), choice);
      type(modal().find(TextArea), "They merged");
      await page.waitFor(() => expect(entered()).toEqual([choice, "They merged"]));
    };
    for (const leave of [() => cancel(modal()), () => modal().trigger("onClose")]) {
      await enter("locked_in");
      leave();
      await page.waitFor(() => expect(entered()).toEqual(["keep", ""]));
    }
    accounts = [{ ...account, verdict: "reject", verdictReason: "No resources for it" }];
    refresh(page);
    await page.waitFor(() => expect(text()).toContain("No resources for it"));
    expect(entered()).toEqual(["constrained", ""]);
    await enter("keep");
    modal().find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(entered()).toEqual(["constrained", ""]));
    expect(sent()).toEqual([["/api/accounts/501/review", { verdict: "keep", note: "They merged" }]]);
  });

  it("asks about an account of the spot check anew with what the row says, so that a colleague's answers stay", async () => {
    const [account] = spotCheckView.accounts;
    let accounts: readonly object[] = spotCheckView.accounts;
    const { page, sent } = renderHome("/list", {
      "GET /api/list/spot-check": () => ok({ ...spotCheckView, accounts }),
      "POST /api/list/spot-check/answers": ok(spotCheckView),
    });
    openTab(page, "spot-check");
    await page.waitFor(() => page.find(Button, { size: "xs" }));
    const modal = () => overlayOf(page).find(Modal);
    const given = () =>
      modal()
        .findAll(Select)
        .map(({ props }) => props.value);
    expect(given()).toEqual(["unknown", "unknown", "unknown"]);
    accounts = [{ ...account, dataMatches: "no", hasProblem: "yes" }];
    refresh(page);
    await page.waitFor(() => expect(given()).toEqual(["no", "yes", "unknown"]));
    choose(modal().find(Select, { name: "dataMatches" }), "yes");
    await page.waitFor(() => expect(given()).toEqual(["yes", "yes", "unknown"]));
    modal().trigger("onClose");
    await page.waitFor(() => expect(given()).toEqual(["no", "yes", "unknown"]));
    choose(modal().find(Select, { name: "isBuying" }), "yes");
    await page.waitFor(() => expect(given()).toEqual(["no", "yes", "yes"]));
    modal().find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]?.[1]).toEqual({ companyId: "501", dataMatches: "no", hasProblem: "yes", isBuying: "yes" });
  });

  it("keeps what was typed when the server refuses it, and says why", async () => {
    const why = "You are one of the people who may only look. Nothing was changed.";
    const { page, alerts } = renderHome("/list", {
      "GET /api/list": ok(listView),
      "POST /api/accounts/501/review": refused(403, why),
    });
    await page.waitFor(() => page.find(Button, { size: "xs" }));
    const modal = () => overlayOf(page).find(Modal);
    choose(modal().find(Select), "other");
    type(modal().find(TextArea), "They merged");
    await page.waitFor(() => expect(modal().find(TextArea).props.error).toBe(false));
    modal().find(Form).trigger("onSubmit");
    await page.waitFor(() => modal().find(Alert));
    expect([modal().find(Alert).props.title, renderedText(modal().find(Alert))]).toEqual([
      "You may not do this",
      expect.stringContaining(why),
    ]);
    expect([modal().find(Select).props.value, modal().find(TextArea).props.value]).toEqual(["other", "They merged"]);
    expect(alerts()).toMatchObject([{ type: "danger", message: why }]);
  });

  it("says why a new spot check was refused", async () => {
    const why = "You are one of the people who may only look. Nothing was changed.";
    const { page } = renderHome("/list", { "POST /api/list/spot-check": refused(403, why) });
    openTab(page, "spot-check");
    await page.waitFor(() => page.find(LoadingButton, { variant: "primary" }));
    page.find(LoadingButton, { variant: "primary" }).trigger("onClick");
    await page.waitFor(() => page.find(Alert, { title: "You may not do this" }));
    expect(renderedText(page.find(Alert))).toContain(why);
  });
});

const press = (under: Pick<Page, "findAll">, label: string) =>
  [...under.findAll(Button), ...under.findAll(LoadingButton)]
    .find((button) => renderedText(button) === label)
    ?.trigger("onClick");
const cancel = (modal: Pick<Page, "findAll">) => press(modal, "Cancel");
const refresh = (page: Page) => press(page, "Refresh");

/** What is asked before another spot check is drawn. */
function drawAgain(page: Page) {
  const { overlay } = page.find(Button, { variant: "secondary", size: "md" }).props;
  if (overlay === undefined) throw new Error("The button asks nothing.");
  return overlay;
}
