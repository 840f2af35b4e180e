import { type AnswerSource, useAnswer } from "@touchstone/screens/use-answer.ts";
import { useCallback } from "react";
import { useSettings } from "./settings-context.ts";

interface Endpoint {
  readonly method: "GET" | "POST";
  path(): string;
}

/** Reads what a section shows. `field` tells its answer from any other. */
export function useSection<T extends object>({ method, path }: Endpoint, field: string): AnswerSource<T> {
  const { ask } = useSettings();
  const where = path();
  return useAnswer(useCallback(() => ask<T>({ method, path: where, field }), [ask, method, where, field]));
}
