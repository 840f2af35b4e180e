export interface RecordUpdate {
  readonly id: string;
  /** An empty text clears a property. */
  readonly properties: Readonly<Record<string, string>>;
}

/** A row of an update that HubSpot did not take, or that was not sent. */
export interface FailedRow {
  readonly id: string;
  readonly category: string;
  /** May be shown to an admin. */
  readonly message: string;
}
