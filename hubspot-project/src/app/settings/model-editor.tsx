import { Alert, ButtonRow, LoadingButton, Tab, Tabs } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { Refused } from "@touchstone/screens/refused.tsx";
import { type ModelDraftView, modelsApi, type PreviewView } from "@touchstone/shared/models-api.ts";
import { useState } from "react";
import { LeaveButton } from "./leave-button.tsx";
import { ModelFile } from "./model-file.tsx";
import { ModelForm } from "./model-form.tsx";
import type { ModelRoute } from "./model-place.ts";
import { PreviewResult } from "./preview-result.tsx";
import { useUnsaved } from "./unsaved.ts";
import { usePost } from "./use-post.ts";
import { useSection } from "./use-section.ts";
import { type ValuesByPath, withValues } from "./with-values.ts";

interface ModelEditorProps extends ModelRoute {
  readonly path: string;
  readonly title: string;
}

/** A draft: nothing changes for anybody until it is published. */
export function ModelEditor({ path, title, go }: ModelEditorProps) {
  const source = useSection<ModelDraftView>(path, "form");
  return (
    <Answered source={source} what={title}>
      {(draft) => <Draft draft={draft} title={title} go={go} show={source.show} />}
    </Answered>
  );
}

interface DraftProps extends ModelRoute {
  readonly draft: ModelDraftView;
  readonly title: string;
  show(draft: ModelDraftView): void;
}

/** HubSpot waits this long when it is asked to; the server stops before (hubspot-project.md §3.4). */
const waits = { fetchMs: 60_000, serverMs: 50_000 } as const;

function Draft({ draft, title, go, show }: DraftProps) {
  const write = usePost();
  const [values, setValues] = useState<ValuesByPath>({});
  const [preview, setPreview] = useState<{ readonly view: PreviewView; readonly model: object } | null>(null);
  const [pasted, setPasted] = useState<string | null>(null);
  const [isReplaced, setReplaced] = useState(false);
  const model = withValues(draft.model, values);
  const isTyped = isReplaced || pasted !== null || Object.keys(values).length > 0;
  useUnsaved(`the draft of ${title}`, isTyped);
  const edit = (next: ValuesByPath) => {
    setValues(next);
    setPreview(null);
  };
  const openFile = (next: ModelDraftView) => {
    edit({});
    setReplaced(true);
    show(next);
  };
  const look = async () => {
    const body = { model, waitMs: waits.serverMs };
    const view = await write.post<PreviewView>(modelsApi.previewModel.path(), body, "movers", "", waits.fetchMs);
    setPreview(view && { view, model });
  };
  return (
    <Part
      gap="md"
      title={`Draft: ${title}`}
      text="Nothing changes for anybody until you publish. Preview it first: you see who moves, by name."
    >
      <ButtonRow>
        <LoadingButton variant="primary" loading={write.busy} onClick={() => void look()}>
          Preview impact
        </LoadingButton>
        <LeaveButton
          id="leave-draft"
          label="All models"
          loses={
            isTyped ? `What you changed in the draft of ${title} is not published. It is lost when you leave.` : null
          }
          leave={() => go({ at: "list", outcome: [] })}
        />
      </ButtonRow>
      <Refused write={write} />
      {preview === null ? null : <PreviewResult view={preview.view} model={preview.model} go={go} />}
      <Tabs defaultSelected="form">
        <Tab tabId="form" title="By form">
          {draft.formNote === null ? null : <Alert title={draft.formNote} variant="info" />}
          <ModelForm draft={draft} values={values} faults={write.refusal?.faults ?? []} edit={edit} />
        </Tab>
        <Tab tabId="file" title="As a file">
          <ModelFile model={model} pasted={pasted} paste={setPasted} open={openFile} />
        </Tab>
      </Tabs>
    </Part>
  );
}
