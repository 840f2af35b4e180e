import { ButtonRow, LoadingButton } from "@hubspot/ui-extensions";
import { Refused } from "@touchstone/screens/refused.tsx";
import type { Write } from "@touchstone/screens/use-write.ts";
import type { ReactNode } from "react";
import { useSettings } from "./settings-context.ts";

interface SaveRowProps {
  readonly write: Write;
  readonly label: string;
  /** There is something to save. */
  readonly ready?: boolean;
  readonly primary?: boolean;
  /** Further buttons. */
  readonly children?: ReactNode;
  save(): Promise<void>;
}

/** The button that saves a form, below why it was refused; for who may change settings. */
export function SaveRow({ write, label, ready = true, primary = false, children, save }: SaveRowProps) {
  const { access } = useSettings();
  return (
    <>
      <Refused write={write} />
      <ButtonRow>
        <LoadingButton
          variant={primary ? "primary" : "secondary"}
          loading={write.busy}
          disabled={!access.mayChange || !ready}
          onClick={() => void save()}
        >
          {label}
        </LoadingButton>
        {children}
      </ButtonRow>
    </>
  );
}
