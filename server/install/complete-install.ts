import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { forgetBackfill } from "../db/backfills.ts";
import { resumeRequests } from "../db/budgets.ts";
import { spendState } from "../db/install-states.ts";
import { forgetMirror } from "../db/mirror-records.ts";
import { forgetWrites } from "../db/pending-outputs.ts";
import { addStarterModels } from "../db/portal-models.ts";
import { savePortal } from "../db/portals.ts";
import { forgetReconciles } from "../db/reconciles.ts";
import { wantRefusedTasks } from "../db/tasks.ts";
import { BadRequest } from "../errors.ts";
import { loadTemplate } from "../scoring/load-template.ts";
import { seal } from "./access-tokens.ts";
import { redirectUriOf } from "./begin-install.ts";
import { hashState, isValidState, stateLifetimeMs } from "./install-state.ts";
import type { TokenCipher } from "./token-cipher.ts";

type Parts = Pick<Context, "config" | "db" | "hubspot" | "queue" | "log" | "now"> & { readonly cipher: TokenCipher };

const again = "Nothing was installed. Begin again from the install link.";

/** The browser is back from HubSpot: the code becomes tokens, the portal is saved, and its first job begins. */
export async function completeInstall(
  ctx: Parts,
  answer: {
    code: string | undefined;
    state: string | undefined;
    cookie: string | undefined;
    error: string | undefined;
  },
): Promise<PortalId> {
  if (answer.error) throw new BadRequest(`HubSpot says that the app was not allowed. ${again}`);
  const state = checkState(ctx, answer.state, answer.cookie);
  if (!answer.code || answer.code.length > 500) throw new BadRequest(`HubSpot sent no code. ${again}`);
  // Before HubSpot is asked: else whoever began one installation could have us ask as often as they like.
  if (!(await spendState(ctx.db, hashState(state), stateLifetimeMs))) throw new BadRequest(notBegun);
  const grant = await ctx.hubspot.exchangeCode({
    code: answer.code,
    redirectUri: redirectUriOf(ctx.config.http.publicUrl),
  });
  // The tenant comes from HubSpot's own answer, over our connection to HubSpot, and from nowhere else.
  const isTold = grant.portalId !== null && grant.scopes !== null;
  const details = isTold ? grant : await ctx.hubspot.introspectToken(grant.accessToken, "access_token");
  const portalId = grant.portalId ?? details.portalId;
  if (!portalId) throw new BadRequest(`HubSpot did not say which account this is. ${again}`);
  const portal = {
    portalId,
    hubDomain: null,
    installedBy: grant.userId ?? details.userId,
    scopes: grant.scopes ?? details.scopes ?? [],
    tokens: seal(ctx.cipher, portalId, grant),
  };
  // All or nothing: the code holds once, and a portal without models could never be scored.
  await ctx.db.transaction().execute(async (trx) => {
    await savePortal(trx, portal);
    // Installed again: we do not know what changed meanwhile, nor what HubSpot still holds of ours.
    await forgetBackfill(trx, portalId);
    await forgetReconciles(trx, portalId);
    await forgetWrites(trx, portalId, "companies");
    await forgetWrites(trx, portalId, "contacts");
    await forgetMirror(trx, portalId);
    await wantRefusedTasks(trx, portalId);
    await addStarterModels(trx, portalId, starterModels());
    // A pause may be of the grant before, which lacked a scope.
    await resumeRequests(trx, portalId);
  });
  await ctx.queue.wake("prepare-portal", portalId);
  ctx.log.info({ portalId }, "portal installed");
  return portalId;
}

const notBegun = `This install was not begun here, took longer than 15 minutes, or was finished already. ${again}`;

function checkState(ctx: Parts, state: string | undefined, cookie: string | undefined): string {
  const right =
    state !== undefined && state === cookie && isValidState(ctx.config.hubspot.clientSecret, state, ctx.now());
  if (!right) throw new BadRequest(notBegun);
  return state;
}

function starterModels() {
  return ["playbook-100", "readiness-10"].map((key) => {
    const document = loadTemplate(key);
    if (!document) throw new Error(`the template ${key} is missing`);
    return { key, version: document.version, purpose: document.purpose, document };
  });
}
