import { Button, Form, Modal } from "@hubspot/ui-extensions";
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
  const button = page.findAll(Button, { size: "xs" }).find((one) => renderedText(one) === label);
  const modal = button?.props.overlay?.find(Modal);
  expect(modal && renderedText(modal)).toContain("Its place is free.");
  expect(sent()).toEqual([]);
  modal?.find(Form).trigger("onSubmit");
  await page.waitFor(() => expect(alerts()).toEqual([{ type: "success", message: `${label}: Northwind.` }]));
  expect(sent()).toEqual([["/api/accounts/501/tier/demotion", { approve }]]);
});
