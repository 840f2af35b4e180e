import { Input, Select, Text, TextArea } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { FormModal } from "@touchstone/screens/form-modal.tsx";
import { useAnswer } from "@touchstone/screens/use-answer.ts";
import { useWrite } from "@touchstone/screens/use-write.ts";
import { useState } from "react";
import { useClient } from "./client-context.ts";
import { newId } from "./new-id.ts";

const modalId = "new-draft";
/** How soon sales answers a handoff unless the draft is changed; ours. */
const usualHours = 24;

interface DraftModalProps {
  refresh(): void;
}

/** A draft from a calendar; everything in it can be changed over the API until it is launched. */
export function DraftModal({ refresh }: DraftModalProps) {
  const client = useClient();
  const write = useWrite();
  const templates = useAnswer(client.getTemplates);
  const tiers = useAnswer(client.getTiers);
  const [requestId, setRequestId] = useState(() => newId("draft"));
  const [name, setName] = useState("");
  const [template, setTemplate] = useState("12-week");
  const [tier, setTier] = useState("");
  const [trigger, setTrigger] = useState("");
  const ready = name.trim() !== "" && tier !== "" && trigger.trim() !== "";
  const submit = async () => {
    const handoff = { trigger: trigger.trim(), responseHours: usualHours };
    const draft = { requestId, template, play: { name: name.trim(), tier, handoff } };
    if ((await write.send(() => client.makePlay(draft), `${draft.play.name} is a draft.`)) === null) return false;
    setRequestId(newId("draft"));
    refresh();
    return true;
  };
  return (
    <FormModal id={modalId} title="New draft" yes="Make the draft" disabled={!ready} write={write} submit={submit}>
      <Input label="Name" name="name" required value={name} onInput={setName} />
      <Answered source={templates} what="the calendars">
        {(view) => (
          <Select
            label="Calendar"
            name="template"
            required
            value={template}
            options={[
              ...view.templates.map(({ key, label }) => ({ value: key, label })),
              ...view.saved.map(({ templateId, label }) => ({ value: templateId, label })),
            ]}
            onChange={(value) => setTemplate(String(value))}
          />
        )}
      </Answered>
      <Answered source={tiers} what="the tiers">
        {(view) => (
          <Select
            label="Tier"
            name="tier"
            required
            value={tier}
            options={view.tiers.map((one) => ({ value: one.key, label: one.name }))}
            onChange={(value) => setTier(String(value))}
          />
        )}
      </Answered>
      <TextArea
        label="When does marketing hand over to sales?"
        name="trigger"
        required
        value={trigger}
        maxLength={300}
        onInput={setTrigger}
      />
      <Text variant="microcopy">{`Sales answers a handoff within ${usualHours} hours.`}</Text>
    </FormModal>
  );
}
