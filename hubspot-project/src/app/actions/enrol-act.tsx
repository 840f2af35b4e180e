import { ButtonRow, EmptyState, Flex, LoadingButton, Select, Text } from "@hubspot/ui-extensions";
import type { BulkChoicesView } from "@touchstone/shared/bulk-api.ts";
import { useState } from "react";
import { ActSteps, type NextCompanies } from "./act-steps.tsx";
import { type BulkServer, enrolPaths } from "./bulk-server.ts";
import { useAct } from "./use-act.ts";

export interface ActProps {
  readonly server: BulkServer;
  readonly companyIds: readonly string[];
  readonly choices: BulkChoicesView;
  readonly next: NextCompanies | null;
}

export function EnrolAct({ server, companyIds, choices, next }: ActProps) {
  const act = useAct(server, companyIds, enrolPaths);
  const [playId, setPlayId] = useState("");
  if (choices.plays.length === 0) {
    return (
      <EmptyState title="No play to enrol in" layout="vertical" imageName="target" imageWidth={120}>
        <Text>Make one on the app’s home page, under Plays.</Text>
      </EmptyState>
    );
  }
  const form = (
    <Flex direction="column" gap="md">
      <Select
        name="play"
        label="Play"
        required
        value={playId}
        options={choices.plays.map((play) => ({ label: play.label, value: play.playId }))}
        onChange={(value) => setPlayId(String(value))}
      />
      <Text variant="microcopy">
        Of the plays launched for one tier in a month, a company comes into one. Who is refused is said before anything
        is changed.
      </Text>
      <ButtonRow>
        <LoadingButton
          variant="primary"
          loading={act.write.busy}
          disabled={playId === ""}
          onClick={() => void act.look({ playId })}
        >
          Check who can be enrolled
        </LoadingButton>
      </ButtonRow>
    </Flex>
  );
  return (
    <ActSteps
      act={act}
      next={next}
      form={form}
      lookWithReason={(overrideReason) => act.look({ playId, overrideReason })}
    />
  );
}
