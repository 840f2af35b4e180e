import { Flex, LoadingButton, ProgressBar, Tag, Text } from "@hubspot/ui-extensions";
import { PageLink } from "@hubspot/ui-extensions/pages";
import { Answered } from "@touchstone/screens/answered.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { RefreshRow } from "@touchstone/screens/refresh-row.tsx";
import { Refused } from "@touchstone/screens/refused.tsx";
import { type AnswerSource, useAnswer } from "@touchstone/screens/use-answer.ts";
import { useWrite, type Write } from "@touchstone/screens/use-write.ts";
import type { OnboardingStep, OnboardingView } from "@touchstone/shared/home-api.ts";
import { useClient } from "./client-context.ts";
import { Writes } from "./writes.tsx";

/** What is done, and what a person must do by hand: HubSpot places no card by itself (hubspot-project.md §6.2). */
export function OnboardingPage() {
  const source = useAnswer(useClient().getOnboarding);
  return (
    <Answered source={source} what="the checklist">
      {(view) => <Checklist view={view} source={source} />}
    </Answered>
  );
}

const marks = {
  done: { label: "Done", variant: "success" },
  "under way": { label: "Under way", variant: "info" },
  open: { label: "To do", variant: "warning" },
} as const;

function Checklist({ view, source }: { view: OnboardingView; source: AnswerSource<OnboardingView> }) {
  const write = useWrite();
  return (
    <Flex direction="column" gap="md">
      <ProgressBar title="Setting up" value={view.done} maxValue={view.total} valueDescription={view.summary} />
      <Refused write={write} />
      <PlainTable
        columns={["State", "Step", ""]}
        rows={view.steps.map((step) => ({
          key: step.key,
          cells: [
            <Tag key="state" variant={marks[step.state].variant}>
              {marks[step.state].label}
            </Tag>,
            <Flex key="step" direction="column" gap="flush">
              <Text format={{ fontWeight: "demibold" }}>{step.title}</Text>
              <Text variant="microcopy">{step.text}</Text>
              {step.progress && <ProgressBar value={step.progress.done} maxValue={step.progress.total} />}
            </Flex>,
            <StepAction key="action" step={step} write={write} show={source.show} />,
          ],
        }))}
      />
      <RefreshRow source={source} />
    </Flex>
  );
}

interface StepActionProps {
  readonly step: OnboardingStep;
  readonly write: Write;
  show(view: OnboardingView): void;
}

function StepAction({ step, write, show }: StepActionProps) {
  const client = useClient();
  if (step.route !== null) return <PageLink to={step.route}>Open</PageLink>;
  if (!step.byHand) return null;
  const done = step.state !== "done";
  const tick = async () => {
    const said = `${step.title}: ${done ? "done" : "to do again"}.`;
    const view = await write.send(() => client.tickOnboarding(step.key, done), said, step.key);
    if (view !== null) show(view);
  };
  return (
    <Writes>
      <LoadingButton
        variant="secondary"
        size="xs"
        loading={write.sending === step.key}
        disabled={write.busy}
        onClick={() => void tick()}
      >
        {done ? "Mark as done" : "Not done"}
      </LoadingButton>
    </Writes>
  );
}
