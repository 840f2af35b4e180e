import { Button, Form, Modal, Select, TextArea } from "@hubspot/ui-extensions";
import { expect, it } from "@jest/globals";
import { weekView } from "./home-views.ts";
import { ok, renderHome } from "./render-home.tsx";
import { renderedText } from "./rendered-text.ts";

it.each([
  ["Move down", true],
  ["Leave it", false],
])("answers %s to an account that asks to move down, once somebody has read what that does", async (label, approve) => {
  const { company } = weekView.toPause.lines[0] ?? {};
  const line = {
    key: "501 moves down",
    asks: "demotion",
    company,
    name: "Northwind",
    why: "Asks.",
    detail: "Its place is free.",
  };
  const { page, sent, alerts } = renderHome("/week", {
    "GET /api/home/week": ok({ ...weekView, toPause: { ...weekView.toPause, lines: [line] } }),
    "POST /api/accounts/501/tier/demotion": ok({ history: [] }),
  });
  await page.waitFor(() => page.find(Button, { size: "xs" }));
  const form = () => page.find(Button, { size: "xs" }).props.overlay?.find(Modal) ?? page.find(Modal);
  expect(renderedText(form())).toContain("Its place is free.");
  expect(form().findAll(TextArea)).toEqual([]);
  expect(sent()).toEqual([]);
  form()
    .find(Select)
    .trigger("onChange", (approve ? "yes" : "no") as never);
  form().find(Form).trigger("onSubmit");
  await page.waitFor(() => expect(alerts()).toEqual([{ type: "success", message: `${label}: Northwind.` }]));
  expect(sent()).toEqual([["/api/accounts/501/tier/demotion", { approve }]]);
});
