import { type ApiFetch, type ApiResult, askApi, isRecord } from "./ask-api.ts";
import type { ColdAnswer } from "./cold-api.ts";
import { homeApi, type OnboardingView, type TodayView, type WeekView } from "./home-api.ts";
import type { ExcuseCode } from "./hot-api.ts";
import type { EnrolledView, PlayMove, PlaysView, PlayTemplatesView, PlayView } from "./plays-api.ts";
import { type ReportDays, type ReportKey, type ReportView, reportPath } from "./reports-api.ts";
import type { CostsView } from "./roi-api.ts";
import type {
  AddedView,
  CheckAnswer,
  HygieneView,
  RejectReason,
  RetentionView,
  SpotCheckView,
  TargetListView,
} from "./target-list-api.ts";
import type { TiersView } from "./tiers-api.ts";
import { viewOnlyOf } from "./view-only-of.ts";

export type Review =
  | { readonly verdict: "keep" }
  | { readonly verdict: "reject"; readonly reason: RejectReason; readonly note?: string };
export interface SpotAnswers {
  readonly companyId: string;
  readonly dataMatches: CheckAnswer;
  readonly hasProblem: CheckAnswer;
  readonly isBuying: CheckAnswer;
  readonly evidenceUrl?: string;
}
export interface NewDraft {
  /** Made up once for a draft: sent twice it makes one. */
  readonly requestId: string;
  readonly template: string;
  readonly play: {
    readonly name: string;
    readonly tier: string;
    readonly handoff: { readonly trigger: string; readonly responseHours: number };
  };
}

type Asked<T> = Promise<ApiResult<T>>;

/** What the home page asks and tells. Everything that is told may be told twice. Never throws. */
export interface HomeClient {
  getToday(): Asked<TodayView>;
  excuseHot(companyId: string, excuse: { reason: ExcuseCode; note?: string }): Asked<object>;
  getWeek(): Asked<WeekView>;
  answerCold(companyId: string, answer: { answer: ColdAnswer; note: string }): Asked<object>;
  answerDemotion(companyId: string, approve: boolean): Asked<object>;
  /** A page of the list after a company id; null begins it. */
  getList(after: string | null): Asked<TargetListView>;
  review(companyId: string, review: Review): Asked<RetentionView>;
  /** Ids, domains or names; the source is one of `sourceLabels`. */
  addToList(accounts: readonly string[], source: string): Asked<AddedView>;
  removeFromList(companyIds: readonly string[]): Asked<object>;
  getHygiene(): Asked<HygieneView>;
  getSpotCheck(): Asked<SpotCheckView>;
  /** The seed that the server proposed; none: the first check, of the day. */
  drawSpotCheck(seed: string | null): Asked<SpotCheckView>;
  answerSpotCheck(answers: SpotAnswers): Asked<SpotCheckView>;
  getPlays(): Asked<PlaysView>;
  getTemplates(): Asked<PlayTemplatesView>;
  getTiers(): Asked<TiersView>;
  makePlay(draft: NewDraft): Asked<PlayView>;
  movePlay(playId: string, move: PlayMove, body?: { readonly overrideReason?: string }): Asked<PlayView>;
  enrol(playId: string, companyIds: readonly string[]): Asked<EnrolledView>;
  getReport(key: ReportKey, days: ReportDays): Asked<ReportView>;
  getCosts(): Asked<CostsView>;
  /** An amount of 0 takes the cost back. */
  noteCost(cost: { costId: string; kind: string; what: string; amount: number; at: number }): Asked<object>;
  getOnboarding(): Asked<OnboardingView>;
  tickOnboarding(step: string, done: boolean): Asked<OnboardingView>;
}

/**
 * `origin` is the server's public origin without a path. `heard` is told with each answer why the reader may only look: null
 * when they may change things.
 */
export function createHomeClient(
  origin: string,
  fetch: ApiFetch,
  heard: (viewOnly: string | null) => void = () => undefined,
): HomeClient {
  const read = async <T>(path: string, field: keyof T & string) => {
    const result = await askApi(fetch, { url: origin + path, method: "GET" }, hasField<T>(field));
    if (result.ok) heard(viewOnlyOf(result.value));
    return result;
  };
  const tell = <T>(path: string, body: object, field: keyof T & string) =>
    askApi(fetch, { url: origin + path, method: "POST", body: { ...body } }, hasField<T>(field));
  const account = (companyId: string, what: string) => `/api/accounts/${encodeURIComponent(companyId)}/${what}`;
  const play = (playId: string, what: string) => `/api/plays/${encodeURIComponent(playId)}/${what}`;
  const spotCheck = "/api/list/spot-check";
  return {
    getToday: () => read<TodayView>(homeApi.getToday, "lines"),
    excuseHot: (id, excuse) => tell<{ alert: object }>(account(id, "hot/excuse"), excuse, "alert"),
    getWeek: () => read<WeekView>(homeApi.getWeek, "toPause"),
    answerCold: (id, answer) => tell<{ cold: object }>(account(id, "cold"), answer, "cold"),
    answerDemotion: (id, approve) => tell<{ history: object }>(account(id, "tier/demotion"), { approve }, "history"),
    getList: (after) => read<TargetListView>(after === null ? "/api/list" : `/api/list?after=${after}`, "retention"),
    review: (id, review) => tell<RetentionView>(account(id, "review"), review, "kept"),
    addToList: (accounts, source) => tell<AddedView>("/api/list/add", { source, accounts }, "added"),
    removeFromList: (ids) => tell<{ removed: number }>("/api/list/remove", { companyIds: ids }, "removed"),
    getHygiene: () => read<HygieneView>("/api/list/hygiene", "counts"),
    getSpotCheck: () => read<SpotCheckView>(spotCheck, "verdict"),
    drawSpotCheck: (seed) => tell<SpotCheckView>(spotCheck, seed === null ? {} : { seed }, "verdict"),
    answerSpotCheck: (answers) => tell<SpotCheckView>(`${spotCheck}/answers`, answers, "verdict"),
    getPlays: () => read<PlaysView>("/api/plays", "plays"),
    getTemplates: () => read<PlayTemplatesView>("/api/plays/templates", "templates"),
    getTiers: () => read<TiersView>("/api/tiers", "programme"),
    makePlay: (draft) => tell<PlayView>("/api/plays", draft, "playId"),
    movePlay: (id, move, body = {}) => tell<PlayView>(play(id, move), body, "playId"),
    enrol: (id, companyIds) => tell<EnrolledView>(play(id, "accounts"), { companyIds }, "lines"),
    getReport: (key, days) => read<ReportView>(`${reportPath(key)}?days=${days}`, "section"),
    getCosts: () => read<CostsView>("/api/reports/costs", "months"),
    noteCost: (cost) => tell<{ roiPercent: unknown }>("/api/reports/costs", cost, "roiPercent"),
    getOnboarding: () => read<OnboardingView>(homeApi.getOnboarding, "steps"),
    tickOnboarding: (step, done) => tell<OnboardingView>(homeApi.tickOnboarding, { step, done }, "steps"),
  };
}

/** One field tells an answer from everything else: the server's tests hold the shapes (codebases.md §5). */
const hasField =
  <T>(field: keyof T & string) =>
  (body: unknown): body is T =>
    isRecord(body) && field in body;
