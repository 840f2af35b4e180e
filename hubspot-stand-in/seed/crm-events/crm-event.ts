import type { Crm } from "../../crm.ts";

/** One thing that may happen in a CRM, played by the demo and by the buttons of the record page. */
export interface CrmEvent {
  key: string;
  /** Text of the button. */
  label: string;
  description: string;
  /** Works on any company: people and deals that it needs are found or made. */
  play(crm: Crm, context: CrmEventContext): CrmEventResult;
}

export interface CrmEventContext {
  companyId: string;
  nowAt: number;
  /**
   * Whether changes of system counters on contacts (opens, visits, conversions) send webhooks. Reports say no, nothing
   * official says either (hubspot-api.md §3.5), so both must work.
   */
  countersFire: boolean;
  /** The other company of a move or a merge; made when absent. */
  otherCompanyId?: string;
}

export interface CrmEventResult {
  /** Companies whose score may change, as their ids are after the event. */
  touchedCompanies: string[];
  summary: string;
}
