import { ButtonRow, Flex, LoadingButton, Select, Text, TextArea } from "@hubspot/ui-extensions";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { useState } from "react";
import { ActSteps } from "./act-steps.tsx";
import { tierPaths } from "./bulk-server.ts";
import type { ActProps } from "./enrol-act.tsx";
import { useAct } from "./use-act.ts";

export function TierAct({ server, companyIds, choices, next, format }: ActProps & { format: ReaderFormat }) {
  const act = useAct(server, companyIds, tierPaths);
  const [tier, setTier] = useState("");
  const [reason, setReason] = useState("");
  const [expiresAt, setExpiresAt] = useState(0);
  const wish = { tier, reason: reason.trim(), expiresAt };
  const form = (
    <Flex direction="column" gap="md">
      <Select
        name="tier"
        label="Tier"
        required
        value={tier}
        options={choices.tiers.map(({ key, label }) => ({ label, value: key }))}
        onChange={(value) => setTier(String(value))}
      />
      <Select
        name="expiresAt"
        label="It holds for"
        required
        value={expiresAt}
        options={choices.lasting.map((one) => ({
          label: `${one.days} days, until ${format.day(one.expiresAt)}`,
          value: one.expiresAt,
        }))}
        onChange={(value) => setExpiresAt(Number(value))}
      />
      <TextArea
        name="reason"
        label="Reason"
        required
        description="Whoever opens one of the companies reads it."
        value={reason}
        maxLength={500}
        rows={2}
        onInput={setReason}
      />
      <Text variant="microcopy">
        A tier set by hand wins over the rule until that day, and takes a place. Where places are short, those with the
        higher score get them.
      </Text>
      <ButtonRow>
        <LoadingButton
          variant="primary"
          loading={act.write.busy}
          disabled={tier === "" || wish.reason === "" || expiresAt === 0}
          onClick={() => void act.look(wish)}
        >
          Check whose tier can be set
        </LoadingButton>
      </ButtonRow>
    </Flex>
  );
  return <ActSteps act={act} next={next} form={form} lookWithReason={() => act.look(wish)} />;
}
