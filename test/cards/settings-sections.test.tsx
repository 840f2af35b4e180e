import { Alert, LoadingButton, NumberInput, Select, StatusTag, TextArea } from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import { messageMatrices } from "../../shared/message-matrix.ts";
import type { SettingsRulesView } from "../../shared/settings-api.ts";
import { refuseWith } from "./render-card.tsx";
import { type Answers, mayChange, renderSettings } from "./render-settings.tsx";
import { renderedText } from "./rendered-text.ts";

let shown: ReturnType<typeof renderSettings> | undefined;
afterEach(() => shown?.close());

async function open(section: string, answers: Answers) {
  shown = renderSettings({ "GET /api/settings/access": mayChange, ...answers });
  const { shows, openTab } = shown;
  await shows(/./);
  await shown.page.waitFor(() => openTab(section));
  return shown;
}

const rules: SettingsRulesView = {
  rules: [
    {
      key: "hot",
      title: "When an account is hot",
      text: "It starts the clock.",
      path: "/api/hot/rule",
      version: 3,
      fields: [
        { key: "clockHours", label: "Hours", detail: "", kind: "number", value: 24, min: 1, max: 720 },
        {
          key: "gate",
          label: "Gate",
          detail: "",
          kind: "choice",
          value: "icp",
          options: [
            { value: "", label: "None" },
            { value: "icp", label: "Ideal customer" },
          ],
        },
        {
          key: "behaviours",
          label: "At once",
          detail: "",
          kind: "choices",
          value: ["demo_request"],
          options: [{ value: "demo_request", label: "asked for a demo" }],
        },
      ],
    },
  ],
};

describe("the rules of the settings page", () => {
  it("are sent whole, with the version that the person had before them and no gate as null", async () => {
    const { page, sent, shows } = await open("rules", {
      "GET /api/settings/rules": rules,
      "POST /api/hot/rule": { version: 4 },
    });
    await shows("It starts the clock.");
    page.find(NumberInput).props.onInput?.(48);
    page.find(Select).props.onChange?.("");
    await page.waitFor(() => expect(page.find(NumberInput).props.value).toBe(48));
    page.find(LoadingButton).trigger("onClick");
    await page.waitFor(() =>
      expect(sent("/api/hot/rule")).toEqual([
        { rule: { clockHours: 48, gate: null, behaviours: ["demo_request"] }, version: 3 },
      ]),
    );
  });

  it("that somebody else changed meanwhile are refused in words, and what was typed stays", async () => {
    const { page, shows } = await open("rules", {
      "GET /api/settings/rules": rules,
      "POST /api/hot/rule": () => refuseWith(409, { message: "Somebody changed the hot rule meanwhile." }),
    });
    await shows("It starts the clock.");
    page.find(NumberInput).props.onInput?.(48);
    await page.waitFor(() => expect(page.find(LoadingButton).props.disabled).toBe(false));
    page.find(LoadingButton).trigger("onClick");
    await shows("Somebody changed the hot rule meanwhile.");
    expect(page.find(NumberInput).props.value).toBe(48);
  });
});

describe("the messages of the settings page", () => {
  const matrix = messageMatrices["four-by-four"];
  const roles = {
    taxonomy: "six-with-blocker",
    taxonomies: [
      {
        key: "six-with-blocker",
        label: "Six roles",
        roles: [{ key: "champion", label: "Champion", required: true, caresAbout: "Proof" }],
      },
    ],
    version: 0,
    writeRoles: false,
  };

  it("mark every gap, and are sent with the version that the person had before them", async () => {
    const gaps = [{ row: "Influencer", stage: "expansion" }];
    const view = { matrix, version: 2, templates: messageMatrices, gaps };
    const { page, sent, shows } = await open("messages", {
      "GET /api/committee/settings": roles,
      "GET /api/messages": view,
      "POST /api/messages": { ...view, version: 3, gaps: [] },
    });
    await shows("Influencer at expansion");
    await shows("Champion");
    expect(page.find(Alert).props.title).toBe("One gap");
    expect(page.findAll(StatusTag)).toHaveLength(3);
    page.find(TextArea, { name: "influencer-expansion" }).props.onInput?.("What changed");
    await page.waitFor(() => expect(page.findAll(StatusTag)).toHaveLength(2));
    page.find(LoadingButton, (node) => renderedText(node) === "Save the messages").trigger("onClick");
    await page.waitFor(() =>
      expect(sent("/api/messages")).toEqual([
        expect.objectContaining({
          version: 2,
          matrix: expect.objectContaining({
            rows: expect.arrayContaining([
              expect.objectContaining({ cells: expect.objectContaining({ expansion: "What changed" }) }),
            ]),
          }),
        }),
      ]),
    );
  });
});

describe("the properties of the settings page", () => {
  it("say what is missing and what to do, and when they were compared", async () => {
    const missing = { name: "acv", readBy: ["ACV in Value rank"], state: "missing", text: "Make it again." };
    const { page, shows } = await open("properties", {
      "GET /api/settings/properties": { properties: [missing], comparedAt: 1_795_000_000_000 },
    });
    await shows("Make it again.");
    expect(renderedText(page.find(StatusTag))).toBe("Missing");
    await shows(/Compared with this account's properties 18 Nov 2026/);
  });

  it("are an empty state of their own when no model reads one", async () => {
    const { page, shows } = await open("properties", {
      "GET /api/settings/properties": { properties: [], comparedAt: null },
    });
    await shows("They rest on what people did.");
    await shows("Not compared with this account's properties yet");
    expect(page.findAll(StatusTag)).toEqual([]);
  });
});
