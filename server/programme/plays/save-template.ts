import { randomUUID } from "node:crypto";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { playTemplates } from "@touchstone/shared/play-templates.ts";
import type { PlayTemplatesView, PlayView, SavedTemplateView } from "@touchstone/shared/plays-api.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { addTemplate, listTemplates, removeTemplate, type StoredTemplate } from "../../db/play-templates.ts";
import { BadRequest } from "../../errors.ts";
import { getPlay } from "./list-plays.ts";

type Parts = Pick<Context, "db" | "now">;

const mostTemplates = 100;
const bodySchema = z.strictObject({
  /** Made up by the caller, so that a repeated request saves one template. */
  requestId: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  label: storableText(120).min(1),
});

/** Keeps a play that was launched as a template of the portal, with what it brought until now (row 98). */
export async function saveAsTemplate(
  ctx: Parts,
  portalId: PortalId,
  playId: string,
  userId: string,
  body: unknown,
): Promise<SavedTemplateView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new BadRequest("Name a requestId and a label. Nothing was saved.");
  const view = await getPlay(ctx, portalId, playId);
  const saved = await addTemplate(
    ctx.db,
    portalId,
    {
      ...parsed.data,
      templateId: randomUUID(),
      playId,
      play: view.play,
      results: measure(view, ctx.now()),
      savedBy: userId,
      savedAt: ctx.now(),
    },
    mostTemplates,
  );
  if (!saved) throw new BadRequest(`There are ${mostTemplates} templates already: remove one. Nothing was saved.`);
  return toView(saved);
}

function measure({ launchedAt, play, results }: PlayView, now: number): SavedTemplateView["results"] {
  if (launchedAt === null) throw new BadRequest("Only a play that was launched has results. Nothing was saved.");
  const { enrolled, engaged, handedOver, stepsDone } = results;
  return {
    measuredAt: now,
    days: Math.floor((now - launchedAt) / 86_400_000),
    engaged,
    handedOver,
    stepsDone: toProportion(stepsDone, enrolled * play.steps.length),
  };
}

/** What a play can be made from: the calendars of the guides, and what this portal has saved. */
export async function listPlayTemplates(ctx: Pick<Context, "db">, portalId: PortalId): Promise<PlayTemplatesView> {
  const saved = await listTemplates(ctx.db, portalId, mostTemplates);
  return { templates: playTemplates, saved: saved.map(toView) };
}

/** Plays that were made from it stay as they are. */
export async function forgetTemplate(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  templateId: string,
): Promise<PlayTemplatesView> {
  await removeTemplate(ctx.db, portalId, templateId);
  return listPlayTemplates(ctx, portalId);
}

const toView = ({ templateId, label, playId, play, results, savedBy, savedAt }: StoredTemplate): SavedTemplateView => ({
  templateId,
  label,
  fromPlayId: playId,
  play,
  results,
  savedBy,
  savedAt,
});
