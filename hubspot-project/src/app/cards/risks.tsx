import { Alert, Text } from "@hubspot/ui-extensions";

/** A risk takes no points away; it is said beside them (market.md row 72). */
export function Risks({ risks }: { risks: readonly string[] }) {
  if (risks.length === 0) return null;
  return (
    <Alert title="Mind this" variant="warning">
      {risks.map((risk) => (
        <Text key={risk}>{risk}</Text>
      ))}
    </Alert>
  );
}
