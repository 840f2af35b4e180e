import { useWrite, type Write } from "@touchstone/screens/use-write.ts";
import { useSettings } from "./settings-context.ts";

interface Post extends Write {
  /** Sends to a path; `field` tells the answer from any other, `done` as in `send`. */
  post<T extends object>(path: string, body: object, field: string, done: string, timeout?: number): Promise<T | null>;
}

/** Every write of this page is a POST to our server. */
export function usePost(): Post {
  const { ask } = useSettings();
  const write = useWrite("screen");
  return {
    ...write,
    post: <T extends object>(path: string, body: object, field: string, done: string, timeout?: number) =>
      write.send(() => ask<T>({ method: "POST", path, body, field, ...(timeout !== undefined && { timeout }) }), done),
  };
}
