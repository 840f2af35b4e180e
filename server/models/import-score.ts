import { describeIssues } from "@touchstone/shared/describe-issues.ts";
import type { ImportedScoreView } from "@touchstone/shared/models-api.ts";
import { z } from "zod";
import { BadRequest, FaultyModel } from "../errors.ts";
import { hubspotScoreSchema } from "./hubspot-score-shape.ts";
import { importHubspotScore } from "./import-hubspot-score.ts";
import { toFaults } from "./read-model.ts";

const requestSchema = z.strictObject({ score: z.record(z.string(), z.unknown()) });

/** Conditions nest; nobody writes them as deep as this, and reading them is recursive. */
const deepest = 40;

/** Turns HubSpot's own score into a draft, with a sentence for each of its rules. Changes nothing: what comes out is published. */
export function importScore(body: unknown): ImportedScoreView {
  const request = isDeeperThan(body, deepest) ? null : requestSchema.safeParse(body);
  if (!request?.success)
    throw new BadRequest(
      'Send the score as HubSpot\'s Lead Scoring API gives it: {"score": { … }}. Nothing was changed.',
    );
  const score = hubspotScoreSchema.safeParse(request.data.score, { reportInput: true });
  if (score.success) return importHubspotScore(score.data);
  throw new FaultyModel(
    toFaults(describeIssues(score.error)),
    "This is no score configuration as HubSpot's Lead Scoring API gives it. Nothing was changed.",
  );
}

/** Level by level and not by recursion: what is sent may be deeper than the stack. */
function isDeeperThan(document: unknown, levels: number): boolean {
  let level: unknown[] = [document];
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
    if (level.length === 0) return false;
  }
  return true;
}
