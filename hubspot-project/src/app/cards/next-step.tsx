import { Button, Inline, Tag } from "@hubspot/ui-extensions";
import type { AccountSummaryView, CardPanel } from "@touchstone/shared/record-cards-api.ts";
import { Bold } from "./bold.tsx";
import { Column } from "./column.tsx";
import { Small } from "./small.tsx";

interface NextStepProps {
  readonly summary: Pick<AccountSummaryView, "next" | "missingRoles">;
  /** Absent where the panels are not at hand. */
  open?(panel: CardPanel): void;
}

/** The one thing to do next, and who is missing (market.md §4). */
export function NextStep({ summary, open }: NextStepProps) {
  const { next, missingRoles } = summary;
  const { opens } = next;
  return (
    <Column>
      <Inline gap="sm" align="center">
        <Bold>{`Next: ${next.text}`}</Bold>
        {next.timeLeft === null ? null : <Tag variant={next.late ? "error" : "warning"}>{next.timeLeft}</Tag>}
      </Inline>
      <Small>{next.why}</Small>
      {missingRoles.length === 0 ? null : <Small>{`Missing: ${missingRoles.join(", ")}`}</Small>}
      {opens === null || open === undefined ? null : (
        <Inline>
          <Button variant="primary" onClick={() => open(opens.panel)}>
            {opens.press}
          </Button>
        </Inline>
      )}
    </Column>
  );
}
