import { Inline, Tag, Text, Tooltip } from "@hubspot/ui-extensions";
import type { SettingsWord } from "@touchstone/shared/settings-api.ts";
import { useSettings } from "./settings-context.ts";

/** Words that stand near, each with what it means. */
export function Words({ of }: { of: readonly SettingsWord[] }) {
  const { words } = useSettings().access;
  return (
    <Inline gap="xs">
      <Text variant="microcopy">What is meant by</Text>
      {of.map((word) => (
        <Tag key={word} overlay={<Tooltip>{words[word]}</Tooltip>}>
          {word}
        </Tag>
      ))}
    </Inline>
  );
}
