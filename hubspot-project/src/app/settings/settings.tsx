import { Alert, Flex, hubspot, Tab, Tabs, useExtensionContext } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { NotConfigured } from "@touchstone/screens/not-configured.tsx";
import { useAnswer } from "@touchstone/screens/use-answer.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import { type SettingsAccessView, settingsApi } from "@touchstone/shared/settings-api.ts";
import { useCallback, useMemo, useState } from "react";
import { createAskServer } from "./ask-server.ts";
import { HealthSection } from "./health-section.tsx";
import { MessageSection } from "./message-section.tsx";
import { ModelSection } from "./model-section.tsx";
import { PropertySection } from "./property-section.tsx";
import { RuleSection } from "./rule-section.tsx";
import { SettingsContext } from "./settings-context.ts";
import { TierSection } from "./tier-section.tsx";

hubspot.extend<"settings">(() => <Settings />);

const sections = [
  { id: "model", title: "Model", Section: ModelSection },
  { id: "tiers", title: "Tiers and capacity", Section: TierSection },
  { id: "messages", title: "Roles and messages", Section: MessageSection },
  { id: "rules", title: "Hot and cold", Section: RuleSection },
  { id: "properties", title: "Properties", Section: PropertySection },
  { id: "health", title: "Health", Section: HealthSection },
] as const;

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
  const { method, path } = settingsApi.getAccess;
  const read = useCallback(
    () => ask<SettingsAccessView>({ method, path: path(), field: "mayChange" }),
    [ask, method, path],
  );
  const source = useAnswer(read);
  return (
    <Answered source={source} what="your settings">
      {(access) => (
        <SettingsContext.Provider value={{ ask, format, access }}>
          <Flex direction="column" gap="md">
            {access.why === null ? null : (
              <Alert title="Read only" variant="info">
                {access.why}
              </Alert>
            )}
            <Sections />
          </Flex>
        </SettingsContext.Provider>
      )}
    </Answered>
  );
}

/** Only the section that is open asks the server. */
function Sections() {
  const [open, setOpen] = useState<string>("model");
  return (
    <Tabs selected={open} onSelectedChange={(id: string | number) => setOpen(String(id))}>
      {sections.map(({ id, title, Section }) => (
        <Tab key={id} tabId={id} title={title}>
          {open === id ? <Section /> : null}
        </Tab>
      ))}
    </Tabs>
  );
}
