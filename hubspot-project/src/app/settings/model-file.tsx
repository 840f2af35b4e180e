import { Alert, Button, ButtonRow, LoadingButton, Text, TextArea, useExtensionActions } from "@hubspot/ui-extensions";
import { Part } from "@touchstone/screens/part.tsx";
import { Refused } from "@touchstone/screens/refused.tsx";
import { type ModelDraftView, modelsApi } from "@touchstone/shared/models-api.ts";
import { useState } from "react";
import { usePost } from "./use-post.ts";

interface ModelFileProps {
  readonly model: object;
  /** What stands in the field when it is not the draft itself. */
  readonly pasted: string | null;
  paste(text: string | null): void;
  open(draft: ModelDraftView): void;
}

/** The whole model as JSON: to keep it, to carry it to another portal, to change what no form can hold. */
export function ModelFile({ model, pasted, paste, open }: ModelFileProps) {
  const { copyTextToClipboard, addAlert } = useExtensionActions<"settings">();
  const write = usePost();
  const [problem, setProblem] = useState<string | null>(null);
  const text = pasted ?? JSON.stringify(model, null, 2);
  const check = async () => {
    const document = parse(text);
    setProblem(document.problem);
    if (document.value === null) return;
    const body = { model: document.value };
    const draft = await write.post<ModelDraftView>(
      modelsApi.openModel.path(),
      body,
      "form",
      "The file is a model without a fault. It is your draft now: preview it.",
    );
    if (draft === null) return;
    paste(null);
    open(draft);
  };
  const copy = async () => {
    await copyTextToClipboard(text);
    addAlert({ type: "success", message: "The model is in your clipboard." });
  };
  return (
    <Part gap="md">
      <Text>Copy it to keep it or to carry it to another account; paste another one here and check it.</Text>
      {problem === null ? null : (
        <Alert title="This is not JSON" variant="danger">
          {problem}
        </Alert>
      )}
      <Refused write={write} byPath />
      {pasted === null ? null : (
        <Alert title="The pasted file is not checked yet" variant="warning">
          The preview leaves it out until you press Check and use this file.
        </Alert>
      )}
      <TextArea label="Model as JSON" name="model-file" rows={24} value={text} onInput={paste} />
      <ButtonRow>
        <LoadingButton variant="secondary" loading={write.busy} onClick={() => void check()}>
          Check and use this file
        </LoadingButton>
        <Button variant="secondary" onClick={() => void copy()}>
          Copy
        </Button>
      </ButtonRow>
    </Part>
  );
}

/** The engine's own words name the line and column. */
function parse(text: string): { value: object | null; problem: string | null } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? { value, problem: null }
      : { value: null, problem: "A model is an object: it begins with { and ends with }." };
  } catch (error) {
    return { value: null, problem: error instanceof Error ? error.message : "It cannot be read." };
  }
}
