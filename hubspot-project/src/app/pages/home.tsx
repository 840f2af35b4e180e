import { hubspot, useExtensionContext } from "@hubspot/ui-extensions";
import { createPageRouter, PageRoutes } from "@hubspot/ui-extensions/pages";
import { NotConfigured } from "@touchstone/screens/not-configured.tsx";
import { createHomeClient } from "@touchstone/shared/home-client.ts";
import { useMemo, useState } from "react";
import { ClientContext } from "./client-context.ts";
import { ListPage } from "./list-page.tsx";
import { OnboardingPage } from "./onboarding-page.tsx";
import { PageLayout } from "./page-layout.tsx";
import { PlaysPage } from "./plays-page.tsx";
import { ReportsPage } from "./reports-page.tsx";
import { TodayPage } from "./today-page.tsx";
import { WeekPage } from "./week-page.tsx";
import { ViewOnly } from "./writes.tsx";

hubspot.extend<"pages">(() => <Home />);

const Router = createPageRouter(
  <PageRoutes layoutComponent={PageLayout}>
    <PageRoutes.IndexRoute component={TodayPage} id="today" />
    <PageRoutes.Route path="/week" component={WeekPage} id="week" />
    <PageRoutes.Route path="/list" component={ListPage} id="list" />
    <PageRoutes.Route path="/plays" component={PlaysPage} id="plays" />
    <PageRoutes.Route path="/reports" component={ReportsPage} id="reports" />
    <PageRoutes.Route path="/onboarding" component={OnboardingPage} id="onboarding" />
  </PageRoutes>,
);

export function Home() {
  const { variables } = useExtensionContext<"pages">();
  const origin = variables?.apiOrigin;
  if (typeof origin !== "string") return <NotConfigured />;
  return <HomeOf origin={origin} />;
}

function HomeOf({ origin }: { origin: string }) {
  const [viewOnly, setViewOnly] = useState<string | null>(null);
  const client = useMemo(() => createHomeClient(origin, hubspot.fetch, setViewOnly), [origin]);
  return (
    <ClientContext.Provider value={client}>
      <ViewOnly.Provider value={viewOnly}>
        <Router />
      </ViewOnly.Provider>
    </ClientContext.Provider>
  );
}
