import { ButtonRow, Form, LoadingButton, Select, TextArea } from "@hubspot/ui-extensions";
import type { EnrolRequest, PlayChoice } from "@touchstone/shared/record-cards-api.ts";
import { useState } from "react";
import { Column } from "./column.tsx";

interface EnrolFormProps {
  readonly choices: readonly PlayChoice[];
  readonly writing: boolean;
  take(choice: PlayChoice, body: EnrolRequest): void;
}

/** Takes the account into a play; a second one in the month needs a reason (T23), and the server asks for it. */
export function EnrolForm({ choices, writing, take }: EnrolFormProps) {
  const [playId, setPlayId] = useState("");
  const [reason, setReason] = useState("");
  const chosen = choices.find((choice) => choice.playId === playId);
  const guard = chosen?.guard ?? null;
  const send = () => {
    if (chosen) take(chosen, { playId, ...(guard !== null && reason !== "" && { overrideReason: reason }) });
  };
  return (
    <Form onSubmit={send}>
      <Column>
        <Select
          label="Take it into a play"
          name="play"
          placeholder="Choose a play"
          options={choices.map((choice) => ({ value: choice.playId, label: choice.label }))}
          {...(chosen && { value: playId })}
          onChange={(value) => setPlayId(String(value))}
        />
        {guard === null ? null : (
          <TextArea
            label="Why a second play this month"
            name="reason"
            description={guard}
            required
            maxLength={500}
            value={reason}
            onChange={setReason}
          />
        )}
        <ButtonRow>
          <LoadingButton type="submit" size="sm" loading={writing} disabled={!chosen}>
            Take into the play
          </LoadingButton>
        </ButtonRow>
      </Column>
    </Form>
  );
}
