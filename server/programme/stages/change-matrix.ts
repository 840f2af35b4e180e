import { stageKeys } from "@touchstone/shared/account-stage.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { type MatrixView, messageMatrices, messageMatrixSchema } from "@touchstone/shared/message-matrix.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { readMatrix, saveMatrix } from "../../db/message-matrices.ts";
import { BadRequest, Conflict } from "../../errors.ts";

export async function readMessages(ctx: Pick<Context, "db">, portalId: PortalId): Promise<MatrixView> {
  const { matrix, version } = await readMatrix(ctx.db, portalId);
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
  if (!(await saveMatrix(ctx.db, portalId, { ...parsed.data, by: userId }))) {
    throw new Conflict("Somebody changed the messages meanwhile. Yours were not saved: read them again.");
  }
  return readMessages(ctx, portalId);
}
