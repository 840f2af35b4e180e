import { randomUUID } from "node:crypto";
import type { StandIn } from "../stand-in.ts";
import { signV2 } from "../webhooks/sign-request.ts";

export interface ActionRun {
  readonly uid: string;
  readonly objectType: "COMPANY" | "CONTACT";
  readonly objectId: string;
  readonly inputFields: Readonly<Record<string, unknown>>;
  /** Absent: a new run. The same id again is the same order, sent once more. */
  readonly callbackId?: string;
}

export interface ActionOutcome {
  readonly status: number;
  readonly outputFields: Readonly<Record<string, unknown>>;
}

/** Runs an action of the app as a workflow does: one signed order (hubspot-api.md §6.6). Waits neither for retries nor for BLOCK. */
export async function runWorkflowAction(standIn: StandIn, portalId: number, run: ActionRun): Promise<ActionOutcome> {
  const action = standIn.app.workflowActions?.find(({ uid }) => uid === run.uid);
  if (!action) throw new Error(`The app has no workflow action ${run.uid}.`);
  if (action.objectTypes.length > 0 && !action.objectTypes.includes(run.objectType))
    throw new Error(`The action ${run.uid} is not for objects of type ${run.objectType}.`);
  const missing = action.requiredFields.filter((name) => run.inputFields[name] === undefined);
  if (missing.length > 0) throw new Error(`The action ${run.uid} needs ${missing.join(", ")}.`);
  const body = JSON.stringify({
    callbackId: run.callbackId ?? `ap-${portalId}-${randomUUID()}`,
    origin: { portalId, actionDefinitionId: 1, actionDefinitionVersion: 1 },
    context: { source: "WORKFLOWS", workflowId: 1 },
    object: { objectId: run.objectId, objectType: run.objectType },
    inputFields: run.inputFields,
  });
  const signature = signV2(standIn.app.clientSecret, { method: "POST", url: action.actionUrl, body });
  const answer = await fetch(action.actionUrl, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-hubspot-signature": signature,
      "x-hubspot-signature-version": "v2",
    },
    body,
  });
  const text = await answer.text();
  const { outputFields = {} } = JSON.parse(text) as { outputFields?: Record<string, unknown> };
  return { status: answer.status, outputFields };
}
