import { Alert } from "@hubspot/ui-extensions";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";

interface HotBannerProps {
  readonly view: Pick<AccountView, "hot" | "hotAnswer">;
  readonly format: ReaderFormat;
}

/** The one thing to do first, and until when (market.md row 83); or how the last clock ended. */
export function HotBanner({ view: { hot, hotAnswer }, format }: HotBannerProps) {
  if (hot !== null) {
    const by = `${format.moment(hot.dueAt)} (${format.zone})`;
    return (
      <Alert
        title={hot.missed ? `Hot: the time to reach out was ${by}` : `Hot: reach out by ${by}`}
        variant={hot.missed ? "danger" : "warning"}
      >
        {hot.reason} A call, a meeting, an email of your own or a message stops the clock once it is logged.
      </Alert>
    );
  }
  if (hotAnswer === null) return null;
  const { state, text, at } = hotAnswer;
  return (
    <Alert title="Hot, and dealt with" variant={state === "late" ? "warning" : "success"}>
      {at === null ? text : `${text} That was on ${format.moment(at)}.`}
    </Alert>
  );
}
