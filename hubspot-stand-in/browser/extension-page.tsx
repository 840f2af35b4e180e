import { useCallback, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import type { ExtensionPageData } from "../record-page/page-data.ts";
import { extensionContext } from "./extension-context.ts";
import { ExtensionFrame } from "./extension-frame.tsx";
import type { PageTarget } from "./extension-protocol.ts";
import { PageFrame } from "./page-frame.tsx";
import { locationOf, type PageNavigation, PageNavigationContext, pathOf } from "./page-location.ts";
import { readPageData } from "./stand-in-calls.ts";
import { useExtensionHost } from "./use-extension-host.ts";

/** A page of the app outside of any record: its home with all routes, or its settings. */
function ExtensionPage({ data }: { data: ExtensionPageData }) {
  const { portal, extension, base } = data;
  const { page, navigation } = usePageLocation(base);
  const [alert, setAlert] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said on one page is not said on the next
  useEffect(() => setAlert(null), [page]);
  const host = useExtensionHost(portal.portalId, { showAlert: setAlert, navigate: navigation.go });
  const context = useMemo(
    () => extensionContext(data, extension.name, { location: extension.location }),
    [data, extension],
  );
  return (
    <PageFrame where={portal.name} acting={data}>
      <main className="app-page" data-extension={extension.uid}>
        {alert === null ? null : (
          <p className="notice" role="status">
            {alert}
          </p>
        )}
        <PageNavigationContext.Provider value={navigation}>
          <ExtensionFrame script={extension.script} host={host} context={context} page={page} />
        </PageNavigationContext.Provider>
      </main>
    </PageFrame>
  );
}

function usePageLocation(base: string) {
  const [page, setPage] = useState(() => locationOf(base, location));
  const read = useCallback(() => setPage(locationOf(base, location)), [base]);
  useEffect(() => {
    addEventListener("popstate", read);
    return () => removeEventListener("popstate", read);
  }, [read]);
  const navigation = useMemo<PageNavigation>(() => {
    const addressOf = (target: PageTarget) => base + pathOf(target);
    return {
      addressOf,
      go(target) {
        history.pushState(null, "", addressOf(target));
        read();
      },
    };
  }, [base, read]);
  return { page, navigation };
}

const root = document.getElementById("page");
if (root !== null) createRoot(root).render(<ExtensionPage data={readPageData<ExtensionPageData>()} />);
