import type { PacketLine } from "@touchstone/shared/hot-api.ts";

export interface TaskFacts {
  readonly accountId: string;
  readonly crossedAt: number;
  readonly company: string;
  readonly reason: string;
  readonly dueText: string;
  readonly evidence: readonly PacketLine[];
  readonly timeZone: string;
}

/** Names one alert in all of HubSpot: by it a task is found again whose answer was lost (hubspot-api.md §6.4). */
export const markerOf = ({ accountId, crossedAt }: Pick<TaskFacts, "accountId" | "crossedAt">): string =>
  `TS-${accountId}-${crossedAt.toString(36)}`;

/** What the owner reads in HubSpot. The body is HTML there, so every text from the CRM is escaped. */
export function writeTask(facts: TaskFacts): { subject: string; body: string } {
  const lines = facts.evidence.map(
    (line) => `<li>${escapeHtml(line.text)}, ${escapeHtml(timeText(line.at, facts.timeZone))}</li>`,
  );
  const evidence = lines.length > 0 ? `<p>What to refer to:</p><ul>${lines.join("")}</ul>` : "";
  return {
    subject: `Reach out to ${facts.company.slice(0, 120)} by ${facts.dueText} [${markerOf(facts)}]`,
    body: `<p>${escapeHtml(facts.reason)}</p>${evidence}<p>The clock stops at a call, a meeting, an email of your own or a message that is logged. An automated email does not stop it.</p>`,
  };
}

const timeText = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
