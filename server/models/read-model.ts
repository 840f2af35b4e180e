import { describeIssues } from "@touchstone/shared/describe-issues.ts";
import type { ModelVersionKey } from "@touchstone/shared/models-api.ts";
import { type ScoringModel, scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { z } from "zod";
import { BadRequest, FaultyModel } from "../errors.ts";
import { placeOfFault } from "./place-of-fault.ts";

const maxFaults = 200;

export const versionKeySchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/),
  version: z.number().int().min(1).max(1_000_000),
});

const requestSchema = z.strictObject({
  model: z.record(z.string(), z.unknown()),
  note: z
    .string()
    .trim()
    .max(500)
    .refine((text) => !text.includes("\0"))
    .optional(),
  over: versionKeySchema.optional(),
  waitMs: z.number().int().min(1_000).max(110_000).optional(),
});

interface ReadRequest {
  readonly model: ScoringModel;
  readonly note: string | null;
  /** What the sender saw active; null: they did not say. */
  readonly over: ModelVersionKey | null;
  readonly waitMs: number | null;
}

/** A draft as a page sends it. The version in the document does not matter, so it may be absent. Throws with every fault. */
export function readModelRequest(body: unknown): ReadRequest {
  const request = requestSchema.safeParse(body);
  if (!request.success) {
    throw new BadRequest('The body must be {"model": { … }, "note": "…"}, the note optional. Nothing was changed.');
  }
  const { model, note, over, waitMs } = request.data;
  return { model: readModel(model), note: note || null, over: over ?? null, waitMs: waitMs ?? null };
}

export function readModel(document: object): ScoringModel {
  // A text with NUL cannot be kept; no label needs one.
  if (JSON.stringify(document).includes("\\u0000")) {
    throw new FaultyModel([{ path: "the whole", message: "holds a NUL character: remove it" }], faulty(1));
  }
  const parsed = scoringModelSchema.safeParse({ version: 1, ...document }, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issues = describeIssues(parsed.error);
  const faults = toFaults(issues).map((fault) => ({ ...fault, ...placeOfFault(document, fault.path) }));
  throw new FaultyModel(faults, faulty(issues.length));
}

/** The first of what `describeIssues` says, as an answer lists it. */
export const toFaults = (issues: readonly string[]) => issues.slice(0, maxFaults).map(toFault);

const faulty = (count: number) =>
  `The model has ${count === 1 ? "one fault" : `${count} faults`}. Nothing was changed: repair what is listed and send it again.`;

/** "criteria[2].key: must be …" → path and message. */
function toFault(text: string): { path: string; message: string } {
  const at = text.indexOf(": ");
  return { path: text.slice(0, at), message: text.slice(at + 2).slice(0, 500) };
}
