import { Button, Text } from "@hubspot/ui-extensions";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";

interface LeaveButtonProps {
  readonly id: string;
  readonly label: string;
  /** What is lost by it, as a sentence; null: nothing is, so nothing is asked. */
  readonly loses: string | null;
  readonly disabled?: boolean;
  leave(): void;
}

const nothingSent = { busy: false, refusal: null, forget: () => undefined } as const;

/** Takes the place of what somebody typed, after asking. */
export function LeaveButton({ id, label, loses, disabled = false, leave }: LeaveButtonProps) {
  if (loses === null) {
    return (
      <Button variant="secondary" disabled={disabled} onClick={leave}>
        {label}
      </Button>
    );
  }
  const confirm = async () => {
    leave();
    return true;
  };
  return (
    <ConfirmButton
      id={id}
      label={label}
      title="Drop what is not saved?"
      yes="Drop it"
      disabled={disabled}
      write={nothingSent}
      confirm={confirm}
    >
      <Text>{loses}</Text>
    </ConfirmButton>
  );
}
