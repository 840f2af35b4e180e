import {
  Button,
  ButtonRow,
  Flex,
  Form,
  LoadingButton,
  Modal,
  ModalBody,
  Select,
  Text,
  TextArea,
  useExtensionActions,
} from "@hubspot/ui-extensions";
import type { TodayLine } from "@touchstone/shared/home-api.ts";
import { type ExcuseCode, excuses } from "@touchstone/shared/hot-api.ts";
import { useState } from "react";
import { useClient } from "./client-context.ts";
import { useWrite } from "./use-write.ts";

const isExcuse = (value: unknown): value is ExcuseCode => typeof value === "string" && Object.hasOwn(excuses, value);
const options = Object.entries(excuses).map(([value, label]) => ({ value, label }));

interface ExcuseModalProps {
  readonly line: TodayLine;
  refresh(): void;
}

/** Stops the outreach clock of an account with a reason (market.md row 83). */
export function ExcuseModal({ line, refresh }: ExcuseModalProps) {
  const id = `excuse-${line.companyId}`;
  const { closeOverlay } = useExtensionActions<"pages">();
  const client = useClient();
  const { busy, send } = useWrite();
  const [reason, setReason] = useState<ExcuseCode>("in_contact");
  const [note, setNote] = useState("");
  const noteMissing = reason === "other" && note.trim() === "";
  const submit = async () => {
    if (noteMissing) return;
    const excuse = note.trim() === "" ? { reason } : { reason, note: note.trim() };
    const done = await send(
      "excuse",
      () => client.excuseHot(line.companyId, excuse),
      `The clock of ${line.company} is stopped.`,
    );
    if (done === null) return;
    closeOverlay(id);
    refresh();
  };
  return (
    <Modal id={id} title={`No outreach to ${line.company}?`} width="md">
      <ModalBody>
        <Form onSubmit={() => void submit()} preventDefault>
          <Flex direction="column" gap="md">
            <Text>This stops the clock without a call. The reason is kept with your name.</Text>
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
              value={note}
              maxLength={1000}
              error={noteMissing}
              validationMessage={noteMissing ? "Say what the other reason is." : ""}
              onInput={setNote}
            />
            <ButtonRow>
              <LoadingButton type="submit" variant="primary" loading={busy !== null} disabled={noteMissing}>
                Stop the clock
              </LoadingButton>
              <Button variant="secondary" onClick={() => closeOverlay(id)}>
                Keep it running
              </Button>
            </ButtonRow>
          </Flex>
        </Form>
      </ModalBody>
    </Modal>
  );
}
