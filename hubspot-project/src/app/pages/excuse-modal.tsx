import { Select, Text, TextArea } from "@hubspot/ui-extensions";
import { FormModal } from "@touchstone/screens/form-modal.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import type { TodayLine } from "@touchstone/shared/home-api.ts";
import { type ExcuseCode, excuses } from "@touchstone/shared/hot-api.ts";
import { useState } from "react";
import { useClient } from "./client-context.ts";

const isExcuse = (value: unknown): value is ExcuseCode => typeof value === "string" && Object.hasOwn(excuses, value);
const options = Object.entries(excuses).map(([value, label]) => ({ value, label }));

interface ExcuseModalProps {
  readonly line: TodayLine;
  refresh(): void;
}

/** Stops the outreach clock of an account with a reason (market.md row 83). */
export function ExcuseModal({ line, refresh }: ExcuseModalProps) {
  const client = useClient();
  const write = useWrite();
  const [reason, setReason] = useState<ExcuseCode>("in_contact");
  const [typed, setTyped] = useState("");
  const note = typed.trim();
  const noteMissing = reason === "other" && note === "";
  const submit = async () => {
    const excuse = note === "" ? { reason } : { reason, note };
    const ask = () => client.excuseHot(line.companyId, excuse);
    if ((await write.send(ask, `The clock of ${line.company} is stopped.`)) === null) return false;
    refresh();
    return true;
  };
  return (
    <FormModal
      id={`excuse-${line.companyId}`}
      title={`No outreach to ${line.company}?`}
      yes="Stop the clock"
      no="Keep it running"
      disabled={noteMissing}
      write={write}
      submit={submit}
    >
      <Text>This stops the clock without a call. The reason is kept with who gave it.</Text>
      <Select
        label="Reason"
        name="reason"
        required
        value={reason}
        options={options}
        onChange={(value) => isExcuse(value) && setReason(value)}
      />
      <TextArea
        label="Note"
        name="note"
        value={typed}
        maxLength={1000}
        error={noteMissing}
        validationMessage={noteMissing ? "Say what the other reason is." : ""}
        onInput={setTyped}
      />
    </FormModal>
  );
}
