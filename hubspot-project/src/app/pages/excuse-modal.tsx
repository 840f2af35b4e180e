import type { TodayLine } from "@touchstone/shared/home-api.ts";
import { type ExcuseCode, excuses } from "@touchstone/shared/hot-api.ts";
import { ChoiceModal, reasonNote } from "./choice-modal.tsx";
import { useClient } from "./client-context.ts";

interface ExcuseModalProps {
  readonly line: TodayLine;
  refresh(): void;
}

/** Stops the outreach clock of an account with a reason (market.md row 83). */
export function ExcuseModal({ line: { companyId, company }, refresh }: ExcuseModalProps) {
  const client = useClient();
  return (
    <ChoiceModal<ExcuseCode>
      id={`excuse-${companyId}`}
      title={`No outreach to ${company}?`}
      yes="Stop the clock"
      no="Keep it running"
      text="This stops the clock without a call. The reason is kept with who gave it."
      label="Reason"
      choices={excuses}
      standing="in_contact"
      note={reasonNote}
      send={(reason, note) => client.excuseHot(companyId, note === "" ? { reason } : { reason, note })}
      done={() => `The clock of ${company} is stopped.`}
      refresh={refresh}
    />
  );
}
