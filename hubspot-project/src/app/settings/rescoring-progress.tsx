import { ProgressBar, Text } from "@hubspot/ui-extensions";
import { Part } from "@touchstone/screens/part.tsx";
import { type SettingsProgressView, settingsApi } from "@touchstone/shared/settings-api.ts";
import { useEffect, useState } from "react";
import { useSettings } from "./settings-context.ts";

const everyMs = 1_500;
const slowestMs = 60_000;
/** A page that nobody closes rests then: ten minutes while accounts are scored, a few attempts while nothing answers. */
const mostTimes = { answered: 400, failed: 6 } as const;

/** How far all accounts are by what is active now; asks again until nothing is on its way. */
export function RescoringProgress() {
  const { ask } = useSettings();
  const [progress, setProgress] = useState<SettingsProgressView | null>(null);
  const [gaveUp, setGaveUp] = useState<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = { answered: 0, failed: 0 };
    let gone = false;
    const again = (ms: number) => {
      timer = setTimeout(() => void look(), ms);
    };
    const look = async (): Promise<void> => {
      const result = await ask<SettingsProgressView>({ method: "GET", path: settingsApi.progress, field: "pending" });
      if (gone) return;
      if (!result.ok) {
        count.failed += 1;
        const isRefused = result.status === 401 || result.status === 403;
        if (isRefused || count.failed >= mostTimes.failed) setGaveUp(result.message);
        else again(Math.min(slowestMs, everyMs * 2 ** count.failed));
        return;
      }
      count.failed = 0;
      count.answered += 1;
      setProgress(result.value);
      if (!result.value.pending) return;
      if (count.answered < mostTimes.answered) again(everyMs);
      else setGaveUp("Accounts are still being scored: nothing is wrong.");
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [ask]);
  return (
    <Part gap="xs">
      <Bar progress={progress} />
      {gaveUp === null ? null : (
        <Text variant="microcopy">{`${gaveUp} The progress is not asked for any more: open this page anew to see it.`}</Text>
      )}
    </Part>
  );
}

function Bar({ progress }: { progress: SettingsProgressView | null }) {
  if (progress === null || progress.total === 0) return null;
  const { done, total, line, pending } = progress;
  return (
    <ProgressBar
      title={pending ? "Accounts are being scored again" : "All accounts are up to date"}
      value={done}
      maxValue={total}
      valueDescription={line}
      variant={pending ? "warning" : "success"}
    />
  );
}
