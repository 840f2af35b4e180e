import { stageKeys } from "@touchstone/shared/account-stage.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import {
  type MatrixView,
  type MessageMatrix,
  messageMatrices,
  messageMatrixSchema,
} from "@touchstone/shared/message-matrix.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { messagesSetting, readSetting, type StoredSetting, saveSetting } from "../../db/portal-settings.ts";
import { BadRequest, Conflict } from "../../errors.ts";

export async function readMessages(ctx: Pick<Context, "db">, portalId: PortalId): Promise<MatrixView> {
  return toView(await readSetting(ctx.db, portalId, messagesSetting));
}

function toView({ value: matrix, version }: StoredSetting<MessageMatrix>): MatrixView {
  const gaps = matrix.rows.flatMap((row) =>
    stageKeys.flatMap((stage) => (row.cells[stage] === "" ? [{ row: row.label, stage }] : [])),
  );
  return { matrix, version, templates: messageMatrices, gaps };
}

const bodySchema = z.strictObject({ matrix: messageMatrixSchema, version: z.number().int().min(0) });

/** Refused when somebody else changed the messages meanwhile; then theirs stand. */
export async function changeMessages(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<MatrixView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
    throw new BadRequest(`The messages were not changed. ${faults.slice(0, 10).join("; ")}`);
  }
  const { matrix, version } = parsed.data;
  const saved = await saveSetting(ctx.db, portalId, messagesSetting, { value: matrix, version, by: userId });
  if (!saved) throw new Conflict("Somebody changed the messages meanwhile. Yours were not saved: read them again.");
  return toView(saved);
}
