import { Button, ButtonRow, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { Lines } from "@touchstone/screens/lines.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { type ModelVersionDetailView, modelsApi, type PublishedModelView } from "@touchstone/shared/models-api.ts";
import type { ModelPlace, ModelRoute } from "./model-place.ts";
import { useSettings } from "./settings-context.ts";
import { usePost } from "./use-post.ts";
import { useSection } from "./use-section.ts";

interface ModelVersionProps extends ModelRoute {
  readonly place: Extract<ModelPlace, { at: "version" }>;
}

/** An earlier version beside the one that is active now, and the way back to it. */
export function ModelVersion({ place, go }: ModelVersionProps) {
  const { key, version, title } = place;
  const { access } = useSettings();
  const write = usePost();
  const path = modelsApi.getVersion.path(key, version);
  const source = useSection<ModelVersionDetailView>(path, "changes");
  const rollBack = async (over: ModelVersionDetailView["active"]) => {
    const done = await write.post<PublishedModelView>(
      modelsApi.rollBackModel.path(),
      { key, version, over },
      "readingNow",
      `${title} is back to version ${version}.`,
    );
    if (done !== null) go({ at: "list", outcome: done.lines });
    return done !== null;
  };
  return (
    <Answered source={source} what={`version ${version} of ${title}`}>
      {({ active, changes }) => (
        <Part gap="md" title={`${title}, version ${version}`}>
          <Text>
            {changes.length === 0
              ? "It is the same as what is active now."
              : "Beside what is active now, going back to it changes this:"}
          </Text>
          <Lines lines={changes} most={50} />
          <ButtonRow>
            <Button variant="primary" onClick={() => go({ at: "draft", path, title: `${title}, version ${version}` })}>
              Preview this version
            </Button>
            <ConfirmButton
              id="roll-back"
              label="Roll back"
              title={`Back to version ${version} of ${title}?`}
              yes={`Go back to version ${version}`}
              disabled={!access.mayChange || changes.length === 0}
              write={write}
              confirm={() => rollBack(active)}
            >
              <Text>
                Every account is scored again by it within minutes. The version that is active now is kept, and you can
                go back to it the same way.
              </Text>
            </ConfirmButton>
            <Button variant="secondary" onClick={() => go({ at: "list", outcome: [] })}>
              All models
            </Button>
          </ButtonRow>
        </Part>
      )}
    </Answered>
  );
}
