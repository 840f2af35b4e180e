import { Alert, Button, Form, LoadingButton, NumberInput, Select, StatusTag, TextArea } from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import { messageMatrices } from "../../shared/message-matrix.ts";
import type { SettingsRulesView } from "../../shared/settings-api.ts";
import { answerWith, refuseWith } from "./render-card.tsx";
import { type Answers, mayChange, renderSettings } from "./render-settings.tsx";
import { renderedText } from "./rendered-text.ts";

let shown: ReturnType<typeof renderSettings> | undefined;
afterEach(() => shown?.close());

const noNode = { text: "" };
const says = (label: string) => (node: Parameters<typeof renderedText>[0]) => renderedText(node) === label;

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

const roles = {
  taxonomy: "six-with-blocker",
  taxonomies: [
    {
      key: "six-with-blocker",
      label: "Six roles",
      roles: [{ key: "champion", label: "Champion", required: true, caresAbout: "Proof" }],
      effect: "Every card names roles as six.",
    },
    {
      key: "four-classic",
      label: "Four roles",
      roles: [{ key: "buyer", label: "Buyer", required: true, caresAbout: null }],
      effect: "Every card names roles as four.",
    },
  ],
  version: 0,
  writeRoles: false,
  writingEffect: { begins: "Touchstone writes to people in HubSpot.", ends: "It writes no more." },
};
const matrix = messageMatrices["four-by-four"];
const messages = { matrix, version: 2, templates: messageMatrices, gaps: [] };

describe("the roles of the settings page", () => {
  const openRoles = async (more: Answers) => {
    const shown = await open("messages", {
      "GET /api/committee/settings": roles,
      "GET /api/messages": messages,
      "POST /api/committee/settings": { ...roles, taxonomy: "four-classic", writeRoles: true },
      ...more,
    });
    await shown.shows("Champion");
    const save = () => shown.page.find(Button, says("Save the roles")).props;
    const choose = async () => {
      shown.page.find(Select, { name: "taxonomy" }).props.onChange?.("four-classic");
      shown.page.find(Select, { name: "write-roles" }).props.onChange?.(true);
      await shown.shows("Buyer");
    };
    return { ...shown, save, choose };
  };

  it("are shown when they are chosen, and changed only after a question that says what happens to people", async () => {
    const { choose, page, save, sent } = await openRoles({});
    expect(save().disabled).toBe(true);
    await choose();
    expect(sent("/api/committee/settings")).toEqual([]);
    const question = save().overlay;
    expect(renderedText(question ?? noNode)).toMatch(/names roles as four.*writes to people in HubSpot/);
    question?.find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(save().disabled).toBe(true));
    expect(sent("/api/committee/settings")).toEqual([{ taxonomy: "four-classic", writeRoles: true }]);
  });

  it("stay as they were chosen when the server refuses, with its sentence", async () => {
    const { choose, page, save } = await openRoles({
      "POST /api/committee/settings": () => refuseWith(403, { message: "You may only look here." }),
    });
    await choose();
    save().overlay?.find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(renderedText(save().overlay ?? noNode)).toContain("You may only look here."));
    expect(save().overlay?.find(Alert).props.title).toBe("You may not do this");
    expect(page.find(Select, { name: "taxonomy" }).props.value).toBe("four-classic");
  });
});

describe("the messages of the settings page", () => {
  it("are filled in from a template at once, but not over what was typed without a question", async () => {
    const { page, shows } = await open("messages", {
      "GET /api/committee/settings": roles,
      "GET /api/messages": messages,
    });
    await shows("Save the messages");
    const fill = () => page.find(Button, says("Fill in: Four roles by three stages")).props;
    expect(fill().overlay).toBeUndefined();
    const cell = () => page.find(TextArea, { name: "influencer-expansion" }).props;
    cell().onInput?.("Mine");
    await page.waitFor(() => expect(fill().overlay).toBeDefined());
    expect(fill().onClick).toBeUndefined();
    expect(renderedText(fill().overlay ?? noNode)).toContain("The messages that you typed are not saved.");
    expect(cell().value).toBe("Mine");
    fill().overlay?.find(Form).trigger("onSubmit");
    await shows("Messages: Four roles by three stages");
  });

  it("that somebody else changed meanwhile are refused in words, and what was typed stays", async () => {
    const { page, shows } = await open("messages", {
      "GET /api/committee/settings": roles,
      "GET /api/messages": messages,
      "POST /api/messages": () => refuseWith(409, { message: "Somebody changed the messages meanwhile." }),
    });
    await shows("Save the messages");
    const cell = () => page.find(TextArea, { name: "influencer-expansion" }).props;
    cell().onInput?.("Mine");
    const save = () => page.find(LoadingButton, says("Save the messages"));
    await page.waitFor(() => expect(save().props.disabled).toBe(false));
    save().trigger("onClick");
    await shows("Somebody changed the messages meanwhile.");
    expect(cell().value).toBe("Mine");
    expect(page.find(Button, says("Read again")).props.overlay).toBeDefined();
  });

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
