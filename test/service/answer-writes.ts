import type { HubSpotAnswer, HubSpotRequest } from "./local-hubspot.ts";

/** A HubSpot that takes every batch of changed properties. */
export function answerWrites({ body }: Pick<HubSpotRequest, "body">): HubSpotAnswer {
  const { inputs } = JSON.parse(body) as { inputs: { id: string }[] };
  const times = { createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-11-01T00:00:00Z", archived: false };
  return [200, { status: "COMPLETE", results: inputs.map(({ id }) => ({ id, properties: {}, ...times })) }];
}
