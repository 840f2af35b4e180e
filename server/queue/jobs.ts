import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { z } from "zod";

/**
 * Every job, by the name of the function that does it. A job names a portal and nothing else: what there is to do stands
 * in the database, so a job may be lost, doubled or late without harm.
 */
export const jobNames = [
  "prepare-portal",
  "backfill-portal",
  "refresh-records",
  "rescore-batch",
  "assign-tiers",
  "tell-programme",
  "write-buying-roles",
  "mirror-programme",
  "tend-hot-accounts",
  "make-tasks",
  "tend-plays",
  "reconcile-portal",
  "remove-portal",
] as const;
export type JobName = (typeof jobNames)[number];

const payload = z.object({ portalId: z.number().int().positive() });

export function readPayload(data: unknown): { portalId: PortalId } {
  return { portalId: asPortalId(payload.parse(data).portalId) };
}
