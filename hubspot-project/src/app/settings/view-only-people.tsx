import { ButtonRow, Flex, Heading, LoadingButton, Text, TextArea } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { Refused } from "@touchstone/screens/refused.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import { settingsApi, type ViewOnlyView } from "@touchstone/shared/settings-api.ts";
import { useState } from "react";
import { useSettings } from "./settings-context.ts";
import { useSection } from "./use-section.ts";

/** Who may see everything and change nothing: HubSpot does not say what a person may do (decision 0029). */
export function ViewOnlyPeople() {
  const source = useSection<ViewOnlyView>(settingsApi.getViewOnly, "userIds");
  return (
    <Flex direction="column" gap="sm">
      <Heading>People who may only look</Heading>
      <Text>They see every screen of Touchstone. It takes nothing from them: no role, no answer, no launch.</Text>
      <Answered source={source} what="who may only look">
        {(view) => <ViewOnlyForm key={view.version} view={view} show={source.show} />}
      </Answered>
    </Flex>
  );
}

function ViewOnlyForm({ view, show }: { view: ViewOnlyView; show(view: ViewOnlyView): void }) {
  const { ask, access } = useSettings();
  const write = useWrite();
  const known = view.userIds.join("\n");
  const [typed, setTyped] = useState(known);
  const save = async () => {
    const { method, path } = settingsApi.changeViewOnly;
    const userIds = typed.split(/[\s,;]+/).filter((id) => id !== "");
    const done = await write.send(
      () => ask<ViewOnlyView>({ method, path: path(), body: { userIds, version: view.version }, field: "userIds" }),
      "Saved who may only look.",
    );
    if (done !== null) show(done);
  };
  return (
    <Flex direction="column" gap="sm">
      <TextArea
        label="HubSpot user ids"
        name="view-only"
        description={`One a line, at most 200. Everybody finds their own here: yours is ${view.yourId}.`}
        value={typed}
        maxLength={3_400}
        readOnly={!access.mayChange}
        onInput={setTyped}
      />
      <Refused write={write} />
      <ButtonRow>
        <LoadingButton
          variant="secondary"
          loading={write.busy}
          disabled={!access.mayChange || typed.trim() === known}
          onClick={() => void save()}
        >
          Save who may only look
        </LoadingButton>
      </ButtonRow>
    </Flex>
  );
}
