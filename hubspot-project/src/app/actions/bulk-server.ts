import { type ApiFetch, type ApiResult, askApi, isRecord } from "@touchstone/shared/ask-api.ts";
import { type BulkChoicesView, type BulkView, bulkApi } from "@touchstone/shared/bulk-api.ts";

/** Where an act is looked at before it is done, and where it is done. */
export interface ActPaths {
  readonly preview: string;
  readonly act: string;
}

export const enrolPaths: ActPaths = { preview: bulkApi.previewEnrol, act: bulkApi.enrol };
export const tierPaths: ActPaths = { preview: bulkApi.previewTier, act: bulkApi.setTier };

/** Our server as the chosen companies ask it. Never throws. */
export interface BulkServer {
  getChoices(): Promise<ApiResult<BulkChoicesView>>;
  send(path: string, body: object): Promise<ApiResult<BulkView>>;
}

export const createBulkServer = (origin: string, fetch: ApiFetch): BulkServer => ({
  getChoices: () => askApi(fetch, { url: origin + bulkApi.getChoices, method: "GET" }, isChoices),
  send: (path, body) => askApi(fetch, { url: origin + path, method: "POST", body: { ...body } }, isView),
});

/** One field tells an answer from everything else: the server's tests hold the shapes (codebases.md §5). */
const isChoices = (body: unknown): body is BulkChoicesView => isRecord(body) && "lasting" in body;
const isView = (body: unknown): body is BulkView => isRecord(body) && "counts" in body;
