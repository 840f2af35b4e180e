import { List } from "@hubspot/ui-extensions";

interface LinesProps {
  readonly lines: readonly string[];
  readonly most: number;
}

/** A list of sentences, the first of them when there are too many to read. */
export function Lines({ lines, most }: LinesProps) {
  if (lines.length === 0) return null;
  const shown = lines.slice(0, most);
  const more = lines.length - shown.length;
  return <List>{more > 0 ? [...shown, `… and ${more} more`] : shown}</List>;
}
