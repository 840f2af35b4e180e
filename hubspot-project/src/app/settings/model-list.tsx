import { Alert, Button, Text } from "@hubspot/ui-extensions";
import { Lines } from "@touchstone/screens/lines.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { type ModelsView, type ModelVersionView, modelsApi } from "@touchstone/shared/models-api.ts";
import { useState } from "react";
import { guideRows } from "./guide-rows.ts";
import type { ModelRoute } from "./model-place.ts";
import { RescoringProgress } from "./rescoring-progress.tsx";
import { useSettings } from "./settings-context.ts";

interface ModelListProps extends ModelRoute {
  readonly models: ModelsView;
  readonly outcome: readonly string[];
}

const purposes = { priority: "Priority: who deserves the work", readiness: "Readiness: who is ready now" } as const;
const fewVersions = 10;

/** What scores accounts now, what to begin from, and what was. */
export function ModelList({ models, outcome, go }: ModelListProps) {
  const [first, ...rest] = outcome;
  return (
    <Part gap="lg">
      {first === undefined ? null : (
        <Alert title={first} variant="success">
          <Lines lines={rest} most={12} />
        </Alert>
      )}
      <RescoringProgress />
      <Part title="Active now" text="Two models score every account, side by side; their points are never added.">
        <PlainTable
          columns={["Used for", "Model", "Version", "Since", "Change"]}
          rows={models.active.map((one) => ({
            key: one.purpose,
            cells: [
              purposes[one.purpose],
              one.name,
              one.version,
              <Since key="since" version={one} />,
              <Button
                key="edit"
                size="xs"
                onClick={() =>
                  go({ at: "draft", path: modelsApi.getVersion.path(one.key, one.version), title: one.name })
                }
              >
                Edit {one.purpose} model
              </Button>,
            ],
          }))}
        />
      </Part>
      <Templates models={models} go={go} />
      <Versions models={models} go={go} />
    </Part>
  );
}

function Since({ version }: { version: ModelVersionView }) {
  const { format } = useSettings();
  const by = version.publishedBy === null ? "came with the installation" : `by user ${version.publishedBy}`;
  return <Text>{`${format.moment(version.publishedAt)}, ${by}`}</Text>;
}

type PartProps = Pick<ModelListProps, "models" | "go">;

function Templates({ models, go }: PartProps) {
  return (
    <Part
      title="Templates"
      text="Each is the model of a guide; the rows name where its numbers come from. Trying one changes nothing."
    >
      <PlainTable
        columns={["Template", "Used for", "What it does", "Source", "Open"]}
        rows={models.templates.map(({ key, name, purpose, description, source }) => ({
          key,
          cells: [
            name,
            purpose === "priority" ? "Priority" : "Readiness",
            description,
            guideRows(source),
            <Button
              key="try"
              size="xs"
              onClick={() => go({ at: "draft", path: modelsApi.getTemplate.path(key), title: name })}
            >
              Try {name}
            </Button>,
          ],
        }))}
      />
    </Part>
  );
}

function Versions({ models, go }: PartProps) {
  const { format } = useSettings();
  const [all, setAll] = useState(false);
  const shown = all ? models.versions : models.versions.slice(0, fewVersions);
  return (
    <Part title="Versions" text="A version is never changed. Going back to one publishes it again as the newest.">
      <PlainTable
        columns={["Model", "Version", "Published", "Note", "Compare"]}
        rows={shown.map((one) => ({
          key: `${one.key} ${one.version}`,
          cells: [
            one.name,
            one.active ? `${one.version}, active` : one.version,
            format.moment(one.publishedAt),
            one.note ?? "",
            one.active ? null : (
              <Button
                key="look"
                size="xs"
                onClick={() => go({ at: "version", key: one.key, version: one.version, title: one.name })}
              >
                {`Compare version ${one.version}`}
              </Button>
            ),
          ],
        }))}
      />
      {shown.length < models.versions.length ? (
        <Button onClick={() => setAll(true)}>{`Show all ${models.versions.length} versions`}</Button>
      ) : null}
    </Part>
  );
}
