import { Alert } from "@hubspot/ui-extensions";
import type { HotView } from "@touchstone/shared/card-api.ts";

/** The one thing to do first, and until when (market.md row 83). */
export function HotBanner({ hot }: { hot: HotView }) {
  const title = hot.missed ? `Hot: the time to reach out was ${hot.dueText}` : `Hot: reach out by ${hot.dueText}`;
  return (
    <Alert title={title} variant={hot.missed ? "danger" : "warning"}>
      {hot.reason} A call, a meeting, an email of your own or a message stops the clock once it is logged.
    </Alert>
  );
}
