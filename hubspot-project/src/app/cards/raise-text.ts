import type { RaiseView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";

/** "A reply from a VP: +4 priority" */
export const raiseText = ({ action, upTo, points, model }: RaiseView, format: ReaderFormat): string =>
  `${action}: ${upTo ? "up to " : ""}${format.change(points)} ${model}`;
