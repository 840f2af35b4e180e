/** An account's place in the lifecycle (row 107). Not a person's level. */
export const stageKeys = ["awareness", "interest", "consideration", "decision", "expansion"] as const;
export type StageKey = (typeof stageKeys)[number];

export interface StageFacts {
  readonly label: string;
  /** What has to happen for the account to move on. */
  readonly gate: string;
  /** Usual length in days; beyond the longer one an account is stuck. Null: it goes on. */
  readonly days: { readonly usual: number; readonly most: number } | null;
}

export const stages: Readonly<Record<StageKey, StageFacts>> = {
  awareness: {
    label: "Awareness",
    gate: "somebody opens an email or visits the website",
    days: { usual: 30, most: 60 },
  },
  interest: {
    label: "Interest",
    gate: "several people engage and somebody shows explicit interest",
    days: { usual: 30, most: 60 },
  },
  consideration: { label: "Consideration", gate: "a deal is opened", days: { usual: 60, most: 90 } },
  decision: { label: "Decision", gate: "the deal is won", days: { usual: 30, most: 60 } },
  expansion: { label: "Expansion", gate: "further business; it goes on", days: null },
};

export interface StageView {
  readonly stage: StageKey;
  readonly label: string;
  /** Since when; null when nothing tells. */
  readonly since: number | null;
  readonly days: number | null;
  readonly stuck: boolean;
  /** What has to happen next, in words. */
  readonly gate: string;
}

/** What to say to somebody now: the cell of the matrix for their role and the account's stage (rows 88, 89). */
export interface MessageView {
  readonly personId: string;
  readonly name: string;
  readonly role: string;
  readonly message: string;
}

export interface AccountStageView extends StageView {
  readonly companyId: string;
  readonly messages: readonly MessageView[];
}
