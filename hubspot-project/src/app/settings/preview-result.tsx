import { ButtonRow, Input, Statistics, StatisticsItem, Text } from "@hubspot/ui-extensions";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { Lines } from "@touchstone/screens/lines.tsx";
import { Notices } from "@touchstone/screens/notices.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { modelsApi, type PreviewView, type PublishedModelView } from "@touchstone/shared/models-api.ts";
import { useState } from "react";
import type { ModelRoute } from "./model-place.ts";
import { PreviewTables } from "./preview-tables.tsx";
import { useSettings } from "./settings-context.ts";
import { usePost } from "./use-post.ts";
import { Words } from "./words.tsx";

interface PreviewResultProps extends ModelRoute {
  readonly view: PreviewView;
  /** What was previewed: that, and nothing typed since, is published. */
  readonly model: object;
}

export function PreviewResult({ view, model, go }: PreviewResultProps) {
  const { format } = useSettings();
  const { moved, newHot, changes, warnings, complete, scored, accounts } = view;
  const figures = [
    ["Accounts scored both ways", scored],
    ["Change their band", moved],
    ["Newly hot", newHot?.accounts ?? "Not decided by this model"],
    ["Rules that differ", changes.length],
  ] as const;
  return (
    <Part gap="md" title={`What publishing would do, as of ${format.moment(view.scoredAt)}`}>
      <Notices
        title="Not all accounts were scored in time"
        lines={complete ? [] : [`The figures are those of ${scored} of ${accounts} accounts.`]}
      />
      <Notices title="Look at this first" lines={warnings} />
      <Statistics>
        {figures.map(([label, number]) => (
          <StatisticsItem key={label} label={label} number={number} />
        ))}
      </Statistics>
      <Words of={["axis", "band", "cap", "rung"]} />
      <Text format={{ fontWeight: "bold" }}>What differs from the active model</Text>
      {changes.length === 0 ? <Text>Nothing.</Text> : <Lines lines={changes} most={12} />}
      <PreviewTables view={view} />
      <ButtonRow>
        <Publish view={view} model={model} go={go} />
      </ButtonRow>
    </Part>
  );
}

function Publish({ view, model, go }: PreviewResultProps) {
  const { access } = useSettings();
  const write = usePost();
  const [note, setNote] = useState("");
  const { name, purpose, version } = view.model;
  const publish = async () => {
    const body = { model, over: view.over, ...(note.trim() !== "" && { note: note.trim() }) };
    const done = await write.post<PublishedModelView>(
      modelsApi.publishModel.path(),
      body,
      "readingNow",
      `${name} is published.`,
    );
    if (done !== null) go({ at: "list", outcome: done.lines });
    return done !== null;
  };
  return (
    <ConfirmButton
      id="publish-model"
      label="Publish"
      title={`Publish ${name}, version ${version}?`}
      yes={`Publish version ${version}`}
      disabled={!access.mayChange}
      write={write}
      confirm={publish}
    >
      <Text>
        {`It takes the place of the active ${purpose} model, and every account is scored again within minutes. The version before it is kept: you can roll back.`}
      </Text>
      <Input label="Note for those who look at the versions later" name="note" value={note} onInput={setNote} />
    </ConfirmButton>
  );
}
