import { type ApiFetch, type ApiResult, askApi, isRecord } from "./ask-api.ts";
import { type AccountView, cardApi, type PortalStatusView } from "./card-api.ts";

export interface ApiClient {
  getAccount(companyId: string): Promise<ApiResult<AccountView>>;
  getPortalStatus(): Promise<ApiResult<PortalStatusView>>;
}

/** `origin` is the server's public origin without a path, for example "https://touchstone.example.com". Never throws. */
export function createApiClient(origin: string, fetch: ApiFetch): ApiClient {
  const { getAccount, getPortalStatus } = cardApi;
  return {
    getAccount: (companyId) =>
      askApi(fetch, { url: origin + getAccount.path(companyId), method: getAccount.method }, isAccountView),
    getPortalStatus: () =>
      askApi(fetch, { url: origin + getPortalStatus.path(), method: getPortalStatus.method }, isPortalStatusView),
  };
}

// Only what tells one answer from another is checked: the server tests its own shapes, and a full check at run time
// costs a card 90 KB (codebases.md §5).
const isAccountView = (body: unknown): body is AccountView =>
  isRecord(body) && typeof body.companyId === "string" && typeof body.headline === "string";

const isPortalStatusView = (body: unknown): body is PortalStatusView =>
  isRecord(body) && typeof body.status === "string" && typeof body.accounts === "number";
