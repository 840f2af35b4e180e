import { describe, expect, it } from "@jest/globals";
import { HubSpotRejected } from "../../../server/hubspot/hubspot-errors.ts";
import { answerPosts, failureOf, fenceNetwork, hubSpotUnderTest, portalId } from "./hubspot-under-test.ts";

interface LinksBody {
  readonly inputs: readonly { readonly from: { readonly id: string }; readonly to: { readonly id: string } }[];
}
const path = "/crm/associations/2026-09/deals/companies/batch/associate/default";
const links = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ fromId: String(n % 3), toId: String(100 + n) }));
const orderOf = (count: number) => ({
  from: "deals",
  to: "companies",
  links: links(count),
  wanted: true,
  priority: "due" as const,
});
const rejection = { status: "error", category: "VALIDATION_ERROR", message: "no", correlationId: "c-1" };
const accepted = { status: "COMPLETE", results: [] };

fenceNetwork();

describe("A change of links that HubSpot rejects", () => {
  it("is halved until the bad link stands alone, which is missing, and makes all others", async () => {
    const made = new Set<string>();
    const bodies = answerPosts<LinksBody>(path, ({ inputs }) => {
      if (inputs.some(({ to }) => to.id === "137")) return [400, rejection];
      for (const { to } of inputs) made.add(to.id);
      return [200, accepted];
    });
    const { hubspot } = hubSpotUnderTest();
    const missing = await hubspot.changeLinks(portalId, orderOf(1_000));
    expect([...missing]).toEqual([{ fromId: "1", toId: "137" }]);
    expect(made.size).toBe(999);
    expect(bodies.length).toBeLessThanOrEqual(21);
  });

  it("fails when no part of it is taken, after a few requests", async () => {
    const bodies = answerPosts<LinksBody>(path, () => [400, rejection]);
    const { hubspot } = hubSpotUnderTest();
    expect(await failureOf(hubspot.changeLinks(portalId, orderOf(1_000)))).toBeInstanceOf(HubSpotRejected);
    expect(bodies.length).toBeLessThanOrEqual(32);
  });

  it("names every link of a record that the answer says is not there", async () => {
    answerPosts<LinksBody>(path, () => [
      207,
      { ...accepted, errors: [{ category: "OBJECT_NOT_FOUND", message: "gone", context: { ids: ["2"] } }] },
    ]);
    const { hubspot } = hubSpotUnderTest();
    const missing = await hubspot.changeLinks(portalId, orderOf(6));
    expect([...missing].map(({ toId }) => toId)).toEqual(["102", "105"]);
  });
});
