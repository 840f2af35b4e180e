import { Tabs } from "@hubspot/ui-extensions";
import { accountView } from "./account-view.ts";
import { answerWith, renderCard } from "./render-card.tsx";

/** Opens a tab of the account card; `answer` is what its own request gets. */
export async function openTab(tab: string, answer: Parameters<typeof renderCard>[0]) {
  const shown = renderCard(async (url, options) =>
    url.endsWith("/accounts/501") ? answerWith(accountView({ companyId: "501" })) : answer(url, options),
  );
  const { card } = shown;
  await card.waitFor(() => card.find(Tabs));
  card.find(Tabs).trigger("onSelectedChange", tab as never);
  return shown;
}
