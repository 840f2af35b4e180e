import type { AccountView } from "@touchstone/shared/card-api.ts";
import type { CommitteeView } from "@touchstone/shared/committee-api.ts";
import type { HotAlertView } from "@touchstone/shared/hot-api.ts";

interface Plan {
  readonly account: AccountView;
  readonly committee: CommitteeView;
  readonly alert: HotAlertView | null;
  readonly plays: readonly string[];
}

/** An account's plan in plain lines, as an agent reads it to somebody. Names people as the CRM does, and no addresses. */
export function wordAccountPlan({ account, committee, alert, plays }: Plan): string {
  const { covered, required, missing } = committee.coverage;
  const running = alert !== null && (alert.state === "open" || alert.state === "missed");
  const lines = [
    `${account.name ?? "This company"}: ${account.headline}.`,
    account.reason,
    ...(account.tier ? [`Tier by score: ${account.tier.label}.`] : []),
    ...(account.priority ? [`Priority ${account.priority.score ?? "none"} of ${account.priority.max} points.`] : []),
    ...(running ? [`Hot: ${alert.reason} Somebody has to reach out by ${alert.dueText}.`] : []),
    ...(account.cold ? [account.cold.text] : []),
    `Committee: ${covered} of ${required} roles covered${missing.length > 0 ? `; missing: ${missing.join(", ")}` : ""}.`,
    ...committee.people.slice(0, 10).map((person) => {
      const roles = person.roles.map((role) => role.label).join(", ") || "no role yet";
      return `${person.name}${person.title ? `, ${person.title}` : ""}: ${roles}; level ${person.level}.`;
    }),
    ...committee.warnings,
    plays.length > 0 ? `Plays: ${plays.join(", ")}.` : "It is in no play.",
  ];
  return lines.join("\n").slice(0, 5_000);
}
