import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { DatedLine } from "@touchstone/shared/record-cards-api.ts";

/** "Ana Ruiz, CTO, asked for a demo, 20 Nov 2026" */
export const datedText = ({ text, at }: DatedLine, format: ReaderFormat): string =>
  at === null ? text : `${text}, ${format.day(at)}`;
