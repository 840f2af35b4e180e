import { Tab, Tabs } from "@hubspot/ui-extensions";
import { HygieneTab } from "./hygiene-tab.tsx";
import { SpotCheckTab } from "./spot-check-tab.tsx";
import { ValidationTab } from "./validation-tab.tsx";

/** The target list: what sales keeps, whether a sample holds, what to add and remove. */
export function ListPage() {
  return (
    <Tabs defaultSelected="validation">
      <Tab tabId="validation" title="Sales validation">
        <ValidationTab />
      </Tab>
      <Tab tabId="spot-check" title="Spot check">
        <SpotCheckTab />
      </Tab>
      <Tab tabId="hygiene" title="Hygiene">
        <HygieneTab />
      </Tab>
    </Tabs>
  );
}
