import { randomUUID } from "node:crypto";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { type Play, playSchema } from "@touchstone/shared/play-shape.ts";
import { playTemplates } from "@touchstone/shared/play-templates.ts";
import type { PlayView } from "@touchstone/shared/plays-api.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { readTemplate } from "../../db/play-templates.ts";
import { addPlay, approvePlay, changePlay, movePlay } from "../../db/plays.ts";
import { unwantStepTasks, wantStepTasks } from "../../db/step-tasks.ts";
import { BadRequest } from "../../errors.ts";
import { getPlay } from "./list-plays.ts";

type Parts = Pick<Context, "db" | "now">;

const makeSchema = z.strictObject({
  /** Made up by the caller, so that a repeated request makes one play. */
  requestId: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  template: z.string().max(64).optional(),
  play: z.looseObject({}),
});

/** Makes a draft, from a calendar, from a template of the portal or from steps of its own. What is given goes before. */
export async function makePlay(ctx: Parts, portalId: PortalId, userId: string, body: unknown): Promise<PlayView> {
  const parsed = makeSchema.safeParse(body);
  if (!parsed.success) throw new BadRequest("Name a requestId and the play. Nothing was made.");
  const { requestId, template, play: given } = parsed.data;
  const base = template === undefined ? {} : await documentOf(ctx.db, portalId, template);
  const play = readPlayDocument({ ...base, ...given });
  const playId = await addPlay(ctx.db, portalId, { playId: randomUUID(), requestId, play, by: userId, at: ctx.now() });
  return getPlay(ctx, portalId, playId);
}

async function documentOf(db: Parts["db"], portalId: PortalId, key: string): Promise<Partial<Play>> {
  const template = playTemplates.find((one) => one.key === key);
  if (template) return { steps: [...template.steps] };
  const saved = z.guid().safeParse(key).success ? await readTemplate(db, portalId, key) : null;
  if (saved) return saved.play;
  throw new BadRequest(
    `There is no template "${key}": ${playTemplates.map((one) => one.key).join(", ")}. Nothing was made.`,
  );
}

function readPlayDocument(value: unknown): Play {
  const parsed = playSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "play"}: ${issue.message}`);
  throw new BadRequest(`The play cannot be kept as it is. ${faults.slice(0, 10).join("; ")}. Nothing was changed.`);
}

/** Changes what is not launched yet; it has to be approved again then (row 93). */
export async function editPlay(ctx: Parts, portalId: PortalId, playId: string, body: unknown): Promise<PlayView> {
  const play = readPlayDocument(body);
  if (!(await changePlay(ctx.db, portalId, playId, play))) {
    const { status } = await getPlay(ctx, portalId, playId);
    throw new BadRequest(`The play is ${status}: only what is not launched yet can be changed. Nothing was changed.`);
  }
  return getPlay(ctx, portalId, playId);
}

/** Sales has read the messages (row 93). */
export async function approve(ctx: Parts, portalId: PortalId, playId: string, userId: string): Promise<PlayView> {
  await getPlay(ctx, portalId, playId);
  await approvePlay(ctx.db, portalId, playId, { by: userId, at: ctx.now() });
  return getPlay(ctx, portalId, playId);
}

const moves = {
  pause: { from: ["running"], to: "paused" },
  resume: { from: ["paused"], to: "running" },
  retire: { from: ["running", "paused"], to: "retired" },
} as const;
export type Move = keyof typeof moves;

/** Tasks that were not sent yet go with a play that stops, and come again when it goes on. */
export async function moveOn(
  ctx: Pick<Context, "db" | "now" | "queue">,
  portalId: PortalId,
  playId: string,
  move: Move,
): Promise<PlayView> {
  const { from, to } = moves[move];
  const before = await getPlay(ctx, portalId, playId);
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await movePlay(trx, portalId, playId, from, to))) {
      throw new BadRequest(`The play is ${before.status} and cannot be made ${to}. Nothing was changed.`);
    }
    if (to === "running") await wantStepTasks(trx, portalId, playId, "all");
    else await unwantStepTasks(trx, portalId, playId);
  });
  await ctx.queue.wake("make-tasks", portalId);
  return getPlay(ctx, portalId, playId);
}
