import { Tab, Tabs } from "@hubspot/ui-extensions";
import { type ReactNode, useState } from "react";
import { AddTab } from "./add-tab.tsx";
import { HygieneTab } from "./hygiene-tab.tsx";
import { SpotCheckTab } from "./spot-check-tab.tsx";
import { ValidationTab } from "./validation-tab.tsx";

const tabs: readonly { id: string; title: string; content: ReactNode }[] = [
  { id: "validation", title: "Sales validation", content: <ValidationTab /> },
  { id: "spot-check", title: "Spot check", content: <SpotCheckTab /> },
  { id: "hygiene", title: "Hygiene", content: <HygieneTab /> },
  { id: "add", title: "Add accounts", content: <AddTab /> },
];

/** The target list: what sales keeps, whether a sample holds, what to add and remove. Each is read anew when it is opened. */
export function ListPage() {
  const [open, setOpen] = useState("validation");
  return (
    <Tabs selected={open} onSelectedChange={(id: number | string) => setOpen(String(id))}>
      {tabs.map(({ id, title, content }) => (
        <Tab key={id} tabId={id} title={title}>
          {id === open ? content : null}
        </Tab>
      ))}
    </Tabs>
  );
}
