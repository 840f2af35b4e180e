import { Flex, Heading, Text } from "@hubspot/ui-extensions";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import {
  type AccountTierView,
  type AnswerDemotionRequest,
  type DemotionView,
  type TiersView,
  tiersApi,
} from "@touchstone/shared/tiers-api.ts";
import { useSettings } from "./settings-context.ts";

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
    <Flex direction="column" gap="lg">
      <Flex direction="column" gap="sm">
        <Heading>Asking to move down</Heading>
        {demotions.length === 0 ? (
          <Text>Nobody: no account has its place at stake.</Text>
        ) : (
          <Demotions view={view} tierName={tierName} refresh={refresh} />
        )}
        <Rest shown={demotions.length} all={counted("askingDown")} />
      </Flex>
      {waiting.length === 0 ? null : (
        <Flex direction="column" gap="sm">
          <Heading>Waiting for a place</Heading>
          <PlainTable
            columns={["Company", "Waits for", "Now in", "Score", "Since"]}
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
        </Flex>
      )}
      {withoutOwner.length === 0 ? null : (
        <Flex direction="column" gap="sm">
          <Heading>Without an owner</Heading>
          <Text>Their tier needs one: give each an owner on its company record.</Text>
          <PlainTable
            columns={["Company", "Tier", "Score"]}
            rows={withoutOwner.map((one) => ({
              key: one.companyId,
              cells: [companyOf(one), tierName(one.tier), one.score],
            }))}
          />
          <Rest shown={withoutOwner.length} all={counted("withoutOwner")} />
        </Flex>
      )}
    </Flex>
  );
}

interface DemotionsProps {
  readonly view: TiersView;
  tierName(key: string): string;
  refresh(): void;
}

function Demotions({ view, tierName, refresh }: DemotionsProps) {
  const { ask, access } = useSettings();
  const write = useWrite();
  const answer = async (one: DemotionView, approve: boolean) => {
    const { method, path } = tiersApi.answerDemotion;
    const body: AnswerDemotionRequest = { approve };
    const company = companyOf(one);
    const done = await write.send(
      () => ask<AccountTierView>({ method, path: path(one.companyId), body, field: "history" }),
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
      columns={["Company", "From", "To", "Score", "Why", "Move down", "Stay"]}
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
