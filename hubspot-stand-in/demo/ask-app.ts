import type { StandIn } from "../stand-in.ts";

/** What the demo reads of the app's answers; the stand-in knows nothing else of the app. */
export interface ShownAccount {
  readonly state: string;
  readonly headline: string;
  readonly reason: string;
  readonly tier: { readonly label: string } | null;
  readonly priority: { readonly score: number | null } | null;
  readonly readiness: { readonly score: number | null } | null;
  readonly pending: boolean;
  readonly scoredAt: number | null;
}

export interface ShownStatus {
  readonly status: string;
  readonly backfill: { readonly done: number; readonly total: number | null } | null;
  readonly reading: string | null;
  readonly accounts: number;
  readonly scored: number;
  readonly written: number;
  readonly waitingRecords: number;
  readonly waitingAccounts: number;
  readonly waitingTiers: boolean;
  readonly waitingProgramme: boolean;
  readonly failedWrites: number;
}

/** Asks the app as a card does, through the signed `hubspot.fetch`. */
export interface AppAsker {
  account(companyId: string): Promise<ShownAccount>;
  status(): Promise<ShownStatus>;
}

export function createAppAsker(standIn: StandIn, appUrl: string, portalId: number): AppAsker {
  const user = { userId: 1, email: "demo@example.com" };
  const ask = async <T>(path: string): Promise<T> => {
    const answer = await standIn.hubspotFetch(portalId, user, { url: `${appUrl}${path}` });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    return (await answer.json()) as T;
  };
  return {
    account: (companyId) => ask(`/api/accounts/${companyId}`),
    status: () => ask("/api/portal/status"),
  };
}
