import { Alert, Button, Form, LoadingButton, Select, StatusTag, TextArea } from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import { messageMatrices } from "../../shared/message-matrix.ts";
import { refuseWith } from "./render-card.tsx";
import { type Answers, openSettings, type renderSettings } from "./render-settings.tsx";
import { renderedText } from "./rendered-text.ts";

let shown: ReturnType<typeof renderSettings> | undefined;
afterEach(() => shown?.close());
async function open(section: string, answers: Answers) {
  shown = await openSettings(section, answers);
  return shown;
}

const noNode = { text: "" };
const says = (label: string) => (node: Parameters<typeof renderedText>[0]) => renderedText(node) === label;

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
    const save = () => page.find(LoadingButton, says("Save the messages")).props;
    page.find(Button, says(`Fill in: ${matrix.label}`)).trigger("onClick");
    await page.waitFor(() => expect(save().disabled).toBe(true));
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
