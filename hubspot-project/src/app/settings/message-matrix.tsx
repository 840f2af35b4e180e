import { Alert, StatusTag, Text, TextArea } from "@hubspot/ui-extensions";
import { Part } from "@touchstone/screens/part.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { stageKeys, stages } from "@touchstone/shared/account-stage.ts";
import type { MatrixView } from "@touchstone/shared/message-matrix.ts";
import { settingsApi } from "@touchstone/shared/settings-api.ts";
import { useState } from "react";
import { LeaveButton } from "./leave-button.tsx";
import { SaveRow } from "./save-row.tsx";
import { useSettings } from "./settings-context.ts";
import { useUnsaved } from "./unsaved.ts";
import { usePost } from "./use-post.ts";

type Matrix = MatrixView["matrix"];
type Row = Matrix["rows"][number];
type Stage = (typeof stageKeys)[number];

interface MessageMatrixProps {
  readonly view: MatrixView;
  show(view: MatrixView): void;
  refresh(): void;
}

/** What to say to each role at each stage; an empty cell is a gap that the cards show as one (row 94). */
export function MessageMatrix({ view, show, refresh }: MessageMatrixProps) {
  const { access } = useSettings();
  const write = usePost();
  const [matrix, setMatrix] = useState<Matrix>(view.matrix);
  const save = async () => {
    const body = { matrix, version: view.version };
    const done = await write.post<MatrixView>(
      settingsApi.messages,
      body,
      "matrix",
      "The messages are saved: cards show them from now on.",
    );
    if (done !== null) show(done);
  };
  const isTyped = JSON.stringify(matrix) !== JSON.stringify(view.matrix);
  useUnsaved("the messages", isTyped);
  const readAgain = () => {
    setMatrix(view.matrix);
    refresh();
  };
  const say = (row: Row, stage: Stage, text: string) => setMatrix(withCell(matrix, row.key, stage, text));
  return (
    <Part
      title={`Messages: ${matrix.label}`}
      text="The card of a person shows the cell of their role at the stage of their account."
    >
      {view.gaps.length === 0 ? null : (
        <Alert title={view.gaps.length === 1 ? "One gap" : `${view.gaps.length} gaps`} variant="warning">
          {view.gaps.map(({ row, stage }) => `${row} at ${stage}`).join(", ")}
        </Alert>
      )}
      <PlainTable
        columns={["Role", ...stageKeys.map((key) => stages[key].label)]}
        rows={matrix.rows.map((row) => ({
          key: row.key,
          cells: [row.label, ...stageKeys.map((stage) => <Cell key={stage} row={row} stage={stage} say={say} />)],
        }))}
      />
      <SaveRow write={write} label="Save the messages" ready={isTyped} primary save={save}>
        {Object.entries(view.templates).map(([key, template]) => (
          <LeaveButton
            key={key}
            id={`fill-in-${key}`}
            label={`Fill in: ${template.label}`}
            loses={isTyped ? `${notSaved} The messages of ${template.label} take their place on this screen.` : null}
            disabled={!access.mayChange}
            leave={() => setMatrix(template)}
          />
        ))}
        <LeaveButton id="read-messages" label="Read again" loses={isTyped ? notSaved : null} leave={readAgain} />
      </SaveRow>
    </Part>
  );
}

const notSaved = "The messages that you typed are not saved.";

interface CellProps {
  readonly row: Row;
  readonly stage: Stage;
  say(row: Row, stage: Stage, text: string): void;
}

function Cell({ row, stage, say }: CellProps) {
  const { access } = useSettings();
  const text = row.cells[stage];
  return (
    <Part gap="xs">
      {text.trim() === "" ? <StatusTag variant="warning">Gap</StatusTag> : null}
      {access.mayChange ? (
        <TextArea
          label={`${row.label}, ${stages[stage].label.toLowerCase()}`}
          name={`${row.key}-${stage}`}
          rows={3}
          maxLength={500}
          value={text}
          onInput={(next) => say(row, stage, next)}
        />
      ) : (
        <Text>{text}</Text>
      )}
    </Part>
  );
}

const withCell = (matrix: Matrix, key: string, stage: Stage, text: string): Matrix => ({
  ...matrix,
  rows: matrix.rows.map((row) => (row.key === key ? { ...row, cells: { ...row.cells, [stage]: text } } : row)),
});
