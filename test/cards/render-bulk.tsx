import { createRenderer } from "@hubspot/ui-extensions/testing";
import { jest } from "@jest/globals";
import { BulkAction } from "../../hubspot-project/src/app/actions/bulk-action.tsx";
import type { ApiAnswer } from "../../shared/ask-api.ts";
import { renderedText } from "./rendered-text.ts";

const origin = "https://touchstone.example.com";

interface Asked {
  readonly method: string;
  readonly body?: unknown;
}

/** What the server answers, by method and path: "GET /api/bulk". What is not among them never comes. */
export type Answers = Record<string, ApiAnswer | ((body: unknown) => ApiAnswer)>;

/** Opens the bulk action for chosen companies with HubSpot's own renderer; `answers` stand in place of HubSpot's proxy and our server. */
export function renderBulk(
  objectIds: readonly number[],
  answers: Answers,
  variables: Record<string, string> = { apiOrigin: origin },
) {
  const fetched = jest.fn((url: string, { method, body }: Asked): Promise<ApiAnswer> => {
    const answer = answers[`${method} ${url.slice(origin.length)}`];
    if (answer === undefined) return new Promise(() => undefined);
    return Promise.resolve(typeof answer === "function" ? answer(body) : answer);
  });
  // HubSpot's fetch reads a global of its web worker; its renderer brings no stand-in for that one.
  Object.assign(globalThis, { self: globalThis, hsFetch: fetched });
  const panel = createRenderer("crm.bulkActions");
  const { context } = panel.mocks;
  context.crm.objectIds = [...objectIds];
  context.crm.objectTypeId = "0-2";
  context.user.locale = "en-gb";
  context.portal.timezone = "Europe/Berlin";
  context.variables = variables;
  panel.render(<BulkAction />);
  const text = () => renderedText(panel.getRootNode());
  return {
    panel,
    fetched,
    text,
    /** Bodies of what was sent to a path by POST. */
    sent: (path: string) =>
      fetched.mock.calls.flatMap(([url, { method, body }]) =>
        method === "POST" && url === origin + path ? [body] : [],
      ),
    shows: (part: string) =>
      panel.waitFor(() => {
        if (!text().includes(part)) throw new Error(`not shown: ${part}`);
      }),
  };
}
