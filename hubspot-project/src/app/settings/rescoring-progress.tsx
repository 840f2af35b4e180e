import { ProgressBar } from "@hubspot/ui-extensions";
import { type SettingsProgressView, settingsApi } from "@touchstone/shared/settings-api.ts";
import { useEffect, useState } from "react";
import { useSettings } from "./settings-context.ts";

const everyMs = 1_500;
/** Long enough for a portal of a hundred thousand; a page that nobody closes then rests. */
const mostTimes = 400;

/** How far all accounts are by what is active now; asks again until nothing is on its way. */
export function RescoringProgress() {
  const { ask } = useSettings();
  const [progress, setProgress] = useState<SettingsProgressView | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = mostTimes;
    let gone = false;
    const look = async (): Promise<void> => {
      const { method, path } = settingsApi.getProgress;
      const result = await ask<SettingsProgressView>({ method, path: path(), field: "pending" });
      if (gone) return;
      left -= 1;
      if (result.ok) setProgress(result.value);
      if ((!result.ok || result.value.pending) && left > 0) timer = setTimeout(() => void look(), everyMs);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [ask]);
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
