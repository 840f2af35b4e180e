import type { PortalId } from "@touchstone/shared/ids.ts";
import type { ReportKey, ReportView } from "@touchstone/shared/reports-api.ts";
import type { Context } from "../../../server/context.ts";
import { readTierCaps } from "../../../server/http/read-tier-caps.ts";
import { getReport } from "../../../server/reports/get-report.ts";

/** A report as its route asks for it. */
export const askReport = (
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  key: ReportKey,
  query: unknown = {},
): Promise<ReportView> => getReport(ctx, portalId, key, query, readTierCaps);
