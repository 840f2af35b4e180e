import type { AccountScore, LedgerLine } from "@touchstone/shared/account-score.ts";

/** What made a score, most points first; each list has at most `most` lines. */
export interface ScoreExplanation {
  /** Lines that earned points. */
  readonly up: readonly LedgerLine[];
  /** Known lines that earned less than they could, most lost first. */
  readonly down: readonly LedgerLine[];
  /** Lines of which nothing is known, most at stake first: neither good nor bad. */
  readonly unknown: readonly LedgerLine[];
}

export function explainScore(score: AccountScore, most = 3): ScoreExplanation {
  const lost = (line: LedgerLine): number => line.max - line.points;
  const top = (lines: readonly LedgerLine[], weight: (line: LedgerLine) => number): LedgerLine[] =>
    [...lines].sort((a, b) => weight(b) - weight(a)).slice(0, most);
  return {
    up: top(
      score.lines.filter((line) => line.state === "earned"),
      (line) => line.points,
    ),
    down: top(
      score.lines.filter((line) => line.state !== "unknown" && lost(line) > 0),
      lost,
    ),
    unknown: top(
      score.lines.filter((line) => line.state === "unknown"),
      (line) => line.max,
    ),
  };
}
