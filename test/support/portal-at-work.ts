import type { AccountView } from "@touchstone/shared/card-api.ts";
import type { Crm } from "../../hubspot-stand-in/crm.ts";
import { type AppAsker, createAppAsker } from "../../hubspot-stand-in/demo/ask-app.ts";
import { installApp } from "../../hubspot-stand-in/demo/install-app.ts";
import { waitForScores } from "../../hubspot-stand-in/demo/wait-for-scores.ts";
import type { StandIn } from "../../hubspot-stand-in/stand-in.ts";

/** One portal of a world: its users, and the app as they see it. */
export interface PortalAtWork {
  readonly portalId: number;
  readonly app: AppAsker;
  readonly crm: Crm;
  /** Installs by OAuth, and waits until every account is scored and written. */
  install(): Promise<void>;
  /** A card's signed request; the path begins with /api. */
  ask(path: string, method?: "GET" | "POST", body?: object): Promise<Response>;
  view(companyId: string): Promise<AccountView>;
  property(companyId: string, name: string): string | null;
  /** Waits until nothing waits anywhere and HubSpot holds every result. */
  settled(): Promise<void>;
}

const user = { userId: 1, email: "a@example.com" };
const patienceMs = 150_000;

export function portalAtWork(standIn: StandIn, appUrl: string, portalId: number): PortalAtWork {
  const app = createAppAsker(standIn, appUrl, portalId);
  const crm = standIn.crm(portalId);
  const ask: PortalAtWork["ask"] = (path, method = "GET", body) =>
    standIn.hubspotFetch(portalId, user, { url: `${appUrl}${path}`, method, ...(body && { body }) });
  return {
    portalId,
    app,
    crm,
    ask,
    install: async () => {
      await installApp(appUrl, portalId);
      await waitForScores(app, patienceMs, () => undefined);
    },
    view: async (companyId) => {
      const answer = await ask(`/api/accounts/${companyId}`);
      if (!answer.ok) throw new Error(`the card's request answered ${answer.status}`);
      return (await answer.json()) as AccountView;
    },
    property: (companyId, name) => crm.get("companies", companyId)?.properties[name] ?? null,
    settled: async () => {
      await standIn.webhooks.settled();
      await waitForScores(app, patienceMs, () => undefined);
    },
  };
}
