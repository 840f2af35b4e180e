import type { Portal } from "../portal.ts";

/** What a handler gets: the request, read and bounded, and the portal that its token belongs to. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly rawBody: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface ApiAnswer {
  readonly status: number;
  /** An object is sent as JSON, text as HTML. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface RouteBase {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Segments; `:name` matches one segment. */
  readonly path: string;
}

/** A route without a bearer token: OAuth, pages, control. */
export interface OpenRoute extends RouteBase {
  readonly open: true;
  handle(request: ApiRequest): ApiAnswer | Promise<ApiAnswer>;
}

export interface PortalRoute extends RouteBase {
  readonly open?: false;
  readonly limit: "general" | "search" | "associations";
  /** Any of these sets of scopes is enough. */
  scopes(params: Readonly<Record<string, string>>): readonly (readonly string[])[];
  handle(request: ApiRequest, portal: Portal, caller: Caller): ApiAnswer | Promise<ApiAnswer>;
}

export interface Caller {
  readonly appId: number;
  readonly scopes: readonly string[];
  /** A planned fault: places of the inputs of this batch that are to fail. */
  readonly failing: ReadonlySet<number>;
}

export type Route = OpenRoute | PortalRoute;
