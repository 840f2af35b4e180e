import { Tabs } from "@hubspot/ui-extensions";
import { createRenderer } from "@hubspot/ui-extensions/testing";
import { jest } from "@jest/globals";
import { useEffect, useState } from "react";
import { Settings } from "../../hubspot-project/src/app/settings/settings.tsx";
import { settingsWords } from "../../server/install/settings-words.ts";
import type { ApiAnswer } from "../../shared/ask-api.ts";
import { answerWith } from "./render-card.tsx";
import { renderedText } from "./rendered-text.ts";

interface Sent {
  readonly method: string;
  readonly body?: unknown;
}

/** Answers by method and path, such as "GET /api/models"; what is not among them never comes. */
export type Answers = Readonly<Record<string, object | ((sent: Sent) => ApiAnswer)>>;

export const mayChange = { mayChange: true, why: null, words: settingsWords };
export const mayNot = { ...mayChange, mayChange: false, why: "Only the person who connected it may." };
const origin = "https://touchstone.example.com";

function Page({ page }: { page: { close(): void } }) {
  const [open, setOpen] = useState(true);
  useEffect(() => {
    page.close = () => setOpen(false);
  }, [page]);
  return open ? <Settings /> : null;
}

/** Shows the settings page with HubSpot's own renderer; `answers` stand in place of HubSpot's proxy. */
export function renderSettings(answers: Answers, variables: Record<string, string> = { apiOrigin: origin }) {
  const fetched = jest.fn((url: string, sent: Sent): Promise<ApiAnswer> => {
    const answer = answers[`${sent.method} ${url.slice(origin.length)}`];
    if (answer === undefined) return new Promise(() => undefined);
    return Promise.resolve(
      typeof answer === "function" ? (answer as (sent: Sent) => ApiAnswer)(sent) : answerWith(answer),
    );
  });
  Object.assign(globalThis, { self: globalThis, hsFetch: fetched });
  const renderer = createRenderer("settings");
  renderer.mocks.context.user.locale = "en-gb";
  renderer.mocks.context.portal.timezone = "Europe/Berlin";
  renderer.mocks.context.variables = variables;
  const page = { close: (): void => undefined };
  renderer.render(<Page page={page} />);
  const text = () => renderedText(renderer.getRootNode());
  return {
    page: renderer,
    text,
    close: () => page.close(),
    /** HubSpot's type of this event is a choice of functions; ours takes both kinds of id. */
    openTab: (id: string) => (renderer.find(Tabs).props.onSelectedChange as ((id: string) => void) | undefined)?.(id),
    /** Bodies of what was sent to a path by POST. */
    sent: (path: string) =>
      fetched.mock.calls.flatMap(([url, { method, body }]) =>
        method === "POST" && url === origin + path ? [body] : [],
      ),
    shows: (part: string | RegExp) =>
      renderer.waitFor(() => {
        const shown = text();
        if (!(typeof part === "string" ? shown.includes(part) : part.test(shown)))
          throw new Error(`not shown: ${part}`);
      }),
  };
}

/** The page with one of its sections open, for somebody who may change settings unless `answers` say otherwise. */
export async function openSettings(section: string, answers: Answers) {
  const shown = renderSettings({ "GET /api/settings/access": mayChange, ...answers });
  await shown.page.waitFor(() => shown.openTab(section));
  return shown;
}
