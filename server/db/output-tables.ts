/** Records of HubSpot that hold results of ours, and where it stands what they should hold and what they do. */
export const outputTables = {
  companies: { table: "account_scores", id: "account_id", made: "properties_made" },
  contacts: { table: "person_outputs", id: "person_id", made: "contact_properties_made" },
} as const;
export type OutputType = keyof typeof outputTables;
