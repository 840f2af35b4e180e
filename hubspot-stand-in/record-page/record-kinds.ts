/** Records that have a page, with what their page lists of them. */
export interface RecordKind {
  /** As in HubSpot's addresses. */
  readonly typeId: string;
  /** As in the CRM's paths. */
  readonly type: "companies" | "contacts" | "deals";
  /** To begin a sentence: "Company 7". */
  readonly one: string;
  readonly properties: readonly (readonly [name: string, label: string])[];
}

export const recordKinds: readonly RecordKind[] = [
  {
    typeId: "0-2",
    type: "companies",
    one: "Company",
    properties: [
      ["domain", "Domain"],
      ["industry", "Industry"],
      ["numberofemployees", "Employees"],
      ["annualrevenue", "Annual revenue"],
      ["country", "Country"],
      ["lifecyclestage", "Lifecycle stage"],
      ["hubspot_owner_id", "Owner"],
      ["hs_is_target_account", "Target account"],
    ],
  },
  {
    typeId: "0-1",
    type: "contacts",
    one: "Contact",
    properties: [
      ["jobtitle", "Job title"],
      ["email", "Email"],
      ["hs_buying_role", "Buying role"],
      ["hs_seniority", "Seniority"],
      ["hs_email_last_open_date", "Last opened an email"],
      ["recent_conversion_event_name", "Last conversion"],
      ["hs_analytics_num_page_views", "Page views"],
    ],
  },
  {
    typeId: "0-3",
    type: "deals",
    one: "Deal",
    properties: [
      ["dealstage", "Stage"],
      ["amount", "Amount"],
      ["createdate", "Created"],
      ["closedate", "Closes"],
      ["hubspot_owner_id", "Owner"],
    ],
  },
];

export const kindOf = (typeId: string): RecordKind | undefined => recordKinds.find((kind) => kind.typeId === typeId);

/** What a record is called, in lists and as the title of its page. */
export function nameOf({ type, one }: RecordKind, id: string, properties: PageProperties): string {
  const person = [properties.firstname, properties.lastname].filter(Boolean).join(" ");
  const name = { companies: properties.name, contacts: person, deals: properties.dealname }[type];
  return name || `${one} ${id}`;
}

type PageProperties = Readonly<Record<string, string | null>>;
