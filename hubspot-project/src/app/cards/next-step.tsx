import { Button, Flex, Inline, Tag, Text } from "@hubspot/ui-extensions";
import type { AccountSummaryView, CardPanel } from "@touchstone/shared/record-cards-api.ts";

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
    <Flex direction="column" gap="xs">
      <Inline gap="sm" align="center">
        <Text format={{ fontWeight: "bold" }}>{`Next: ${next.text}`}</Text>
        {next.timeLeft === null ? null : <Tag variant={next.late ? "error" : "warning"}>{next.timeLeft}</Tag>}
      </Inline>
      <Text variant="microcopy">{next.why}</Text>
      {missingRoles.length === 0 ? null : <Text variant="microcopy">{`Missing: ${missingRoles.join(", ")}`}</Text>}
      {opens === null || open === undefined ? null : (
        <Inline>
          <Button variant="primary" onClick={() => open(opens.panel)}>
            {opens.press}
          </Button>
        </Inline>
      )}
    </Flex>
  );
}
