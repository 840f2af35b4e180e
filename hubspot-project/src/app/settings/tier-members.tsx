import { Text } from "@hubspot/ui-extensions";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import {
  type AccountTierView,
  type AnswerDemotionRequest,
  type DemotionView,
  type TiersView,
  tiersApi,
} from "@touchstone/shared/tiers-api.ts";
import { useSettings } from "./settings-context.ts";
import { usePost } from "./use-post.ts";

interface TierMembersProps {
  readonly view: TiersView;
  refresh(): void;
}

/** Who asks for a yes or no, who waits for a place, and who has one but no owner. */
export function TierMembers({ view, refresh }: TierMembersProps) {
  const { format } = useSettings();
  const { demotions, waiting, withoutOwner, tiers } = view;
  const names = new Map(tiers.map(({ key, name }) => [key, name]));
  const tierName = (key: string) => names.get(key) ?? "Out of the programme";
  const counted = (of: "askingDown" | "waiting" | "withoutOwner") => tiers.reduce((sum, tier) => sum + tier[of], 0);
  return (
    <Part gap="lg">
      <Part title="Asking to move down">
        {demotions.length === 0 ? (
          <Text>Nobody: no account has its place at stake.</Text>
        ) : (
          <Demotions view={view} tierName={tierName} refresh={refresh} />
        )}
        <Rest shown={demotions.length} all={counted("askingDown")} />
      </Part>
      {waiting.length === 0 ? null : (
        <Part title="Waiting for a place">
          <PlainTable
            columns={["Account", "Waits for", "Now in", "Priority", "Since"]}
            rows={waiting.map((one) => ({
              key: one.companyId,
              cells: [
                companyOf(one),
                tierName(one.waitingFor),
                tierName(one.tier),
                one.score,
                format.day(one.waitingSince),
              ],
            }))}
          />
          <Rest shown={waiting.length} all={counted("waiting")} />
        </Part>
      )}
      {withoutOwner.length === 0 ? null : (
        <Part title="Without an owner" text="Their tier needs one: give each an owner on its company record.">
          <PlainTable
            columns={["Account", "Tier", "Priority"]}
            rows={withoutOwner.map((one) => ({
              key: one.companyId,
              cells: [companyOf(one), tierName(one.tier), one.score],
            }))}
          />
          <Rest shown={withoutOwner.length} all={counted("withoutOwner")} />
        </Part>
      )}
    </Part>
  );
}

interface DemotionsProps {
  readonly view: TiersView;
  tierName(key: string): string;
  refresh(): void;
}

function Demotions({ view, tierName, refresh }: DemotionsProps) {
  const { access } = useSettings();
  const write = usePost();
  const answer = async (one: DemotionView, approve: boolean) => {
    const body: AnswerDemotionRequest = { approve };
    const company = companyOf(one);
    const done = await write.post<AccountTierView>(
      tiersApi.answerDemotion.path(one.companyId),
      body,
      "history",
      approve ? `${company} moves to ${tierName(one.to)}.` : `${company} stays in ${tierName(one.tier)}.`,
    );
    if (done !== null) refresh();
    return done !== null;
  };
  const button = (one: DemotionView, approve: boolean) => (
    <ConfirmButton
      key={approve ? "yes" : "no"}
      id={`demotion-${approve ? "yes" : "no"}-${one.companyId}`}
      label={approve ? "Yes" : "No"}
      title={
        approve
          ? `Move ${companyOf(one)} down to ${tierName(one.to)}?`
          : `Leave ${companyOf(one)} in ${tierName(one.tier)}?`
      }
      yes={approve ? "Move it down" : "Leave it"}
      small
      disabled={!access.mayChange}
      write={write}
      confirm={() => answer(one, approve)}
    >
      <Text>{one.why}</Text>
      <Text>
        {approve
          ? "Its place is free within seconds, for whoever waits for it by rank. Its history says who decided."
          : `It keeps its place, and does not ask for the same again for ${view.programme.demotion.askAgainDays} days. Its history says who decided.`}
      </Text>
    </ConfirmButton>
  );
  return (
    <PlainTable
      columns={["Account", "From", "To", "Priority", "Why", "Move down", "Stay"]}
      rows={view.demotions.map((one) => ({
        key: one.companyId,
        cells: [
          companyOf(one),
          tierName(one.tier),
          tierName(one.to),
          one.score,
          one.why,
          button(one, true),
          button(one, false),
        ],
      }))}
    />
  );
}

/** The server cuts its lists; the counts beside them are whole. */
const Rest = ({ shown, all }: { shown: number; all: number }) =>
  all > shown ? <Text variant="microcopy">{`… and ${all - shown} more.`}</Text> : null;

const companyOf = ({ companyId, name }: { companyId: string; name: string | null }) => name ?? `Company ${companyId}`;
