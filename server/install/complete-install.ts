import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { forgetBackfill } from "../db/backfills.ts";
import { resumeRequests } from "../db/budgets.ts";
import { countSpent, spendState } from "../db/install-states.ts";
import { forgetMirror } from "../db/mirror-records.ts";
import { forgetWrites } from "../db/pending-outputs.ts";
import { addStarterModels } from "../db/portal-models.ts";
import { savePortal } from "../db/portals.ts";
import { forgetReconciles } from "../db/reconciles.ts";
import { wantRefusedTasks } from "../db/tasks.ts";
import { BadRequest, TooManyRequests } from "../errors.ts";
import type { TokenGrant } from "../hubspot/oauth.ts";
import { loadTemplate } from "../scoring/load-template.ts";
import { seal } from "./access-tokens.ts";
import { redirectUriOf } from "./begin-install.ts";
import { checkEntry, type Entry, type InstallAnswer } from "./check-entry.ts";
import { hashState, stateLifetimeMs } from "./install-state.ts";
import type { TokenCipher } from "./token-cipher.ts";

type Parts = Pick<Context, "config" | "db" | "hubspot" | "queue" | "log" | "now"> & { readonly cipher: TokenCipher };

/** Of installs that began at the Marketplace in one minute: a code costs a request to HubSpot, and anybody can make one up. */
const mostInMinute = 60;

/** The browser is back from HubSpot: the code becomes tokens, the portal is saved, and its first job begins. */
export async function completeInstall(
  ctx: Parts,
  answer: InstallAnswer,
): Promise<{ portalId: PortalId; returnUrl: string | null }> {
  const entry = checkEntry(ctx, answer);
  await spend(ctx, entry);
  const grant = await ctx.hubspot.exchangeCode({
    code: entry.code,
    redirectUri: redirectUriOf(ctx.config.http.publicUrl),
  });
  const portal = await describeGrant(ctx, grant);
  await save(ctx, portal);
  const { portalId } = portal;
  await ctx.queue.wake("prepare-portal", portalId);
  ctx.log.info({ portalId, marketplace: entry.returnUrl !== null }, "portal installed");
  return { portalId, returnUrl: entry.returnUrl };
}

/** Before HubSpot is asked: else whoever began one installation could have us ask as often as they like. */
async function spend(ctx: Parts, { once, returnUrl }: Entry): Promise<void> {
  if (returnUrl !== null && (await countSpent(ctx.db, stateLifetimeMs, 60_000)) >= mostInMinute)
    throw new TooManyRequests(
      "Very many installs come from the Marketplace right now. Nothing was installed. Begin again.",
      60_000,
    );
  if (await spendState(ctx.db, hashState(once), stateLifetimeMs)) return;
  throw new BadRequest(
    "This install came back a second time. What came of the first time stands. " +
      "If HubSpot does not list Touchstone under Connected Apps, begin again.",
  );
}

/** The tenant comes from HubSpot's own answer, over our connection to HubSpot, and from nowhere else. */
async function describeGrant(ctx: Parts, grant: TokenGrant) {
  // Without the person nobody could ever change settings, or disconnect here.
  const isTold = grant.portalId !== null && grant.scopes !== null && grant.userId !== null;
  const details = isTold ? grant : await ctx.hubspot.introspectToken(grant.accessToken, "access_token");
  const portalId = grant.portalId ?? details.portalId;
  if (!portalId) throw new BadRequest("HubSpot did not say which account this is. Nothing was installed. Begin again.");
  return {
    portalId,
    hubDomain: null,
    installedBy: grant.userId ?? details.userId,
    scopes: grant.scopes ?? details.scopes ?? [],
    tokens: seal(ctx.cipher, portalId, grant),
  };
}

/** All or nothing: the code holds once, and a portal without models could never be scored. */
async function save({ db }: Parts, portal: Parameters<typeof savePortal>[1]): Promise<void> {
  const { portalId } = portal;
  await db.transaction().execute(async (trx) => {
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
}

function starterModels() {
  return ["playbook-100", "readiness-10"].map((key) => {
    const document = loadTemplate(key);
    if (!document) throw new Error(`the template ${key} is missing`);
    return { key, version: document.version, purpose: document.purpose, document };
  });
}
