import { isRecord } from "./ask-api.ts";

/** What every answer has besides for somebody who may only look: the sentence that says so. Null for anybody else. */
export const viewOnlyOf = (answer: unknown): string | null =>
  isRecord(answer) && typeof answer.viewOnly === "string" ? answer.viewOnly : null;
