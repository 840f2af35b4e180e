import { createRenderer } from "@hubspot/ui-extensions/testing";
import { jest } from "@jest/globals";
import { type ComponentType, useEffect, useState } from "react";
import { AccountCard } from "../../hubspot-project/src/app/cards/account-card.tsx";
import type { ApiAnswer } from "../../shared/ask-api.ts";
import { renderedText } from "./rendered-text.ts";
import { summaryView } from "./summary-view.ts";

type Ask = (url: string, options: { method: string; body?: unknown }) => Promise<ApiAnswer>;

export const answerWith = (view: object): ApiAnswer => ({ ok: true, status: 200, json: async () => view });

export const refuseWith = (status: number, body: unknown): ApiAnswer => ({ ok: false, status, json: async () => body });

function Page({ card: Card, page }: { card: ComponentType; page: { close(): void } }) {
  const [open, setOpen] = useState(true);
  useEffect(() => {
    page.close = () => setOpen(false);
  }, [page]);
  return open ? <Card /> : null;
}

const atOurServer = { apiOrigin: "https://touchstone.example.com" };

/**
 * Shows the account card on company 501 with HubSpot's own renderer; `ask` answers in place of HubSpot's proxy, but for what the
 * card asks beside the account itself.
 */
export const renderCard = (ask: Ask, variables: Record<string, string> = atOurServer, summary = summaryView()) =>
  renderOnRecord(
    AccountCard,
    async (url, options) => (url.endsWith("/summary") ? answerWith(summary) : ask(url, options)),
    variables,
  );

/** Shows a card on record 501. */
export function renderOnRecord(card: ComponentType, ask: Ask, variables: Record<string, string> = atOurServer) {
  const fetched = jest.fn(ask);
  // HubSpot's fetch reads a global of its web worker; its renderer brings no stand-in for that one.
  Object.assign(globalThis, { self: globalThis, hsFetch: fetched });
  const renderer = createRenderer("crm.record.tab");
  renderer.mocks.context.crm.objectId = 501;
  renderer.mocks.context.user.locale = "en-gb";
  renderer.mocks.context.portal.timezone = "Europe/Berlin";
  renderer.mocks.context.variables = variables;
  const page = { close: (): void => undefined };
  renderer.render(<Page card={card} page={page} />);
  return {
    card: renderer,
    fetched,
    text: () => renderedText(renderer.getRootNode()),
    /** A card on the page asks again and again; this takes it off, which HubSpot's renderer cannot do. */
    close: () => page.close(),
  };
}
