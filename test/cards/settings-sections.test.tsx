import { Alert, LoadingButton, NumberInput, Select, StatusTag } from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { SettingsRulesView } from "../../shared/settings-api.ts";
import { answerWith, refuseWith } from "./render-card.tsx";
import { type Answers, openSettings, type renderSettings } from "./render-settings.tsx";
import { renderedText } from "./rendered-text.ts";

let shown: ReturnType<typeof renderSettings> | undefined;
afterEach(() => shown?.close());

const says = (label: string) => (node: Parameters<typeof renderedText>[0]) => renderedText(node) === label;

async function open(section: string, answers: Answers) {
  shown = await openSettings(section, answers);
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
    expect(page.find(Alert).props.title).toBe("This has changed meanwhile");
  });

  it("that were changed meanwhile can be read again with what was typed kept, and saved over them", async () => {
    let theirs = false;
    const [rule] = rules.rules;
    if (rule === undefined) throw new Error("there is a rule");
    const { page, sent, shows } = await open("rules", {
      "GET /api/settings/rules": () => answerWith(theirs ? { rules: [{ ...rule, version: 4 }] } : rules),
      "POST /api/hot/rule": () => {
        if (theirs) return answerWith({ version: 5 });
        theirs = true;
        return refuseWith(409, { message: "Somebody changed the hot rule meanwhile." });
      },
    });
    await shows("It starts the clock.");
    const button = (label: string) => page.find(LoadingButton, says(label));
    page.find(NumberInput).props.onInput?.(48);
    await page.waitFor(() => expect(button("Save the hot rule").props.disabled).toBe(false));
    button("Save the hot rule").trigger("onClick");
    await page.waitFor(() => button("Read again and keep mine"));
    button("Read again and keep mine").trigger("onClick");
    await page.waitFor(() => expect(button("Read again and keep mine").props.loading).toBe(true));
    await page.waitFor(() => expect(button("Read again and keep mine").props.loading).toBe(false));
    expect(page.find(NumberInput).props.value).toBe(48);
    button("Save the hot rule").trigger("onClick");
    await page.waitFor(() => expect(sent("/api/hot/rule")).toHaveLength(2));
    expect(sent("/api/hot/rule").map((body) => (body as { version: number }).version)).toEqual([3, 4]);
    await page.waitFor(() => expect(button("Save the hot rule").props.disabled).toBe(true));
  });

  it("keep what was typed when no answer came, and say what to do", async () => {
    const { page, shows } = await open("rules", {
      "GET /api/settings/rules": rules,
      "POST /api/hot/rule": () => refuseWith(502, {}),
    });
    await shows("It starts the clock.");
    page.find(NumberInput).props.onInput?.(48);
    await page.waitFor(() => expect(page.find(LoadingButton).props.disabled).toBe(false));
    page.find(LoadingButton).trigger("onClick");
    await shows("What you entered is still here: try again.");
    expect(page.find(NumberInput).props.value).toBe(48);
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
    await shows(/Compared with this portal's properties 18 Nov 2026/);
  });

  it("are an empty state of their own when no model reads one", async () => {
    const { page, shows } = await open("properties", {
      "GET /api/settings/properties": { properties: [], comparedAt: null },
    });
    await shows("They rest on what people did.");
    await shows("Not compared with this portal's properties yet");
    expect(page.findAll(StatusTag)).toEqual([]);
  });
});
