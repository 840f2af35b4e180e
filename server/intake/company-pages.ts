import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import type { Backfill } from "../db/backfills.ts";
import { nextReadNo } from "../db/records.ts";
import type { CrmRecord } from "../hubspot/crm-record.ts";
import { propertiesToRead } from "./properties-to-read.ts";

export interface CompanyPage {
  /** Taken before the page was asked for. */
  readonly readNo: number;
  readonly records: readonly CrmRecord[];
  /** Companies that HubSpot could not tell, or whose people it could not. */
  readonly untold: readonly string[];
  readonly after: string | null;
}

/** Pages of companies with the ids of their people, in a turn that ends at `endAt` (by `performance.now`). */
export interface CompanyPages {
  /** The page at the cursor. While its people are read, the next one is listed: HubSpot answers slower than it allows requests. */
  next(at: Backfill): Promise<CompanyPage>;
  /** A page was listed that is still to be read; none is after the end of the turn. */
  isAhead(): boolean;
  /** Waits for the request under way. */
  close(): Promise<void>;
}

interface Ahead {
  readonly from: string;
  readonly startedNo: number;
  readonly page: Promise<CompanyPage>;
}

export function companyPages(ctx: Pick<Context, "db" | "hubspot">, portalId: PortalId, endAt: number): CompanyPages {
  let ahead: Ahead | null = null;
  const list = async (after: string | null): Promise<CompanyPage> => {
    const readNo = await nextReadNo(ctx.db);
    const page = await ctx.hubspot.listRecords(portalId, {
      objectType: "companies",
      properties: await propertiesToRead(ctx.db, portalId, "companies"),
      associations: ["contacts"],
      after,
      priority: "backfill",
    });
    return { readNo, ...page };
  };
  const listAhead = (startedNo: number, from: string): Ahead => {
    const page = list(from);
    // Thrown to whoever takes the page; if nobody does, the cursor has not moved.
    page.catch(() => undefined);
    return { from, startedNo, page };
  };
  return {
    next: async ({ startedNo, pageAfter }) => {
      const listed = ahead;
      ahead = null;
      // Begun again meanwhile: another page, or more properties.
      const isRight = listed?.startedNo === startedNo && listed.from === pageAfter;
      if (listed && !isRight) await Promise.allSettled([listed.page]);
      const page = await (isRight ? listed.page : list(pageAfter));
      if (page.after !== null && performance.now() < endAt) ahead = listAhead(startedNo, page.after);
      return page;
    },
    isAhead: () => ahead !== null,
    close: async () => {
      await Promise.allSettled([ahead?.page]);
    },
  };
}
