import { Button, ButtonRow, Flex, Heading, LoadingButton, Text, TextArea } from "@hubspot/ui-extensions";
import { Refused } from "@touchstone/screens/refused.tsx";
import type { BulkView } from "@touchstone/shared/bulk-api.ts";
import { type ReactNode, useState } from "react";
import { BulkLines } from "./bulk-lines.tsx";
import type { Act } from "./use-act.ts";

/** The chosen companies that the present act did not take. */
export interface NextCompanies {
  readonly count: number;
  go(): void;
}

interface ActStepsProps {
  readonly act: Act;
  readonly next: NextCompanies | null;
  /** What is filled in. */
  readonly form: ReactNode;
  /** Looks again with a reason for those whom it would let in. */
  lookWithReason(reason: string): Promise<void>;
}

/** Fill in, look, do: each step in place of the one before. */
export function ActSteps({ act, next, form, lookWithReason }: ActStepsProps) {
  const { stage, write } = act;
  return (
    <Flex direction="column" gap="md">
      <Refused write={write} />
      {stage.step === "form" ? form : null}
      {stage.step === "preview" ? <Preview act={act} view={stage.view} lookWithReason={lookWithReason} /> : null}
      {stage.step === "done" ? <Done act={act} view={stage.view} next={next} /> : null}
    </Flex>
  );
}

function Told({ view }: { view: BulkView }) {
  return (
    <Flex direction="column" gap="xs">
      <Heading>{view.title}</Heading>
      {view.notes.map((note) => (
        <Text key={note}>{note}</Text>
      ))}
    </Flex>
  );
}

interface PreviewProps extends Pick<ActStepsProps, "act" | "lookWithReason"> {
  readonly view: BulkView;
}

function Preview({ act: { write, confirm, again }, view, lookWithReason }: PreviewProps) {
  return (
    <>
      <Told view={view} />
      <Text variant="microcopy">Nothing has been changed yet.</Text>
      <ButtonRow>
        {view.yes === null ? null : (
          <LoadingButton variant="primary" loading={write.busy} onClick={() => void confirm()}>
            {view.yes}
          </LoadingButton>
        )}
        <Button variant="secondary" disabled={write.busy} onClick={again}>
          Back
        </Button>
      </ButtonRow>
      {view.reasonWanted === null ? null : (
        <ReasonField label={view.reasonWanted} busy={write.busy} look={lookWithReason} />
      )}
      <BulkLines lines={view.lines} />
    </>
  );
}

interface ReasonFieldProps {
  readonly label: string;
  readonly busy: boolean;
  look(reason: string): Promise<void>;
}

/** The shortest reason that the server keeps. */
const leastReason = 3;

function ReasonField({ label, busy, look }: ReasonFieldProps) {
  const [reason, setReason] = useState("");
  return (
    <Flex direction="column" gap="xs">
      <TextArea
        name="overrideReason"
        label={label}
        description="Kept with each of them. Leave it empty to enrol the others only."
        value={reason}
        maxLength={500}
        rows={2}
        onInput={setReason}
      />
      <ButtonRow>
        <LoadingButton
          variant="secondary"
          loading={busy}
          disabled={reason.trim().length < leastReason}
          onClick={() => void look(reason.trim())}
        >
          Check again with this reason
        </LoadingButton>
      </ButtonRow>
    </Flex>
  );
}

function Done({ act, view, next }: { act: Act; view: BulkView; next: NextCompanies | null }) {
  const goOn = () => {
    act.again();
    next?.go();
  };
  return (
    <>
      <Told view={view} />
      <ButtonRow>
        {next === null ? null : (
          <Button variant="primary" onClick={goOn}>
            {`Go on with the next ${next.count}`}
          </Button>
        )}
        <Button variant="secondary" onClick={act.again}>
          Do something else with these
        </Button>
      </ButtonRow>
      <BulkLines lines={view.lines} />
    </>
  );
}
