import { asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import { z } from "zod";
import { getAccount } from "../accounts/get-account.ts";
import { rescoreNow } from "../accounts/rescore-now.ts";
import { readPlayNames } from "../db/play-accounts.ts";
import { AppError } from "../errors.ts";
import { requireInstalled } from "../install/get-portal-status.ts";
import { askForRecord } from "../intake/ask-for-record.ts";
import { recordSignals } from "../intake/record-signals.ts";
import { getCommittee } from "../programme/committee/get-committee.ts";
import { getHotAccount } from "../programme/hot/list-hot-accounts.ts";
import { enrol } from "../programme/plays/run-play.ts";
import type { HttpContext, Route } from "./card-route.ts";
import { readWorkflowOrder, type WorkflowOrder } from "./require-workflow-signature.ts";
import { wordAccountPlan } from "./word-account-plan.ts";

/** Who did something that a workflow asked for. */
const workflowUser = "workflow";

/**
 * What workflows and agents may ask for. Each does no harm when HubSpot sends it again. What went wrong is said in the answer,
 * where an admin reads it in the workflow's history, and the workflow goes on (hubspot-api.md §6.6). What cannot be done yet is
 * put off with 503: HubSpot sends such an order again by itself, ever more seldom, and gives up after some days. A 429 could say
 * when to come, but its unit is told differently in different places, and nothing is said of an end.
 */
export const workflowRoutes: readonly Route[] = [
  { method: "post", path: "/workflow/record-signal", handle: forWorkflow("message", recordSignal) },
  { method: "post", path: "/workflow/enrol-in-play", handle: forWorkflow("message", enrolInPlay) },
  { method: "post", path: "/workflow/rescore-now", handle: forWorkflow("message", rescore) },
  { method: "post", path: "/agent/account-plan", handle: forWorkflow("plan", tellPlan) },
];

interface Outcome {
  readonly state: "done" | "failed" | "put off";
  readonly text: string;
}
type Action = (ctx: HttpContext, order: WorkflowOrder) => Promise<Outcome>;

const failed = (text: string): Outcome => ({ state: "failed", text });
const done = (text: string): Outcome => ({ state: "done", text });
const putOff = (text: string): Outcome => ({ state: "put off", text });

function forWorkflow(output: "message" | "plan", action: Action): Route["handle"] {
  return async (ctx, req, res) => {
    const order = readWorkflowOrder(ctx, req);
    const { state, text } = await attempt(ctx, order, action);
    const line = { portalId: order.portalId, path: req.path, reason: text };
    if (state === "put off") {
      ctx.log.info(line, "an action was put off");
      res.status(503).json({ error: "NotHereYet", message: text });
      return;
    }
    if (state === "failed") ctx.log.warn(line, "an action failed");
    const execution = state === "done" ? "SUCCESS" : "FAIL_CONTINUE";
    res.json({ outputFields: { [output]: text, hs_execution_state: execution } });
  };
}

/** What may pass (a database that is away) is answered with 5xx, and HubSpot asks again; what will not, in words. */
async function attempt(ctx: HttpContext, order: WorkflowOrder, action: Action): Promise<Outcome> {
  try {
    await requireInstalled(ctx, order.portalId);
    return await action(ctx, order);
  } catch (error) {
    if (error instanceof AppError && error.retry === "never") return failed(error.publicMessage);
    throw error;
  }
}

const signalSchema = z.object({
  kind: z.string().regex(/^[a-z][a-z0-9_.-]{0,63}$/),
  subject: z.string().max(200).nullish(),
  strength: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,7}(\.\d+)?$/)
        .transform(Number),
    ])
    .nullish(),
});

async function recordSignal(ctx: HttpContext, { portalId, callbackId, object, inputFields }: WorkflowOrder) {
  if (object === null) return failed("A signal is about a contact or a company. Nothing was recorded.");
  const parsed = signalSchema.safeParse(inputFields);
  if (!parsed.success) return failed("Choose what happened, and a strength that is a number. Nothing was recorded.");
  const { kind, subject, strength } = parsed.data;
  if (await isOnItsWay(ctx, portalId, object)) return putOff(onItsWay);
  const [line] = await recordSignals(ctx, portalId, "workflow", [
    {
      id: callbackId.slice(0, 128),
      source: "workflow",
      kind,
      ...(object.type === "CONTACT" ? { personId: object.id } : { companyId: object.id }),
      at: ctx.now(),
      ...(subject && { subject }),
      ...(strength !== null && strength !== undefined && { strength }),
    },
  ]);
  if (line?.status === "rejected") return failed(`Nothing was recorded: ${line.message}.`);
  return done(
    line?.status === "known"
      ? "This was recorded before; it counts once."
      : "Recorded. The score follows within seconds.",
  );
}

const onItsWay = "The record is being read from HubSpot. Nothing was changed yet: send the order again.";

const isOnItsWay = (ctx: HttpContext, portalId: PortalId, { type, id }: NonNullable<WorkflowOrder["object"]>) =>
  askForRecord(ctx, portalId, { objectType: type === "CONTACT" ? "contacts" : "companies", objectId: id });

async function enrolInPlay(ctx: HttpContext, { portalId, object, inputFields }: WorkflowOrder) {
  const playId = z.uuid().safeParse(inputFields.playId);
  if (object?.type !== "COMPANY") return failed("Only a company can be enrolled. Nothing was changed.");
  if (!playId.success) return failed("Name the play by its id. Nothing was changed.");
  if (await isOnItsWay(ctx, portalId, object)) return putOff(onItsWay);
  const { lines } = await enrol(ctx, portalId, playId.data, workflowUser, { companyIds: [object.id] });
  const [line] = lines;
  return line?.status === "rejected"
    ? failed(`Nothing was changed: ${line.message}.`)
    : done(line?.message ?? "enrolled");
}

async function rescore(ctx: HttpContext, { portalId, object }: WorkflowOrder) {
  if (object?.type !== "COMPANY") return failed("Only a company has a score. Nothing was changed.");
  await rescoreNow(ctx, portalId, asAccountId(object.id));
  return done("It is read again and scored, before anything else that waits.");
}

async function tellPlan(ctx: HttpContext, { portalId, object, inputFields }: WorkflowOrder) {
  const given = z
    .union([z.string(), z.number()])
    .transform(String)
    .safeParse(inputFields.companyId ?? object?.id);
  if (!given.success || !/^\d{1,20}$/.test(given.data)) return failed("Name the company by its record id.");
  const accountId = asAccountId(given.data);
  const [account, committee, hot, plays] = await Promise.all([
    getAccount(ctx, portalId, accountId),
    getCommittee(ctx, portalId, accountId),
    getHotAccount(ctx, portalId, accountId),
    readPlayNames(ctx.db, portalId, accountId),
  ]);
  return done(wordAccountPlan({ account, committee, alert: hot.alert, plays }));
}
