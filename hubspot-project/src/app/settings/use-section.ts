import { type AnswerSource, useAnswer } from "@touchstone/screens/use-answer.ts";
import { useCallback } from "react";
import { useSettings } from "./settings-context.ts";

/** Reads what a section shows. `field` tells its answer from any other. */
export function useSection<T extends object>(path: string, field: string): AnswerSource<T> {
  const { ask } = useSettings();
  return useAnswer(useCallback(() => ask<T>({ method: "GET", path, field }), [ask, path, field]));
}
