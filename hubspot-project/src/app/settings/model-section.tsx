import { Answered } from "@touchstone/screens/answered.tsx";
import { type ModelsView, modelsApi } from "@touchstone/shared/models-api.ts";
import { useCallback, useState } from "react";
import { ModelEditor } from "./model-editor.tsx";
import { ModelList } from "./model-list.tsx";
import type { ModelPlace } from "./model-place.ts";
import { ModelVersion } from "./model-version.tsx";
import { useSection } from "./use-section.ts";

export function ModelSection() {
  const [place, setPlace] = useState<ModelPlace>({ at: "list", outcome: [] });
  const source = useSection<ModelsView>(modelsApi.listModels.path(), "versions");
  const { refresh } = source;
  const go = useCallback(
    (next: ModelPlace) => {
      setPlace(next);
      if (next.at === "list") refresh();
    },
    [refresh],
  );
  if (place.at === "draft") return <ModelEditor key={place.path} path={place.path} title={place.title} go={go} />;
  if (place.at === "version") return <ModelVersion place={place} go={go} />;
  return (
    <Answered source={source} what="the models">
      {(models) => <ModelList models={models} outcome={place.outcome} go={go} />}
    </Answered>
  );
}
