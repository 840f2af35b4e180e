import type { Context } from "../../server/context.ts";

/** A fault in the product that the simulation has to notice: one that cannot fail is worth nothing. */
export interface PlantedFault {
  /** What the product does wrong. */
  readonly name: string;
  /** The invariant that it breaks. */
  readonly breaks: string;
  /** Changes what the product stores, behind its back. */
  readonly sql?: string;
  /** Changes what the product's jobs can do. */
  change?(ctx: Context): Context;
}

/** Before a row of `table` is written, `body` may change it. */
const before = (when: string, table: string, body: string) => `
  CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NEW; END $$;
  CREATE TRIGGER planted BEFORE ${when} ON ${table} FOR EACH ROW EXECUTE FUNCTION planted();`;

const withHubSpot = (ctx: Context, hubspot: Partial<Context["hubspot"]>): Context => ({
  ...ctx,
  hubspot: { ...ctx.hubspot, ...hubspot },
});

/** Sends other values than those that are noted as sent. */
const sendOther = (ctx: Context, name: string, value: string): Context =>
  withHubSpot(ctx, {
    updateRecords: (portalId, order) =>
      ctx.hubspot.updateRecords(portalId, {
        ...order,
        rows: order.rows.map((row) => ({
          ...row,
          properties: name in row.properties ? { ...row.properties, [name]: value } : row.properties,
        })),
      }),
  });

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: "a tier takes more accounts than its cap",
    breaks: "no tier over its cap",
    sql: before("INSERT OR UPDATE", "tier_members", "IF NEW.tier = 'tier_2' THEN NEW.tier := 'tier_1'; END IF;"),
  },
  {
    name: "HubSpot shows another tier than the one with the place",
    breaks: "no account in two tiers",
    change: (ctx) => sendOther(ctx, "touchstone_programme_tier", ""),
  },
  {
    name: "a task is sent again whether or not it was made",
    breaks: "no task twice",
    change: (ctx) =>
      withHubSpot(ctx, {
        createTask: async (portalId, order) => {
          await ctx.hubspot.createTask(portalId, order);
          return ctx.hubspot.createTask(portalId, order);
        },
      }),
  },
  {
    name: "no alert is raised",
    breaks: "no hot account without a clock",
    sql: before("INSERT", "hot_alerts", "RETURN NULL;"),
  },
  {
    name: "outreach does not stop the clock",
    breaks: "a clock runs until somebody reaches out",
    sql: before("UPDATE", "hot_alerts", "IF NEW.state IN ('met', 'late') THEN RETURN NULL; END IF;"),
  },
  {
    name: "the launches of a month are not remembered",
    breaks: "no play launched against the guard",
    sql: before("UPDATE", "plays", "NEW.launch_month := 'never';"),
  },
  {
    name: "HubSpot gets another score than the one that is stored",
    breaks: "scores equal what is stored and what HubSpot holds",
    change: (ctx) => sendOther(ctx, "touchstone_score", "1"),
  },
  {
    name: "a score is stored that its ledger does not show",
    breaks: "the lines of a ledger add up to the score in HubSpot",
    sql: before(
      "UPDATE OF proof",
      "account_scores",
      `IF NEW.proof IS DISTINCT FROM OLD.proof AND NEW.score IS NOT NULL THEN NEW.score := NEW.score + 1;
       NEW.output := jsonb_set(NEW.output, '{touchstone_score}', to_jsonb(NEW.score::text)); END IF;`,
    ),
  },
  {
    name: "buying roles that HubSpot holds are not read",
    breaks: "coverage equals a naive recount",
    change: (ctx) => {
      const others = (names: readonly string[]) => names.filter((name) => name !== "hs_buying_role");
      return withHubSpot(ctx, {
        readRecords: (portalId, order) =>
          ctx.hubspot.readRecords(portalId, { ...order, properties: others(order.properties) }),
      });
    },
  },
];
