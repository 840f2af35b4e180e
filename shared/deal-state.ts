type Properties = Readonly<Record<string, string | null>>;

/**
 * How far a deal is, as HubSpot's own properties say it, or its default stages where those are not read. Whatever is won is closed,
 * also when only one of them says so. `dealStateSql` says the same to the database; a test holds the two together.
 */
export function dealStateOf(deal: Properties): "open" | "won" | "lost" {
  if (deal.hs_is_closed_won === "true" || deal.dealstage === "closedwon") return "won";
  return deal.hs_is_closed === "true" || deal.dealstage === "closedlost" ? "lost" : "open";
}
