import { type RejectReason, rejectReasons, type TargetAccountView } from "@touchstone/shared/target-list-api.ts";
import { ChoiceModal, reasonNote } from "./choice-modal.tsx";
import { useClient } from "./client-context.ts";

type Choice = "keep" | RejectReason;

const entries = Object.entries(rejectReasons) as [RejectReason, string][];
const choices = {
  keep: "Keep it on the list",
  ...Object.fromEntries(entries.map(([value, label]) => [value, `Reject: ${label.toLowerCase()}`])),
} as Readonly<Record<Choice, string>>;

/** What was said of it stands until somebody says otherwise: a colleague may have answered since the form was opened last. */
const standing = ({ verdict, verdictReason }: TargetAccountView): Choice =>
  verdict === "reject" ? (entries.find(([, label]) => label === verdictReason)?.[0] ?? "other") : "keep";

interface ReviewModalProps {
  readonly account: TargetAccountView;
  refresh(): void;
}

export function ReviewModal({ account, refresh }: ReviewModalProps) {
  const client = useClient();
  const name = account.company ?? "this account";
  return (
    <ChoiceModal
      id={`review-${account.companyId}`}
      title={`Does sales work ${name}?`}
      yes="Save the verdict"
      text="The last verdict counts. A rejected account stays on the list until somebody removes it."
      label="Verdict"
      choices={choices}
      standing={standing(account)}
      note={reasonNote}
      send={(choice, typed) => {
        const note = typed === "" ? {} : { note: typed };
        const verdict =
          choice === "keep" ? { verdict: choice, ...note } : { verdict: "reject" as const, reason: choice, ...note };
        return client.review(account.companyId, verdict);
      }}
      done={(choice) => `${name} is ${choice === "keep" ? "kept" : "rejected"}.`}
      refresh={refresh}
    />
  );
}
