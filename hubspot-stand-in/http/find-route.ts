import type { Route } from "./api-route.ts";

export interface FoundRoute {
  readonly route: Route;
  readonly params: Record<string, string>;
}

/** Literal segments win over `:name`, so `batch/read` is never taken for a record id. */
export function findRoute(routes: readonly Route[], method: string, path: string): FoundRoute | null {
  const parts = path.split("/");
  let best: FoundRoute | null = null;
  for (const route of routes) {
    if (route.method !== method) continue;
    const params = matchPath(route.path.split("/"), parts);
    if (params && (!best || Object.keys(params).length < Object.keys(best.params).length)) best = { route, params };
  }
  return best;
}

function matchPath(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const part = parts[index] ?? "";
    if (!segment.startsWith(":")) {
      if (segment !== part) return null;
    } else {
      const value = decodeSegment(part);
      if (!value) return null;
      params[segment.slice(1)] = value;
    }
  }
  return params;
}

function decodeSegment(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    // A broken escape names no resource.
    return null;
  }
}
