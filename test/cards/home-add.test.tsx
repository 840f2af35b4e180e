import { Form, LoadingButton, Select, TextArea } from "@hubspot/ui-extensions";
import { describe, expect, it } from "@jest/globals";
import { choose, ok, openTab, renderHome, type } from "./render-home.tsx";

describe("adding accounts to the target list", () => {
  it("takes a pasted list with its source, and says of each line what became of it", async () => {
    const answer = {
      added: 1,
      known: 1,
      rejected: 1,
      lines: [
        { line: 2, name: "Twin Works", status: "rejected", message: "2 companies are called so" },
        { line: 3, name: "501", status: "known", message: "on the list already" },
        { line: 1, name: "acme.example", status: "added", message: "added, Acme" },
      ],
    };
    const { page, sent, text } = renderHome("/list", { "POST /api/list/add": ok(answer) });
    openTab(page, "add");
    await page.waitFor(() => page.find(TextArea));
    const add = () => page.find(LoadingButton, { type: "submit" }).props;
    expect(add().disabled).toBe(true);
    type(page.find(TextArea), Array.from({ length: 501 }, (_, line) => `company-${line}.example`).join("\n"));
    await page.waitFor(() => expect(page.find(TextArea).props.validationMessage).toBe("At most 500 at once."));
    expect(add().disabled).toBe(true);
    type(page.find(TextArea), " acme.example \n\nTwin Works\r\n501\n501");
    choose(page.find(Select), "intent");
    await page.waitFor(() => expect([add().disabled, page.find(Select).props.value]).toEqual([false, "intent"]));
    page.find(Form).trigger("onSubmit");
    await page.waitFor(() => expect(text()).toContain("New on the list: 1 · on it before: 1 · not taken: 1"));
    expect(sent()).toEqual([["/api/list/add", { source: "intent", accounts: ["acme.example", "Twin Works", "501"] }]]);
    expect(text()).toContain("Twin Works: 2 companies are called so");
    expect(text()).toContain("acme.example: added, Acme");
    expect(page.find(TextArea).props.value).toBe("");
  });
});
