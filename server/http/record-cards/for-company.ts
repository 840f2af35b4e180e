import { type AccountId, asAccountId } from "@touchstone/shared/ids.ts";
import type { Request } from "express";
import { findMergedInto } from "../../db/mirror-state.ts";
import { companyIdOf, forInstalled, type HttpContext, type Route } from "../card-route.ts";
import type { CardCaller } from "../require-hubspot-signature.ts";

type Answer = (ctx: HttpContext, caller: CardCaller, accountId: AccountId, req: Request) => Promise<object>;

/** A request about one company. A record that is still open after it was merged away asks about what it became. */
export const forCompany = (answer: Answer): Route["handle"] =>
  forInstalled(async (ctx, caller, req) => {
    const asked = companyIdOf(req);
    const into = await findMergedInto(ctx.db, caller.portalId, "companies", asked);
    return answer(ctx, caller, into === null ? asked : asAccountId(into), req);
  });
