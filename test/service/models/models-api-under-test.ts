import { asPortalId } from "@touchstone/shared/ids.ts";
import type { ModelsView, ModelVersionKey, PreviewView, PublishedModelView } from "@touchstone/shared/models-api.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import { startHttpServer } from "../../../server/http/create-http-server.ts";
import { loadTemplate } from "../../../server/scoring/load-template.ts";
import { type Answer, cardQuery, sendSigned } from "../signed-request.ts";
import { createSmallContext, portalId } from "../small-context.ts";
import { scorePortal } from "./a-scored-portal.ts";

export const otherPortal = asPortalId(5_151);
export const companies = 320;

export type ModelsApi = Awaited<ReturnType<typeof startModelsApi>>;

/** The server with a scored portal and another one, and what a page of HubSpot's asks of it. */
export async function startModelsApi() {
  const ctx = await createSmallContext();
  await ctx.install();
  await ctx.install(otherPortal);
  await scorePortal(ctx, portalId, companies);
  const server = await startHttpServer(ctx);
  const ask = (method: "GET" | "POST", path: string, body?: unknown, portal = portalId, accept = "*/*") => {
    const sent = { method, path: `${path}?${cardQuery({ portalId: String(portal) })}` };
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return sendSigned(server.url, { ...sent, ...(body !== undefined && { body: text }) }, { headers: { accept } });
  };
  return {
    ctx,
    serverUrl: server.url,
    ask,
    preview: (model: unknown) => read<PreviewView>(ask("POST", "/api/models/preview", { model })),
    publish: (model: unknown, note?: string, over?: ModelVersionKey) =>
      read<PublishedModelView>(ask("POST", "/api/models/publish", { model, note, over })),
    rollBack: (version: number) =>
      read<PublishedModelView>(ask("POST", "/api/models/rollback", { key: "playbook-100", version })),
    list: (portal = portalId) => read<ModelsView>(ask("GET", "/api/models", undefined, portal)),
    stop: async () => {
      await server.stop();
      await ctx.stop();
    },
  };
}

export async function read<T>(asked: Promise<Answer>): Promise<T> {
  const { status, text } = await asked;
  if (status !== 200) throw new Error(`${status}: ${text}`);
  return JSON.parse(text);
}

export function template(key: string): ScoringModel {
  const model = loadTemplate(key);
  if (!model) throw new Error(`no template ${key}`);
  return model;
}

/** The same model with bands that begin elsewhere. */
export function withBands(model: ScoringModel, from: Readonly<Record<string, number>>): ScoringModel {
  return { ...model, bands: model.bands.map((band) => ({ ...band, from: from[band.key] ?? band.from })) };
}

/** How many accounts of the portal are stored in each tier. */
export async function countTiers({ ctx }: Pick<ModelsApi, "ctx">): Promise<Record<string, number>> {
  const rows = await ctx.db
    .selectFrom("account_scores")
    .select(({ fn }) => ["tier", fn.countAll<number>().as("n")])
    .where("portal_id", "=", portalId)
    .groupBy("tier")
    .execute();
  return Object.fromEntries(rows.map((row) => [row.tier, Number(row.n)]));
}

export const bandsWithAccounts = (view: PreviewView, at: "before" | "after"): Record<string, number> =>
  Object.fromEntries(view.bands.filter((band) => band[at] > 0).map((band) => [band.key, band[at]]));
