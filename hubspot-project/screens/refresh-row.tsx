import { ButtonRow, LoadingButton } from "@hubspot/ui-extensions";
import type { AnswerSource } from "./use-answer.ts";

export function RefreshRow({ source }: { source: Pick<AnswerSource<unknown>, "refresh" | "refreshing"> }) {
  return (
    <ButtonRow>
      <LoadingButton variant="secondary" loading={source.refreshing} onClick={source.refresh}>
        Refresh
      </LoadingButton>
    </ButtonRow>
  );
}
