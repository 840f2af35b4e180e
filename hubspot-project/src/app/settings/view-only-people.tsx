import { TextArea } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { settingsApi, type ViewOnlyView } from "@touchstone/shared/settings-api.ts";
import { useState } from "react";
import { SaveRow } from "./save-row.tsx";
import { useSettings } from "./settings-context.ts";
import { useUnsaved } from "./unsaved.ts";
import { usePost } from "./use-post.ts";
import { useSection } from "./use-section.ts";

/** Who may see everything and change nothing: HubSpot does not say what a person may do (decision 0029). */
export function ViewOnlyPeople() {
  const source = useSection<ViewOnlyView>(settingsApi.viewOnly, "userIds");
  return (
    <Part
      title="People who may only look"
      text="They see every screen of Touchstone. It takes nothing from them: no role, no answer, no launch."
    >
      <Answered source={source} what="who may only look">
        {(view) => <ViewOnlyForm key={view.version} view={view} show={source.show} />}
      </Answered>
    </Part>
  );
}

function ViewOnlyForm({ view, show }: { view: ViewOnlyView; show(view: ViewOnlyView): void }) {
  const { access } = useSettings();
  const write = usePost();
  const known = view.userIds.join("\n");
  const [typed, setTyped] = useState(known);
  useUnsaved("who may only look", typed.trim() !== known);
  const save = async () => {
    const userIds = typed.split(/[\s,;]+/).filter((id) => id !== "");
    const done = await write.post<ViewOnlyView>(
      settingsApi.viewOnly,
      { userIds, version: view.version },
      "userIds",
      "Saved who may only look.",
    );
    if (done !== null) show(done);
  };
  return (
    <Part>
      <TextArea
        label="HubSpot user ids"
        name="view-only"
        description={`One a line, at most 200. Everybody finds their own here: yours is ${view.yourId}.`}
        value={typed}
        maxLength={3_400}
        readOnly={!access.mayChange}
        onInput={setTyped}
      />
      <SaveRow write={write} label="Save who may only look" ready={typed.trim() !== known} save={save} />
    </Part>
  );
}
