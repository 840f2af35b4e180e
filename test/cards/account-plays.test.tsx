import { Button, EmptyState, Form, LoadingButton, Select, TextArea } from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import { openTab } from "./open-tab.tsx";
import { playsView } from "./panel-views.ts";
import { answerWith, refuseWith, type renderCard } from "./render-card.tsx";

let shown: ReturnType<typeof renderCard> | undefined;
const openPanel = async (...values: Parameters<typeof openTab>) => {
  shown = await openTab(...values);
  return shown;
};
afterEach(() => shown?.close());

describe("the plays of the account card", () => {
  it("shows what is due, and notes it as done", async () => {
    const { card, text, fetched } = await openPanel("plays", async (_, { method }) =>
      answerWith(method === "POST" ? { touches: [] } : playsView()),
    );
    await card.waitFor(() => expect(text()).toContain("Phone: Call, due since 20 Nov 2026"));
    expect(text()).toContain("Email: Send the case, on 20 Nov 2026");
    card.find(Button, { size: "xs" }).trigger("onClick");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    expect(fetched.mock.calls.filter(([, { method }]) => method === "POST")).toEqual([
      [
        "https://touchstone.example.com/api/plays/p1/touches",
        { method: "POST", body: { companyId: "501", step: 0, status: "done" } },
      ],
    ]);
  });

  it("says what to do when there is no play to come into", async () => {
    const { card, text } = await openPanel("plays", async () => answerWith(playsView({ plays: [] })));
    await card.waitFor(() => card.find(EmptyState));
    expect(card.find(EmptyState).props.title).toBe("In no play");
    expect(text()).toContain("Plays are made under Plays on the app’s home page.");
    expect(card.maybeFind(Form)).toBeNull();
  });

  it("says that a step may have been noted when no answer came, and that the same twice counts once", async () => {
    const { card, text } = await openPanel("plays", async (_, { method }) =>
      method === "POST" ? Promise.reject(new Error("away")) : answerWith(playsView()),
    );
    await card.waitFor(() => expect(text()).toContain("Phone: Call"));
    card.find(Button, { size: "xs" }).trigger("onClick");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    expect(card.mocks.actions.addAlert.calls[0]).toEqual([
      {
        type: "danger",
        message:
          "Touchstone could not be reached. Press again: what you entered is still here, and the same twice counts once.",
      },
    ]);
  });
});

describe("taking the account into a play", () => {
  const choices = [
    { playId: "p1", label: "Autumn (Tier 3, running)", guard: null },
    { playId: "p2", label: "Second (Tier 3, running)", guard: "One play a tier and month." },
  ];
  const offered = playsView({ plays: [], choices });
  const posted = ({ fetched }: Pick<ReturnType<typeof renderCard>, "fetched">) =>
    fetched.mock.calls.filter(([, { method }]) => method === "POST");

  it("sends nothing before the press, then the play, says so, and reads the panel again", async () => {
    const opened = await openPanel("plays", async () => answerWith(offered));
    const { card, fetched } = opened;
    await card.waitFor(() => card.find(Select));
    expect(card.find(Select).props.options).toEqual(choices.map(({ playId, label }) => ({ value: playId, label })));
    expect(card.find(LoadingButton, { size: "sm" }).props.disabled).toBe(true);
    card.find(Select).trigger("onChange", "p1" as never);
    await card.waitFor(() => expect(card.find(LoadingButton, { size: "sm" }).props.disabled).toBe(false));
    expect([posted(opened), card.maybeFind(TextArea)]).toEqual([[], null]);
    const asked = fetched.mock.calls.length;
    card.find(Form).trigger("onSubmit");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    expect(posted(opened)).toEqual([
      ["https://touchstone.example.com/api/accounts/501/plays", { method: "POST", body: { playId: "p1" } }],
    ]);
    expect(card.mocks.actions.addAlert.calls[0]).toEqual([
      { type: "success", message: "Taken into Autumn (Tier 3, running)." },
    ]);
    await card.waitFor(() => expect(fetched.mock.calls.length).toBeGreaterThan(asked + 1));
  });

  it("asks why for a second play of the tier in the month, says a refusal in words, and keeps what was entered", async () => {
    const refusal = refuseWith(400, { message: "In Autumn: one play a tier and month. Nothing was changed." });
    const opened = await openPanel("plays", async (_, { method }) =>
      method === "POST" ? refusal : answerWith(offered),
    );
    const { card } = opened;
    await card.waitFor(() => card.find(Select));
    card.find(Select).trigger("onChange", "p2" as never);
    await card.waitFor(() => card.find(TextArea));
    expect(card.find(TextArea).props).toMatchObject({ description: "One play a tier and month.", required: true });
    card.find(Form).trigger("onSubmit");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    expect(card.mocks.actions.addAlert.calls[0]).toEqual([
      { type: "danger", message: "In Autumn: one play a tier and month. Nothing was changed." },
    ]);
    card.find(TextArea).trigger("onChange", "They asked for it" as never);
    await card.waitFor(() => expect(card.find(TextArea).props.value).toBe("They asked for it"));
    card.find(Form).trigger("onSubmit");
    await card.waitFor(() => expect(posted(opened)).toHaveLength(2));
    expect(posted(opened).map(([, { body }]) => body)).toEqual([
      { playId: "p2" },
      { playId: "p2", overrideReason: "They asked for it" },
    ]);
    expect([card.find(Select).props.value, card.find(TextArea).props.value]).toEqual(["p2", "They asked for it"]);
  });
});
