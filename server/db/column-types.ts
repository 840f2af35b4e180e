import type { ColumnType } from "kysely";

/** Sent as text, read as what it is. */
export type Time = ColumnType<Date, Date | string | undefined, Date | string>;
export type OptionalTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
