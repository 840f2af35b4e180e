import { Alert, Button, ButtonRow, Tab, Tabs, Text } from "@hubspot/ui-extensions";
import { Part } from "@touchstone/screens/part.tsx";
import { useCallback, useState } from "react";
import { HealthSection } from "./health-section.tsx";
import { MessageSection } from "./message-section.tsx";
import { ModelSection } from "./model-section.tsx";
import { PropertySection } from "./property-section.tsx";
import { RuleSection } from "./rule-section.tsx";
import { TierSection } from "./tier-section.tsx";
import { UnsavedContext } from "./unsaved.ts";

const sections = [
  { id: "model", title: "Model", Section: ModelSection },
  { id: "tiers", title: "Tiers and capacity", Section: TierSection },
  { id: "messages", title: "Roles and messages", Section: MessageSection },
  { id: "rules", title: "Hot and cold", Section: RuleSection },
  { id: "properties", title: "Properties", Section: PropertySection },
  { id: "health", title: "Health", Section: HealthSection },
] as const;

/** Only the section that is open asks the server; it is not left without a question while something typed is not saved. */
export function Sections() {
  const [open, setOpen] = useState<string>("model");
  const [wanted, setWanted] = useState<string | null>(null);
  const [unsaved, setUnsaved] = useState<readonly string[]>([]);
  const tell = useCallback((form: string, isUnsaved: boolean) => {
    setUnsaved((before) => {
      if (before.includes(form) === isUnsaved) return before;
      return isUnsaved ? [...before, form] : before.filter((one) => one !== form);
    });
  }, []);
  const leave = (id: string) => {
    setWanted(null);
    setOpen(id);
  };
  const select = (id: string) => (unsaved.length === 0 || id === open ? leave(id) : setWanted(id));
  const next = unsaved.length === 0 ? undefined : sections.find(({ id }) => id === wanted);
  return (
    <Part gap="md">
      {next === undefined ? null : (
        <Alert title="Drop what is not saved?" variant="warning">
          <Part>
            <Text>{`Not saved: ${unsaved.join(", ")}. Opening ${next.title} loses it.`}</Text>
            <ButtonRow>
              <Button variant="secondary" onClick={() => setWanted(null)}>
                Stay here
              </Button>
              <Button variant="destructive" onClick={() => leave(next.id)}>
                {`Drop it and open ${next.title}`}
              </Button>
            </ButtonRow>
          </Part>
        </Alert>
      )}
      <UnsavedContext.Provider value={tell}>
        <Tabs selected={open} onSelectedChange={(id: string | number) => select(String(id))}>
          {sections.map(({ id, title, Section }) => (
            <Tab key={id} tabId={id} title={title}>
              {open === id ? <Section /> : null}
            </Tab>
          ))}
        </Tabs>
      </UnsavedContext.Provider>
    </Part>
  );
}
