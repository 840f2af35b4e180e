import {
  Alert,
  Button,
  ButtonRow,
  Flex,
  Heading,
  LoadingButton,
  StatusTag,
  Text,
  TextArea,
} from "@hubspot/ui-extensions";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { Refused } from "@touchstone/screens/refused.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import { stageKeys, stages } from "@touchstone/shared/account-stage.ts";
import type { MatrixView } from "@touchstone/shared/message-matrix.ts";
import { settingsApi } from "@touchstone/shared/settings-api.ts";
import { useState } from "react";
import { useSettings } from "./settings-context.ts";

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
  const { ask, access } = useSettings();
  const write = useWrite();
  const [matrix, setMatrix] = useState<Matrix>(view.matrix);
  const save = async () => {
    const { method, path } = settingsApi.changeMessages;
    const body = { matrix, version: view.version };
    const done = await write.send(
      () => ask<MatrixView>({ method, path: path(), body, field: "matrix" }),
      "The messages are saved: cards show them from now on.",
    );
    if (done !== null) show(done);
  };
  const say = (row: Row, stage: Stage, text: string) => setMatrix(withCell(matrix, row.key, stage, text));
  return (
    <Flex direction="column" gap="sm">
      <Heading>{`Messages: ${matrix.label}`}</Heading>
      <Text>The card of a person shows the cell of their role at the stage of their account.</Text>
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
      <Refused write={write} />
      <ButtonRow>
        <LoadingButton
          variant="primary"
          loading={write.busy}
          disabled={!access.mayChange || matrix === view.matrix}
          onClick={() => void save()}
        >
          Save the messages
        </LoadingButton>
        {Object.entries(view.templates).map(([key, template]) => (
          <Button key={key} disabled={!access.mayChange} onClick={() => setMatrix(template)}>
            {`Fill in: ${template.label}`}
          </Button>
        ))}
        <Button onClick={refresh}>Read again</Button>
      </ButtonRow>
    </Flex>
  );
}

interface CellProps {
  readonly row: Row;
  readonly stage: Stage;
  say(row: Row, stage: Stage, text: string): void;
}

function Cell({ row, stage, say }: CellProps) {
  const { access } = useSettings();
  const text = row.cells[stage];
  return (
    <Flex direction="column" gap="xs">
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
    </Flex>
  );
}

const withCell = (matrix: Matrix, key: string, stage: Stage, text: string): Matrix => ({
  ...matrix,
  rows: matrix.rows.map((row) => (row.key === key ? { ...row, cells: { ...row.cells, [stage]: text } } : row)),
});
