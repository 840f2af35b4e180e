import { Button, ErrorState, Form, Heading, Select, Tag, TextArea } from "@hubspot/ui-extensions";
import { afterEach, describe, expect, it } from "@jest/globals";
import { TierCard } from "../../hubspot-project/src/app/cards/tier-card.tsx";
import { answerWith, refuseWith, renderOnRecord } from "./render-card.tsx";
import { renderedText } from "./rendered-text.ts";
import { tierCardView } from "./tier-card-view.ts";

let shown: ReturnType<typeof renderOnRecord> | undefined;
const show = (...values: Parameters<typeof renderOnRecord>) => {
  shown = renderOnRecord(...values);
  return shown;
};
afterEach(() => shown?.close());

const open = (card: ReturnType<typeof show>["card"], label: string) => {
  const { overlay } = card.find(Button, (button) => renderedText(button).startsWith(label)).props;
  if (!overlay) throw new Error(`"${label}" opens nothing`);
  return overlay;
};

describe("the tier card", () => {
  it("says where the account stands and why", async () => {
    const { card, text, fetched } = show(TierCard, async () => answerWith(tierCardView()));
    await card.waitFor(() => card.find(Heading));
    expect(fetched.mock.calls[0]?.[0]).toBe("https://touchstone.example.com/api/accounts/501/tier");
    expect(renderedText(card.find(Heading))).toBe("Tier 2");
    expect(text()).toContain("Since 3 Nov 2026: Entered Tier 2");
    expect(text()).not.toContain("Back to the rule");
  });

  it("sets the tier by hand with a reason and a day, and reads the card again", async () => {
    const { card, fetched } = show(TierCard, async () => answerWith(tierCardView()));
    await card.waitFor(() => card.find(Heading));
    const panel = () => open(card, "Set the tier by hand");
    panel()
      .find(Select, { name: "tier" } as never)
      .trigger("onChange", "tier_1" as never);
    await card.waitFor(() => expect(renderedText(panel())).toContain("wins over the rule"));
    panel()
      .find(TextArea)
      .trigger("onInput", "Opens a market" as never);
    await card.waitFor(() => expect(panel().find(TextArea).props.value).toBe("Opens a market"));
    const asked = fetched.mock.calls.length;
    panel().find(Form).trigger("onSubmit");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    expect(fetched.mock.calls[asked]).toEqual([
      "https://touchstone.example.com/api/accounts/501/tier/override",
      { method: "POST", body: { tier: "tier_1", expiresAt: 30, makeRoom: false, reason: "Opens a market" } },
    ]);
    await card.waitFor(() => expect(fetched.mock.calls.length).toBeGreaterThan(asked + 1));
  });

  it("says why it was refused, and keeps what was typed", async () => {
    const full = "Tier 1 is full (25 of 25). Nothing was changed.";
    const { card } = show(TierCard, async (_, { method }) =>
      method === "POST" ? refuseWith(409, { message: full }) : answerWith(tierCardView()),
    );
    await card.waitFor(() => card.find(Heading));
    const panel = () => open(card, "Set the tier by hand");
    panel()
      .find(TextArea)
      .trigger("onInput", "Opens a market" as never);
    await card.waitFor(() => expect(panel().find(TextArea).props.value).toBe("Opens a market"));
    panel().find(Form).trigger("onSubmit");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.calls[0]).toEqual([{ type: "danger", message: full }]));
    expect(panel().find(TextArea).props.value).toBe("Opens a market");
    expect(card.mocks.actions.closeOverlay.callCount).toBe(0);
  });

  it("shows what was set by hand, and takes it back after a question", async () => {
    const override = { tier: "tier_1", reason: "Opens a market", by: "77", setAt: 1, expiresAt: 2 };
    const endForm = { fields: [], values: {}, note: "What was set by hand ends now." };
    const { card, fetched } = show(TierCard, async () => answerWith(tierCardView({ override, endForm })));
    await card.waitFor(() => card.find(Heading));
    expect(renderedText(card.find(Tag))).toBe("Set by hand");
    const panel = open(card, "Back to the rule");
    expect(renderedText(panel)).toContain("What was set by hand ends now.");
    panel.find(Form).trigger("onSubmit");
    await card.waitFor(() => expect(card.mocks.actions.addAlert.callCount).toBe(1));
    expect(fetched.mock.calls.find(([, { method }]) => method === "POST")?.[1].body).toEqual({ end: true });
  });

  it("says why no tier can be set, and offers nothing to press then, nor to who may only look", async () => {
    const gap = "Its tier can be set by hand once it is scored.";
    const { card, text } = show(TierCard, async () => answerWith(tierCardView({ gap, form: null })));
    await card.waitFor(() => expect(text()).toContain(gap));
    expect(card.maybeFind(Button)).toBeNull();
    shown?.close();
    const onlooker = show(TierCard, async () => answerWith({ ...tierCardView(), viewOnly: "You may see everything." }));
    await onlooker.card.waitFor(() => expect(onlooker.text()).toContain("You may see everything."));
    expect(onlooker.card.maybeFind(Button)).toBeNull();
  });

  it("says that it could not be read, and tries again", async () => {
    const { card, text } = show(TierCard, async () => refuseWith(503, { message: "The database is away." }));
    await card.waitFor(() => card.find(ErrorState));
    expect(text()).toContain("Touchstone could not read the tier of this account. It tries again by itself.");
  });
});
