import { createContext } from "react";
import type { PageLocation, PageTarget } from "./extension-protocol.ts";

export const firstPage: PageLocation = { path: "/", params: {} };

/** "/accounts/:id" with { id: "7", tab: "plays" } is "/accounts/7?tab=plays". */
export function pathOf({ to, params = {} }: PageTarget): string {
  const rest = new URLSearchParams(params);
  const path = to.replace(/:(\w+)/g, (part, name: string) => {
    const value = params[name];
    rest.delete(name);
    return value === undefined ? part : encodeURIComponent(value);
  });
  return rest.size === 0 ? path : `${path}?${rest}`;
}

/** `base` is where the app's pages begin, without a slash at the end. */
export function locationOf(base: string, { pathname, search }: Pick<Location, "pathname" | "search">): PageLocation {
  return { path: pathname.slice(base.length) || "/", params: Object.fromEntries(new URLSearchParams(search)) };
}

/** How the links inside an extension move: to the address that they show, without loading the page anew. */
export interface PageNavigation {
  addressOf(target: PageTarget): string;
  go(target: PageTarget): void;
}

/** On a record there is nowhere to go. */
export const PageNavigationContext = createContext<PageNavigation>({
  addressOf: () => "",
  go: () => undefined,
});
