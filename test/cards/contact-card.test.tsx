import {
  Button,
  EmptyState,
  ErrorState,
  Form,
  Heading,
  LoadingButton,
  MultiSelect,
  Select,
  Tag,
} from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { ContactCard } from "../../hubspot-project/src/app/cards/contact-card.tsx";
import { accountBrief, economicBuyer, partView, personView } from "./person-view.ts";
import { answerWith, refuseWith, renderOnRecord } from "./render-card.tsx";
import { renderedText } from "./rendered-text.ts";

let shown: ReturnType<typeof renderOnRecord> | undefined;
const show = (ask: Parameters<typeof renderOnRecord>[1], variables?: Record<string, string>) => {
  shown = renderOnRecord(ContactCard, ask, variables);
  return shown;
};
afterEach(() => shown?.close());

describe("the contact card", () => {
  it("shows level, stage, evidence with dates, and the account that the person belongs to", async () => {
    const { card, text, fetched } = show(async () => answerWith(personView()));
    await card.waitFor(() => card.find(Heading));
    expect(fetched.mock.calls[0]?.[0]).toBe("https://touchstone.example.com/api/people/501");
    expect(card.findAll(Heading).map(renderedText)).toEqual([
      "No role yet",
      "What to say now",
      "What they did",
      "Acme",
    ]);
    expect(renderedText(card.find(Tag))).toBe("Level 4 of 5: Evaluating");
    const { overlay } = card.find(Tag).props;
    expect(overlay && renderedText(overlay)).toContain("1 aware, 2 interested, 3 engaged, 4 evaluating, 5 advocating");
    expect(text()).toContain("Give this person a role to see what to say to them.");
    expect(text()).toContain("The account is at the stage Interest since 20 Nov 2026. It moves on when several people");
    expect(text()).toContain("Asked for a demo (Demo request), 20 Nov 2026");
    expect(text()).toContain("Priority 17.3 of 100 · Readiness 5 of 10");
    expect(text()).toContain("Also at Other Ltd");
  });

  it("shows the message for role and stage once there is one", async () => {
    const part = { ...partView, roles: [economicBuyer] };
    const view = personView({ part, message: "ROI and business case", messageGap: null });
    const { card, text } = show(async () => answerWith(view));
    await card.waitFor(() => card.find(Heading));
    expect(text()).toContain("ROI and business case");
    expect(renderedText(card.find(Button, { variant: "primary" }))).toBe("Change the role");
  });

  it("gives the role that somebody chose, confirms it and reads the card again", async () => {
    const { card, fetched } = show(async (_, { method }) =>
      answerWith(method === "POST" ? { companyId: "77", people: [] } : personView()),
    );
    await card.waitFor(() => card.find(Button, { variant: "primary" }));
    const panel = () => {
      const { overlay } = card.find(Button, { variant: "primary" }).props;
      if (!overlay) throw new Error("the button opens nothing");
      return overlay;
    };
    panel().find(Button).trigger("onClick");
    await card.waitFor(() => expect(panel().find(MultiSelect).props.value).toEqual(["economic_buyer"]));
    const asked = fetched.mock.calls.length;
    panel().find(Form).trigger("onSubmit");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    expect(fetched.mock.calls[asked]).toEqual([
      "https://touchstone.example.com/api/accounts/77/committee/people",
      { method: "POST", body: { personId: "501", roles: ["economic_buyer"] } },
    ]);
    expect(card.mocks.actions.addAlert.calls[0]).toEqual([
      { type: "success", message: "Saved what part Ana Ruiz plays." },
    ]);
    expect(card.mocks.actions.closeOverlay.calls).toEqual([["touchstone-role-501"]]);
    await card.waitFor(() => expect(fetched.mock.calls.length).toBeGreaterThan(asked + 1));
  });

  it("takes what somebody thinks of their influence, and sends only what was changed; an empty choice takes it back", async () => {
    const part = { ...partView, influence: 2, answers: { ...partView.answers, influence: 2 } };
    const { card, fetched } = show(async (_, { method }) =>
      answerWith(method === "POST" ? { companyId: "77", people: [] } : personView({ part })),
    );
    await card.waitFor(() => card.find(Button, { variant: "primary" }));
    const panel = () => {
      const { overlay } = card.find(Button, { variant: "primary" }).props;
      if (!overlay) throw new Error("the button opens nothing");
      return overlay;
    };
    const field = (name: string) => panel().find(Select, { name });
    expect(field("influence").props).toMatchObject({ label: "Influence on the decision", value: 2 });
    expect([field("sentiment").props.value, field("departed").props.value]).toEqual(["", false]);
    for (const [name, value] of [
      ["influence", ""],
      ["sentiment", -1],
      ["advocating", true],
      ["departed", true],
    ] as const) {
      field(name).trigger("onChange", value as never);
      await card.waitFor(() => expect(field(name).props.value).toBe(value));
    }
    panel().find(Form).trigger("onSubmit");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    const body = { personId: "501", influence: null, sentiment: -1, advocating: true, departed: true };
    expect(fetched.mock.calls.find(([, { method }]) => method === "POST")?.[1].body).toEqual(body);
  });

  it("says why a role was not saved, and leaves the panel open", async () => {
    const refusal = refuseWith(403, { error: "Forbidden", message: "You may look, and not change anything." });
    const { card } = show(async (_, { method }) => (method === "POST" ? refusal : answerWith(personView())));
    await card.waitFor(() => card.find(Button, { variant: "primary" }));
    card.find(Button, { variant: "primary" }).props.overlay?.find(Form).trigger("onSubmit");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    expect(card.mocks.actions.addAlert.calls[0]).toEqual([
      { type: "danger", message: "You may look, and not change anything." },
    ]);
    expect(card.mocks.actions.closeOverlay.callCount).toBe(0);
  });

  it("says that the score of the account is provisional, and how little is known", async () => {
    const view = personView({ account: accountBrief({ provisional: true, coveragePercent: 40 }) });
    const { card } = show(async () => answerWith(view));
    await card.waitFor(() => card.find(Tag, { variant: "warning" }));
    const tag = card.find(Tag, { variant: "warning" });
    expect(renderedText(tag)).toBe("Provisional");
    expect(tag.props.overlay && renderedText(tag.props.overlay)).toContain("Only 40 % of the points can be known yet.");
  });

  it("says of somebody who belongs to no company what to do", async () => {
    const view = personView({ state: "alone", account: null, part: null, note: "This person belongs to no company." });
    const { card, text } = show(async () => answerWith(view));
    await card.waitFor(() => card.find(EmptyState));
    expect(card.find(EmptyState).props.title).toBe("Ana Ruiz");
    expect(text()).toContain("This person belongs to no company.");
  });

  it("adds a role that is suggested to those that are ticked", async () => {
    const { card } = show(async () => answerWith(personView()));
    await card.waitFor(() => card.find(Button, { variant: "primary" }));
    const panel = () => {
      const { overlay } = card.find(Button, { variant: "primary" }).props;
      if (!overlay) throw new Error("the button opens nothing");
      return overlay;
    };
    panel()
      .find(MultiSelect)
      .trigger("onChange", ["champion"] as never);
    await card.waitFor(() => expect(panel().find(MultiSelect).props.value).toEqual(["champion"]));
    panel().find(Button).trigger("onClick");
    await card.waitFor(() => expect(panel().find(MultiSelect).props.value).toEqual(["champion", "economic_buyer"]));
  });

  it("asks nobody again by itself once it was denied, and after ten minutes in which nothing moved, and says so", async () => {
    jest.useFakeTimers();
    try {
      const { fetched, text } = show(async () => answerWith(personView()));
      await jest.advanceTimersByTimeAsync(60_000);
      expect(text()).not.toContain("This card rests");
      await jest.advanceTimersByTimeAsync(10 * 60_000);
      expect(text()).toContain("Refresh This card rests: press Refresh for news.");
      const asked = fetched.mock.calls.length;
      await jest.advanceTimersByTimeAsync(60_000);
      expect(fetched).toHaveBeenCalledTimes(asked);
      shown?.close();
      await jest.advanceTimersByTimeAsync(0);
      const denied = show(async () => refuseWith(403, { message: "Ask an admin." }));
      await jest.advanceTimersByTimeAsync(60_000);
      expect(denied.fetched).toHaveBeenCalledTimes(1);
    } finally {
      jest.useRealTimers();
    }
  });

  it("shows the server's message and tries again when asked", async () => {
    let works = false;
    const refusal = refuseWith(503, { message: "The database is away." });
    const { card, text } = show(async () => (works ? answerWith(personView()) : refusal));
    await card.waitFor(() => card.find(ErrorState));
    expect(text()).toContain("The database is away.");
    works = true;
    card.find(LoadingButton).trigger("onClick");
    await card.waitFor(() => card.find(Heading));
  });

  it("does not ask anybody when the profile names no server", () => {
    const { card, fetched } = show(async () => answerWith(personView()), {});
    expect(card.find(ErrorState).props.title).toBe("This card is not set up");
    expect(fetched).not.toHaveBeenCalled();
  });
});
