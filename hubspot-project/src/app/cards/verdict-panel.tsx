import {
  Button,
  ButtonRow,
  Form,
  Heading,
  LoadingButton,
  Modal,
  ModalBody,
  Select,
  TextArea,
  useExtensionActions,
} from "@hubspot/ui-extensions";
import { panelPath, type VerdictView, verdictReasons } from "@touchstone/shared/record-cards-api.ts";
import { useState } from "react";
import { CardBody } from "./card-states.tsx";
import { Column } from "./column.tsx";
import { Small } from "./small.tsx";
import { type PanelProps, usePanel } from "./use-panel.ts";
import { useWrite, type Writing } from "./use-write.ts";
import { Writes } from "./writes.tsx";

const modalId = "touchstone-wrong";
const reasons = Object.entries(verdictReasons).map(([value, label]) => ({ value, label }));

/** Whether the reader calls the score right; it is kept with the score that they saw (market.md row 122). */
export function VerdictPanel({ companyId, server, stamp }: Omit<PanelProps, "changed">) {
  const path = panelPath(companyId, "verdict");
  const source = usePanel<VerdictView>(server, path, stamp);
  const writing = useWrite(server);
  const say = async (body: Record<string, unknown>): Promise<boolean> => {
    const done = await writing.write(path, body, "Kept what you said of this score.");
    if (done) source.refresh();
    return done;
  };
  return (
    <CardBody source={source} what="what people say of this score">
      {({ own, tally }) => (
        <Column>
          <Writes>
            <Heading>Is this score right?</Heading>
            <ButtonRow>
              <Button
                size="sm"
                disabled={writing.writing || own?.right === true}
                onClick={() => void say({ right: true, reason: null })}
              >
                Right
              </Button>
              <Button size="sm" overlay={<WrongModal say={say} writing={writing} />}>
                Wrong, because…
              </Button>
            </ButtonRow>
            <Small>{ownText(own)}</Small>
          </Writes>
          {tally === null ? null : <Small>{tally}</Small>}
        </Column>
      )}
    </CardBody>
  );
}

function ownText(own: VerdictView["own"]): string {
  if (own === null) return "It goes into the check of the model.";
  return own.right || own.reason === null ? "You say it is right." : `You say: ${verdictReasons[own.reason]}.`;
}

function WrongModal({ say, writing }: { say(body: Record<string, unknown>): Promise<boolean>; writing: Writing }) {
  const { closeOverlay } = useExtensionActions<"crm.record.tab">();
  const [reason, setReason] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const send = async () => {
    if (reason !== null && (await say({ right: false, reason, note }))) closeOverlay(modalId);
  };
  return (
    <Modal id={modalId} title="What is wrong with the score?" width="sm">
      <ModalBody>
        <Form onSubmit={() => void send()}>
          <Column gap="md">
            <Select
              label="Reason"
              name="reason"
              required
              options={reasons}
              {...(reason !== null && { value: reason })}
              onChange={(value) => setReason(String(value))}
            />
            <TextArea label="Note" name="note" maxLength={500} value={note} onChange={setNote} />
            <ButtonRow>
              <LoadingButton variant="primary" type="submit" loading={writing.writing} disabled={reason === null}>
                Say it is wrong
              </LoadingButton>
            </ButtonRow>
          </Column>
        </Form>
      </ModalBody>
    </Modal>
  );
}
