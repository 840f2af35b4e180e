import type { StageView } from "@touchstone/shared/account-stage.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";

/** "The account is at the stage Interest since 7 Nov 2026: stuck, 70 days. It moves on when …" */
export function stageText({ label, since, days, stuck, gate }: StageView, format: ReaderFormat): string {
  const when =
    since === null || days === null ? "" : ` since ${format.day(since)}${stuck ? `: stuck, ${days} days` : ""}`;
  return `The account is at the stage ${label}${when}. It moves on when ${gate}.`;
}
