import type { ExcuseCode, HotRoute } from "./hot-api.ts";

/**
 * What each route asks for (row 79), with whom or where. Every hot account is answered within its time (product.md §4): the route says
 * how, and whether there is more to it. `why` stands behind the reason why the account is hot; sales is what nobody needs to explain.
 */
const routes: Readonly<Record<HotRoute, { readonly ask: (whom: string) => string; readonly why: string }>> = {
  sales: { ask: (whom) => `Reach out to ${whom}`, why: "" },
  map: {
    ask: (whom) => `Reach out to ${whom} and find the buying group`,
    why: " Too little of its buying group is known yet.",
  },
  nurture: { ask: (whom) => `Answer ${whom} and keep nurturing`, why: " It goes to nurture: not ready for sales yet." },
  hold: { ask: (whom) => `Answer ${whom} or say why not`, why: " It is on hold: too little speaks for it yet." },
};

export const hotAsk = (route: HotRoute, whom: string): string => routes[route].ask(whom);
export const routeWhy = (route: HotRoute): string => routes[route].why;

/** Where an account goes that nobody needs to reach out to, by the reason; null: where it was. Ours. */
export const routeOfExcuse: Readonly<Record<ExcuseCode, HotRoute | null>> = {
  in_contact: "sales",
  open_deal: "sales",
  not_a_fit: "hold",
  wrong_signal: "hold",
  asked_to_wait: "nurture",
  other: null,
};
