import { escapeHtml } from "@touchstone/shared/escape-html.ts";
import type { TaskOrder } from "../../hubspot/create-task.ts";

/** What a task says, as plain text. */
export interface TaskText {
  readonly subject: string;
  readonly body: readonly (string | readonly string[])[];
  readonly dueAt: number;
  readonly type: TaskOrder["type"];
  /** Null: nobody's. */
  readonly ownerId: string | null;
}

/** A task's body is HTML in HubSpot, so every text is escaped; a list of texts is a list there. */
export const taskHtml = (body: TaskText["body"]): string =>
  body
    .map((part) =>
      typeof part === "string"
        ? `<p>${escapeHtml(part)}</p>`
        : `<ul>${part.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`,
    )
    .join("");
