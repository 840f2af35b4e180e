import { Alert, Button, ButtonRow, Flex, Heading, LoadingButton, Tab, Tabs, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { Refused } from "@touchstone/screens/refused.tsx";
import { useAnswer } from "@touchstone/screens/use-answer.ts";
import { useWrite } from "@touchstone/screens/use-write.ts";
import { type ModelDraftView, modelsApi, type PreviewView } from "@touchstone/shared/models-api.ts";
import { useCallback, useState } from "react";
import { ModelFile } from "./model-file.tsx";
import { ModelForm } from "./model-form.tsx";
import type { ModelRoute } from "./model-place.ts";
import { PreviewResult } from "./preview-result.tsx";
import { useSettings } from "./settings-context.ts";
import { type ValuesByPath, withValues } from "./with-values.ts";

interface ModelEditorProps extends ModelRoute {
  readonly path: string;
  readonly title: string;
}

/** A draft: nothing changes for anybody until it is published. */
export function ModelEditor({ path, title, go }: ModelEditorProps) {
  const { ask } = useSettings();
  const read = useCallback(() => ask<ModelDraftView>({ method: "GET", path, field: "form" }), [ask, path]);
  const source = useAnswer(read);
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
  const { ask } = useSettings();
  const write = useWrite();
  const [values, setValues] = useState<ValuesByPath>({});
  const [preview, setPreview] = useState<{ readonly view: PreviewView; readonly model: object } | null>(null);
  const model = withValues(draft.model, values);
  const edit = (next: ValuesByPath) => {
    setValues(next);
    setPreview(null);
  };
  const openFile = (next: ModelDraftView) => {
    edit({});
    show(next);
  };
  const look = async () => {
    const { method, path } = modelsApi.previewModel;
    const body = { model, waitMs: waits.serverMs };
    const view = await write.send(
      () => ask<PreviewView>({ method, path: path(), body, timeout: waits.fetchMs, field: "movers" }),
      "",
    );
    setPreview(view && { view, model });
  };
  return (
    <Flex direction="column" gap="md">
      <Heading>{`Draft: ${title}`}</Heading>
      <Text>Nothing changes for anybody until you publish. Preview it first: you see who moves, by name.</Text>
      <ButtonRow>
        <LoadingButton variant="primary" loading={write.busy} onClick={() => void look()}>
          Preview impact
        </LoadingButton>
        <Button variant="secondary" onClick={() => go({ at: "list", outcome: [] })}>
          All models
        </Button>
      </ButtonRow>
      <Refused write={write} />
      {preview === null ? null : <PreviewResult view={preview.view} model={preview.model} go={go} />}
      <Tabs defaultSelected="form">
        <Tab tabId="form" title="By form">
          {draft.formNote === null ? null : <Alert title={draft.formNote} variant="info" />}
          <ModelForm draft={draft} values={values} faults={write.refusal?.faults ?? []} edit={edit} />
        </Tab>
        <Tab tabId="file" title="As a file">
          <ModelFile model={model} open={openFile} />
        </Tab>
      </Tabs>
    </Flex>
  );
}
