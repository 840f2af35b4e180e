import { type ApiFetch, type ApiResult, askApi, isRecord } from "./ask-api.ts";
import { homeApi, type TodayView } from "./home-api.ts";
import type { ExcuseCode } from "./hot-api.ts";

/** What the home page asks and tells. Everything that is told may be told twice. Never throws. */
export interface HomeClient {
  getToday(): Promise<ApiResult<TodayView>>;
  excuseHot(companyId: string, excuse: { reason: ExcuseCode; note?: string }): Promise<ApiResult<object>>;
}

/** `origin` is the server's public origin without a path. */
export function createHomeClient(origin: string, fetch: ApiFetch): HomeClient {
  const read = <T>(path: string, field: keyof T & string) =>
    askApi(fetch, { url: origin + path, method: "GET" }, hasField<T>(field));
  const tell = <T>(path: string, body: Record<string, unknown>, field: keyof T & string) =>
    askApi(fetch, { url: origin + path, method: "POST", body }, hasField<T>(field));
  const account = (companyId: string, what: string) => `/api/accounts/${encodeURIComponent(companyId)}/${what}`;
  return {
    getToday: () => read<TodayView>(homeApi.getToday, "lines"),
    excuseHot: (companyId, excuse) =>
      tell<{ alert: object }>(account(companyId, "hot/excuse"), { ...excuse, route: "hold" }, "alert"),
  };
}

/** One field tells an answer from everything else: the server's tests hold the shapes (codebases.md §5). */
const hasField =
  <T>(field: keyof T & string) =>
  (body: unknown): body is T =>
    isRecord(body) && field in body;
