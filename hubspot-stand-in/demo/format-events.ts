import type { ShownAccount } from "./ask-app.ts";
import type { PlayedEvent } from "./play-events.ts";

const columns = [
  { title: "Event", width: 34 },
  { title: "Accounts", width: 8 },
  { title: "Before", width: 24 },
  { title: "After", width: 24 },
  { title: "Seconds", width: 7 },
  { title: "HubSpot calls", width: 13 },
] as const;

export function eventsHeader(): string[] {
  return [row(columns.map((column) => column.title)), row(columns.map((column) => "-".repeat(column.width)))];
}

export function formatEvent(event: PlayedEvent): string {
  return row([
    event.label,
    String(event.touched),
    standing(event.before),
    standing(event.after),
    event.seconds === null ? "missing" : event.seconds.toFixed(1),
    String(event.calls),
  ]);
}

/** "54 → Tier 3 · readiness 3" in a few letters. */
function standing(view: ShownAccount): string {
  if (!view.priority) return view.state;
  const score = view.priority.score ?? "excluded";
  return `${score} ${view.tier?.label ?? ""} · ready ${view.readiness?.score ?? "-"}`;
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, index) => cut(cell, columns[index]?.width ?? 10))
    .join("  ")
    .trimEnd();
}

const cut = (text: string, width: number) =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
