import { Button, Tabs } from "@hubspot/ui-extensions";
import { createRenderer } from "@hubspot/ui-extensions/testing";
import { jest } from "@jest/globals";
import { Home } from "../../hubspot-project/src/app/pages/home.tsx";
import type { ApiAnswer } from "../../shared/ask-api.ts";
import { renderedText } from "./rendered-text.ts";

const origin = "https://touchstone.example.com";

interface Asked {
  readonly method: string;
  readonly body?: unknown;
}

/** What the server answers, by method and path: "GET /api/home/today". Anything else is not there. */
export type Answers = Record<string, ApiAnswer | Promise<ApiAnswer> | ((body: unknown) => ApiAnswer)>;

export const ok = (view: object): ApiAnswer => ({ ok: true, status: 200, json: async () => view });
export const refused = (status: number, message: string): ApiAnswer => ({
  ok: false,
  status,
  json: async () => ({ error: "refused", message }),
});

/** Shows a route of the home page with HubSpot's own renderer; `answers` stand in place of HubSpot's proxy and our server. */
export function renderHome(path: string, answers: Answers, variables: Record<string, string> = { apiOrigin: origin }) {
  const fetched = jest.fn(async (url: string, { method, body }: Asked): Promise<ApiAnswer> => {
    const answer = answers[`${method} ${url.slice(origin.length)}`];
    if (answer === undefined) return refused(404, "There is nothing here.");
    return typeof answer === "function" ? answer(body) : answer;
  });
  // HubSpot's fetch reads a global of its web worker; its renderer brings no stand-in for that one.
  Object.assign(globalThis, { self: globalThis, hsFetch: fetched });
  const page = createRenderer("pages");
  page.mocks.context.variables = variables;
  page.mocks.setPageLocation({ path, params: {} });
  page.render(<Home />);
  return {
    page,
    fetched,
    text: () => renderedText(page.getRootNode()),
    alerts: () => page.mocks.actions.addAlert.calls.map(([alert]) => alert),
    /** What was sent by POST, in order: path and body. */
    sent: () =>
      fetched.mock.calls.flatMap(([url, { method, body }]) =>
        method === "POST" ? [[url.slice(origin.length), body]] : [],
      ),
  };
}

export type Page = ReturnType<typeof renderHome>["page"];

/** What the first small button of a row opens. */
export function overlayOf(page: Page) {
  const { overlay } = page.find(Button, { size: "xs" }).props;
  if (overlay === undefined) throw new Error("The button opens nothing.");
  return overlay;
}

// The renderer's own `trigger` is typed for events without a value.
export const choose = (field: { props: { onChange?: ((value: string) => void) | undefined } }, value: string) =>
  field.props.onChange?.(value);
export const type = (field: { props: { onInput?: ((value: string) => void) | undefined } }, value: string) =>
  field.props.onInput?.(value);
export const openTab = (page: Page, id: string) =>
  (page.find(Tabs).props.onSelectedChange as ((id: string) => void) | undefined)?.(id);
