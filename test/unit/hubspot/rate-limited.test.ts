import { expect, it } from "@jest/globals";
import { HubSpotRateLimited } from "../../../server/hubspot/hubspot-errors.ts";

const refusal = {
  method: "GET",
  path: "/crm/objects/2026-09/companies",
  httpStatus: 429,
  category: null,
  correlationId: null,
  codes: [],
};

it("tells what is left of the wait, and nothing less than none", async () => {
  const error = new HubSpotRateLimited("a test", 40, refusal);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(error.waitMs).toBeLessThan(40);
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(error.waitMs).toBe(0);
});
