import { describe, expect, it } from "@jest/globals";
import { engages } from "@touchstone/shared/packet-lines.ts";
import { engagingKinds, notEngagingKinds } from "@touchstone/shared/signal-kinds.ts";
import { templateKeys } from "../../../server/scoring/load-template.ts";
import { template } from "../scoring/score-with.ts";

describe("Kinds of signal", () => {
  it.each(templateKeys)("engage where the template %s says so, and nowhere else", (key) => {
    const { criteria, engagement } = template(key);
    const read = criteria.flatMap((one) => ("signals" in one ? one.signals : []));
    const others = read.filter((kind) => !engagement.signals.includes(kind));
    expect(engagement.signals.filter((kind) => !engagingKinds.has(kind))).toEqual([]);
    expect(others.filter((kind) => !notEngagingKinds.includes(kind))).toEqual([]);
  });

  it("engage when they are a portal's own, and not when they are a feed's", () => {
    expect(["our_own_kind", "search_activity", "topic_research", "demo_request"].map(engages)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});
