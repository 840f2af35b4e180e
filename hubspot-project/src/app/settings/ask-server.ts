import { type ApiFetch, type ApiResult, askApi, isRecord } from "@touchstone/shared/ask-api.ts";

interface Question {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** A field that tells the answer from any other: a full check at run time costs a screen 90 KB. */
  readonly field: string;
  readonly body?: object;
  readonly timeout?: number;
}

/** One question to our server. `T` is the type that the API's own file gives for it. Never throws. */
export type AskServer = <T extends object>(question: Question) => Promise<ApiResult<T>>;

export const createAskServer =
  (origin: string, fetch: ApiFetch): AskServer =>
  <T extends object>({ method, path, field, body, timeout }: Question) => {
    const isAnswer = (answer: unknown): answer is T => isRecord(answer) && field in answer;
    const rest = { ...(body && { body: { ...body } }), ...(timeout !== undefined && { timeout }) };
    return askApi(fetch, { url: origin + path, method, ...rest }, isAnswer);
  };
