import type { dealStages } from "../standard-properties/deal-properties.ts";
import type { Engagement } from "./engagement-properties.ts";

export type DealStage = (typeof dealStages)[number][0];

/** One company with all that hangs on it: what the generator makes and `bundle-records` turns into records. */
export interface CompanyBundle {
  id: string;
  properties: Record<string, string | null>;
  createdAt: number;
  people: PersonDraft[];
  deals: DealDraft[];
  activities: ActivityDraft[];
}

export interface PersonDraft {
  id: string;
  properties: Record<string, string | null>;
  createdAt: number;
  engagement: Engagement;
  delivered: number;
  /** A second company that comes earlier. */
  secondCompanyId?: string;
}

export interface DealDraft {
  id: string;
  name: string;
  stage: DealStage;
  amount: number | null;
  createdAt: number;
  closeAt: number;
  ownerId: string | null;
  personIds: string[];
}

export interface ActivityDraft {
  type: "meetings" | "calls" | "emails" | "communications" | "notes" | "tasks";
  id: string;
  /** When it takes place; a booked meeting lies ahead. */
  at: number;
  loggedAt: number;
  properties: Record<string, string | null>;
  personIds: string[];
}
