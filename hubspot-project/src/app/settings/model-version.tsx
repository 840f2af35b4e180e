import { Button, ButtonRow, Flex, Heading, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { Lines } from "@touchstone/screens/lines.tsx";
import { useAnswer } from "@touchstone/screens/use-answer.ts";
import { useWrite } from "@touchstone/screens/use-write.ts";
import { type ModelVersionDetailView, modelsApi, type PublishedModelView } from "@touchstone/shared/models-api.ts";
import { useCallback } from "react";
import type { ModelPlace, ModelRoute } from "./model-place.ts";
import { publishedLines } from "./published-lines.ts";
import { useSettings } from "./settings-context.ts";

interface ModelVersionProps extends ModelRoute {
  readonly place: Extract<ModelPlace, { at: "version" }>;
}

/** An earlier version beside the one that is active now, and the way back to it. */
export function ModelVersion({ place, go }: ModelVersionProps) {
  const { key, version, title } = place;
  const { ask, access } = useSettings();
  const write = useWrite();
  const path = modelsApi.getVersion.path(key, version);
  const read = useCallback(() => ask<ModelVersionDetailView>({ method: "GET", path, field: "changes" }), [ask, path]);
  const source = useAnswer(read);
  const rollBack = async () => {
    const { rollBackModel } = modelsApi;
    const done = await write.send(
      () =>
        ask<PublishedModelView>({
          method: rollBackModel.method,
          path: rollBackModel.path(),
          body: { key, version },
          field: "readingNow",
        }),
      `${title} is back to version ${version}.`,
    );
    if (done !== null) go({ at: "list", outcome: publishedLines(title, done) });
    return done !== null;
  };
  return (
    <Answered source={source} what={`version ${version} of ${title}`}>
      {({ changes }) => (
        <Flex direction="column" gap="md">
          <Heading>{`${title}, version ${version}`}</Heading>
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
              confirm={rollBack}
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
        </Flex>
      )}
    </Answered>
  );
}
