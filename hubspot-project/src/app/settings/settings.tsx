import { Alert, hubspot, useExtensionContext } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { NotConfigured } from "@touchstone/screens/not-configured.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { useAnswer } from "@touchstone/screens/use-answer.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import { type SettingsAccessView, settingsApi } from "@touchstone/shared/settings-api.ts";
import { useCallback, useMemo } from "react";
import { createAskServer } from "./ask-server.ts";
import { Sections } from "./sections.tsx";
import { SettingsContext } from "./settings-context.ts";

hubspot.extend<"settings">(() => <Settings />);

export function Settings() {
  const { variables } = useExtensionContext<"settings">();
  const origin = variables?.apiOrigin;
  if (typeof origin !== "string") return <NotConfigured />;
  return <SettingsOf origin={origin} />;
}

function SettingsOf({ origin }: { origin: string }) {
  const { user, portal } = useExtensionContext<"settings">();
  const ask = useMemo(() => createAskServer(origin, hubspot.fetch), [origin]);
  const format = useMemo(
    () => createReaderFormat({ locale: user.locale, timeZone: portal.timezone }),
    [user.locale, portal.timezone],
  );
  const read = useCallback(
    () => ask<SettingsAccessView>({ method: "GET", path: settingsApi.access, field: "mayChange" }),
    [ask],
  );
  const source = useAnswer(read);
  return (
    <Answered source={source} what="your settings">
      {(access) => (
        <SettingsContext.Provider value={{ ask, format, access }}>
          <Part gap="md">
            {access.why === null ? null : (
              <Alert title="Read only" variant="info">
                {access.why}
              </Alert>
            )}
            <Sections />
          </Part>
        </SettingsContext.Provider>
      )}
    </Answered>
  );
}
