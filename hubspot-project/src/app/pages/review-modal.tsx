import { Select, Text, TextArea } from "@hubspot/ui-extensions";
import { FormModal } from "@touchstone/screens/form-modal.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import { type RejectReason, rejectReasons, type TargetAccountView } from "@touchstone/shared/target-list-api.ts";
import { useState } from "react";
import { useClient } from "./client-context.ts";

const isReason = (value: unknown): value is RejectReason =>
  typeof value === "string" && Object.hasOwn(rejectReasons, value);
const options = [
  { value: "keep", label: "Keep it on the list" },
  ...Object.entries(rejectReasons).map(([value, label]) => ({ value, label: `Reject: ${label.toLowerCase()}` })),
];

/** What was said of it stands until somebody says otherwise. */
function standing({ verdict, verdictReason }: TargetAccountView): "keep" | RejectReason {
  if (verdict !== "reject") return "keep";
  const reason = Object.entries(rejectReasons).find(([, label]) => label === verdictReason)?.[0];
  return isReason(reason) ? reason : "other";
}

interface ReviewModalProps {
  readonly account: TargetAccountView;
  refresh(): void;
}

export function ReviewModal({ account, refresh }: ReviewModalProps) {
  const client = useClient();
  const write = useWrite();
  // Until somebody chooses, the form says what the row says: a colleague may have answered since it was opened last.
  const [chosen, setChosen] = useState<ReturnType<typeof standing> | null>(null);
  const [typed, setTyped] = useState("");
  const choice = chosen ?? standing(account);
  const note = typed.trim();
  const name = account.company ?? "this account";
  const noteMissing = choice === "other" && note === "";
  const reset = () => {
    setChosen(null);
    setTyped("");
  };
  const submit = async () => {
    const said = note === "" ? {} : { note };
    const review =
      choice === "keep"
        ? { verdict: "keep" as const, ...said }
        : { verdict: "reject" as const, reason: choice, ...said };
    const done = `${name} is ${choice === "keep" ? "kept" : "rejected"}.`;
    if ((await write.send(() => client.review(account.companyId, review), done)) === null) return false;
    refresh();
    return true;
  };
  return (
    <FormModal
      id={`review-${account.companyId}`}
      title={`Does sales work ${name}?`}
      yes="Save the verdict"
      disabled={noteMissing}
      write={write}
      submit={submit}
      reset={reset}
    >
      <Text>The last verdict counts. A rejected account stays on the list until somebody removes it.</Text>
      <Select
        label="Verdict"
        name="verdict"
        required
        value={choice}
        options={options}
        onChange={(value) => (value === "keep" || isReason(value)) && setChosen(value)}
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
