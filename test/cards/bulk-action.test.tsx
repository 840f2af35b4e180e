import {
  Button,
  EmptyState,
  ErrorState,
  LoadingButton,
  LoadingSpinner,
  Select,
  StatusTag,
  Tabs,
  TextArea,
} from "@hubspot/ui-extensions";
import { describe, expect, it } from "@jest/globals";
import { type BulkChoicesView, type BulkView, bulkApi } from "../../shared/bulk-api.ts";
import { type Answers, renderBulk } from "./render-bulk.tsx";
import { choose, ok, refused, type } from "./render-home.tsx";
import { renderedText } from "./rendered-text.ts";

const day = 86_400_000;
const choices: BulkChoicesView = {
  plays: [{ playId: "p1", label: "Autumn wave (Tier 2, running)" }],
  tiers: [
    { key: "tier_1", label: "Tier 1 (3 of 25 places taken)" },
    { key: "out", label: "Out of the programme" },
  ],
  lasting: [{ days: 30, expiresAt: Date.UTC(2026, 11, 22) }],
};
const view = (more: Partial<BulkView>): BulkView => ({
  at: 5 * day,
  title: "1 of 2 companies can be enrolled in Autumn wave; 1 cannot.",
  notes: [],
  counts: { done: 1, already: 0, refused: 1 },
  yes: "Enrol 1 company",
  reasonWanted: null,
  lines: [
    { companyId: "7", company: "Acme", status: "refused", label: "Refused", text: "It is excluded." },
    { companyId: "8", company: "Borea", status: "done", label: "Can be enrolled", text: "" },
  ],
  ...more,
});
const done = view({ title: "1 of 2 companies is enrolled in Autumn wave; 1 refused.", yes: null });
const usual: Answers = {
  "GET /api/bulk": ok(choices),
  "POST /api/bulk/enrol/preview": ok(view({})),
  "POST /api/bulk/enrol": ok(done),
};
const says = (text: string) => (node: Parameters<typeof renderedText>[0]) => renderedText(node) === text;

type Shown = ReturnType<typeof renderBulk>;

async function look(shown: Shown): Promise<void> {
  await shown.shows("Check who can be enrolled");
  choose(shown.panel.find(Select, { name: "play" }), "p1");
  await press(shown, "Check who can be enrolled");
}

async function press({ panel }: Shown, label: string): Promise<void> {
  await panel.waitFor(() => expect(panel.find(LoadingButton, says(label)).props.disabled).not.toBe(true));
  panel.find(LoadingButton, says(label)).trigger("onClick");
}

describe("the bulk action", () => {
  it("says that nothing is chosen, and asks the server for nothing", () => {
    const { panel, fetched } = renderBulk([], usual);
    expect(panel.find(EmptyState).props.title).toBe("No company is chosen");
    expect(fetched).not.toHaveBeenCalled();
  });

  it("says what it reads while it waits, with the number of chosen companies", async () => {
    const { panel, text, fetched } = renderBulk([7, 8], {});
    // HubSpot's renderer looks again only when something new is shown.
    while (fetched.mock.calls.length === 0) await new Promise(setImmediate);
    expect(text()).toContain("2 companies chosen");
    expect(panel.find(LoadingSpinner).props.label).toBe("Reading plays and tiers");
    expect(panel.maybeFind(Select)).toBeNull();
  });

  it("says what failed, and reads again when it is asked to", async () => {
    let times = 0;
    const shown = renderBulk([7], {
      "GET /api/bulk": () => (times++ === 0 ? refused(503, "Touchstone is restarting.") : ok(choices)),
    });
    await shown.shows("Touchstone is restarting.");
    await press(shown, "Try again");
    await shown.shows("Check who can be enrolled");
  });

  it.each([
    [
      "is not let in",
      refused(403, "Touchstone is not connected."),
      "You may not see this",
      "Touchstone is not connected.",
    ],
    [
      "may only look",
      ok({ ...choices, viewOnly: "You can change nothing." }),
      "You may only look",
      "You can change nothing.",
    ],
  ])("shows no form to who %s", async (_who, answer, title, why) => {
    const shown = renderBulk([7], { "GET /api/bulk": answer });
    await shown.shows(why);
    expect(shown.panel.find(ErrorState).props).toMatchObject({ title, type: "lock" });
    expect(shown.panel.maybeFind(Select)).toBeNull();
  });

  it("says that it is not set up when it was uploaded without the server's address", () => {
    const { panel, fetched } = renderBulk([7], usual, {});
    expect(panel.find(ErrorState).props.title).toContain("is not set up");
    expect(fetched).not.toHaveBeenCalled();
  });

  it("says where to make a play when there is none", async () => {
    const { panel, shows } = renderBulk([7], { "GET /api/bulk": ok({ ...choices, plays: [] }) });
    await shows("Make one on the app’s home page, under Plays.");
    expect(panel.find(EmptyState).props.title).toBe("No play to enrol in");
  });

  it("shows each line before anything is changed, and does it when it is confirmed", async () => {
    const shown = renderBulk([7, 8], usual);
    await look(shown);
    await shown.shows("Nothing has been changed yet.");
    expect(shown.sent(bulkApi.previewEnrol)).toEqual([{ companyIds: ["7", "8"], playId: "p1" }]);
    expect(shown.sent(bulkApi.enrol)).toEqual([]);
    expect(shown.panel.findAll(StatusTag).map(({ props }) => props.variant)).toEqual(["danger", "success"]);
    await press(shown, "Enrol 1 company");
    await shown.shows("1 of 2 companies is enrolled in Autumn wave; 1 refused.");
    expect(shown.text()).toContain("It is excluded.");
    expect(shown.sent(bulkApi.enrol)).toEqual([{ companyIds: ["7", "8"], playId: "p1", since: 5 * day }]);
  });

  it("lets in with a reason whom the month refuses, and sends it with the act", async () => {
    const shown = renderBulk([7, 8], {
      ...usual,
      "POST /api/bulk/enrol/preview": (body) =>
        ok(
          "overrideReason" in Object(body)
            ? view({ title: "2 of 2 companies can be enrolled.", yes: "Enrol 2 companies" })
            : view({ reasonWanted: "Why 1 of them comes in all the same" }),
        ),
    });
    await look(shown);
    await shown.shows("Check again with this reason");
    expect(shown.panel.find(TextArea).props.label).toBe("Why 1 of them comes in all the same");
    expect(shown.panel.find(LoadingButton, says("Check again with this reason")).props.disabled).toBe(true);
    type(shown.panel.find(TextArea), " A fair next week ");
    await press(shown, "Check again with this reason");
    await shown.shows("2 of 2 companies can be enrolled.");
    await press(shown, "Enrol 2 companies");
    await shown.shows("is enrolled");
    expect(shown.sent(bulkApi.enrol)).toMatchObject([{ overrideReason: "A fair next week" }]);
  });

  it("offers nothing to confirm when nothing can be done, and goes back to the form as it was filled in", async () => {
    const nobody = view({ title: "0 of 2 companies can be enrolled; 2 cannot.", yes: null });
    const shown = renderBulk([7, 8], { ...usual, "POST /api/bulk/enrol/preview": ok(nobody) });
    await look(shown);
    await shown.shows("0 of 2 companies can be enrolled");
    expect(shown.panel.maybeFind(LoadingButton)).toBeNull();
    shown.panel.find(Button, says("Back")).trigger("onClick");
    await shown.shows("Check who can be enrolled");
    expect(shown.panel.find(Select).props.value).toBe("p1");
  });

  it("keeps the preview and says why when the act is refused", async () => {
    const shown = renderBulk([7, 8], {
      ...usual,
      "POST /api/bulk/enrol": refused(400, "The play is retired. Nothing was changed."),
    });
    await look(shown);
    await press(shown, "Enrol 1 company");
    await shown.shows("The play is retired. Nothing was changed.");
    expect(shown.text()).toContain("Nothing has been changed yet.");
  });

  it("shows the first lines of many, and all when it is asked to", async () => {
    const lines = Array.from({ length: 40 }, (_one, index) => ({
      companyId: String(index),
      company: `Company ${index}`,
      status: "done" as const,
      label: "Can be enrolled",
      text: "",
    }));
    const shown = renderBulk([7], { ...usual, "POST /api/bulk/enrol/preview": ok(view({ lines })) });
    await look(shown);
    await shown.shows("Show all 40");
    expect(shown.panel.findAll(StatusTag)).toHaveLength(25);
    shown.panel.find(Button, says("Show all 40")).trigger("onClick");
    await shown.panel.waitFor(() => expect(shown.panel.findAll(StatusTag)).toHaveLength(40));
  });

  it("takes more than one act can in turns, and loses none", async () => {
    const ids = Array.from({ length: 812 }, (_one, index) => index + 1);
    const shown = renderBulk(ids, usual);
    await shown.shows("812 companies chosen");
    await shown.shows("These are 1 to 500 of those that you chose.");
    await look(shown);
    await press(shown, "Enrol 1 company");
    await shown.shows("Go on with the next 312");
    shown.panel.find(Button, says("Go on with the next 312")).trigger("onClick");
    await shown.shows("These are 501 to 812 of those that you chose.");
    await press(shown, "Check who can be enrolled");
    await shown.panel.waitFor(() => expect(shown.sent(bulkApi.previewEnrol)).toHaveLength(2));
    const sent = shown.sent(bulkApi.previewEnrol) as { companyIds: string[] }[];
    expect(sent.flatMap(({ companyIds }) => companyIds)).toEqual(ids.map(String));
  });

  it("sets a tier with a reason and an end", async () => {
    const shown = renderBulk([7, 8], {
      ...usual,
      "POST /api/bulk/tier/preview": ok(
        view({ title: "2 of 2 companies can be set to Tier 1.", yes: "Set the tier of 2 companies" }),
      ),
      "POST /api/bulk/tier": ok(view({ title: "2 of 2 companies are set to Tier 1.", yes: null })),
    });
    const { panel } = shown;
    await shown.shows("Check who can be enrolled");
    (panel.find(Tabs).props.onSelectedChange as ((id: string) => void) | undefined)?.("tier");
    await shown.shows("Check whose tier can be set");
    expect(panel.find(LoadingButton).props.disabled).toBe(true);
    expect(panel.find(Select, { name: "expiresAt" }).props.options?.[0]?.label).toBe("30 days, until 22 Dec 2026");
    choose(panel.find(Select, { name: "tier" }), "tier_1");
    (panel.find(Select, { name: "expiresAt" }).props.onChange as ((at: number) => void) | undefined)?.(
      Date.UTC(2026, 11, 22),
    );
    type(panel.find(TextArea, { name: "reason" }), "Opens a market");
    await press(shown, "Check whose tier can be set");
    await shown.shows("2 of 2 companies can be set to Tier 1.");
    await press(shown, "Set the tier of 2 companies");
    await shown.shows("2 of 2 companies are set to Tier 1.");
    expect(shown.sent(bulkApi.setTier)).toEqual([
      {
        companyIds: ["7", "8"],
        tier: "tier_1",
        reason: "Opens a market",
        expiresAt: Date.UTC(2026, 11, 22),
        since: 5 * day,
      },
    ]);
  });
});
